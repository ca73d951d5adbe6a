package reconcile_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain/reconcile"
)

func TestChooseCustomer(t *testing.T) {
	t.Parallel()
	hit := func(numbers ...string) (hits []reconcile.CustomerHit) {
		for _, n := range numbers {
			hits = append(hits, reconcile.CustomerHit{Number: n, Blocked: n == "blocked"})
		}
		return hits
	}
	for name, c := range map[string]struct {
		matches  []reconcile.CustomerMatches
		number   string
		decision reconcile.Decision
	}{
		"nothing asked":                    {nil, "", reconcile.NoCustomer},
		"nobody":                           {[]reconcile.CustomerMatches{{Key: "email"}, {Key: "vat_number"}}, "", reconcile.NoCustomer},
		"one":                              {[]reconcile.CustomerMatches{{Key: "email", Hits: hit("1")}}, "1", reconcile.OneCustomer},
		"the stronger key wins":            {[]reconcile.CustomerMatches{{Key: "vat_number", Hits: hit("1")}, {Key: "email", Hits: hit("2")}}, "1", reconcile.OneCustomer},
		"an empty key passes on":           {[]reconcile.CustomerMatches{{Key: "vat_number"}, {Key: "email", Hits: hit("2")}}, "2", reconcile.OneCustomer},
		"two":                              {[]reconcile.CustomerMatches{{Key: "email", Hits: hit("1", "2")}}, "", reconcile.AmbiguousCustomer},
		"a weaker key does not settle two": {[]reconcile.CustomerMatches{{Key: "vat_number", Hits: hit("1", "2")}, {Key: "email", Hits: hit("2")}}, "", reconcile.AmbiguousCustomer},
		"the same one twice is one":        {[]reconcile.CustomerMatches{{Key: "email", Hits: hit("1", "1")}}, "1", reconcile.OneCustomer},
		"blocked":                          {[]reconcile.CustomerMatches{{Key: "email", Hits: hit("blocked")}}, "blocked", reconcile.BlockedCustomer},
		"one of two blocked":               {[]reconcile.CustomerMatches{{Key: "email", Hits: hit("blocked", "1")}}, "", reconcile.AmbiguousCustomer},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			number, decision := reconcile.ChooseCustomer(c.matches...)
			require.Equal(t, c.number, number)
			require.Equal(t, c.decision, decision)
		})
	}
}
