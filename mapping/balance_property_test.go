package mapping_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/mapping"
)

// randomSale makes a sale as a till would: mixed rates, decimals, discounts on
// lines and on the whole, returns, gift cards, text lines; its groups are rounded
// once, by line, or are simply wrong.
func randomSale(r *rand.Rand) domain.Order {
	rates := map[string]int64{"2": 21, "1": 9, "0": 0}
	o := domain.Order{
		ID: "o", Number: "2026.1", Date: day("2026-05-01"), Customer: domain.Customer{ID: "1"}, DeliveryMethod: "POST",
		VATMethod: []domain.VATMethod{domain.VATInclusive, domain.VATInclusive, domain.VATExclusive}[r.IntN(3)],
	}
	sums := map[string]decimal.Decimal{} // of the side that the till counts in
	for i := range 1 + r.IntN(6) {
		code := []string{"2", "2", "1", "0"}[r.IntN(4)]
		rate := decimal.NewFromInt(1).Add(decimal.New(rates[code], -2))
		quantity := decimal.New(int64(1+r.IntN(5000)), int32(-r.IntN(4)))
		if r.IntN(5) == 0 {
			quantity = quantity.Neg()
		}
		price := decimal.New(int64(r.IntN(20000)), -2)
		discount := decimal.Zero
		full := quantity.Mul(price).Round(2)
		if r.IntN(3) == 0 {
			discount = full.Mul(decimal.New(int64(r.IntN(60)), -2)).Round(2)
		}
		total := full.Sub(discount)
		l := domain.OrderLine{
			ID: fmt.Sprint(i), SKU: fmt.Sprint(1000 + i), Quantity: quantity, VATCode: code, VATPercent: decimal.NewFromInt(rates[code]),
			TurnoverGroup: fmt.Sprint(r.IntN(3)), DiscountIncl: discount,
		}
		if o.VATMethod == domain.VATInclusive {
			l.UnitPriceIncl, l.UnitPriceExcl, l.TotalIncl, l.TotalExcl = price, price.DivRound(rate, 2), total, total.DivRound(rate, 2)
		} else {
			l.UnitPriceExcl, l.UnitPriceIncl, l.TotalExcl, l.TotalIncl = price, price.Mul(rate).Round(2), total, total.Mul(rate).Round(2)
		}
		if code == "0" && r.IntN(2) == 0 {
			l.Kind = []domain.LineKind{domain.LineBalance, domain.LineDeposit}[r.IntN(2)]
		}
		o.Lines = append(o.Lines, l)
		sums[code] = sums[code].Add(total)
	}
	if r.IntN(3) == 0 {
		o.Lines = append(o.Lines, domain.OrderLine{ID: "t", Text: "Ring twice"})
	}
	for _, code := range []string{"2", "1", "0"} {
		sum, sold := sums[code]
		if !sold {
			continue
		}
		switch r.IntN(6) {
		case 0: // a discount on the whole sale
			sum = sum.Mul(decimal.New(9, -1)).Round(2)
		case 1: // delivery
			sum = sum.Add(decimal.RequireFromString("6.95"))
		case 2: // cash is rounded
			sum = sum.Add(decimal.New(int64(r.IntN(5)-2), -2))
		}
		percent := decimal.NewFromInt(rates[code])
		g := domain.VATGroup{Code: code, Percent: percent}
		if o.VATMethod == domain.VATInclusive {
			g.VAT = sum.Mul(percent).DivRound(percent.Add(decimal.NewFromInt(100)), 2)
			g.Excl = sum.Sub(g.VAT)
		} else {
			g.Excl, g.VAT = sum, sum.Mul(percent).DivRound(decimal.NewFromInt(100), 2)
		}
		if r.IntN(8) == 0 { // the till's own mistake
			g.VAT = g.VAT.Add(decimal.New(int64(r.IntN(9)-4), -2))
		}
		o.VATGroups = append(o.VATGroups, g)
		o.TotalIncl, o.TotalExcl = o.TotalIncl.Add(g.Incl()), o.TotalExcl.Add(g.Excl)
	}
	return o
}

// booksSums computes, by the rules of the books and from the fields of the draft
// alone, what stands under each VAT code of the books.
func booksSums(draft domain.Draft, inclusive bool) map[string][2]decimal.Decimal {
	number := func(d domain.Draft, name string) decimal.Decimal {
		v, _ := d.Get(name)
		return v.Number
	}
	hundred := decimal.NewFromInt(100)
	rates := map[string]decimal.Decimal{"1": decimal.NewFromInt(21), "2": decimal.NewFromInt(9), "0": decimal.Zero}
	sums := map[string][2]decimal.Decimal{}
	for _, l := range draft.Lines {
		code, _ := l.Get("VAT_CODE")
		sum := sums[code.Text]
		if draft.Entity == domain.EntityJournal {
			sum[0], sum[1] = sum[0].Add(number(l, "AMOUNT")), sum[1].Add(number(l, "VAT_AMT"))
		} else {
			gross := number(l, "ORD_QTY").Mul(number(l, "ART_PX"))
			sum[0] = sum[0].Add(gross.Mul(hundred.Sub(number(l, "DISC_PCT"))).Div(hundred).Round(2))
		}
		sums[code.Text] = sum
	}
	if draft.Entity == domain.EntityJournal {
		return sums
	}
	for code, sum := range sums {
		if inclusive {
			vat := sum[0].Mul(rates[code]).DivRound(hundred.Add(rates[code]), 2)
			sums[code] = [2]decimal.Decimal{sum[0].Sub(vat), vat}
		} else {
			sums[code] = [2]decimal.Decimal{sum[0], sum[0].Mul(rates[code]).DivRound(hundred, 2)}
		}
	}
	return sums
}

// TestProperty_ASaleBalancesForEachVATGroupOrIsRefused: whatever the till sells,
// however discounts are written and prices are counted, for both targets.
func TestProperty_ASaleBalancesForEachVATGroupOrIsRefused(t *testing.T) {
	t.Parallel()
	const sales = 400
	for _, prices := range []string{"incl", "excl"} {
		for _, discounts := range []string{"net_price", "percentage", "line"} {
			for _, cards := range []string{"park", "account", "book"} {
				t.Run(prices+" "+discounts+" "+cards, func(t *testing.T) {
					t.Parallel()
					m := mapperOf(t, fmt.Sprintf(`
flows: {orders: {prices: %s, fill: {daybook: "700"}, amounts: {discounts: %s, gift_cards: %s, gift_card_account: "1900", gift_card_article: BON, discount_article: KORTING, rounding_article: AFROND,
  discount_account: "8900", rounding_account: "8990", shipping_account: "8800"}}}
lookups:
  vat_code: {rows: [{key: "2", value: "1", percent: 21}, {key: "1", value: "2", percent: 9}, {key: "0", value: "0", percent: 0}]}
  revenue_account: {keys: [country, vat_code, turnover_group], rows: [{key: ["*", "*", "*"], value: "8000"}]}
  shipping_article: {unmapped: default, rows: [{key: POST, value: PORTO}]}
`, prices, discounts, cards))
					r := rand.New(rand.NewPCG(7, uint64(len(prices+discounts+cards))))
					written := map[domain.Target]int{}
					for range sales {
						order := randomSale(r)
						for _, target := range []domain.Target{domain.TargetSalesOrder, domain.TargetJournal} {
							if balances(t, m, order, target, prices == "incl") {
								written[target]++
							}
						}
					}
					require.Greater(t, written[domain.TargetSalesOrder], sales/5, "most of what is right is written")
					require.Greater(t, written[domain.TargetJournal], sales/3)
				})
			}
		}
	}
}

// balances reports whether a sale is written; when it is, it is right to the cent.
func balances(t *testing.T, m *mapping.Mapper, order domain.Order, target domain.Target, inclusive bool) bool {
	t.Helper()
	draft, booked, err := m.Order(order, mapping.OrderContext{Target: target, CustomerNumber: "1", Reference: "r"}, domain.Schema{})
	if err != nil {
		var coded interface{ Code() string }
		require.ErrorAs(t, err, &coded)
		require.NotEmpty(t, domain.ReasonFor(coded.Code()).Words)
		return false
	}
	if len(reconcile.VATProof(order, booked)) > 0 {
		return false
	}
	sums := booksSums(draft, inclusive)
	booksCode := map[string]string{"2": "1", "1": "2", "0": "0"}
	for _, g := range order.VATGroups {
		sum := sums[booksCode[g.Code]]
		require.True(t, sum[0].Equal(g.Excl) && sum[1].Equal(g.VAT), "%s %s: books %s + %s, till %s + %s\n%s", target, g.Code, sum[0], sum[1], g.Excl, g.VAT, shown(draft))
	}
	noneBelowZero := !slices.ContainsFunc(draft.Lines, func(l domain.Draft) bool {
		price, _ := l.Get("ART_PX")
		return price.Number.IsNegative()
	})
	require.True(t, noneBelowZero, "a price is never negative\n%s", shown(draft))
	return true
}
