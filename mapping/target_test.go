package mapping_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/mapping"
	"github.com/koppel/koppel/settings"
)

const shopDocument = `
integration: shop
accountview: {base_url: "http://127.0.0.1:1/api/v3", company_id: c, client_id: c}
mplus: {base_url: "http://127.0.0.1:2"}
`

// mapperOf compiles a document: the default one with what is given.
func mapperOf(t testing.TB, text string) *mapping.Mapper {
	t.Helper()
	doc, err := settings.Parse([]byte(shopDocument + text))
	require.NoError(t, err)
	m, err := mapping.Compile(doc.MappingRules())
	require.NoError(t, err)
	return m
}

func TestTarget_IsChosenBySourceBranchCategoryAndPayment(t *testing.T) {
	t.Parallel()
	m := mapperOf(t, `
lookups:
  target:
    keys: [source, branch, category, paid]
    unmapped: default
    default: sales_order
    rows:
      - {key: [receipt, "*", "*", "*"], value: day_total}
      - {key: [receipt, "7", "*", paid], value: journal}
      - {key: [invoice, "*", "*", "*"], value: journal}
      - {key: ["*", "*", "9", "*"], value: none}
`)
	for name, c := range map[string]struct {
		order domain.Order
		want  domain.Target
	}{
		"an order of before there were sources": {domain.Order{Branch: "1"}, domain.TargetSalesOrder},
		"a receipt":                             {domain.Order{Source: domain.SourceReceipt, Branch: "1", FullyPaid: true}, domain.TargetDayTotal},
		"a paid receipt of a branch":            {domain.Order{Source: domain.SourceReceipt, Branch: "7", FullyPaid: true}, domain.TargetJournal},
		"an unpaid receipt of that branch":      {domain.Order{Source: domain.SourceReceipt, Branch: "7"}, domain.TargetDayTotal},
		"an invoice":                            {domain.Order{Source: domain.SourceInvoice}, domain.TargetJournal},
		"an order of a category":                {domain.Order{Category: "9"}, domain.TargetNone},
	} {
		got, err := m.Target(c.order)
		require.NoError(t, err, name)
		require.Equal(t, c.want, got, name)
	}
	chosen, err := m.ExplainTarget(domain.Order{Source: domain.SourceInvoice, Branch: "3"})
	require.NoError(t, err)
	require.Equal(t, mapping.LookupHit{Table: "target", Keys: []string{"invoice", "3", "", "unpaid"}, Row: 2, Value: "journal"}, chosen.By)
	require.Equal(t, domain.Targets(), m.Targets())
	require.Equal(t, []domain.Target{domain.TargetSalesOrder}, mapperOf(t, "").Targets())
}

func TestTarget_ATableMayLeaveOutColumnsAndReceiptsWithoutCustomerGoTogether(t *testing.T) {
	t.Parallel()
	m := mapperOf(t, `
lookups:
  target:
    keys: [customer, source]
    unmapped: default
    default: sales_order
    rows: [{key: [none, receipt], value: day_total}, {key: [known, receipt], value: journal}]
`)
	for customer, want := range map[domain.CustomerID]domain.Target{"": domain.TargetDayTotal, "21": domain.TargetJournal} {
		got, err := m.Target(domain.Order{Source: domain.SourceReceipt, Customer: domain.Customer{ID: customer}})
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	_, err := settings.Parse([]byte(shopDocument + "lookups: {target: {keys: [shop], unmapped: default, default: journal}}\n"))
	require.ErrorContains(t, err, "must be one of: source, branch, category, paid, customer")
}

func TestTarget_OnlyTargetsAreTargets(t *testing.T) {
	t.Parallel()
	for _, wrong := range []string{
		`{keys: [source, branch, category, paid], unmapped: default, default: order}`,
		`{keys: [source, branch, category, paid], rows: [{key: ["*", "*", "*", "*"], value: invoice}]}`,
	} {
		_, err := settings.Parse([]byte(shopDocument + "lookups: {target: " + wrong + "}\n"))
		require.ErrorContains(t, err, "must be one of: sales_order, journal, day_total, none")
	}
}

// invoices is a document that books everything as an invoice.
const invoices = `
flows: {orders: {fill: {daybook: "700", invoice_number: till}, amounts: {rounding_account: "8990", discount_account: "8900", shipping_account: "8800", gift_cards: account, gift_card_account: "1900", deposit_account: "1950"}}}
lookups:
  target: {keys: [source, branch, category, paid], unmapped: default, default: journal}
  vat_code: {rows: [{key: "2", value: "1", percent: 21}, {key: "1", value: "2", percent: 9}, {key: "0", value: "0", percent: 0}]}
  revenue_account: {keys: [country, vat_code, turnover_group], rows: [{key: [NL, "2", "*"], value: "8000"}, {key: [NL, "1", "*"], value: "8010"}, {key: [NL, "2", "5"], value: "8005"}, {key: [NL, "0", "*"], value: "8020"}]}
  daybook: {keys: [source, branch], unmapped: default, rows: [{key: [receipt, "*"], value: "710"}]}
  payment_term: {unmapped: default, rows: [{key: REK, value: "30"}]}
`

var invoiceContext = mapping.OrderContext{Target: domain.TargetJournal, CustomerNumber: "10001", Reference: "MPLUS F2026.9"}

func TestJournal_BooksTurnoverByVATCodeAndTurnoverGroup(t *testing.T) {
	t.Parallel()
	knife, bread, mug := line("1", "2", "34.95", "0", "2", "21"), line("2", "3", "4", "2", "1", "9"), line("3", "1", "0.99", "0", "2", "21")
	mug.TurnoverGroup = "5"
	order := sold(domain.Customer{ID: "21", Name: "S. de Vries"}, knife, bread, mug, line("4", "1", "0.99", "0", "2", "21"))
	order.Source, order.Number, order.PaymentMethod = domain.SourceInvoice, "F2026.9", "REK"
	order.VATGroups[0].VAT = dec("12.47") // the till's own: of 71.88 together, less than by line
	order.VATGroups[0].Excl = dec("59.41")
	draft, booked, err := mapperOf(t, invoices).Order(order, invoiceContext, domain.Schema{})
	require.NoError(t, err)
	require.Equal(t, domain.EntityJournal, draft.Entity)
	require.Equal(t, `DJ_CODE=700
SUB_NR=10001
INV_NR=F2026.9
TRN_DATE=2026-05-01
PERIOD=5
HDR_DESC=MPLUS F2026.9
DISC_CODE=30
- ACCT_NR=8000 TRN_DESC=MPLUS F2026.9 AMOUNT=58.59 VAT_CODE=1 VAT_AMT=12.3
- ACCT_NR=8010 TRN_DESC=MPLUS F2026.9 AMOUNT=9.17 VAT_CODE=2 VAT_AMT=0.83
- ACCT_NR=8005 TRN_DESC=MPLUS F2026.9 AMOUNT=0.82 VAT_CODE=1 VAT_AMT=0.17
`, shown(draft))
	require.NotEmpty(t, reconcile.VATProof(order, booked), "the till's VAT is not what the rate gives: not written")

	order.VATGroups[0] = domain.VATGroup{Code: "2", Percent: dec("21"), Excl: dec("59.40"), VAT: dec("12.48")}
	_, booked, err = mapperOf(t, invoices).Order(order, invoiceContext, domain.Schema{})
	require.NoError(t, err)
	require.Empty(t, reconcile.VATProof(order, booked))
}

func TestJournal_ClosesEachVATGroupOnANamedLine(t *testing.T) {
	t.Parallel()
	order := sold(domain.Customer{ID: "21"}, line("1", "1", "100", "0", "2", "21"), line("2", "1", "10", "0", "1", "9"))
	order.VATGroups = []domain.VATGroup{ // ten percent off the one, five for delivery on the other
		{Code: "2", Percent: dec("21"), Excl: dec("74.38"), VAT: dec("15.62")}, {Code: "1", Percent: dec("9"), Excl: dec("13.76"), VAT: dec("1.24")},
	}
	order.TotalIncl = dec("105")
	draft, booked, err := mapperOf(t, invoices).Order(order, invoiceContext, domain.Schema{})
	require.NoError(t, err)
	require.Empty(t, reconcile.VATProof(order, booked))
	require.Contains(t, shown(draft), "- ACCT_NR=8900 TRN_DESC=Korting MPLUS F2026.9 AMOUNT=-8.26 VAT_CODE=1 VAT_AMT=-1.74\n")
	require.Contains(t, shown(draft), "- ACCT_NR=8800 TRN_DESC=Verzendkosten MPLUS F2026.9 AMOUNT=4.59 VAT_CODE=2 VAT_AMT=0.41\n")
}

func TestJournal_AGiftCardIsADebtAndADepositIsNoTurnover(t *testing.T) {
	t.Parallel()
	card, bottle := line("1", "1", "25", "0", "0", "0"), line("2", "4", "0.25", "0", "0", "0")
	card.Kind, bottle.Kind = domain.LineBalance, domain.LineDeposit
	order := sold(domain.Customer{ID: "21"}, card, bottle)
	draft, booked, err := mapperOf(t, invoices).Order(order, invoiceContext, domain.Schema{})
	require.NoError(t, err)
	require.Empty(t, reconcile.VATProof(order, booked))
	require.Contains(t, shown(draft), "- ACCT_NR=1900 TRN_DESC=MPLUS F2026.9 AMOUNT=25 ")
	require.Contains(t, shown(draft), "- ACCT_NR=1950 TRN_DESC=MPLUS F2026.9 AMOUNT=1 ")

	_, _, err = mapperOf(t, "").Order(order, orderContext, domain.Schema{})
	refused := &mapping.Refused{}
	require.ErrorAs(t, err, &refused)
	require.Equal(t, reconcile.CodeGiftCardSold, refused.Code())
}
