package accountview_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
)

func TestStockLevels_TheSandboxTellsEveryArticlePageByPage(t *testing.T) {
	t.Parallel()
	for name := range variants {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := openSandbox(t, name)
			seen := map[string]bool{}
			for part, more := (connectors.Part{Limit: 7}), true; more; {
				page, err := o.books.StockLevels(t.Context(), part)
				require.NoError(t, err)
				for _, r := range page.Records {
					require.NoError(t, r.Fault)
					require.False(t, seen[r.SKU], r.SKU)
					require.True(t, r.Managed)
					require.Equal(t, r.SKU, r.Levels[0].SKU)
					seen[r.SKU] = true
				}
				part.After, more = page.Next, page.Next != ""
			}
			require.Greater(t, len(seen), 40)
		})
	}
}
