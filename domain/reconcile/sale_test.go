package reconcile_test

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

func TestForeignVATNumber_GoesByItsFirstLetters(t *testing.T) {
	t.Parallel()
	for number, want := range map[string]bool{
		"NL001234567B01": false, "nl 0012.34.567.b01": false, "BE 0123.456.789": true, " de123456789": true, "001234567B01": false, "": false, "N": false,
	} {
		require.Equal(t, want, reconcile.ForeignVATNumber(number, "NL"), number)
	}
	require.False(t, reconcile.ForeignVATNumber("EL123456789", "GR"), "Greece writes EL")
	require.True(t, reconcile.ForeignVATNumber("EL123456789", "NL"))
}

func TestOwnUse_ToldByLinesOrByPayments(t *testing.T) {
	t.Parallel()
	line := func(kind domain.LineKind) domain.OrderLine {
		return domain.OrderLine{SKU: "1", Quantity: euro("1"), TotalIncl: euro("5"), Kind: kind}
	}
	own := domain.Payment{Kind: domain.PaymentOwnUse, Amount: euro("5")}
	for name, c := range map[string]struct {
		order     domain.Order
		some, all bool
	}{
		"a sale":                    {domain.Order{Lines: []domain.OrderLine{line(domain.LineSale)}}, false, false},
		"nothing":                   {domain.Order{}, false, false},
		"by its lines":              {domain.Order{Lines: []domain.OrderLine{line(domain.LineOwnUse)}}, true, true},
		"by one of its lines":       {domain.Order{Lines: []domain.OrderLine{line(domain.LineOwnUse), line(domain.LineSale)}}, true, false},
		"by its payment":            {domain.Order{TotalIncl: euro("5"), Lines: []domain.OrderLine{line(domain.LineSale)}, Payments: []domain.Payment{own}}, true, true},
		"by a payment of a part":    {domain.Order{TotalIncl: euro("9"), Lines: []domain.OrderLine{line(domain.LineSale)}, Payments: []domain.Payment{own}}, true, false},
		"a text line is no own use": {domain.Order{Lines: []domain.OrderLine{line(domain.LineOwnUse), {Text: "x"}}}, true, true},
	} {
		some, all := reconcile.OwnUse(c.order)
		require.Equal(t, []bool{c.some, c.all}, []bool{some, all}, name)
	}
}

// TestJournalLines_EachIsOffByACentAtMost: books hold the VAT of a line against its
// rate, so what a group is off by may not stand on one line.
func TestJournalLines_EachIsOffByACentAtMost(t *testing.T) {
	t.Parallel()
	percent := euro("21")
	order := domain.Order{VATMethod: domain.VATInclusive}
	total := decimal.Zero
	for i := range 9 { // 0.17 of VAT in each 0.99, and 1.55 in all of them
		order.Lines = append(order.Lines, domain.OrderLine{
			SKU: "1", Quantity: euro("1"), TotalIncl: euro("0.99"), TotalExcl: euro("0.82"), VATCode: "2", VATPercent: percent, TurnoverGroup: fmt.Sprint(i),
		})
		total = total.Add(euro("0.99"))
	}
	order.VATGroups = []domain.VATGroup{{Code: "2", Percent: percent, Excl: euro("7.36"), VAT: euro("1.55")}}
	lines, err := reconcile.JournalLines(order, domain.SaleRules{})
	require.NoError(t, err)
	require.Len(t, lines, 9)
	vat, sum := decimal.Zero, decimal.Zero
	for _, l := range lines {
		vat, sum = vat.Add(l.VAT), sum.Add(l.Excl).Add(l.VAT)
		require.True(t, l.VAT.Sub(euro("0.17")).Abs().LessThanOrEqual(euro("0.01")), l.VAT)
	}
	require.Equal(t, "1.55", vat.String())
	require.True(t, total.Equal(sum))

	order.VATGroups[0].VAT, order.VATGroups[0].Excl = euro("1.75"), euro("7.16") // no rounding
	lines, err = reconcile.JournalLines(order, domain.SaleRules{})
	require.NoError(t, err)
	require.Equal(t, "0.17", lines[0].VAT.String(), "left as it is, for the proof to show")
}

// TestJournalLines_TheCentGoesWhereRoundingTookIt: a line that was rounded the other
// way would be off by more than a cent, by the amount that moves with it.
func TestJournalLines_TheCentGoesWhereRoundingTookIt(t *testing.T) {
	t.Parallel()
	percent := euro("21")
	order := domain.Order{VATMethod: domain.VATInclusive, VATGroups: []domain.VATGroup{{Code: "2", Percent: percent, Excl: euro("1899.12"), VAT: euro("398.81")}}}
	for i, incl := range []string{"208.96", "1150.56", "-20.99", "959.40"} {
		order.Lines = append(order.Lines, domain.OrderLine{
			SKU: "1", Quantity: euro("1"), TotalIncl: euro(incl), VATCode: "2", VATPercent: percent, TurnoverGroup: fmt.Sprint(i),
		})
	}
	lines, err := reconcile.JournalLines(order, domain.SaleRules{})
	require.NoError(t, err)
	vat := decimal.Zero
	for _, l := range lines {
		vat = vat.Add(l.VAT)
		again := l.Excl.Mul(percent).DivRound(euro("100"), 2)
		require.True(t, again.Sub(l.VAT).Abs().LessThanOrEqual(euro("0.01")), "%s of %s, not %s", l.VAT, l.Excl, again)
	}
	require.Equal(t, "398.81", vat.String())
}

func TestAdded_IsToldOnceForEachReasonAndVATCode(t *testing.T) {
	t.Parallel()
	line := func(role domain.LineRole, code, price string) reconcile.BookedLine {
		return reconcile.BookedLine{Role: role, VATCode: code, Quantity: euro("-1"), UnitPrice: euro(price)}
	}
	require.Equal(t, []domain.Decision{
		{Code: domain.DecidedLineAdded, About: "discount, VAT code 2, € -3.50"}, {Code: domain.DecidedLineAdded, About: "rounding, VAT code 1, € -0.02"},
	}, reconcile.Added([]reconcile.BookedLine{line(domain.RoleSale, "2", "9"), line(domain.RoleDiscount, "2", "1"), line(domain.RoleRounding, "1", "0.02"), line(domain.RoleDiscount, "2", "2.50")}))
}

// TestVATProof_OfAnInvoiceHoldsAmountsAgainstTheRate: that the amounts were copied
// proves nothing about the code they stand under.
func TestVATProof_OfAnInvoiceHoldsAmountsAgainstTheRate(t *testing.T) {
	t.Parallel()
	order := domain.Order{VATGroups: []domain.VATGroup{{Code: "2", Percent: euro("21"), Excl: euro("8.26"), VAT: euro("1.74")}}}
	line := reconcile.BookedLine{Stated: true, VATCode: "2", Percent: euro("21"), Excl: euro("8.26"), VAT: euro("1.74")}
	require.Empty(t, reconcile.VATProof(order, []reconcile.BookedLine{line}))
	line.Percent = euro("9")
	require.Len(t, reconcile.VATProof(order, []reconcile.BookedLine{line}), 1)
	line.Percent, line.VAT = euro("21"), euro("1.73")
	require.Len(t, reconcile.VATProof(order, []reconcile.BookedLine{line}), 1)
}
