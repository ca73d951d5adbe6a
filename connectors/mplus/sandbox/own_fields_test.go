package sandbox_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/mplus/sandbox"
	"github.com/koppel/koppel/internal/sandboxkit"
)

func TestUpdateOrder_LeavesToTheTillWhatIsTheTills(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	id := f.create(orderOf("", "", line("100101", "1", "0", `<price>1000</price>`)))
	before := f.order(id)
	answer := f.ask("updateOrder", `<order><orderId>`+id+`</orderId><orderType>ORDER-TYPE-TABLE-ORDER</orderType><reference>x</reference>`+
		`<totalInclAmount>1</totalInclAmount>`+counters(before)+`<prepaidAmount>5000</prepaidAmount><fullyPaid>true</fullyPaid>`+
		`<deliveryState>ORDER-DELIVERY-STATE-COMPLETE</deliveryState><orderNumber><year>1999</year><number>7</number></orderNumber></order>`)
	require.Equal(t, "UPDATE-ORDER-RESULT-OK", answer.text("result"))
	after := f.order(id)
	for _, path := range []string{
		"orderType", "totalInclAmount", "prepaidAmount", "fullyPaid", "deliveryState", "orderNumber/year", "orderNumber/number",
	} {
		require.Equal(t, before.text(path), after.text(path), path)
	}
	require.Equal(t, "x", after.text("reference"))
}

func TestUpdateProduct_GivesMarkersToWhatChanged(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	product := func() node {
		return f.ask("getProducts", `<request><pluNumbers/><productNumbers>5001</productNumbers></request>`).all("productList/product")[0]
	}
	markers := func(p node) (product, article int64) {
		return number(t, p.text("syncMarker")), number(t, p.text("articleList/article/syncMarker"))
	}
	productBefore, articleBefore := markers(product())
	answer := f.ask("updateProduct", `<product><productNumber>5001</productNumber><articleList><article><articleNumber>100101</articleNumber><priceIncl>1</priceIncl></article></articleList></product>`)
	productAfter, articleAfter := markers(product())
	require.Equal(t, productBefore, productAfter, "only the article changed")
	require.Greater(t, articleAfter, articleBefore)
	require.Equal(t, articleAfter, number(t, answer.text("syncMarker")))
	changed := f.ask("getProducts", `<request><pluNumbers/><syncMarker>`+answer.text("syncMarker")+`</syncMarker><syncMarkerLimit>5</syncMarkerLimit></request>`)
	require.Equal(t, []string{"5001"}, changed.texts("productList/product/productNumber"))

	f.ask("updateProduct", `<product><productNumber>5001</productNumber><description>Nieuw</description></product>`)
	productLast, articleLast := markers(product())
	require.Greater(t, productLast, articleAfter)
	require.Equal(t, articleAfter, articleLast)
}

func TestGetProducts_StandsAtTheHighestMarkerOfProductAndArticles(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	first := f.ask("getProducts", `<request><pluNumbers/><productNumbers>5001</productNumbers></request>`).all("productList/product")[0]
	article, product := number(t, first.text("articleList/article/syncMarker")), number(t, first.text("syncMarker"))
	require.NotEqual(t, article, product, "they share one sequence")
	for _, from := range []string{first.text("articleList/article/syncMarker"), first.text("syncMarker")} {
		found := f.ask("getProducts", `<request><pluNumbers/><syncMarker>`+from+`</syncMarker><syncMarkerLimit>1</syncMarkerLimit></request>`)
		require.Equal(t, []string{"5001"}, found.texts("productList/product/productNumber"), "from %s", from)
	}
}

func TestSeed_KeepsNoStockOfVouchers(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	vouchers := 0
	for _, a := range sandboxkit.SeedShop().Articles {
		if a.TillVATCode == sandboxkit.VATZero {
			vouchers++
		}
	}
	require.Positive(t, vouchers)
	rows := f.ask("getStock", `<request><branchNumber>1</branchNumber><articleNumbers/></request>`).all("articleStocks")
	require.Len(t, rows, 300-vouchers)
}

func TestSeed_KnowsTheCustomersOfTheBooksByDebtorNumber(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	for _, c := range sandboxkit.SeedShop().Customers {
		found := f.ask("findRelationV2", `<request><relation><extRelationId>`+c.Number+`</extRelationId></relation><exactMatch>true</exactMatch></request>`)
		if c.RelationNumber == 0 {
			require.Equal(t, "FIND-RELATION-RESULT-NOT-FOUND", found.text("result"))
			continue
		}
		require.Equal(t, c.Name(), found.text("relation/name"))
		require.Equal(t, c.Company, found.text("relation/companyName"))
		require.Equal(t, c.Street+" "+c.HouseNumber, found.text("relation/address"))
	}
}

func TestSandboxOrders_AreCollectedUnlessSaid(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	var made savedSale
	require.Equal(t, 201, f.json("POST", "/_sandbox/orders", `{"lines":[{"article":100101,"quantity":"1"}],"branch":2}`, &made))
	o := f.order(made.OrderID)
	require.Equal(t, "AFHALEN", o.text("deliveryMethod"))
	require.Equal(t, "2", o.text("financialBranchNumber"))
	require.Empty(t, o.text("relationName"), "a passer-by")
}
