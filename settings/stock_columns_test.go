package settings

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
)

func TestStockColumns_AreThoseThatTheFormulaCountsWith(t *testing.T) {
	t.Parallel()
	doc := Default("shop")
	columns, whole := doc.StockColumns()
	require.Equal(t, []string{"QTY_AVAIL", "QTY_RESERV"}, columns)
	require.False(t, whole)
	for i := range doc.Mapping.Stock {
		if doc.Mapping.Stock[i].Target == "amount" {
			doc.Mapping.Stock[i] = domain.MappingRow{Target: "amount", Source: "stock.physical + stock.free"}
		}
	}
	doc.Flows.Stock.Filter = "stock.custom['K1_LOC'] == ''"
	doc.AccountView.Assumptions.Articles.FreeField = ""
	columns, whole = doc.StockColumns()
	require.Equal(t, []string{"QTY_TECH"}, columns)
	require.True(t, whole)
}
