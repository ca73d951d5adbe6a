package reconcile_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

func pieces(n int64) decimal.Decimal { return decimal.NewFromInt(n) }

func TestStockBounds_ComeAfterTheFormula(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ figure, buffer, minimum, maximum, want int64 }{
		{10, 0, 0, 0, 10}, {10, 3, 0, 0, 7}, {2, 3, 0, 0, 0}, {-5, 0, 0, 0, 0}, {-5, 0, -10, 0, -5}, {200, 3, 0, 99, 99}, {1, 0, 5, 0, 5},
	} {
		b := reconcile.StockBounds{Buffer: pieces(c.buffer), Minimum: pieces(c.minimum), Maximum: pieces(c.maximum)}
		require.True(t, pieces(c.want).Equal(b.Shown(pieces(c.figure))), "%+v", c)
	}
}

func TestStockInBranch_AddsUpItsLocationsAndTakesSalesOffOnce(t *testing.T) {
	t.Parallel()
	levels := []domain.StockLevel{
		{SKU: "A", Location: "WINKEL", Available: pieces(5), Reserved: pieces(1)},
		{SKU: "A", Location: "ACHTER", Available: pieces(20)},
		{SKU: "A", Location: "UTRECHT", Available: pieces(7)},
		{SKU: "A", Location: "DEFECT", Available: pieces(3)},
	}
	places := map[string][]string{"WINKEL": {"1"}, "ACHTER": {"1"}, "UTRECHT": {"2"}}
	sold := map[string]decimal.Decimal{"1": pieces(2), "2": pieces(1), "3": pieces(4)}
	sum, found := reconcile.StockInBranch("1", levels, places, sold)
	require.True(t, found)
	require.Equal(t, []string{"A", "", "25", "1", "2"}, []string{sum.SKU, sum.Location, sum.Available.String(), sum.Reserved.String(), sum.TillUnbooked.String()})
	sum, _ = reconcile.StockInBranch("2", levels, places, sold)
	require.Equal(t, []string{"UTRECHT", "7", "1"}, []string{sum.Location, sum.Available.String(), sum.TillUnbooked.String()})
	_, found = reconcile.StockInBranch("3", levels, places, sold)
	require.False(t, found, "no location is not a location with nothing")

	places["ACHTER"] = []string{domain.AnyKey}
	sum, _ = reconcile.StockInBranch("2", levels, places, sold)
	require.Equal(t, []string{"27", "7"}, []string{sum.Available.String(), sum.TillUnbooked.String()}, "what everybody sells from, everybody's sales come off")
}
