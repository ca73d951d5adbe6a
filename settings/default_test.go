package settings_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/settings"
)

func TestDefault_LacksOnlyTheConnections(t *testing.T) {
	t.Parallel()
	err := settings.Default("shop").Validate()
	var problems settings.Problems
	require.ErrorAs(t, err, &problems)
	var paths []string
	for _, p := range problems {
		require.Equal(t, "is required", p.Text)
		paths = append(paths, p.Path)
	}
	require.ElementsMatch(t, []string{
		"accountview.base_url", "accountview.company_id", "accountview.client_id", "mplus.base_url",
	}, paths)
}

func TestDefault_GivesEachCallerItsOwn(t *testing.T) {
	t.Parallel()
	first := settings.Default("shop")
	first.Mapping.Customer[0].Target = "CHANGED"
	first.Lookups["more"] = first.Lookups["vat_code"]
	require.NotEqual(t, first.Mapping, settings.Default("shop").Mapping)
	require.NotContains(t, settings.Default("shop").Lookups, "more")
}
