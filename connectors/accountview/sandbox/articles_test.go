package sandbox_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/accountview/sandbox"
)

func TestArticles_ColumnsOfOneInstallationAreThereWithTheirSwitchOnly(t *testing.T) {
	t.Parallel()
	off := start(t, sandbox.Options{})
	for object, column := range map[string]string{"AK1": "K1_VAN", "AG1": "AG_PARENT"} {
		off.get("BusinessObject", object, "Fields", column).refused(t, 400, column)
		off.get("BusinessObject", object, "Filter", "EMPTY("+column+")").refused(t, 400, column)
	}
	require.NotContains(t, off.get("BusinessObject", "AK1", "PageSize", "1").raw, "K1_")
	require.NotContains(t, off.get("BusinessObject", "AG1").raw, "AG_PARENT")
	require.Error(t, off.server.PutArticles(sandbox.ArticleDump{"ART_CODE": "100101", "K1_VAN": "PAN"}))
	custom := func(f *foreign) []map[string]any {
		a, err := f.send("GET", "/api/v3/accountviewsystemdata?BusinessObject=fld&PageSize=1000&Filter="+strings.ReplaceAll("dct_fld.dbf_name='ARTICLE'", "'", "%27"), "")
		require.NoError(t, err)
		return a.ok(t, "DCT_FLD")
	}
	require.Len(t, custom(off), 24)

	on := start(t, sandbox.Options{CustomColumns: sandbox.On, GroupTree: sandbox.On})
	require.Len(t, custom(on), 24+5)
	require.NoError(t, on.server.PutArticles(sandbox.ArticleDump{"ART_CODE": "100101", "K1_VAN": "pan"}))
	rows := on.get("BusinessObject", "AK1", "Fields", "ART_CODE,K1_VAN", "Filter", "article.k1_van='PAN'").ok(t, "ARTICLE")
	require.Equal(t, []string{"100101"}, values(rows, "ART_CODE"))
	require.NotEmpty(t, on.get("BusinessObject", "AG1", "Filter", "!EMPTY(ag_parent)").ok(t, "ART_GRP"))
}

func TestRead_ExpressionsOfTheLanguageItself(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	require.NoError(t, f.server.PutArticles(
		sandbox.ArticleDump{"ART_CODE": "100101", "REC_BLK": "true"}, sandbox.ArticleDump{"ART_CODE": "100102", "ART_DESC2": "it's [red]"},
		sandbox.ArticleDump{"ART_CODE": "100103", "ART_DESC2": `a "b" it's`},
	))
	for expression, want := range map[string][]string{
		"article.rec_blk": {"100101"},
		"!article.rec_blk AND INLIST(art_code,'100101','100102')":       {"100102"},
		"INLIST(UPPER(article.art_desc2),'IT''S [RED]')":                nil,
		`INLIST(UPPER(article.art_desc2),"IT'S [RED]",'X')`:             {"100102"},
		`UPPER(art_desc2)=[A "B" IT'S]`:                                 {"100103"},
		"INLIST(art_code,'100103') OR (rec_blk AND NOT EMPTY(rec_blk))": {"100101", "100103"},
	} {
		a := f.get("BusinessObject", "AK1", "Fields", "ART_CODE", "Filter", expression)
		if want == nil {
			a.refused(t, 400, "filterexpressie")
			continue
		}
		require.Equal(t, want, values(a.ok(t, "ARTICLE"), "ART_CODE"), expression)
	}
	for _, expression := range []string{
		"INLIST(art_code)", "INLIST(art_code,100101)", "INLIST(art_code,'1'", "UPPER(px_sell)='1'", "UPPER(art_code)", "art_code", "px_sell", "[x", "INLIST",
		"INLIST(art_code" + strings.Repeat(",'1'", 25) + ")",
	} {
		f.get("BusinessObject", "AK1", "Filter", expression).refused(t, 400, "filterexpressie")
	}
	f.get("BusinessObject", "AK1", "Filter", "INLIST(art_code"+strings.Repeat(",'1'", 24)+")").ok(t, "ARTICLE")
}

func TestArticles_AChangeOfStockAloneIsNoChangeOfTheArticle(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	changed := func() string { return f.server.Articles("100100", 1)[0]["CNG_DATE"] }
	before := changed()
	a, err := f.send("POST", "/_sandbox/articles", `{"articles":[{"ART_CODE":"100101","QTY_AVAIL":"3"}]}`)
	require.NoError(t, err)
	require.Equal(t, 200, a.status, a.raw)
	require.Equal(t, "3", f.server.Articles("100100", 1)[0]["QTY_AVAIL"])
	require.Equal(t, before, changed())
	a, err = f.send("POST", "/_sandbox/articles", `{"articles":[{"ART_CODE":"100101","QTY_AVAIL":"4","PX_SELL":"1.95"},{"ART_CODE":"new","ART_DESC1":"New"}]}`)
	require.NoError(t, err)
	require.Equal(t, 200, a.status, a.raw)
	require.NotEqual(t, before, changed())
	require.Equal(t, "NEW", f.server.Articles("M", 1)[0]["ART_CODE"])

	for _, wrong := range []string{`{}`, `{"articles":[{"ART_CODE":"100101","NOSUCH":"1"}]}`, `{"articles":[{"ART_CODE":"X"}]}`, `{"articles":[{"ART_CODE":"100101","CNG_DATE":"1"}]}`} {
		a, err := f.send("POST", "/_sandbox/articles", wrong)
		require.NoError(t, err)
		require.Equal(t, 400, a.status, wrong)
	}
	a, err = f.send("DELETE", "/_sandbox/articles?code=new", "")
	require.NoError(t, err)
	require.Equal(t, 200, a.status)
	require.Empty(t, f.server.Articles("M", 1))
}

func TestArticles_TwentyThousandAreFilledAtOnce(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	var all []sandbox.ArticleDump
	for i := range 20_000 {
		all = append(all, sandbox.ArticleDump{"ART_CODE": fmt.Sprintf("Z%05d", i), "ART_DESC1": "Article", "PX_SELL": "1"})
	}
	require.NoError(t, f.server.PutArticles(all...))
	require.Len(t, f.server.Articles("Y", 30_000), 20_000)
}
