package accountview

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

const stockColumns = `{"DCT_FLD":[
	{"DCT_FLD_Id":0,"DBF_NAME":"ARTICLE","FIELD_NAME":"ART_CODE","FIELD_TYPE":"C","FIELD_LEN":15},
	{"DCT_FLD_Id":1,"DBF_NAME":"ARTICLE","FIELD_NAME":"QTY_AVAIL","FIELD_TYPE":"N","FIELD_LEN":13},
	{"DCT_FLD_Id":2,"DBF_NAME":"ARTICLE","FIELD_NAME":"K1_GERES","FIELD_TYPE":"N","FIELD_LEN":13},
	{"DCT_FLD_Id":3,"DBF_NAME":"ARTICLE","FIELD_NAME":"K1_VRD","FIELD_TYPE":"L","FIELD_LEN":1},
	{"DCT_FLD_Id":4,"DBF_NAME":"ARTICLE","FIELD_NAME":"K1_WHEN","FIELD_TYPE":"T","FIELD_LEN":8}]}`

// stockBooks are books that describe their articles and answer every read with the same rows.
func stockBooks(t *testing.T, rows string) *fake {
	t.Helper()
	return newDescribedFake(t, stockColumns, func(w http.ResponseWriter, _ *http.Request) {
		reply(w, http.StatusOK, `{"ARTICLE":[`+rows+`]}`)
	})
}

func countedStock(s *Settings) {
	s.Articles.ReservedField, s.Articles.StockedField = "k1_geres", "k1_vrd"
	s.Articles.StockColumns = []string{"QTY_AVAIL", "k1_geres", ""}
}

func TestStockLevels_AsksForTheColumnsOfStockOnly(t *testing.T) {
	t.Parallel()
	f := stockBooks(t, `{"ART_CODE":"A","QTY_AVAIL":12.5,"K1_GERES":"3","K1_VRD":true},{"ART_CODE":"B","QTY_AVAIL":0,"K1_GERES":0,"K1_VRD":false}`)
	page, err := f.books(t, countedStock).StockLevels(t.Context(), connectors.Part{Limit: 100, Where: "!rec_blk", Since: time.Unix(1, 0)})
	require.NoError(t, err)
	require.Empty(t, page.Next)
	require.Zero(t, page.Newest)
	require.Len(t, page.Records, 2)
	require.Equal(t, []bool{true, false}, []bool{page.Records[0].Managed, page.Records[1].Managed})
	level := page.Records[0].Levels[0]
	require.Equal(t, []string{"A", "", "12.5", "3", "0"}, []string{level.SKU, level.Location, level.Available.String(), level.Reserved.String(), level.Physical.String()})
	asked := f.calls("accountviewdata")[0].query
	require.Equal(t, []string{"ART_CODE,K1_VRD,QTY_TECH,QTY_AVAIL,K1_GERES"}, asked["Fields"])
	require.Equal(t, []string{"!rec_blk"}, asked["Filter"])
	require.NotContains(t, asked, "FilterControlSource1", "no column tells when stock changed")
}

func TestStockLevels_AColumnThatMovesWithStockMakesADelta(t *testing.T) {
	t.Parallel()
	f := stockBooks(t, `{"ART_CODE":"A","QTY_AVAIL":1,"K1_GERES":0,"K1_VRD":true,"K1_WHEN":"2026-06-30T10:00:00"}`)
	since := time.Date(2026, 6, 30, 7, 0, 0, 0, time.UTC)
	page, err := f.books(t, countedStock, func(s *Settings) { s.Articles.StockChangedField = "k1_when" }).StockLevels(t.Context(), connectors.Part{Limit: 100, Since: since})
	require.NoError(t, err)
	require.Equal(t, time.Date(2026, 6, 30, 10, 0, 0, 0, domain.Amsterdam()).Unix(), page.Newest.Unix())
	asked := f.calls("accountviewdata")[0].query
	require.Equal(t, []string{"K1_WHEN"}, asked["FilterControlSource1"])
	require.Equal(t, []string{"{^2026-06-30 09:00:00}"}, asked["FilterValue1"])
	require.Contains(t, asked["Fields"][0], "K1_WHEN")
}

func TestStockLevels_AMissingQuantityIsNotZero(t *testing.T) {
	t.Parallel()
	f := stockBooks(t, `{"ART_CODE":"A","QTY_AVAIL":1}`)
	_, err := f.books(t, func(s *Settings) { s.Articles.StockColumns = []string{"QTY_RESERV"} }).StockLevels(t.Context(), connectors.Part{Limit: 100})
	require.True(t, fault.Is(err, fault.Misconfigured), "%v", err)
	require.ErrorContains(t, err, "QTY_RESERV")
	require.Empty(t, f.calls("accountviewdata"), "the dictionary says so")

	blind := newFake(t, func(w http.ResponseWriter, _ *http.Request) {
		reply(w, http.StatusOK, `{"ARTICLE":[{"ART_CODE":"A","QTY_AVAIL":1}]}`)
	})
	_, err = blind.books(t, func(s *Settings) { s.Articles.StockColumns = []string{"QTY_RESERV"} }).StockLevels(t.Context(), connectors.Part{Limit: 100})
	require.ErrorContains(t, err, "QTY_RESERV")
	require.NotContains(t, blind.calls("accountviewdata")[0].query, "Fields", "books that do not describe themselves show every column")
}

func TestStockLevels_OneThatCannotBeReadStandsAlone(t *testing.T) {
	t.Parallel()
	f := stockBooks(t, `{"ART_CODE":"A","QTY_AVAIL":"veel","K1_GERES":0},{"ART_CODE":"B","QTY_AVAIL":2,"K1_GERES":0}`)
	page, err := f.books(t, countedStock).StockLevels(t.Context(), connectors.Part{Limit: 100})
	require.NoError(t, err)
	require.True(t, fault.Is(page.Records[0].Fault, fault.Invalid))
	require.Empty(t, page.Records[0].Levels)
	require.NoError(t, page.Records[1].Fault)
}

func TestStockLevels_LooksAtEveryColumnWhereTheDocumentDoes(t *testing.T) {
	t.Parallel()
	f := stockBooks(t, `{"ART_CODE":"A","QTY_AVAIL":2,"K1_GERES":0,"K1_PLEK":"A12"}`)
	page, err := f.books(t, countedStock, func(s *Settings) { s.Articles.WholeStock = true }).StockLevels(t.Context(), connectors.Part{Limit: 100})
	require.NoError(t, err)
	require.Equal(t, "A12", page.Records[0].Levels[0].Custom["K1_PLEK"])
	require.NotContains(t, f.calls("accountviewdata")[0].query, "Fields")
}

func TestStockLevelsOf_ReadsExactlyThoseCodes(t *testing.T) {
	t.Parallel()
	f := newFake(t, stockroom(t, panRow, strings.Replace(panRow, "100101", "1001011", 1)))
	records, err := f.books(t).StockLevelsOf(context.Background(), []string{"100101", "", "100101", "NOSUCH"})
	require.NoError(t, err)
	require.Len(t, records, 1)
	require.Equal(t, []string{"100101", "12.5", "14"}, []string{records[0].SKU, records[0].Levels[0].Available.String(), records[0].Levels[0].Physical.String()})
	none, err := f.books(t).StockLevelsOf(context.Background(), nil)
	require.NoError(t, err)
	require.Empty(t, none)
}
