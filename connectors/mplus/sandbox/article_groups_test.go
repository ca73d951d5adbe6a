package sandbox_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/mplus/sandbox"
)

func (f *foreign) newGroup(parent, name string) string {
	f.t.Helper()
	answer := f.ask("newArticleGroup", `<request><parentGroupNumber>`+parent+`</parentGroupNumber><name>`+name+`</name><text>`+name+`</text></request>`)
	require.Equal(f.t, "NEW-ARTICLE-GROUP-RESULT-OK", answer.text("result"))
	return answer.text("groupNumber")
}

func (f *foreign) result(operation, inside string) string {
	f.t.Helper()
	return f.ask(operation, `<request>`+inside+`</request>`).text("result")
}

// below are the names of the groups below a top group, as the tree shows them.
func (f *foreign) below(top string) []string {
	f.t.Helper()
	return f.ask("getArticleGroups", `<request><groupNumbers>`+top+`</groupNumbers></request>`).texts("articleGroupList/articleGroups/subGroupList/articleGroups/name")
}

func TestArticleGroups_AreMadeRenamedMovedAndDeleted(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	top, other := f.newGroup("0", "Tuinhout"), f.newGroup("0", "Overig")
	planks := f.newGroup(top, "Planken")
	below := f.newGroup(planks, "Vuren")
	require.Equal(t, []string{"Planken"}, f.below(top))

	require.Equal(t, "SAVE-ARTICLE-GROUP-RESULT-OK", f.result("updateArticleGroup", `<groupNumber>`+planks+`</groupNumber><name>Delen</name>`))
	require.Equal(t, []string{"Delen"}, f.below(top))
	for _, under := range []string{planks, below, "4711"} {
		require.Equal(t, "SAVE-ARTICLE-GROUP-RESULT-FAILED", f.result("updateArticleGroup", `<groupNumber>`+planks+`</groupNumber><parentGroupNumber>`+under+`</parentGroupNumber>`))
	}
	require.Equal(t, "SAVE-ARTICLE-GROUP-RESULT-OK", f.result("updateArticleGroup", `<groupNumber>`+planks+`</groupNumber><parentGroupNumber>`+other+`</parentGroupNumber>`))
	require.Empty(t, f.below(top))
	require.Equal(t, []string{"Delen"}, f.below(other))

	head := f.ask("getCurrentSyncMarkers", "").text("articleGroupSyncMarker")
	require.Equal(t, "ADD-PRODUCTS-TO-ARTICLE-GROUP-RESULT-OK", f.result("addProductsToArticleGroup", `<groupNumber>`+below+`</groupNumber><productNumbers><number>5001</number></productNumbers>`))
	require.Equal(t, "DELETE-ARTICLE-GROUP-RESULT-OK", f.result("deleteArticleGroup", `<groupNumber>`+planks+`</groupNumber>`))
	require.Equal(t, "DELETE-ARTICLE-GROUP-RESULT-NOTFOUND", f.result("deleteArticleGroup", `<groupNumber>`+planks+`</groupNumber>`))
	require.Empty(t, f.below(other))
	changes := f.ask("getArticleGroupChanges", `<request><syncMarker>`+head+`</syncMarker></request>`)
	require.Subset(t, changes.texts("changedArticleGroupList/changedArticleGroups/groupNumber"), []string{planks, below}, "what was deleted is told by marker, with what was below it")
	require.Contains(t, changes.texts("changedArticleGroupList/changedArticleGroups/isDeleted"), "true")
	product := f.ask("getProducts", `<request><pluNumbers/><productNumbers>5001</productNumbers></request>`)
	require.NotContains(t, product.texts("productList/product/groupNumbers"), below)
	require.Equal(t, "UPDATE-PRODUCT-RESULT-FAILED", f.ask("updateProduct", `<product><productNumber>5001</productNumber><groupNumbers>`+below+`</groupNumbers></product>`).text("result"))
}

func TestArticleGroups_HoldProductsInAnOrder(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	group := f.newGroup("0", "Actie")
	products := func() []string {
		return f.ask("getArticleGroups", `<request><groupNumbers>`+group+`</groupNumbers></request>`).texts("articleGroupList/articleGroups/productNumbers/number")
	}
	list := func(numbers ...string) string {
		inside := ""
		for _, n := range numbers {
			inside += `<number>` + n + `</number>`
		}
		return `<productNumbers>` + inside + `</productNumbers>`
	}
	in := `<groupNumber>` + group + `</groupNumber>`
	require.Equal(t, "REPLACE-PRODUCTS-OF-ARTICLE-GROUP-RESULT-OK", f.result("replaceProductsOfArticleGroup", in+list("5003", "5001")))
	require.Equal(t, []string{"5003", "5001"}, products())
	require.Equal(t, "ADD-PRODUCTS-TO-ARTICLE-GROUP-RESULT-OK", f.result("addProductsToArticleGroup", in+`<position>1</position>`+list("5002")))
	require.Equal(t, "ADD-PRODUCTS-TO-ARTICLE-GROUP-RESULT-OK", f.result("addProductsToArticleGroup", in+list("5003")))
	require.Equal(t, []string{"5002", "5001", "5003"}, products())
	require.Equal(t, "ADD-PRODUCTS-TO-ARTICLE-GROUP-RESULT-FAILED", f.result("addProductsToArticleGroup", in+list("1")))
	require.Equal(t, "DELETE-PRODUCTS-FROM-ARTICLE-GROUP-RESULT-OK", f.result("deleteProductsFromArticleGroup", in+list("5001", "5009")))
	require.Equal(t, []string{"5002", "5003"}, products())
	require.Equal(t, "DELETE-PRODUCTS-FROM-ARTICLE-GROUP-RESULT-OK", f.result("deleteProductsFromArticleGroup", in+`<removeAll>true</removeAll>`))
	require.Empty(t, products())
}

func TestUpdateProduct_AnArticleOfAnotherProductMovesOnlyWhereTheTillMovesThem(t *testing.T) {
	t.Parallel()
	update := `<product><productNumber>5001</productNumber><articleList>` +
		`<article><articleNumber>100102</articleNumber><colour>rood</colour></article><article><articleNumber>100103</articleNumber></article></articleList></product>`
	for moves, result := range map[sandbox.ArticleMoves]string{
		sandbox.ArticleMovesRefused: "UPDATE-PRODUCT-RESULT-FAILED-ARTICLE-NUMBER-ALREADY-TAKEN", sandbox.ArticleMovesDone: "UPDATE-PRODUCT-RESULT-OK",
	} {
		f := start(t, sandbox.Options{ArticleMoves: moves})
		before := f.ask("getProducts", `<request><articleNumbers>100102</articleNumbers><pluNumbers/></request>`)
		answer := f.ask("updateProduct", update)
		require.Equal(t, result, answer.text("result"))
		after := f.ask("getProducts", `<request><articleNumbers>100102</articleNumbers><pluNumbers/></request>`)
		if moves == sandbox.ArticleMovesRefused {
			require.Equal(t, before.texts("productList/product/productNumber"), after.texts("productList/product/productNumber"))
			continue
		}
		require.Equal(t, []string{"5001"}, after.texts("productList/product/productNumber"))
		require.Equal(t, []string{"rood"}, after.texts("productList/product/articleList/article/colour"))
		require.Equal(t, before.texts("productList/product/articleList/article/priceIncl"), after.texts("productList/product/articleList/article/priceIncl"))
		left := f.ask("getProducts", `<request><pluNumbers/><productNumbers>`+before.text("productList/product/productNumber")+`</productNumbers></request>`)
		require.Empty(t, left.texts("productList/product/articleList/article/articleNumber"))
	}
}

func TestGroupNumbers_MayBeIgnored(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{GroupNumbers: sandbox.GroupNumbersIgnored})
	groups := func() []string {
		return f.ask("getProducts", `<request><pluNumbers/><productNumbers>5001</productNumbers></request>`).texts("productList/product/groupNumbers")
	}
	before := groups()
	require.Equal(t, "UPDATE-PRODUCT-RESULT-OK", f.ask("updateProduct", `<product><productNumber>5001</productNumber><groupNumbers>1</groupNumbers></product>`).text("result"))
	require.Equal(t, before, groups())
	_, err := sandbox.New(sandbox.Options{GroupNumbers: "perhaps", ArticleMoves: "sometimes"})
	require.ErrorContains(t, err, "group_numbers")
	require.ErrorContains(t, err, "article_moves")
}
