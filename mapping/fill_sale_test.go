package mapping_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/mapping"
)

func fields(t *testing.T, m *mapping.Mapper, order domain.Order, context mapping.OrderContext) string {
	t.Helper()
	draft, _, err := m.Order(order, context, domain.Schema{})
	require.NoError(t, err)
	draft.Lines = nil
	return shown(draft)
}

func TestFill_WhatASaleDoesNotSay(t *testing.T) {
	t.Parallel()
	order := sold(domain.Customer{ID: "1"}, line("100", "1", "25", "0", "2", "21"))
	order.DeliveryDate, order.Employee, order.DeliveryMethod = domain.Date{}, "", ""
	rows := `
mapping:
  order:
    - {target: COMMENT1, source: reference}
    - {target: DEL_DATE, source: order.delivery_date}
    - {target: EMP_NR, source: order.employee}
    - {target: COMMENT3, source: order.reference}
    - {target: ORD_EXPN, source: settings.selection_code}
`
	vat := "\nlookups: {vat_code: {rows: [{key: \"2\", value: \"1\", percent: 21}]}}"
	require.Equal(t, "COMMENT1=MPLUS 2026.123\nEMP_NR=999999\n", fields(t, mapperOf(t, rows+vat), order, orderContext))
	filled := mapperOf(t, rows+vat+`
flows: {orders: {fill: {employee: "12", reference: Kassa, delivery_date: date, delivery_days: 3, selection_code: POS}}}
`)
	require.Equal(t, "COMMENT1=MPLUS 2026.123\nDEL_DATE=2026-05-04\nEMP_NR=12\nCOMMENT3=Kassa\nORD_EXPN=POS\n", fields(t, filled, order, orderContext))
	order.DeliveryDate, order.Employee, order.Reference = day("2026-06-01"), "7", "Voor oma"
	require.Equal(t, "COMMENT1=MPLUS 2026.123\nDEL_DATE=2026-06-01\nEMP_NR=7\nCOMMENT3=Voor oma\nORD_EXPN=POS\n", fields(t, filled, order, orderContext), "what it says stands")
}

func TestDates_TheDayOfTheSaleGoesByTheDocument(t *testing.T) {
	t.Parallel()
	order := sold(domain.Customer{ID: "1"}, line("100", "1", "25", "0", "2", "21"))
	for name, c := range map[string]struct {
		dates   string
		entered string
		want    string
	}{
		"the financial date":                        {"", "2026-11-24T23:30:00Z", "2026-05-01"},
		"the day in Amsterdam":                      {"date: entered", "2026-11-24T23:30:00Z", "2026-11-25"},
		"after midnight, before the business ended": {"date: entered, day_ends: \"04:00\"", "2026-11-25T02:59:00Z", "2026-11-24"},
		"when it had ended":                         {"date: entered, day_ends: \"04:00\"", "2026-11-25T03:00:00Z", "2026-11-25"},
		"the night that has an hour more":           {"date: entered, day_ends: \"03:00\"", "2026-10-25T01:30:00Z", "2026-10-24"}, // 02:30, for the second time
		"the night that has an hour less":           {"date: entered, day_ends: \"03:00\"", "2026-03-29T01:00:00Z", "2026-03-29"}, // 03:00: two o'clock never was
		"the first of the month":                    {"date: entered, day_ends: \"04:00\"", "2026-12-31T23:15:00Z", "2026-12-31"},
	} {
		var err error
		order.EnteredAt, err = time.Parse(time.RFC3339, c.entered)
		require.NoError(t, err)
		m := mapperOf(t, "flows: {orders: {dates: {"+c.dates+"}}}")
		require.Equal(t, c.want, m.SaleDate(order).String(), name)
	}
}

// TestDates_ASaleOfAClosedDayShowsBothDays, and goes by the rows of its own day.
func TestDates_ASaleOfAClosedDayShowsBothDays(t *testing.T) {
	t.Parallel()
	m := mapperOf(t, `
lookups: {vat_code: {rows: [{key: "2", value: "1", percent: 21, valid_until: 2026-05-31}, {key: "2", value: "5", percent: 22, valid_from: 2026-06-01}]}}
`)
	order := sold(domain.Customer{ID: "1"}, line("100", "1", "25", "0", "2", "21"))
	order.DeliveryDate = domain.Date{}
	context := orderContext
	context.BookDate = day("2026-06-01")
	draft, _, err := m.Order(order, context, domain.Schema{})
	require.NoError(t, err)
	require.Contains(t, shown(draft), "ORD_DATE=2026-06-01\n")
	require.Contains(t, shown(draft), "COMMENT3=Verkocht op 01-05-2026\n")
	require.Contains(t, shown(draft), "VAT_CODE=1\n", "the VAT is of the day of the sale")
	context.BookDate = order.Date
	require.NotContains(t, fields(t, m, order, context), "Verkocht")
}

func TestDefaultDebtor_GoesByBranchPaymentMethodAndOrderType(t *testing.T) {
	t.Parallel()
	m := mapperOf(t, `
flows: {orders: {default_debtor: "10000"}}
lookups:
  default_debtor: {keys: [branch, payment_method, order_type], unmapped: default, rows: [{key: ["2", "*", "*"], value: "10002"}, {key: ["2", PIN, "*"], value: "10003"}, {key: ["*", "*", WEB], value: "10004"}]}
`)
	for want, order := range map[string]domain.Order{
		"10000":                                 {Branch: "1"},
		"10002 (lookups.default_debtor, row 1)": {Branch: "2"},
		"10003 (lookups.default_debtor, row 2)": {Branch: "2", PaymentMethod: "PIN"},
		"10004 (lookups.default_debtor, row 3)": {Branch: "1", Type: "WEB"},
	} {
		chosen, err := m.DefaultDebtor(order)
		require.NoError(t, err)
		require.Equal(t, want, chosen.Words())
	}
}

func TestCustomer_OurOwnNumbersAndWhatANewDebtorGets(t *testing.T) {
	t.Parallel()
	order := sale()
	order.PaymentMethod, order.Branch = "REK", "2"
	tables := `
lookups:
  debtor_payment_term: {unmapped: default, rows: [{key: REK, value: "30"}]}
  debtor_price_list: {keys: [branch, order_type], unmapped: default, rows: [{key: ["2", "*"], value: B2B}]}
`
	draft, err := mapperOf(t, tables).Customer(order, domain.Schema{})
	require.NoError(t, err)
	require.NotContains(t, shown(draft), "SUB_NR", "the books number their debtors")
	require.Contains(t, shown(draft), "DISC_CODE=30\nAPX_LIST=B2B\n")
	rules := demoRules(t)
	rules.Settings.NumberDebtors = true
	m, err := mapping.Compile(rules)
	require.NoError(t, err)
	draft, err = m.Customer(order, domain.Schema{})
	require.NoError(t, err)
	require.Contains(t, shown(draft), "SUB_NR=M0012\n")
	require.NotContains(t, shown(draft), "APX_LIST")
}

func TestOrder_TheAddressStandsOnItInThatModeOnly(t *testing.T) {
	t.Parallel()
	order := orderCases()["company-delivered-elsewhere"]
	vat := "\nlookups: {vat_code: {rows: [{key: \"2\", value: \"1\", percent: 21}, {key: \"1\", value: \"2\", percent: 9}]}}"
	require.NotContains(t, fields(t, mapperOf(t, vat), order, orderContext), "ADDRESS1")
	on := mapperOf(t, "flows: {orders: {delivery_address: order}}"+vat)
	require.Contains(t, fields(t, on, order, orderContext), "ACCT_NAME=Magazijn De Korenaar\nADDRESS1=Kade 1 a\nPOST_CODE=1011 AB\nCITY=Amsterdam\nCNT_CODE=NL\n")
	order.DeliveryAddress = order.Customer.Address
	require.NotContains(t, fields(t, on, order, orderContext), "ADDRESS1", "it goes where the customer is")
}
