package sandbox_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/mplus/sandbox"
)

func corrections(mode string, rows ...string) string {
	list := ""
	for _, row := range rows {
		article, amount, _ := strings.Cut(row, "=")
		list += `<correction><articleNumber>` + article + `</articleNumber><amount>` + amount + `</amount></correction>`
	}
	if mode != "" {
		mode = `<correctionMode>STOCK-CORRECTION-MODE-` + mode + `</correctionMode>`
	}
	return `<request><branchNumber>1</branchNumber><employeeNumber>999999</employeeNumber><reference>test</reference><stockCorrectionList>` + list +
		`</stockCorrectionList>` + mode + `</request>`
}

// held tells what is free and what is reserved in branch 1.
func (f *foreign) held(article string) [2]string {
	f.t.Helper()
	row := f.ask("getStock", `<request><branchNumber>1</branchNumber><articleNumbers><articleNumbers>`+article+`</articleNumbers></articleNumbers></request>`)
	return [2]string{row.text("articleStocks/amountFree"), row.text("articleStocks/amountReserved")}
}

func (f *foreign) moves(since string) []string {
	f.t.Helper()
	var told []string
	for _, m := range f.ask("getStockHistoryV2", `<request><sinceStockId>`+since+`</sinceStockId></request>`).all("articleStockHistory") {
		document := ""
		for _, kind := range []string{"orderId", "receiptId", "invoiceId"} {
			if id := m.text(kind); id != "" {
				document += " " + strings.TrimSuffix(kind, "Id") + " " + id
			}
		}
		told = append(told, strings.TrimPrefix(m.text("type"), "STOCK-HISTORY-TYPE-")+" "+m.text("articleNumber")+" "+m.text("amountChanged")+document)
	}
	return told
}

func TestStockCorrections_AreAllOrNothing(t *testing.T) {
	t.Parallel()
	for name, before := range map[string]string{"assumed": "10", "partial": "5"} {
		f := start(t, sandbox.Options{PartialCorrections: name == "partial"})
		answer := f.ask("saveStockCorrections", corrections("ABSOLUTE", "100101=10", "100102=20"))
		require.Equal(t, "SAVE-STOCK-CORRECTIONS-RESULT-OK", answer.text("result"))
		require.NotEmpty(t, answer.text("stockId"))
		require.Equal(t, [2]string{"20", "0"}, f.held("100102"))
		answer = f.ask("saveStockCorrections", corrections("ABSOLUTE", "100101=5", "1=1", "100102=5"))
		require.Equal(t, "SAVE-STOCK-CORRECTIONS-RESULT-ARTICLE-NOT-FOUND", answer.text("result"))
		require.Equal(t, "1", answer.text("failedArticleNumber"))
		require.Equal(t, [2]string{before, "0"}, f.held("100101"), name)
		require.Equal(t, [2]string{"20", "0"}, f.held("100102"), name)
	}
}

func TestStockCorrections_RefuseWhatTheDescriptionNames(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	result := func(request string) string {
		answer := f.ask("saveStockCorrections", request)
		return strings.TrimPrefix(answer.text("result"), "SAVE-STOCK-CORRECTIONS-RESULT-") + " " + answer.text("failedArticleNumber")
	}
	good := corrections("", "100101=1")
	require.Equal(t, "NO-CORRECTIONS ", result(corrections("")))
	require.Equal(t, "DUPLICATE-ARTICLE 100101", result(corrections("", "100101=1", "100102=1", "100101=2")))
	require.Equal(t, "BRANCH-NOT-FOUND ", result(strings.Replace(good, ">1<", ">9<", 1)))
	require.Equal(t, "FAILED ", result(strings.Replace(good, "999999", "55", 1)))
	require.Equal(t, "FAILED 100101", result(strings.Replace(good, "</amount>", "</amount><decimalPlaces>12</decimalPlaces>", 1)))
	require.Equal(t, "INVALID-PLANNED-CYCLE-COUNT-ID ", result(strings.Replace(good, "</request>", "<plannedCycleCountId>x</plannedCycleCountId></request>", 1)))
	f.ask("createProduct", `<product><articleList><article><articleNumber>700009</articleNumber><turnoverGroup>90</turnoverGroup></article></articleList></product>`)
	require.Equal(t, "NO-STOCK-ARTICLE 700009", result(corrections("", "700009=1")))
	require.Equal(t, "OK ", result(corrections("RELATIVE", "100101=2")))
	require.Equal(t, [2]string{"69", "0"}, f.held("100101"))

	var options map[string]any
	require.Equal(t, 200, f.json("POST", "/_sandbox/options", `{"no_stock_corrections":true}`, &options))
	_, told := f.refused("saveStockCorrections", good)
	require.Contains(t, told, "not implemented")
}

func TestStock_SalesMoveItAndSayWhichDocument(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	begin := f.ask("saveStockCorrections", corrections("ABSOLUTE", "100101=10", "100102=10"))
	since := strconv.FormatInt(number(t, begin.text("stockId"))+1, 10)
	var receipt, invoice savedDocument
	require.Equal(t, 201, f.json("POST", "/_sandbox/receipts", `{"lines":[{"article":100101,"quantity":"2"},{"text":"Dag"},
		{"article":100103,"quantity":"1","price_cents":1,"components":[{"article":100102,"quantity":"1"}]}],"payments":[{"method":"PIN"}]}`, &receipt), receipt.Error)
	require.Equal(t, [2]string{"8", "0"}, f.held("100101"))
	require.Equal(t, [2]string{"9", "0"}, f.held("100102"))
	require.Equal(t, 201, f.json("POST", "/_sandbox/invoices", `{"lines":[{"article":100101,"quantity":"1"}]}`, &invoice), invoice.Error)
	require.Equal(t, 200, f.json("PUT", "/_sandbox/invoices/"+invoice.ID, `{"lines":[{"article":100101,"quantity":"3"}]}`, nil))
	order := f.create(orderOf("", "", line("100101", "4", "0", "")))
	require.Equal(t, [2]string{"1", "4"}, f.held("100101"), "an order reserves")
	require.Equal(t, 200, f.json("PUT", "/_sandbox/orders/"+order+"/states", `{"delivery":"complete"}`, nil))
	require.Equal(t, 200, f.json("PUT", "/_sandbox/orders/"+order+"/states", `{"fully_paid":true}`, nil))
	require.Equal(t, [2]string{"1", "0"}, f.held("100101"), "and leaves the shop once")
	require.Equal(t, []string{
		"SALES 100101 -2 receipt " + receipt.ID, "SALES 100102 -1 receipt " + receipt.ID, "SALES 100103 -1 receipt " + receipt.ID,
		"SALES 100101 -1 invoice " + invoice.ID, "SALES 100101 -2 invoice " + invoice.ID, "SALES 100101 -4 order " + order,
	}, f.moves(since))
	require.Equal(t, 201, f.json("POST", "/_sandbox/receipts", `{"order_ids":["`+order+`"],"lines":[{"article":100101,"quantity":"4"}],"payments":[{"method":"PIN"}]}`, &receipt))
	require.Equal(t, 201, f.json("POST", "/_sandbox/receipts", `{"type":"credit-receipt","lines":[{"article":100101,"quantity":"-2"}],"payments":[{"method":"PIN"}]}`, &receipt))
	require.Equal(t, [2]string{"3", "0"}, f.held("100101"), "a receipt of an order takes nothing besides; what comes back is there again")
}
