package reconcile_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

func TestVATMethodOf_ByCountryAndBuyer(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		home, country string
		business, vat bool
		want          domain.VATMethod
	}{
		{"NL", "NL", false, false, domain.VATInclusive},
		{"NL", "NL", true, true, domain.VATExclusive},
		{"NL", "NL", true, false, domain.VATExclusive},
		{"NL", "BE", true, true, domain.VATShifted},
		{"NL", "BE", true, false, domain.VATExclusive},
		{"NL", "BE", false, false, domain.VATInclusive},
		{"BE", "NL", true, true, domain.VATShifted},
		{"NL", "GB", true, true, domain.VATExclusive},
		{"GB", "NL", true, true, domain.VATExclusive},
		{"NL", "", true, true, domain.VATExclusive},
		{"NL", "US", false, true, domain.VATInclusive},
	} {
		require.Equal(t, c.want, reconcile.VATMethodOf(c.home, c.country, c.business, c.vat), "%+v", c)
	}
}
