package sandbox_test

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/mplus/sandbox"
)

func TestRelations_AreCreatedUnderAChosenOrTheNextNumber(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	create := func(fields string) node {
		return f.ask("createRelation", `<relation>`+fields+`</relation>`)
	}
	chosen := create(`<relationNumber>20055</relationNumber><extRelationId>10055</extRelationId><name>Bakkerij Klop</name>`)
	require.Equal(t, "CREATE-RELATION-RESULT-OK", chosen.text("result"))
	require.Equal(t, "20055", chosen.text("relationNumber"))
	require.Equal(t, "CREATE-RELATION-RESULT-FAILED-RELATION-NUMBER-ALREADY-TAKEN", create(`<relationNumber>20055</relationNumber><name>X</name>`).text("result"))
	require.Equal(t, "20056", create(`<name>Next</name>`).text("relationNumber"))
	require.Equal(t, "CREATE-RELATION-RESULT-FAILED", create(`<email>a@example.test</email>`).text("result"))
	require.Equal(t, "CREATE-RELATION-RESULT-FAILED", f.ask("createRelation", "").text("result"))
	r := f.ask("getRelation", `<relationNumber>20055</relationNumber>`)
	require.Equal(t, "Bakkerij Klop", r.text("relation/name"))
	require.Equal(t, "true", r.text("relation/active"))
	none := f.ask("getRelation", `<relationNumber>123456</relationNumber>`)
	require.Equal(t, "GET-RELATION-RESULT-NOT-FOUND", none.text("result"))
	require.Len(t, none.all("relation"), 1, "the element is mandatory")
}

func TestUpdateRelation_KeepsWhatWasLeftOutAndClearsWhatWasEmptied(t *testing.T) {
	t.Parallel()
	for _, keeps := range []bool{false, true} {
		f := start(t, sandbox.Options{EmptyTextKeeps: keeps})
		before := f.ask("getRelation", `<relationNumber>1</relationNumber>`).all("relation")[0]
		answer := f.ask("updateRelation", `<relation><relationNumber>1</relationNumber><city></city><email>new@example.test</email></relation>`)
		require.Equal(t, "UPDATE-RELATION-RESULT-OK", answer.text("result"))
		after := f.ask("getRelation", `<relationNumber>1</relationNumber>`).all("relation")[0]
		require.Equal(t, before.text("name"), after.text("name"))
		require.Equal(t, "new@example.test", after.text("email"))
		require.Equal(t, map[bool]string{false: "", true: before.text("city")}[keeps], after.text("city"))
		require.Greater(t, number(t, after.text("syncMarker")), number(t, before.text("syncMarker")))
		require.Equal(t, "UPDATE-RELATION-RESULT-NOT-FOUND", f.ask("updateRelation", `<relation><relationNumber>777777</relationNumber></relation>`).text("result"))
	}
}

func TestFindRelation_MatchesPartsUnlessExact(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	for _, fields := range []string{
		`<relationNumber>901</relationNumber><extRelationId>D-1</extRelationId><name>Anna</name><email>anna@example.test</email><vatNumber>NL1</vatNumber>`,
		`<relationNumber>902</relationNumber><extRelationId>D-12</extRelationId><name>Zhannah</name><email>anna@example.test.nl</email>`,
	} {
		require.Equal(t, "CREATE-RELATION-RESULT-OK", f.ask("createRelation", `<relation>`+fields+`</relation>`).text("result"))
	}
	find := func(fields string) string {
		return f.ask("findRelation", `<relation>`+fields+`</relation>`).text("relation/relationNumber")
	}
	exact := func(fields string) string {
		return f.ask("findRelationV2", `<request><relation>`+fields+`</relation><exactMatch>true</exactMatch></request>`).text("relation/relationNumber")
	}
	require.Equal(t, "901", find(`<email>ANNA@EXAMPLE</email>`), "any part, any case")
	require.Equal(t, "902", find(`<name>zhanna</name>`))
	require.Equal(t, "901", find(`<extRelationId>D-1</extRelationId>`), "the lowest number wins")
	require.Equal(t, "902", exact(`<extRelationId>d-12</extRelationId>`))
	require.Empty(t, exact(`<email>anna@example</email>`))
	require.Equal(t, "902", exact(`<email>anna@example.test.nl</email>`))
	require.Empty(t, exact(`<name>Anna</name><email>anna@example.test.nl</email>`), "all fields must fit")
	require.Empty(t, find(""), "a search for nothing finds nobody")
	require.Empty(t, find(`<vatNumber>NL1</vatNumber>`))
	require.Equal(t, "FIND-RELATION-RESULT-NOT-FOUND", f.ask("findRelation", `<relation><name>zzzz</name></relation>`).text("result"))

	byVAT := start(t, sandbox.Options{FindByVATNumber: true})
	byVAT.ask("createRelation", `<relation><relationNumber>901</relationNumber><name>Anna</name><vatNumber>NL1X</vatNumber></relation>`)
	require.Equal(t, "901", byVAT.ask("findRelation", `<relation><vatNumber>nl1x</vatNumber></relation>`).text("relation/relationNumber"))
}

func TestGetRelations_AnswersPagesByMarkerAndAThousandAtMost(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	first := f.ask("getRelations", `<request><syncMarker>0</syncMarker><syncMarkerLimit>10</syncMarkerLimit></request>`)
	require.Len(t, first.all("relationList/relation"), 10)
	require.Len(t, f.ask("getRelations", "").all("relationList/relation"), 45)
	require.Equal(t, []string{"2", "3"}, f.ask("getRelations", `<request><relationNumbers>2</relationNumbers><relationNumbers>3</relationNumbers></request>`).texts("relationList/relation/relationNumber"))
	for i := range 1000 {
		require.Equal(t, 201, f.json("POST", "/_sandbox/relations", fmt.Sprintf(`{"name":"Klant %d"}`, i), nil))
	}
	require.Len(t, f.ask("getRelations", "").all("relationList/relation"), 1000)
	require.Len(t, f.ask("getRelations", `<request><syncMarker>0</syncMarker><syncMarkerLimit>5000</syncMarkerLimit></request>`).all("relationList/relation"), 1000)
	head := f.ask("getCurrentSyncMarkers", "").text("relationSyncMarker")
	require.Len(t, f.ask("getRelations", `<request><syncMarker>`+head+`</syncMarker></request>`).all("relationList/relation"), 1)
}

const newArticle = `<article><articleNumber>700001</articleNumber><description>Gieter</description><turnoverGroup>30</turnoverGroup><vatCode>2</vatCode><priceIncl>1210</priceIncl><stockArticle>true</stockArticle></article>`

func TestProducts_AreCreatedWithChosenNumbersAndBothPrices(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	create := func(fields string) node { return f.ask("createProduct", `<product>`+fields+`</product>`) }
	made := create(`<description>Gieters</description><articleList>` + newArticle + `</articleList><groupNumbers>3</groupNumbers>`)
	require.Equal(t, "CREATE-PRODUCT-RESULT-OK", made.text("result"), made.text("errorMessage"))
	require.Equal(t, []string{"700001"}, made.texts("articleNumbers"))
	require.Equal(t, "CREATE-PRODUCT-RESULT-FAILED-ARTICLE-NUMBER-ALREADY-TAKEN", create(`<articleList>`+newArticle+`</articleList>`).text("result"))
	require.Equal(t, "CREATE-PRODUCT-RESULT-FAILED-PRODUCT-NUMBER-ALREADY-TAKEN",
		create(`<productNumber>`+made.text("productNumber")+`</productNumber>`).text("result"))
	require.Equal(t, "CREATE-PRODUCT-RESULT-FAILED", create(`<description>Leeg</description>`).text("result"))
	require.Equal(t, "CREATE-PRODUCT-RESULT-FAILED", create(`<articleList><article><description>x</description></article></articleList>`).text("result"), "no turnover group")
	net := create(`<articleList><article><turnoverGroup>40</turnoverGroup><vatCode>1</vatCode><priceExcl>1000</priceExcl></article></articleList>`)
	found := f.ask("getProducts", `<request><articleNumbers>`+net.text("articleNumbers")+`</articleNumbers><articleNumbers>700001</articleNumbers><pluNumbers/></request>`)
	require.ElementsMatch(t, []string{"1090", "1210"}, found.texts("productList/product/articleList/article/priceIncl"))
	require.ElementsMatch(t, []string{"1000", "1000"}, found.texts("productList/product/articleList/article/priceExcl"))
	_, text := f.refused("createProduct", `<product><articleList><article><turnoverGroup>10</turnoverGroup><vatCode>5</vatCode></article></articleList></product>`)
	require.Contains(t, text, "The rate for VAT-code 5")
	optional := start(t, sandbox.Options{TurnoverGroupOptional: true})
	require.Equal(t, "CREATE-PRODUCT-RESULT-OK", optional.ask("createProduct", `<product><articleList><article><vatCode>1</vatCode></article></articleList></product>`).text("result"))
}

func TestUpdateProduct_ChangesItsArticlesAndAddsNewOnes(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	product := f.ask("createProduct", `<product><articleList>`+newArticle+`</articleList></product>`).text("productNumber")
	update := func(fields string) node {
		return f.ask("updateProduct", `<product><productNumber>`+product+`</productNumber>`+fields+`</product>`)
	}
	changed := update(`<articleList><article><articleNumber>700001</articleNumber><priceIncl>2420</priceIncl></article>` +
		`<article><articleNumber>700002</articleNumber><turnoverGroup>30</turnoverGroup></article></articleList>`)
	require.Equal(t, "UPDATE-PRODUCT-RESULT-OK", changed.text("result"), changed.text("errorMessage"))
	require.Equal(t, []string{"700001"}, changed.texts("existingArticleNumbers"))
	require.Equal(t, []string{"700002"}, changed.texts("newArticleNumbers"))
	read := f.ask("getProducts", `<request><articleNumbers>700001</articleNumbers><pluNumbers/></request>`).all("productList/product/articleList/article")
	require.Len(t, read, 1, "only the article asked for")
	require.Equal(t, "Gieter", read[0].text("description"))
	require.Equal(t, "2000", read[0].text("priceExcl"))
	all := f.ask("getProducts", `<request><articleNumbers>700001</articleNumbers><pluNumbers/><includeAllArticlesOfSelectedProducts>true</includeAllArticlesOfSelectedProducts></request>`)
	require.Len(t, all.all("productList/product/articleList/article"), 2)
	require.Equal(t, "UPDATE-PRODUCT-RESULT-FAILED-ARTICLE-NUMBER-ALREADY-TAKEN",
		update(`<articleList><article><articleNumber>100101</articleNumber></article></articleList>`).text("result"))
	require.Equal(t, "UPDATE-PRODUCT-RESULT-FAILED", update(`<groupNumbers>9999</groupNumbers>`).text("result"))
	require.Equal(t, "UPDATE-PRODUCT-RESULT-NOT-FOUND", f.ask("updateProduct", `<product><productNumber>1</productNumber></product>`).text("result"))
}

func TestGetProducts_CountsArticlesAndLosesNoneInALoop(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	f.ask("updateProduct", `<product><productNumber>5003</productNumber><description>Renamed</description></product>`)
	seen := map[string]int{}
	next, pages := int64(0), 0
	for {
		answer := f.ask("getProducts", `<request><pluNumbers/><syncMarker>`+strconv.FormatInt(next, 10)+`</syncMarker><syncMarkerLimit>70</syncMarkerLimit></request>`)
		products := answer.all("productList/product")
		if len(products) == 0 {
			break
		}
		pages++
		require.LessOrEqual(t, len(answer.all("productList/product/articleList/article")), 70)
		for _, p := range products {
			seen[p.text("productNumber")]++
			for _, marker := range append(p.texts("syncMarker"), p.texts("articleList/article/syncMarker")...) {
				next = max(next, number(t, marker)+1)
			}
		}
	}
	require.Len(t, seen, 300)
	require.Equal(t, 1, seen["5003"])
	require.Equal(t, 5, pages)
	head := f.ask("getCurrentSyncMarkersV2", `<request><includeArticleSyncMarker>true</includeArticleSyncMarker></request>`)
	require.Equal(t, strconv.FormatInt(next-1, 10), head.text("articleSyncMarker"))
	require.Empty(t, head.all("orderSyncMarker"), "only what was asked")
}

func TestStock_SubtractsWhatOrdersReserve(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	stock := func(inside string) []node {
		return f.ask("getStock", `<request><branchNumber>1</branchNumber>`+inside+`</request>`).all("articleStocks")
	}
	set := func(article, amount, places string) node {
		return f.ask("setStock", `<request><branchNumber>1</branchNumber><articleNumber>`+article+`</articleNumber><amount>`+amount+`</amount><decimalPlaces>`+places+`</decimalPlaces></request>`)
	}
	const one = `<articleNumbers><articleNumbers>100101</articleNumbers></articleNumbers>`
	answer := set("100101", "125", "1")
	require.Equal(t, "SET-STOCK-RESULT-OK", answer.text("result"))
	row := stock(one)[0]
	require.Equal(t, []string{"125", "1"}, []string{row.text("amountFree"), row.text("decimalPlacesFree")})
	require.Equal(t, answer.text("stockId"), row.text("stockId"))

	id := f.create(orderOf("", "", line("100101", "25", "1", "")))
	row = stock(one)[0]
	require.Equal(t, []string{"100", "25"}, []string{row.text("amountFree"), row.text("amountReserved")})
	since := number(t, answer.text("stockId")) + 1
	changed := stock(`<articleNumbers/><stockId>` + strconv.FormatInt(since, 10) + `</stockId>`)
	require.Len(t, changed, 1, "an order makes the article come again")
	f.ask("cancelOrder", `<orderId>`+id+`</orderId>`)
	require.Equal(t, "125", stock(one)[0].text("amountFree"))

	require.Equal(t, "SET-STOCK-RESULT-ARTICLE-NOT-FOUND", set("1", "1", "0").text("result"))
	require.Equal(t, "SET-STOCK-RESULT-FAILED", set("100101", "1", "12").text("result"))
	require.Equal(t, "SET-STOCK-RESULT-BRANCH-NOT-FOUND",
		f.ask("setStock", `<request><branchNumber>9</branchNumber><articleNumber>100101</articleNumber><amount>1</amount></request>`).text("result"))
	history := f.ask("getStockHistory", `<request><branchNumber>1</branchNumber></request>`).all("articleStockHistory")
	require.Len(t, history, 1)
	require.Equal(t, "STOCK-HISTORY-TYPE-API", history[0].text("type"))

	require.Equal(t, "CREATE-PRODUCT-RESULT-OK", f.ask("createProduct",
		`<product><articleList><article><articleNumber>700009</articleNumber><turnoverGroup>90</turnoverGroup></article></articleList></product>`).text("result"))
	require.Equal(t, "SET-STOCK-RESULT-NO-STOCK-ARTICLE", set("700009", "1", "0").text("result"))
}

func TestSetStock_SetsWhatIsFreeWhenTold(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{SetStockSetsFree: true})
	f.create(orderOf("", "", line("100101", "4", "0", "")))
	f.ask("setStock", `<request><branchNumber>1</branchNumber><articleNumber>100101</articleNumber><amount>10</amount></request>`)
	row := f.ask("getStock", `<request><branchNumber>1</branchNumber><articleNumbers><articleNumbers>100101</articleNumbers></articleNumbers></request>`)
	require.Equal(t, "10", row.text("articleStocks/amountFree"))
}

func TestAdministration_IsWhatTheFlowsNeed(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	require.Equal(t, []string{"1", "2"}, f.ask("getBranches", "").texts("branches/branch/branchNumber"))
	require.Contains(t, f.ask("getEmployees", "").texts("employeeList/employee/employeeNumber"), "999999")
	require.Len(t, f.ask("getEmployees", `<request><syncMarker>0</syncMarker><syncMarkerLimit>2</syncMarkerLimit></request>`).all("employeeList/employee"), 2)
	require.Equal(t, "GET-EMPLOYEE-RESULT-OK", f.ask("getEmployee", `<employeeNumber>999999</employeeNumber>`).text("result"))
	require.Equal(t, "GET-EMPLOYEE-RESULT-NOT-FOUND", f.ask("getEmployee", `<employeeNumber>5</employeeNumber>`).text("result"))
	require.Contains(t, f.ask("getPaymentMethods", "").texts("paymentMethodList/paymentMethod/method"), "PIN")
	require.Equal(t, []string{"PIN", "CREDITCARD"}, f.ask("getPaymentMethodsV2",
		`<request><paymentMethodTypes>PAYMENT-METHOD-TYPE-EFT</paymentMethodTypes></request>`).texts("paymentMethodList/paymentMethod/method"))
	require.Len(t, f.ask("getDeliveryMethods", "").all("deliveryMethodList/deliveryMethod"), 4)
	require.Len(t, f.ask("getDeliveryMethodsV2", `<request><onlyEnabled>true</onlyEnabled></request>`).all("deliveryMethodList/deliveryMethod"), 3)
	require.NotEmpty(t, f.ask("getTurnoverGroups", `<request/>`).all("turnoverGroupList/turnoverGroup"))
	require.Len(t, f.ask("getOrderCategories", "").all("orderCategory"), 3)
	require.Len(t, f.ask("getPriceGroupList", "").all("priceGroup"), 2)
	require.Len(t, f.ask("getCustomFieldLists", "").all("relationCustomFieldList/customField"), 2)
	hidden := start(t, sandbox.Options{HideSuperuser: true})
	require.NotContains(t, hidden.ask("getEmployees", "").texts("employeeList/employee/employeeNumber"), "999999")
}

func TestArticleGroups_AreATreeOfTheWholeShop(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	tree := f.ask("getArticleGroups", `<request><retrieveArticleNumbers>true</retrieveArticleNumbers></request>`)
	require.Len(t, tree.all("articleGroupList/articleGroups"), 5)
	require.Len(t, tree.all("articleGroupList/articleGroups/subGroupList/articleGroups"), 20)
	require.Len(t, tree.all("articleGroupList/articleGroups/subGroupList/articleGroups/articleNumbers/number"), 300)
	one := f.ask("getArticleGroups", `<request><groupNumbers>2</groupNumbers></request>`)
	require.Equal(t, []string{"2"}, one.texts("articleGroupList/articleGroups/groupNumber"))
	require.Empty(t, f.ask("getArticleGroups", `<request><syncMarker>100000</syncMarker></request>`).all("articleGroupList/articleGroups"))
}

func TestReceiptsAndInvoices_CanBeRead(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	receipts := f.ask("getReceipts", `<request><syncMarker>0</syncMarker>`+anyArticles+`</request>`)
	require.Equal(t, []string{"RECEIPT-TYPE-RECEIPT", "RECEIPT-TYPE-CREDIT-RECEIPT", "RECEIPT-TYPE-CASH-INFLOW"}, receipts.texts("receiptList/receipt/receiptType"))
	id := receipts.text("receiptList/receipt/receiptId")
	require.Equal(t, id, f.ask("getReceipt", `<receiptId>`+id+`</receiptId>`).text("receipt/receiptId"))
	require.Equal(t, "GET-RECEIPT-RESULT-NOT-FOUND", f.ask("getReceipt", `<receiptId>x</receiptId>`).text("result"))

	invoices := func(inside string) node { return f.ask("getInvoices", `<request>`+anyArticles+inside+`</request>`) }
	require.Equal(t, "false", invoices("").text("invoiceList/invoice/finalized"))
	require.Equal(t, "true", invoices(`<finalizeInvoices>true</finalizeInvoices>`).text("invoiceList/invoice/finalized"))
	id = invoices(`<invoiceNumbers><year>2026</year><number>1</number></invoiceNumbers>`).text("invoiceList/invoice/invoiceId")
	require.Equal(t, "true", f.ask("getInvoice", `<invoiceId>`+id+`</invoiceId>`).text("invoice/finalized"))
	require.Equal(t, "GET-INVOICE-RESULT-NOT-FOUND", f.ask("getInvoice", `<invoiceId>x</invoiceId>`).text("result"))
	require.Empty(t, invoices(`<directDebit>true</directDebit>`).all("invoiceList/invoice"))
}
