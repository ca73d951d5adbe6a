package mapping_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/mapping"
)

// TestJournal_TheTotalOfADayHoldsBothSides: turnover by VAT code and turnover
// group, payments by method, what the drawer held more or less; together nothing.
func TestJournal_TheTotalOfADayHoldsBothSides(t *testing.T) {
	t.Parallel()
	m := mapperOf(t, `
flows: {orders: {fill: {daybook: "710"}, amounts: {prepaid_account: "1600", gift_cards: book}, day_totals: {cash_account: "4990"}}}
lookups:
  vat_code: {rows: [{key: "2", value: "1", percent: 21}, {key: "1", value: "2", percent: 9}]}
  revenue_account: {keys: [country, vat_code, turnover_group], rows: [{key: ["*", "2", "*"], value: "8000"}, {key: ["*", "1", "*"], value: "8010"}]}
  payment_account: {rows: [{key: CASH, value: "1000"}, {key: PIN, value: "1100"}]}
`)
	var receipts []domain.Order
	for range 7 { // each is rounded by itself: seven times 0.17 of VAT is not the VAT of 6.93
		receipt := sold(domain.Customer{}, line("1", "1", "0.99", "0", "2", "21"))
		receipt.Payments = []domain.Payment{{Method: "CASH", Kind: domain.PaymentMoney, Amount: dec("0.99")}}
		receipts = append(receipts, receipt)
	}
	bread := sold(domain.Customer{}, line("2", "1", "10", "0", "1", "9"))
	bread.Payments = []domain.Payment{{Method: "PIN", Kind: domain.PaymentMoney, Amount: dec("4")}, {Method: "VOORAF", Kind: domain.PaymentDeposit, Amount: dec("6")}}
	day := reconcile.Day{Branch: "1", Date: day("2026-05-01")}
	total, code, _ := reconcile.DayTotal(day, append(receipts, bread), []domain.CashCount{{Branch: "1", Final: true, Differences: []domain.CashDifference{{Method: "CASH", Amount: dec("-0.50")}}}})
	require.Empty(t, code)

	draft, booked, err := m.Order(total, mapping.OrderContext{Target: domain.TargetJournal, Reference: "MPLUS " + total.Number}, domain.Schema{})
	require.NoError(t, err)
	require.Empty(t, reconcile.VATProof(total, booked))
	require.True(t, reconcile.BookedTotal(booked).IsZero(), "both sides of the page are equal")
	require.Equal(t, `DJ_CODE=710
TRN_DATE=2026-05-01
PERIOD=5
HDR_DESC=MPLUS D1.2026-05-01
- ACCT_NR=8010 TRN_DESC=MPLUS D1.2026-05-01 AMOUNT=9.17 VAT_CODE=2 VAT_AMT=0.83
- ACCT_NR=8000 TRN_DESC=MPLUS D1.2026-05-01 AMOUNT=5.74 VAT_CODE=1 VAT_AMT=1.19
- ACCT_NR=1600 TRN_DESC=VOORAF AMOUNT=-6
- ACCT_NR=1000 TRN_DESC=CASH AMOUNT=-6.93
- ACCT_NR=1100 TRN_DESC=PIN AMOUNT=-4
- ACCT_NR=1000 TRN_DESC=Kasverschil CASH AMOUNT=0.5
- ACCT_NR=4990 TRN_DESC=Kasverschil CASH AMOUNT=-0.5
`, shown(draft))

	target, err := m.Target(total)
	require.NoError(t, err)
	require.Equal(t, domain.TargetJournal, target)
	wrong := total
	wrong.VATGroups = append([]domain.VATGroup(nil), total.VATGroups...)
	for i := range wrong.VATGroups {
		wrong.VATGroups[i].VAT = wrong.VATGroups[i].VAT.Add(dec("1"))
	}
	_, booked, err = m.Order(wrong, mapping.OrderContext{Target: domain.TargetJournal, Reference: "x"}, domain.Schema{})
	require.NoError(t, err)
	require.Len(t, reconcile.VATProof(wrong, booked), 2, "a rate is not rounded away")
}
