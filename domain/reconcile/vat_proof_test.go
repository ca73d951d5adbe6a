package reconcile_test

import (
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

func group(code, percent, excl, vat string) domain.VATGroup {
	return domain.VATGroup{Code: code, Percent: dec(percent), Excl: dec(excl), VAT: dec(vat)}
}

func booked(code, percent, quantity, price string, inclusive bool) reconcile.BookedLine {
	return reconcile.BookedLine{Quantity: dec(quantity), UnitPrice: dec(price), VATCode: code, Percent: dec(percent), PriceIncludesVAT: inclusive}
}

func TestCompareVATGroups_AgreesToTheCent(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		till  []domain.VATGroup
		lines []reconcile.BookedLine
	}{
		"prices incl. VAT": {
			[]domain.VATGroup{group("2", "21", "20.00", "4.20"), group("1", "9", "4.59", "0.41")},
			[]reconcile.BookedLine{booked("2", "21", "2", "12.10", true), booked("1", "9", "1", "5.00", true)},
		},
		"prices excl. VAT": {
			[]domain.VATGroup{group("2", "21", "20.00", "4.20")},
			[]reconcile.BookedLine{booked("2", "21", "2", "10.00", false)},
		},
		"VAT once per group, not per line": {
			[]domain.VATGroup{group("2", "21", "0.06", "0.01")}, // three lines of 0.02: per line it would be 0.00
			[]reconcile.BookedLine{booked("2", "21", "1", "0.02", false), booked("2", "21", "1", "0.02", false), booked("2", "21", "1", "0.02", false)},
		},
		"line totals rounded before they are added": {
			[]domain.VATGroup{group("3", "0", "0.02", "0.00")},
			[]reconcile.BookedLine{booked("3", "0", "0.5", "0.01", false), booked("3", "0", "0.5", "0.01", false)},
		},
		"half a cent away from zero": {
			[]domain.VATGroup{group("1", "9", "0.50", "0.05")}, // 0.045
			[]reconcile.BookedLine{booked("1", "9", "1", "0.50", false)},
		},
		"half a cent of a refund too": {
			[]domain.VATGroup{group("1", "9", "-0.50", "-0.05")},
			[]reconcile.BookedLine{booked("1", "9", "-1", "0.50", false)},
		},
		"sale and return cancel out":   {nil, []reconcile.BookedLine{booked("2", "21", "1", "5", true), booked("2", "21", "-1", "5", true)}},
		"till group of branches added": {[]domain.VATGroup{group("2", "21", "10", "2.10"), group("2", "21", "10", "2.10")}, []reconcile.BookedLine{booked("2", "21", "2", "12.10", true)}},
		"an empty group at the till":   {[]domain.VATGroup{group("3", "0", "0", "0")}, nil},
		"a rate with decimals":         {[]domain.VATGroup{group("5", "5.5", "100", "5.50")}, []reconcile.BookedLine{booked("5", "5.5", "1", "105.50", true)}},
		"quantity zero":                {nil, []reconcile.BookedLine{booked("2", "21", "0", "5", true)}},
		"a rate that cannot be":        {nil, []reconcile.BookedLine{booked("2", "-100", "0", "5", true)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Empty(t, reconcile.CompareVATGroups(c.till, c.lines))
		})
	}
}

func TestCompareVATGroups_ShowsEachDifference(t *testing.T) {
	t.Parallel()
	differences := reconcile.VATProof(
		domain.Order{VATGroups: []domain.VATGroup{group("2", "21", "10.00", "2.10"), group("1", "9", "1.00", "0.09")}},
		[]reconcile.BookedLine{booked("2", "9", "1", "12.10", true), booked("9", "0", "1", "1.00", true), booked("1", "9", "1", "1.09", true)},
	)
	require.Len(t, differences, 2)
	require.Equal(t, "2", differences[0].Code, "a code booked at another rate")
	require.Equal(t, "11.1", differences[0].BookedExcl.String())
	require.Equal(t, "1", differences[0].BookedVAT.String())
	require.Equal(t, "2.1", differences[0].TillVAT.String())
	require.Equal(t, "9", differences[1].Code, "a code that the till did not use")
	require.True(t, differences[1].TillExcl.IsZero())
}

func TestCompareVATGroups_SeesOneCent(t *testing.T) {
	t.Parallel()
	lines := []reconcile.BookedLine{booked("2", "21", "2", "12.10", true)}
	for _, g := range []domain.VATGroup{group("2", "21", "20.01", "4.20"), group("2", "21", "20.00", "4.19"), group("2", "21", "20.01", "4.19")} {
		require.Len(t, reconcile.CompareVATGroups([]domain.VATGroup{g}, lines), 1)
	}
	require.Len(t, reconcile.CompareVATGroups([]domain.VATGroup{group("2", "21", "20.00", "4.20")}, nil), 1)
}

// TestCompareVATGroups_AcceptsEveryDiscountedSale sells random lines at random
// discounts as a till does, prices them with NetUnitPrice and finds no difference.
func TestCompareVATGroups_AcceptsEveryDiscountedSale(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	percents := map[string]decimal.Decimal{"1": dec("9"), "2": dec("21"), "3": dec("0")}
	for range 2_000 {
		totals := map[string]decimal.Decimal{}
		var lines []reconcile.BookedLine
		for range 1 + r.IntN(8) {
			code := []string{"1", "2", "3"}[r.IntN(3)]
			listed, quantity := domain.Euros(r.Int64N(50_00)), decimal.New(1+r.Int64N(9_000), -2)
			total := domain.RoundCents(listed.Mul(quantity).Mul(decimal.New(1_00-r.Int64N(60), -2)))
			totals[code] = totals[code].Add(total)
			lines = append(lines, reconcile.BookedLine{
				Quantity: quantity, UnitPrice: reconcile.NetUnitPrice(total, quantity, listed),
				VATCode: code, Percent: percents[code], PriceIncludesVAT: true,
			})
		}
		var till []domain.VATGroup
		for code, total := range totals {
			excl := domain.RoundCents(total.Mul(dec("100")).Div(dec("100").Add(percents[code])))
			till = append(till, domain.VATGroup{Code: code, Percent: percents[code], Excl: excl, VAT: total.Sub(excl)})
		}
		require.Empty(t, reconcile.CompareVATGroups(till, lines))
	}
}
