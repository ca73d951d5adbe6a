package sandbox_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/mplus/sandbox"
)

func (f *foreign) create(order string) (id string) {
	f.t.Helper()
	answer := f.ask("createOrder", order)
	require.Equal(f.t, "CREATE-ORDER-RESULT-OK", answer.text("result"), answer.text("errorMessage"))
	return answer.text("info/orderId")
}

func (f *foreign) order(id string) node {
	f.t.Helper()
	answer := f.ask("getOrder", `<orderId>`+id+`</orderId>`)
	require.Equal(f.t, "GET-ORDER-RESULT-OK", answer.text("result"))
	return answer.all("order")[0]
}

func counters(o node) string {
	return `<changeCounter>` + o.text("changeCounter") + `</changeCounter><versionNumber>` + o.text("versionNumber") + `</versionNumber>`
}

func TestCreateOrder_FillsInWhatTheTillKnows(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	customer := f.ask("getRelation", `<relationNumber>1</relationNumber>`).all("relation")[0]
	first := f.ask("createOrder", orderOf("", "", line("100101", "2", "0", `<price>1995</price>`)))
	require.Equal(t, "2026.1", first.text("info/orderString"))
	id := f.create(orderOf(`<extOrderId>web-7</extOrderId>`, `<reference>balie</reference>`, line("100101", "15", "1", `<price>1000</price>`)))
	o := f.order(id)
	require.Len(t, o.text("orderId"), 36)
	for path, want := range map[string]string{
		"extOrderId": "web-7", "reference": "balie", "employeeName": "Superuser", "relationName": customer.text("name"),
		"relationVatNumber": customer.text("vatNumber"), "orderNumber/year": "2026", "orderNumber/number": "2",
		"branchOrderNumber/branchNumber": "1", "branchOrderNumber/number": "2", "entryBranchNumber": "1", "financialBranchNumber": "1",
		"vatMethod": "VAT-METHOD-INCLUSIVE", "orderType": "ORDER-TYPE-SALES-ORDER", "fullyPaid": "false",
		"changeCounter": "1", "versionNumber": "1", "deliveryState": "ORDER-DELIVERY-STATE-NOTHING",
		"entryTimestamp/hour": "12", "entryTimestamp/isdst": "true", "entryTimestamp/timezone": "120",
		"financialDate/day": "1", "financialDate/mon": "7", "totalInclAmount": "1500", "totalExclAmount": "1240",
		"invoiceAddress/address": customer.text("address"), "deliveryAddress/zipcode": customer.text("zipcode"),
		"lineList/line/data/vatPercentage": "2100", "lineList/line/data/totalInclAmount": "1500", "lineList/line/data/priceExcl": "826",
		"vatGroupList/vatGroup/vatCode": "2", "vatGroupList/vatGroup/vatAmount": "260", "vatGroupList/vatGroup/exclAmount": "1240",
	} {
		require.Equal(t, want, o.text(path), path)
	}
	require.NotEmpty(t, o.text("lineList/line/text"))
	require.NotEmpty(t, o.text("lineList/line/lineId"))
	require.Equal(t, id, f.ask("findOrder", `<extOrderId>web-7</extOrderId>`).text("order/orderId"))
}

func TestCreateOrder_WritesWinterTimeInWinter(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{Now: func() time.Time { return time.Date(2026, 12, 31, 23, 30, 0, 0, time.UTC) }})
	o := f.order(f.create(orderOf("", "", line("100101", "1", "0", ""))))
	require.Equal(t, "2027", o.text("orderNumber/year"))
	require.Equal(t, "0", o.text("entryTimestamp/hour"))
	require.Equal(t, "60", o.text("entryTimestamp/timezone"))
	require.Equal(t, "false", o.text("entryTimestamp/isdst"))
}

func TestCreateOrder_RefusesWhatItDoesNotKnowByResult(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	good := line("100101", "1", "0", "")
	for name, order := range map[string]string{
		"article":         orderOf("", "", line("424242", "1", "0", "")),
		"relation":        `<order><orderId/><relationNumber>99999</relationNumber></order>`,
		"employee":        `<order><orderId/><employeeNumber>77</employeeNumber></order>`,
		"branch":          orderOf(`<entryBranchNumber>9</entryBranchNumber>`, "", good),
		"delivery method": orderOf("", `<deliveryMethod>RAKET</deliveryMethod>`, good),
		"no workplace":    orderOf(`<entryBranchNumber>2</entryBranchNumber>`, "", good),
		"own id":          `<order><orderId>mine</orderId></order>`,
		"too fine":        orderOf("", "", line("100101", "1", "9", "")),
		"too much":        orderOf("", "", line("100101", "9223372036854775807", "0", `<price>100000</price>`)),
		"too dear":        orderOf("", "", line("100101", "1", "0", `<price>9223372036854775807</price>`)),
	} {
		answer := f.ask("createOrder", order)
		require.Equal(t, "CREATE-ORDER-RESULT-FAILED", answer.text("result"), name)
		require.NotEmpty(t, answer.text("errorMessage"), name)
	}
	require.Empty(t, f.ask("getOrders", ordersFrom("0", "10")).all("orderList/order"))
	_, text := f.refused("createOrder", orderOf("", "", line("100101", "1", "0", `<vatCode>4</vatCode>`)))
	require.Contains(t, text, "The rate for VAT-code 4 is not properly configured")

	strict := start(t, sandbox.Options{UnknownIsFault: true})
	code, _ := strict.refused("createOrder", orderOf("", "", line("424242", "1", "0", "")))
	require.Equal(t, "SOAP-ENV:Client", code)
}

func TestCreateOrder_TakesAnExtOrderIDOnce(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	order := orderOf(`<extOrderId>web-1</extOrderId>`, "", line("100101", "1", "0", ""))
	f.create(order)
	require.Equal(t, "CREATE-ORDER-RESULT-EXT-ORDER-ID-ALREADY-EXISTS", f.ask("createOrder", order).text("result"))
	require.Equal(t, "SAVE-ORDER-RESULT-EXT-ORDER-ID-ALREADY-EXISTS", f.ask("saveOrder", order).text("result"))
	require.Len(t, f.ask("getOrders", ordersFrom("0", "10")).all("orderList/order"), 1)
}

func TestCreateOrderV3_AnswersAKeyTwiceAndSavesOnce(t *testing.T) {
	t.Parallel()
	now := noon
	f := start(t, sandbox.Options{IdempotencyLifetime: time.Hour, Now: func() time.Time { return now }})
	request := `<request><idempotencyKey>k1</idempotencyKey>` + orderOf("", "", line("100101", "1", "0", "")) + `</request>`
	first, second := f.ask("createOrderV3", request), f.ask("createOrderV3", request)
	require.Equal(t, "IDEMPOTENCY-RESULT-ORIGINAL-RESPONSE", first.text("idempotencyResult"))
	require.Equal(t, "IDEMPOTENCY-RESULT-REPLAY-RESPONSE", second.text("idempotencyResult"))
	require.Equal(t, first.all("order"), second.all("order"))
	require.Equal(t, first.text("info/orderId"), second.text("info/orderId"))
	require.Len(t, f.ask("getOrders", ordersFrom("0", "10")).all("orderList/order"), 1)

	refused := `<request><idempotencyKey>k2</idempotencyKey>` + orderOf("", "", line("1", "1", "0", "")) + `</request>`
	require.Equal(t, "CREATE-ORDER-RESULT-FAILED", f.ask("createOrderV3", refused).text("result"))
	require.Equal(t, "IDEMPOTENCY-RESULT-REPLAY-RESPONSE", f.ask("createOrderV3", refused).text("idempotencyResult"))

	now = now.Add(2 * time.Hour)
	require.Equal(t, "IDEMPOTENCY-RESULT-ORIGINAL-RESPONSE", f.ask("createOrderV3", request).text("idempotencyResult"))
	code, _ := f.refused("createOrderV3", `<request><idempotencyKey></idempotencyKey>`+orderOf("", "")+`</request>`)
	require.Equal(t, "SOAP-ENV:Client", code)
}

func TestCreateOrderV2_LetsTheTillPriceWhenAsked(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	list := f.ask("getProducts", `<request><articleNumbers>100101</articleNumbers><pluNumbers/></request>`).text("productList/product/articleList/article/priceIncl")
	order := orderOf("", "", line("100101", "1", "0", `<price>1</price>`))
	require.Equal(t, "1", f.ask("createOrderV2", `<request>`+order+`</request>`).text("order/totalInclAmount"))
	require.Equal(t, list, f.ask("createOrderV2", `<request>`+order+`<applySalesPrices>true</applySalesPrices></request>`).text("order/totalInclAmount"))
}

func TestUpdateOrder_WantsTheCountersAsLastRead(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	id := f.create(orderOf("", "", line("100101", "1", "0", `<price>1000</price>`), line("100102", "1", "0", `<price>500</price>`)))
	before := f.order(id)
	change := func(counters, fields string) node {
		return f.ask("updateOrder", `<order><orderId>`+id+`</orderId>`+fields+counters+`</order>`)
	}
	require.Equal(t, "UPDATE-ORDER-RESULT-ORDER-HAS-CHANGED", change("", `<reference>a</reference>`).text("result"))
	require.Equal(t, "UPDATE-ORDER-RESULT-NO-CHANGES", change(counters(before), "").text("result"))
	require.Equal(t, "UPDATE-ORDER-RESULT-OK", change(counters(before), `<reference>a</reference>`).text("result"))
	require.Equal(t, "UPDATE-ORDER-RESULT-ORDER-HAS-CHANGED", change(counters(before), `<reference>b</reference>`).text("result"))
	require.Equal(t, "UPDATE-ORDER-RESULT-NOT-FOUND", f.ask("updateOrder", `<order><orderId>gone</orderId></order>`).text("result"))

	after := f.order(id)
	require.Equal(t, "a", after.text("reference"))
	require.Equal(t, "2", after.text("changeCounter"))
	require.Equal(t, "1", after.text("versionNumber"), "a remark is no important change")
	require.Greater(t, number(t, after.text("syncMarker")), number(t, before.text("syncMarker")))
	require.Len(t, after.all("lineList/line"), 2, "what was left out stays")

	sent := `<order><orderId>` + id + `</orderId>` + counters(after) + `<lineList>` + line("100101", "3", "0", `<price>1000</price>`) + `</lineList></order>`
	require.Equal(t, "SAVE-ORDER-RESULT-OK", f.ask("saveOrder", sent).text("result"))
	last := f.order(id)
	require.Equal(t, "3000", last.text("totalInclAmount"), "a list that is sent replaces the whole list")
	require.Equal(t, "2", last.text("versionNumber"))
	require.Equal(t, before.text("orderNumber/number"), last.text("orderNumber/number"))
	again := `<order><orderId>` + id + `</orderId>` + counters(last) + `<lineList>` + line("100101", "3", "0", `<price>1000</price>`) + `</lineList></order>`
	answer := f.ask("saveOrder", again)
	require.Equal(t, "SAVE-ORDER-RESULT-NO-CHANGES", answer.text("result"))
	require.Contains(t, answer.text("errorMessage"), "no changes in the order")
}

func TestUpdateOrder_SpeaksAsOlderReleasesDoWhenTold(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{NoChangesIsFailed: true, RefuseLateExtOrderID: true})
	id := f.create(orderOf("", "", line("100101", "1", "0", "")))
	update := func(fields string) node {
		o := f.order(id)
		return f.ask("updateOrder", `<order><orderId>`+id+`</orderId>`+fields+counters(o)+`</order>`)
	}
	answer := update("")
	require.Equal(t, "UPDATE-ORDER-RESULT-FAILED", answer.text("result"))
	require.Equal(t, "Order not saved because there were no changes in the order.", answer.text("errorMessage"))
	require.Equal(t, "UPDATE-ORDER-RESULT-FAILED", update(`<extOrderId>late</extOrderId>`).text("result"))

	f2 := start(t, sandbox.Options{})
	id2 := f2.create(orderOf("", "", line("100101", "1", "0", "")))
	o := f2.order(id2)
	require.Equal(t, "UPDATE-ORDER-RESULT-OK",
		f2.ask("updateOrder", `<order><orderId>`+id2+`</orderId><extOrderId>late</extOrderId>`+counters(o)+`</order>`).text("result"))
}

func TestCancelOrder_WorksOnce(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	id := f.create(orderOf("", "", line("100101", "2", "0", "")))
	cancel := func(id string) string { return f.ask("cancelOrder", `<orderId>`+id+`</orderId>`).text("result") }
	require.Equal(t, "CANCEL-ORDER-RESULT-OK", cancel(id))
	require.Equal(t, "CANCEL-ORDER-RESULT-ALREADY-CANCELLED", cancel(id))
	require.Equal(t, "CANCEL-ORDER-RESULT-NOT-FOUND", cancel("gone"))
	o := f.order(id)
	require.Equal(t, "ORDER-CANCEL-STATE-COMPLETE", o.text("cancelState"))
	require.Equal(t, "2", o.text("lineList/line/data/cancelledQuantity"))
	require.Equal(t, "2", o.text("versionNumber"))
	require.Equal(t, "UPDATE-ORDER-RESULT-FAILED",
		f.ask("updateOrder", `<order><orderId>`+id+`</orderId><reference>x</reference>`+counters(o)+`</order>`).text("result"))
}

func number(t *testing.T, text string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(text, 10, 64)
	require.NoError(t, err)
	return n
}

// readAll loops as the reference says: take the maximum, ask for one more, until nothing comes.
func readAll(f *foreign, limit int, seen func(node)) (pages int) {
	next := int64(0)
	for {
		answer := f.ask("getOrders", ordersFrom(strconv.FormatInt(next, 10), strconv.Itoa(limit)))
		orders := answer.all("orderList/order")
		if len(orders) == 0 {
			return pages
		}
		pages++
		require.Less(f.t, pages, 100, "the loop must end")
		for _, o := range orders {
			seen(o)
			next = max(next, number(f.t, o.text("syncMarker"))+1)
		}
	}
}

func TestGetOrders_LosesNothingInALoopOverMarkers(t *testing.T) {
	t.Parallel()
	for _, shuffled := range []bool{false, true} {
		f := start(t, sandbox.Options{ShuffleResults: shuffled})
		var ids []string
		for i := range 11 {
			ids = append(ids, f.create(orderOf("", fmt.Sprintf("<reference>%d</reference>", i), line("100101", "1", "0", ""))))
		}
		require.Equal(t, 200, f.json("POST", "/_sandbox/orders/"+ids[2]+"/save", "", nil))
		var found, sequence []string
		pages := readAll(f, 3, func(o node) {
			found, sequence = append(found, o.text("orderId")), append(sequence, o.text("syncMarker"))
		})
		require.ElementsMatch(t, ids, found)
		require.Equal(t, 4, pages)
		require.Contains(t, sequence, "1", "markers start at 1")
		require.NotContains(t, sequence, "2", "and leave gaps")
		if !shuffled {
			require.Equal(t, ids[2], found[10], "a saved order moves to the end")
		}
	}
}

func TestGetOrders_FiltersAllAtOnce(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	plain := f.create(orderOf("", "", line("100101", "1", "0", "")))
	other := f.create(`<order><orderId/><entryBranchNumber>2</entryBranchNumber><employeeNumber>2</employeeNumber><relationNumber>2</relationNumber>` +
		`<financialDate><day>5</day><mon>3</mon><year>2026</year></financialDate><workplaceNumber>1</workplaceNumber><lineList>` +
		line("100102", "1", "0", "") + `</lineList></order>`)
	table := f.create(`<order><orderId/><orderType>ORDER-TYPE-TABLE-ORDER</orderType></order>`)
	article := f.ask("getProducts", `<request><articleNumbers>100102</articleNumbers><pluNumbers/></request>`).all("productList/product/articleList/article")[0]
	for name, c := range map[string]struct {
		request string
		want    []string
	}{
		"nothing":      {anyArticles, []string{plain, other}},
		"branch":       {`<branchNumbers>2</branchNumbers>` + anyArticles, []string{other}},
		"employee":     {`<employeeNumbers>2</employeeNumbers><employeeNumbers>3</employeeNumbers>` + anyArticles, []string{other}},
		"relation":     {`<relationNumbers>1</relationNumbers>` + anyArticles, []string{plain}},
		"article":      {`<articleNumbers>100102</articleNumbers>` + anyArticles, []string{other}},
		"two filters":  {`<branchNumbers>1</branchNumbers><relationNumbers>2</relationNumbers>` + anyArticles, nil},
		"from":         {`<fromFinancialDate><day>1</day><mon>4</mon><year>2026</year></fromFinancialDate>` + anyArticles, []string{plain}},
		"through":      {`<throughFinancialDate><day>5</day><mon>3</mon><year>2026</year></throughFinancialDate>` + anyArticles, []string{other}},
		"no date":      {`<fromFinancialDate><day>0</day><mon>0</mon><year>0</year></fromFinancialDate>` + anyArticles, []string{plain, other}},
		"barcode":      {`<articlePluNumbers/><articleBarcodes><text><text>` + article.text("barcode") + `</text></text></articleBarcodes>`, []string{other}},
		"plu":          {`<articlePluNumbers><text><text>` + article.text("pluNumber") + `</text></text></articlePluNumbers><articleBarcodes/>`, []string{other}},
		"id":           {anyArticles + `<orderIds>` + plain + `</orderIds>`, []string{plain}},
		"order number": {anyArticles + `<orderNumbers><year>2026</year><number>2</number></orderNumbers>`, []string{other}},
		"type":         {anyArticles + `<orderTypeList><orderType>ORDER-TYPE-TABLE-ORDER</orderType></orderTypeList>`, []string{table}},
	} {
		answer := f.ask("getOrders", `<request>`+c.request+`</request>`)
		require.ElementsMatch(t, c.want, answer.texts("orderList/order/orderId"), name)
	}
	without := f.ask("getOrders", `<request>`+anyArticles+`<includeLineList>false</includeLineList></request>`)
	require.Empty(t, without.all("orderList/order/lineList"))
	require.Equal(t, "GET-ORDER-RESULT-NOT-FOUND", f.ask("getOrder", `<orderId>gone</orderId>`).text("result"))
	require.Equal(t, "GET-ORDER-RESULT-NOT-FOUND", f.ask("findOrder", `<extOrderId></extOrderId>`).text("result"))
}

func TestPercentages_AreWholeWhenTold(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{"900", "2100", "0", "900", "2100", "0"}, start(t, sandbox.Options{}).ask("getVatGroupList", "").texts("vatGroup/vatPercentage"))
	whole := start(t, sandbox.Options{WholePercentages: true})
	require.Equal(t, []string{"9", "21", "0", "9", "21", "0"}, whole.ask("getVatGroupList", "").texts("vatGroup/vatPercentage"))
	o := whole.order(whole.create(orderOf("", "", line("100101", "1", "0", `<price>1000</price><discountPercentage>10</discountPercentage>`))))
	require.Equal(t, "900", o.text("totalInclAmount"))
	require.Equal(t, "21", o.text("vatGroupList/vatGroup/vatPercentage"))
}

func TestDecimalPlaces_MayBeAbsentBothWays(t *testing.T) {
	t.Parallel()
	absent := `<line><articleNumber>100101</articleNumber><data><quantity>150</quantity><price>1000</price></data></line>`
	f := start(t, sandbox.Options{AbsentDecimalPlaces: 2})
	require.Equal(t, "1500", f.order(f.create(orderOf("", "", absent))).text("totalInclAmount"))
	f = start(t, sandbox.Options{OmitZeroDecimalPlaces: true})
	o := f.order(f.create(orderOf("", "", line("100101", "2", "0", ""))))
	require.Empty(t, o.all("lineList/line/data/decimalPlaces"))
	require.Equal(t, "2", o.text("lineList/line/data/quantity"))
}
