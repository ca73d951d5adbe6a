package reconcile_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

var tuesday = reconcile.Day{Branch: "1", Date: domain.Date{Year: 2026, Month: 11, Day: 24}}

// receipt is one over the counter: each line is VAT code, percentage, cents incl. VAT.
func receipt(marker int64, method string, lines ...[3]int64) domain.Order {
	r := domain.Order{
		ID: domain.OrderID(fmt.Sprintf("receipt-%d", marker)), Number: fmt.Sprintf("B1-1-2026.%d", marker), Source: domain.SourceReceipt,
		Branch: "1", Date: tuesday.Date, VATMethod: domain.VATInclusive, Version: domain.OrderVersion{Marker: marker},
	}
	for i, l := range lines {
		percent := decimal.NewFromInt(l[1])
		incl := domain.Euros(l[2])
		vat := incl.Mul(percent).DivRound(percent.Add(decimal.NewFromInt(100)), 2)
		r.Lines = append(r.Lines, domain.OrderLine{
			ID: fmt.Sprint(i), SKU: "100101", Quantity: decimal.NewFromInt(1), TotalIncl: incl, TotalExcl: incl.Sub(vat),
			VATCode: fmt.Sprint(l[0]), VATPercent: percent, TurnoverGroup: fmt.Sprint(10 + i%2),
		})
		r.VATGroups = append(r.VATGroups, domain.VATGroup{Code: fmt.Sprint(l[0]), Percent: percent, Excl: incl.Sub(vat), VAT: vat})
		r.TotalIncl, r.TotalExcl = r.TotalIncl.Add(incl), r.TotalExcl.Add(incl.Sub(vat))
	}
	r.Payments = []domain.Payment{{Method: method, Kind: domain.PaymentMoney, Amount: r.TotalIncl, Date: r.Date}}
	return r
}

func TestDayTotal_AddsUpTurnoverPaymentsAndDifferences(t *testing.T) {
	t.Parallel()
	day, code, _ := reconcile.DayTotal(tuesday, []domain.Order{
		receipt(3, "PIN", [3]int64{2, 21, 1210}, [3]int64{1, 9, 109}),
		receipt(7, "CASH", [3]int64{2, 21, 121}),
		receipt(5, "CASH", [3]int64{2, 21, -121}), // taken back
	}, []domain.CashCount{{Branch: "1", Date: tuesday.Date, Final: true, Differences: []domain.CashDifference{{Method: "CASH", Amount: domain.Euros(-250)}}}})
	require.Empty(t, code)
	require.Equal(t, domain.OrderID("day-1-2026-11-24"), day.ID)
	require.Equal(t, "D1.2026-11-24", day.Number)
	require.EqualValues(t, 7, day.Version.Marker)
	require.Equal(t, "13.19", day.TotalIncl.StringFixed(2))
	var lines []string
	sum := decimal.Zero
	for _, l := range day.Lines {
		sum = sum.Add(l.TotalIncl)
		lines = append(lines, fmt.Sprintf("%s|%s|%s|%s|%s", l.Kind, l.Text, l.VATCode, l.TotalIncl.StringFixed(2), l.TotalExcl.StringFixed(2)))
	}
	require.Equal(t, []string{
		"|Omzetgroep 10|2|12.10|10.00", "|Omzetgroep 11|1|1.09|1.00",
		"payment|CASH||0.00|0.00", "payment|PIN||-13.19|-13.19",
		"payment|Kasverschil CASH||2.50|2.50", "cash|Kasverschil CASH||-2.50|-2.50",
	}, lines)
	require.True(t, sum.IsZero(), "a page adds up to nothing")
}

func TestDayTotal_MoneyMovedInDrawersIsNoTurnover(t *testing.T) {
	t.Parallel()
	in := domain.Order{
		ID: "receipt-9", Number: "B1-1-2026.9", Source: domain.SourceReceipt, VATMethod: domain.VATNone, TotalIncl: domain.Euros(5000), TotalExcl: domain.Euros(5000),
		Lines:    []domain.OrderLine{{ID: "#1", Kind: domain.LineCash, TotalIncl: domain.Euros(5000)}},
		Payments: []domain.Payment{{Method: "CASH", Kind: domain.PaymentMoney, Amount: domain.Euros(5000)}},
	}
	day, code, _ := reconcile.DayTotal(tuesday, []domain.Order{receipt(1, "CASH", [3]int64{2, 21, 121}), in}, nil)
	require.Empty(t, code)
	require.Equal(t, "1.21", day.TotalIncl.StringFixed(2))
	sum := decimal.Zero
	for _, l := range day.Lines {
		sum = sum.Add(l.TotalIncl)
	}
	require.True(t, sum.IsZero())
	require.Equal(t, "50.00", day.Lines[len(day.Lines)-1].TotalIncl.StringFixed(2))
}

func TestDayTotal_SaysWhyADayCannotBeBooked(t *testing.T) {
	t.Parallel()
	shifted := receipt(1, "PIN", [3]int64{2, 21, 121})
	shifted.VATMethod = domain.VATShifted
	unpaid := receipt(1, "PIN", [3]int64{2, 21, 121})
	unpaid.Payments = nil
	for name, c := range map[string]struct {
		receipt domain.Order
		counts  []domain.CashCount
		code    string
	}{
		"VAT shifted":         {receipt: shifted, code: reconcile.CodeDayVATMethod},
		"not paid":            {receipt: unpaid, code: reconcile.CodeDayUnpaid},
		"still being counted": {receipt(1, "PIN", [3]int64{2, 21, 121}), []domain.CashCount{{Branch: "1"}}, reconcile.CodeDayUncounted},
	} {
		_, code, about := reconcile.DayTotal(tuesday, []domain.Order{c.receipt}, c.counts)
		require.Equal(t, c.code, code, name)
		require.NotEmpty(t, about, name)
	}
}

// Whatever was sold and in whatever order it came, the lines of a VAT code are
// its groups to the cent, the page adds up to nothing, and the day is the same.
func TestDayTotal_NeverLosesACent(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 1))
		var receipts []domain.Order
		for marker := range int64(1 + random.IntN(40)) {
			var lines [][3]int64
			for range 1 + random.IntN(6) {
				rate := [][2]int64{{1, 9}, {2, 21}, {3, 0}}[random.IntN(3)]
				lines = append(lines, [3]int64{rate[0], rate[1], random.Int64N(20_000) - 4_000})
			}
			receipts = append(receipts, receipt(marker+1, []string{"CASH", "PIN"}[random.IntN(2)], lines...))
		}
		day, code, _ := reconcile.DayTotal(tuesday, receipts, nil)
		require.Empty(t, code)
		page := decimal.Zero
		excl, incl := map[string]decimal.Decimal{}, map[string]decimal.Decimal{}
		for _, l := range day.Lines {
			page = page.Add(l.TotalIncl)
			if l.Kind == domain.LineSale {
				excl[l.VATCode], incl[l.VATCode] = excl[l.VATCode].Add(l.TotalExcl), incl[l.VATCode].Add(l.TotalIncl)
			}
		}
		require.True(t, page.IsZero(), "seed %d: %s", seed, page)
		for _, g := range day.VATGroups {
			require.True(t, g.Excl.Equal(excl[g.Code]) && g.Incl().Equal(incl[g.Code]), "seed %d, code %s", seed, g.Code)
		}
		random.Shuffle(len(receipts), func(i, j int) { receipts[i], receipts[j] = receipts[j], receipts[i] })
		again, _, _ := reconcile.DayTotal(tuesday, slices.Clone(receipts), nil)
		require.Equal(t, day.ContentHash(), again.ContentHash(), "seed %d", seed)
	}
}
