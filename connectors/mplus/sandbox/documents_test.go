package sandbox_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/mplus/sandbox"
)

type savedDocument struct {
	ID             string `json:"id"`
	Number         string `json:"number"`
	State          string `json:"state"`
	TotalInclCents int64  `json:"total_incl_cents"`
	PaidCents      int64  `json:"paid_cents"`
	SyncMarker     int64  `json:"sync_marker"`
	Error          string `json:"error"`
}

func (f *foreign) receipt(id string) node {
	f.t.Helper()
	return f.ask("getReceipts", `<request>`+anyArticles+`<includeOrderReferences>true</includeOrderReferences><receiptIds>`+id+`</receiptIds></request>`)
}

func (f *foreign) invoice(id string) node {
	f.t.Helper()
	return f.ask("getInvoice", `<invoiceId>`+id+`</invoiceId>`)
}

func TestSandboxReceipts_SayWhatEachLineAndPaymentCountsAs(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	var made savedDocument
	require.Equal(t, 201, f.json("POST", "/_sandbox/receipts", `{"financial_date":"2026-07-03","lines":[
		{"article":100101,"quantity":"2","price_cents":1000,"discount_percent":"12.5"},
		{"article":100101,"quantity":"1","price_cents":2500,"turnover_group":91},
		{"article":100101,"quantity":"1","price_cents":25,"turnover_group":92},
		{"article":100102,"quantity":"1","price_cents":300,"own_use":true},
		{"text":"Fijne dag","heading":true},
		{"article":100103,"quantity":"1","price_cents":5000,"components":[{"article":100101,"quantity":"2"},{"article":100102,"quantity":"1"}]}],
		"payments":[{"method":"PIN","amount_cents":9075},{"method":"CADEAUBON","amount_cents":500,"giftcard_number":"6280001"}]}`, &made), made.Error)
	require.EqualValues(t, 1750+2500+25+300+5000, made.TotalInclCents)
	require.Equal(t, "RECEIPT-STATE-PAID", made.State)
	r := f.receipt(made.ID)
	const at = "receiptList/receipt/"
	require.Equal(t, []string{"TURNOVER-GROUP-TYPE-TURNOVER", "TURNOVER-GROUP-TYPE-BALANCE-UPGRADE", "TURNOVER-GROUP-TYPE-REFUNDABLE-DEPOSIT"},
		r.texts(at + "lineList/line/data/turnoverGroupType")[:3])
	require.Len(t, r.texts(at+"lineList/line/data/bpeId"), 1)
	require.Equal(t, []string{"LINE-KIND-HEADER"}, r.texts(at+"lineList/line/lineKind"))
	require.Equal(t, []string{"100101", "100102"}, r.texts(at+"lineList/line/preparationList/line/articleNumber"))
	require.Equal(t, []string{"LINE-TYPE-COMPONENT", "LINE-TYPE-COMPONENT"}, r.texts(at+"lineList/line/preparationList/line/lineType"))
	require.Equal(t, []string{"PAYMENT-METHOD-TYPE-EFT", "PAYMENT-METHOD-TYPE-PAYMENT"}, r.texts(at+"paymentList/payment/paymentMethodType"))
	require.Equal(t, "6280001", r.texts(at + "paymentList/payment/giftcardNumber")[0])
	require.Equal(t, "3", r.text(at+"financialDate/day"))
	require.NotEqual(t, "2020", r.text(at+"entryTimestamp/year"))
	require.Empty(t, r.texts(at+"relationNumber"))
}

func TestSandboxReceipts_BelongToOrdersAndArePaidLater(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	order := f.create(orderOf(`<extOrderId>web-7</extOrderId>`, "", line("100101", "1", "0", "")))
	var made, paid, credit savedDocument
	require.Equal(t, 201, f.json("POST", "/_sandbox/receipts", `{"relation_number":1,"branch":2,"order_ids":["`+order+`"],"lines":[{"article":100101,"quantity":"1","price_cents":1000}]}`, &made), made.Error)
	require.Equal(t, "RECEIPT-STATE-OUTSTANDING", made.State)
	require.Equal(t, "2-1-2026.1", made.Number, "each workplace numbers its own")
	r := f.receipt(made.ID)
	require.Equal(t, order, r.text("receiptList/receipt/orderIds/id"))
	require.Equal(t, "web-7", r.text("receiptList/receipt/extOrderIds/id"))
	require.Empty(t, f.ask("getReceipts", `<request>`+anyArticles+`<receiptIds>`+made.ID+`</receiptIds></request>`).texts("receiptList/receipt/orderIds"), "unless asked for")

	path := "/_sandbox/receipts/" + made.ID
	require.Equal(t, 200, f.json("PUT", path, `{"payments":[{"method":"CASH","amount_cents":400}]}`, &paid))
	require.Equal(t, "RECEIPT-STATE-PARTLY-PAID", paid.State)
	require.Equal(t, 200, f.json("PUT", path, `{"payments":[{"method":"PIN","amount_cents":600}]}`, &paid))
	require.Equal(t, "RECEIPT-STATE-PAID", paid.State)
	require.Greater(t, paid.SyncMarker, made.SyncMarker)

	require.Equal(t, 201, f.json("POST", "/_sandbox/receipts", `{"type":"credit-receipt","credits":"`+made.ID+`","lines":[{"article":100101,"quantity":"-1","price_cents":1000}]}`, &credit), credit.Error)
	require.Equal(t, "RECEIPT-STATE-OUTSTANDING-CREDIT", credit.State)
	require.Equal(t, made.ID, f.receipt(credit.ID).text("receiptList/receipt/creditedReceiptId"))
}

func TestSandboxReceipts_MoveCash(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	for kind, body := range map[string]string{
		"CASH-INFLOW":             `{"type":"cash-inflow","amount_cents":5000,"payments":[{"method":"CASH","amount_cents":5000}]}`,
		"CASH-OUTFLOW":            `{"type":"cash-outflow","lines":[{"article":100101,"quantity":"-1","price_cents":1250,"turnover_group":94}],"payments":[{"method":"CASH","amount_cents":-1250}]}`,
		"PAYMENT-METHOD-TRANSFER": `{"type":"payment-method-transfer","payments":[{"method":"CASH","amount_cents":-2000},{"method":"PIN","amount_cents":2000}]}`,
	} {
		var made savedDocument
		require.Equal(t, 201, f.json("POST", "/_sandbox/receipts", body, &made), made.Error)
		require.Equal(t, "RECEIPT-TYPE-"+kind, f.receipt(made.ID).text("receiptList/receipt/receiptType"))
		require.Equal(t, made.TotalInclCents, made.PaidCents)
	}
}

func TestSandboxInvoices_AreOnAccountUntilPaidAndKnownToTheirOrder(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	order := f.create(orderOf("", "", line("100101", "1", "0", "")))
	before := number(t, f.order(order).text("syncMarker"))
	var made, changed, credit savedDocument
	require.Equal(t, 201, f.json("POST", "/_sandbox/invoices", `{"relation_number":1,"order_ids":["`+order+`"],"reference":"Werk 118","lines":[{"article":100101,"quantity":"1","price_cents":1000}]}`, &made), made.Error)
	require.Equal(t, "INVOICE-STATE-OUTSTANDING", made.State)
	i := f.invoice(made.ID)
	require.Equal(t, order, i.text("invoice/orderIds/id"))
	require.NotEmpty(t, i.text("invoice/invoiceAddress/city"))
	require.Equal(t, made.ID, f.order(order).text("invoiceIds/id"))
	require.Greater(t, number(t, f.order(order).text("syncMarker")), before)

	path := "/_sandbox/invoices/" + made.ID
	require.Equal(t, 200, f.json("PUT", path, `{"lines":[{"article":100101,"quantity":"2","price_cents":1000}]}`, &changed), changed.Error)
	require.EqualValues(t, 2000, changed.TotalInclCents)
	require.Equal(t, "Werk 118", f.invoice(made.ID).text("invoice/reference"), "what is left out stays")
	require.Equal(t, 200, f.json("PUT", path, `{"payments":[{"method":"AANBETALING","amount_cents":2000}]}`, &changed))
	require.Equal(t, "INVOICE-STATE-PAID", changed.State)
	f.ask("getInvoices", `<request>`+anyArticles+`<finalizeInvoices>true</finalizeInvoices></request>`)
	require.Equal(t, 400, f.json("PUT", path, `{"lines":[{"article":100101,"quantity":"3"}]}`, &changed))
	require.Contains(t, changed.Error, "final")

	require.Equal(t, 201, f.json("POST", "/_sandbox/invoices", `{"type":"credit-invoice","credits":"`+made.ID+`","relation_number":1,"lines":[{"article":100101,"quantity":"-1"}]}`, &credit), credit.Error)
	require.Equal(t, made.ID, f.invoice(credit.ID).text("invoice/creditedInvoiceId"))
}

func TestSandboxOrders_HaveStatesPaymentsAndTypes(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	var made savedSale
	require.Equal(t, 201, f.json("POST", "/_sandbox/orders", `{"order_type":"table","employee_number":2,"category":2,"financial_date":"2026-07-03","delivery_date":"2026-07-09","payment_method":"PIN",
		"vat_country":"DEU","lines":[{"article":100101,"quantity":"1","price_cents":1000}]}`, &made), made.Error)
	path := "/_sandbox/orders/" + made.OrderID + "/states"
	require.Equal(t, 200, f.json("PUT", path, `{"delivery":"partial","complete":"partial-delivery-pending","prepaid_cents":250,"payments":[{"method":"PIN","amount_cents":1000}]}`, nil))
	o := f.order(made.OrderID)
	for element, want := range map[string]string{
		"orderType": "ORDER-TYPE-TABLE-ORDER", "employeeNumber": "2", "orderCategoryNumber": "2", "financialDate/day": "3", "deliveryDate/day": "9",
		"paymentMethod": "PIN", "vatCountryIso3": "DEU", "deliveryState": "ORDER-DELIVERY-STATE-PARTIAL", "cancelState": "ORDER-CANCEL-STATE-NOTHING",
		"completeState": "ORDER-COMPLETE-STATE-PARTIAL-DELIVERY-PENDING", "fullyPaid": "true", "prepaidAmount": "250", "paymentList/payment/method": "PIN",
	} {
		require.Equal(t, want, o.text(element), element)
	}
	require.Equal(t, 404, f.json("PUT", "/_sandbox/orders/gone/states", `{}`, nil))
	require.Equal(t, 400, f.json("PUT", path, `{"cancel":"half"}`, nil))
}

func TestSandboxDocuments_SayWhatIsWrong(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	const good = `"lines":[{"article":100101,"quantity":"1"}]`
	for body, want := range map[string]string{
		`{"type":"bill",` + good + `}`:                                                    "credit-receipt",
		`{"state":"gone",` + good + `}`:                                                   "state",
		`{"credits":"x",` + good + `}`:                                                    "no such receipt",
		`{"payments":[{"method":"GOUD"}],` + good + `}`:                                   "GOUD",
		`{"new_customer":{"name":"x"},` + good + `}`:                                      "new_customer",
		`{"financial_date":"gisteren",` + good + `}`:                                      "YYYY-MM-DD",
		`{"lines":[{"article":100101,"quantity":"1","discount_percent":"veel"}]}`:         "discount_percent",
		`{"lines":[{"article":100101,"quantity":"1","components":[{"article":100101}]}]}`: "lines[0].components[0].quantity",
	} {
		var answer savedDocument
		require.Equal(t, 400, f.json("POST", "/_sandbox/receipts", body, &answer), body)
		require.Contains(t, answer.Error, want, body)
	}
	require.Equal(t, 404, f.json("POST", "/_sandbox/receipts", `{"order_ids":["x"],`+good+`}`, nil))
	require.Equal(t, 404, f.json("PUT", "/_sandbox/receipts/x", `{}`, nil))
	require.Equal(t, 404, f.json("PUT", "/_sandbox/invoices/x", `{}`, nil))
	var list struct{ Receipts, Invoices []savedDocument }
	require.Equal(t, 200, f.json("GET", "/_sandbox/receipts", "", &list))
	require.Equal(t, 200, f.json("GET", "/_sandbox/invoices", "", &list))
	require.Len(t, list.Receipts, 3, "those of the seed")
	require.True(t, strings.HasPrefix(list.Invoices[0].Number, "2026."))
}

func TestTillPage_RingsUpReceiptsAndInvoices(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	form := url.Values{"article": {"100101"}, "quantity": {"1"}, "kind": {"receipt"}, "payment": {"PIN"}}
	require.Contains(t, f.form("/till/orders", form), "receipt 1-1-2026.4")
	form.Set("kind", "invoice")
	form.Set("payment", "")
	require.Contains(t, f.form("/till/orders", form), "invoice 2026.2")
	var list struct{ Receipts, Invoices []savedDocument }
	require.Equal(t, 200, f.json("GET", "/_sandbox/receipts", "", &list))
	require.Equal(t, 200, f.json("GET", "/_sandbox/invoices", "", &list))
	require.Equal(t, "RECEIPT-STATE-PAID", list.Receipts[3].State, "a payment without an amount pays the rest")
	require.Equal(t, "INVOICE-STATE-OUTSTANDING", list.Invoices[1].State)
}
