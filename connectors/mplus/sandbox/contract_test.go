package sandbox_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/mplus/sandbox"
	"github.com/koppel/koppel/internal/sandboxkit"
	"github.com/koppel/koppel/internal/wsdl"
)

const (
	someProducts = `<productNumbers><number>5001</number><number>5003</number></productNumbers>`
	onArticle    = `<cardLink><cardType>PRODUCT</cardType><cardNumbers>100101</cardNumbers></cardLink>`
)

// examples calls every operation in turn: with something to answer, and with nothing.
func examples(orderID string) map[string][]string {
	order := orderOf("", "", line("100101", "1", "0", ""), line("100102", "25", "1", `<discountAmount>5</discountAmount>`))
	change := `<order><orderId>` + orderID + `</orderId><reference>r</reference></order>`
	return map[string][]string{
		"getApiVersion": {""}, "getBranches": {""}, "getVatGroupList": {""}, "getOrderCategories": {""},
		"getPriceGroupList": {""}, "getCustomFieldLists": {""},
		"getEmployees":      {"", `<request><syncMarker>99</syncMarker></request>`},
		"getEmployee":       {`<employeeNumber>1</employeeNumber>`, `<employeeNumber>55</employeeNumber>`},
		"getPaymentMethods": {""},
		"getPaymentMethodsV2": {
			`<request/>`, `<request><accountNumber>1</accountNumber></request>`,
		},
		"getDeliveryMethods": {""}, "getDeliveryMethodsV2": {`<request/>`},
		"getTurnoverGroups": {`<request/>`}, "getCurrentSyncMarkers": {""},
		"getCurrentSyncMarkersV2": {
			`<request/>`, `<request><includeOrderSyncMarker>true</includeOrderSyncMarker><includeStockId>true</includeStockId></request>`,
		},
		"getOrders":      {ordersFrom("0", "10"), ordersFrom("9999", "10")},
		"getOrder":       {`<orderId>` + orderID + `</orderId>`, `<orderId>x</orderId>`},
		"findOrder":      {`<extOrderId>contract</extOrderId>`, `<extOrderId>x</extOrderId>`},
		"createOrder":    {order, `<order><orderId/><relationNumber>88888</relationNumber></order>`, ""},
		"createOrderV2":  {`<request>` + order + `</request>`, `<request>` + orderOf("", "", line("1", "1", "0", "")) + `</request>`},
		"createOrderV3":  {`<request><idempotencyKey>a</idempotencyKey>` + order + `</request>`, `<request><idempotencyKey>a</idempotencyKey>` + order + `</request>`},
		"updateOrder":    {change, `<order><orderId>x</orderId></order>`},
		"saveOrder":      {order, change},
		"cancelOrder":    {`<orderId>` + orderID + `</orderId><request/>`, `<orderId>x</orderId>`},
		"getRelations":   {"", `<request><syncMarker>9999</syncMarker></request>`},
		"getRelation":    {`<relationNumber>1</relationNumber>`, `<relationNumber>77777</relationNumber>`},
		"findRelation":   {`<relation><name>a</name></relation>`, `<relation/>`},
		"findRelationV2": {`<request><relation><name>a</name></relation></request>`, `<request><relation/><exactMatch>1</exactMatch></request>`},
		"createRelation": {`<relation><name>Nieuw</name></relation>`, `<relation/>`},
		"updateRelation": {`<relation><relationNumber>1</relationNumber><city>Gent</city></relation>`, `<relation/>`},
		"getProducts":    {`<request><pluNumbers/></request>`, `<request><articleNumbers>1</articleNumbers><pluNumbers/></request>`},
		"createProduct":  {`<product><articleList>` + newArticle + `</articleList></product>`, `<product/>`},
		"updateProduct": {
			`<product><productNumber>5001</productNumber><articleList><article><articleNumber>700005</articleNumber><turnoverGroup>10</turnoverGroup></article></articleList></product>`,
			`<product/>`,
		},
		"getSalesPriceList": {""},
		"determinePricing": {`<request><workplace><branchNumber>1</branchNumber><workplaceNumber>1</workplaceNumber></workplace>` +
			`<lines><articleNumber>100101</articleNumber><data><quantity>1.5</quantity></data></lines></request>`},
		"getArticleGroups":       {`<request/>`, `<request><syncMarker>99999</syncMarker></request>`},
		"getArticleGroupChanges": {`<request/>`, `<request><syncMarker>3</syncMarker><syncMarkerLimit>2</syncMarkerLimit></request>`},
		"newArticleGroup": {
			`<request><parentGroupNumber>0</parentGroupNumber><name>Nieuw</name><text>Nieuw</text></request>`,
			`<request><parentGroupNumber>999</parentGroupNumber><name>Nieuw</name><text/></request>`,
		},
		"updateArticleGroup": {
			`<request><groupNumber>2</groupNumber><name>Anders</name></request>`, `<request><groupNumber>999</groupNumber></request>`,
			`<request><groupNumber>2</groupNumber><parentGroupNumber>2</parentGroupNumber></request>`,
		},
		"deleteArticleGroup":             {`<request><groupNumber>9</groupNumber></request>`, `<request><groupNumber>999</groupNumber></request>`},
		"addProductsToArticleGroup":      {`<request><groupNumber>2</groupNumber>` + someProducts + `</request>`, `<request><groupNumber>999</groupNumber><productNumbers/></request>`},
		"replaceProductsOfArticleGroup":  {`<request><groupNumber>2</groupNumber>` + someProducts + `</request>`, `<request><groupNumber>999</groupNumber><productNumbers/></request>`},
		"deleteProductsFromArticleGroup": {`<request><groupNumber>2</groupNumber><removeAll>true</removeAll></request>`, `<request><groupNumber>999</groupNumber></request>`},
		"createImage": {
			`<request><imageName>pan.png</imageName><mimeType>image/png</mimeType><imageData>aGFsbG8=</imageData>` + onArticle + `</request>`,
			`<request><imageName>x</imageName><mimeType>text/plain</mimeType><imageData>aGFsbG8=</imageData></request>`,
		},
		"createImageFromUrl": {`<request><imageName>pan.png</imageName><mimeType>image/png</mimeType><imageUrl>https://pictures.example/pan.png</imageUrl></request>`},
		"getImages":          {`<request><imageIds>1</imageIds><imageIds>99</imageIds><includeImageData>true</includeImageData><includeThumbData>true</includeThumbData></request>`, ""},
		"getCardImages":      {`<request><cardType>PRODUCT</cardType><cardNumbers>100101</cardNumbers><cardNumbers>1</cardNumbers></request>`},
		"saveCardImages":     {`<request><cardType>PRODUCT</cardType><cards><cardNumber>100102</cardNumber></cards></request>`},
		"getCardImageLabels": {`<request><cardType>PRODUCT</cardType></request>`},
		"getOverviewFields":  {`<request><cardType>PRODUCT</cardType></request>`, `<request><cardType>EMPLOYEE</cardType></request>`},
		"getStock":           {`<request><branchNumber>1</branchNumber><articleNumbers/></request>`, `<request><branchNumber>9</branchNumber><articleNumbers/></request>`},
		"setStock": {
			`<request><branchNumber>1</branchNumber><articleNumber>100101</articleNumber><amount>3</amount></request>`,
			`<request><branchNumber>1</branchNumber><articleNumber>1</articleNumber><amount>3</amount></request>`,
		},
		"saveStockCorrections": {corrections("ABSOLUTE", "100101=3"), corrections("", "1=1")},
		"getStockHistoryV2":    {`<request/>`, `<request><branchNumbers>1</branchNumbers><sinceStockId>0</sinceStockId><sinceStockIdLimit>2</sinceStockIdLimit></request>`},
		"getStockHistory":      {`<request><branchNumber>1</branchNumber></request>`},
		"getReceipts":          {`<request>` + anyArticles + `</request>`, `<request><syncMarker>999</syncMarker>` + anyArticles + `</request>`},
		"getCashCountList":     {`<request/>`, `<request><fromFinancialDate><day>1</day><mon>1</mon><year>2020</year></fromFinancialDate></request>`},
		"getReceipt":           {`<receiptId>x</receiptId>`},
		"getInvoices":          {`<request>` + anyArticles + `</request>`, `<request><syncMarker>999</syncMarker>` + anyArticles + `</request>`},
		"getInvoice":           {`<invoiceId>x</invoiceId>`},
	}
}

func TestContract_EveryAnswerFitsTheVendorsDescription(t *testing.T) {
	t.Parallel()
	schema := official(t)
	if schema == nil {
		t.Skip("did not run: MPLUS_WSDL does not name the service description of a till")
	}
	for name, opts := range map[string]sandbox.Options{
		"assumed": {}, "switched": {WholePercentages: true, OmitZeroDecimalPlaces: true, ShuffleResults: true, NoChangesIsFailed: true},
	} {
		f := start(t, opts)
		id := f.create(orderOf(`<extOrderId>contract</extOrderId>`, "", line("100101", "1", "0", "")))
		all := examples(id)
		for _, operation := range sandbox.OperationNames() {
			require.NotEmpty(t, all[operation], "%s: operation %s has no example", name, operation)
			for _, inside := range all[operation] {
				f.ask(operation, inside) // checks request and answer
			}
		}
	}
}

func TestContract_FailuresInside200FitTheVendorsDescription(t *testing.T) {
	t.Parallel()
	if official(t) == nil {
		t.Skip("did not run: MPLUS_WSDL does not name the service description of a till")
	}
	f := start(t, sandbox.Options{})
	all := examples("x")
	for _, operation := range sandbox.OperationsThatCanFail() {
		require.NoError(t, f.server.Faults().Add(sandboxkit.Rule{Kind: sandboxkit.ErrorIn200, Operation: operation, Calls: 1}))
		require.Contains(t, f.ask(operation, all[operation][0]).text("result"), "RESULT-FAILED")
	}
}

func TestContract_FaultsHaveTheShapeOfSOAP11(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	for name, document := range map[string]string{
		"no request": "x", "unknown": envelopeOf(`<brewTea/>`), "schema": envelopeOf(`<getOrder/>`),
	} {
		status, body := f.post(document)
		require.Equal(t, 500, status, name)
		require.NoError(t, wsdl.ValidateFault(body), name)
	}
}
