package settings_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/settings"
)

func TestCustomers_TheTillMustKeepTheDebtorNumber(t *testing.T) {
	t.Parallel()
	problems := func(enabled bool, where settings.ExternalNumber) settings.Problems {
		doc := settings.Default("shop")
		doc.Flows.Customers.Enabled, doc.Mplus.ExternalNumber = enabled, where
		var found settings.Problems
		wrong, _ := errors.AsType[settings.Problems](doc.Validate())
		for _, p := range wrong {
			if p.Path == "mplus.external_number" {
				found = append(found, p)
			}
		}
		return found
	}
	require.Len(t, problems(true, settings.ExternalNone), 1)
	require.Empty(t, problems(false, settings.ExternalNone))
	require.Empty(t, problems(true, settings.ExternalRelationCode))
}
