package accountview

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// stockroom answers reads of articles as the books do, by the first column asked for.
func stockroom(t *testing.T, articles ...string) http.HandlerFunc {
	t.Helper()
	var rows []map[string]any
	for _, text := range articles {
		var r map[string]any
		require.NoError(t, json.Unmarshal([]byte(text), &r))
		rows = append(rows, r)
	}
	return func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		if q.Get("BusinessObject") != objectArticle {
			reply(w, http.StatusOK, `{"DCT_FLD":[]}`)
			return
		}
		found := []map[string]any{}
		for _, row := range rows {
			for name, values := range q {
				if held, _ := row[q.Get("FilterControlSource1")].(string); strings.HasPrefix(name, "FilterValue") &&
					!strings.HasPrefix(name, "FilterValueType") && strings.HasPrefix(held, values[0]) { // FoxPro: the beginning is enough
					found = append(found, row)
					break
				}
			}
		}
		body, err := json.Marshal(map[string]any{tableArticle: found})
		require.NoError(t, err)
		reply(w, http.StatusOK, string(body))
	}
}

const (
	panRow = `{"ART_CODE":"100101  ","ART_DESC1":"Koekenpan","ART_DESC2":"Gietijzer","AG_CODE":"KPAN","VAT_CODE":"1","UNT_CODE":"STUK","EAN_CODE":"8719001001016",
		"PX_SELL":34.95,"COST_PX":16.75,"QTY_AVAIL":12.5,"QTY_TECH":14,"QTY_BESTEL":6,"QTY_FREE2":11,"REC_BLK":false,"CNG_DATE":"2026-06-30T10:00:00",
		"K1_QDPX":31.5000,"K1_BIO":true,"K1_LEEG":"","ARTICLE_Id":0,"EXT_KEY":0}`
	shirtRow = `{"ART_CODE":"SHIRT","ART_DESC1":"Kookschort","AG_CODE":"TLIN","VAT_CODE":"1","PX_SELL":0,"QTY_AVAIL":0,"K1_VAN":""}`
	redRow   = `{"ART_CODE":"200111","ART_DESC1":"Kookschort rood","AG_CODE":"TLIN","VAT_CODE":"1","PX_SELL":20,"QTY_AVAIL":3,"K1_VAN":"shirt","K1_KLEUR":"rood","EAN_CODE":"96385074"}`
	blackRow = `{"ART_CODE":"200112","ART_DESC1":"Kookschort zwart","AG_CODE":"TLIN","VAT_CODE":"1","PX_SELL":22,"QTY_AVAIL":"4,5","K1_VAN":"SHIRT","K1_KLEUR":"zwart","REC_BLK":true}`
)

func variantSettings(s *Settings) {
	s.Articles.VariantOfField, s.Articles.Attributes = "k1_van", map[string]string{"colour": "k1_kleur", "size": "K1_MAAT"}
}

func TestProductsByCode_ReadsEveryColumn(t *testing.T) {
	t.Parallel()
	f := newFake(t, stockroom(t, panRow, strings.Replace(panRow, "100101", "1001011", 1)))
	records, err := f.books(t).ProductsByCode(context.Background(), []string{"100101"})
	require.NoError(t, err)
	require.Len(t, records, 1)
	require.NoError(t, records[0].Fault)
	p := records[0].Product
	require.Equal(t, "100101", p.SKU)
	require.Equal(t, []string{"Koekenpan", "", "Gietijzer", "KPAN", "1", "STUK", "", "8719001001016"},
		[]string{p.Name, p.ShortDescription, p.LongDescription, p.Group, p.VATCode, p.Unit, p.Currency, p.EAN()})
	require.Equal(t, []string{"34.95", "16.75"}, []string{p.Price().String(), p.CostPrice.String()})
	require.Equal(t, domain.PriceBasisIncl, p.PriceBasis)
	require.Equal(t, []bool{true, false, true}, []bool{p.Active, p.Discontinued, p.StockManaged})
	require.Equal(t, "31.5", p.Custom["K1_QDPX"])
	require.Equal(t, "true", p.Custom["K1_BIO"])
	require.Equal(t, "2026-06-30", p.Custom["CNG_DATE"])
	require.NotContains(t, p.Custom, "K1_LEEG")
	require.NotContains(t, p.Custom, "ARTICLE_ID")
	s := records[0].Stock[0]
	require.Equal(t, []string{"100101", "14", "12.5", "0", "6", "11", "0"},
		[]string{s.SKU, s.Physical.String(), s.Available.String(), s.Reserved.String(), s.OnOrder.String(), s.Free.String(), s.TillUnbooked.String()})
	for _, call := range f.calls("accountviewdata") {
		require.Empty(t, call.query["Fields"], "which columns exist differs by installation")
	}
}

func TestProductsByCode_NamesComeFromTheSettings(t *testing.T) {
	t.Parallel()
	row := `{"ART_CODE":"1","OMS":"Pan","PRIJS":10,"VAL":"USD","UITLOOP":true,"VRD":false,"GERES":2,"PX_SELL":"no number"}`
	f := newFake(t, stockroom(t, row))
	records, err := f.books(t, func(s *Settings) {
		s.Articles = ArticleSettings{
			NameField: "oms", ShortField: "oms", PriceField: "prijs", CurrencyField: "val", DiscontinuedField: "uitloop",
			StockedField: "vrd", ReservedField: "geres",
		}
	}).ProductsByCode(context.Background(), []string{"1"})
	require.NoError(t, err)
	require.NoError(t, records[0].Fault)
	p := records[0].Product
	require.Equal(t, []string{"Pan", "Pan", "USD", "10"}, []string{p.Name, p.ShortDescription, p.Currency, p.PriceExcl.String()})
	require.Equal(t, domain.PriceBasisExcl, p.PriceBasis)
	require.Equal(t, []bool{true, true, false}, []bool{p.Active, p.Discontinued, p.StockManaged})
	require.Equal(t, "2", records[0].Stock[0].Reserved.String())
}

func TestProductsByCode_AVariantBringsItsSisters(t *testing.T) {
	t.Parallel()
	for _, asked := range [][]string{{"200111"}, {"shirt"}, {"200112", "SHIRT", "200111"}} {
		f := newFake(t, stockroom(t, panRow, shirtRow, redRow, strings.Replace(blackRow, `"4,5"`, `4.5`, 1)))
		records, err := f.books(t, variantSettings).ProductsByCode(context.Background(), asked)
		require.NoError(t, err)
		require.Len(t, records, 1, asked)
		require.NoError(t, records[0].Fault)
		p := records[0].Product
		require.Equal(t, "SHIRT", p.SKU)
		require.Equal(t, "Kookschort", p.Name)
		require.Len(t, p.Variants, 2)
		prices := map[string]string{}
		for _, v := range p.Sold() {
			prices[v.SKU] = v.Price().String() + " " + v.Attributes["colour"] + " " + v.EAN()
		}
		require.Equal(t, map[string]string{"200111": "20 rood 96385074", "200112": "22 zwart "}, prices)
		require.Len(t, records[0].Stock, 2)
	}
}

func TestProductsByCode_AProductWithoutArticleOfItsOwnTakesTheNameOfAVariant(t *testing.T) {
	t.Parallel()
	f := newFake(t, stockroom(t, redRow))
	records, err := f.books(t, variantSettings).ProductsByCode(context.Background(), []string{"200111"})
	require.NoError(t, err)
	require.Equal(t, "SHIRT", records[0].Product.SKU)
	require.Equal(t, "Kookschort rood", records[0].Product.Name)
	require.Len(t, records[0].Product.Variants, 1)
}

func TestProductsByCode_AnUnreadableArticleFailsAloneAndNamesTheColumn(t *testing.T) {
	t.Parallel()
	f := newFake(t, stockroom(t, panRow, shirtRow, redRow, blackRow))
	records, err := f.books(t, variantSettings).ProductsByCode(context.Background(), []string{"100101", "200111"})
	require.NoError(t, err)
	require.Len(t, records, 2)
	byCode := map[string]connectors.ProductRecord{}
	for _, r := range records {
		byCode[r.Product.SKU] = r
	}
	require.NoError(t, byCode["100101"].Fault)
	broken := requireFault(t, byCode["SHIRT"].Fault, fault.Invalid, "article_unreadable")
	require.NotContains(t, broken.Error(), "4,5")
	require.Empty(t, byCode["SHIRT"].Product.Variants)
	require.Empty(t, byCode["SHIRT"].Stock)
}

func TestProductsByCode_ANameOrPriceThatTheBooksDoNotHaveIsAWrongSetting(t *testing.T) {
	t.Parallel()
	for _, change := range []func(*Settings){
		func(s *Settings) { s.Articles.NameField = "NOSUCH" },
		func(s *Settings) { s.Articles.PriceField = "NOSUCH" },
		func(s *Settings) { s.Articles.VariantOfField = "NOSUCH" },
	} {
		f := newFake(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Query().Get("BusinessObject") == objectArticle {
				reply(w, http.StatusOK, `{"ARTICLE":[`+panRow+`]}`)
				return
			}
			reply(w, http.StatusOK, `{"DCT_FLD":[]}`)
		})
		_, err := f.books(t, change).ProductsByCode(context.Background(), []string{"100101"})
		require.Contains(t, requireFault(t, err, fault.Misconfigured, "column_missing").Op, "NOSUCH")
	}
}

func TestCategories_TakeTheTreeWhereThereIsOne(t *testing.T) {
	t.Parallel()
	f := newFake(t, always(200, `{"ART_GRP":[{"AG_CODE":"KEUK","AG_DESC":"Keuken "},{"AG_CODE":"KPAN","AG_DESC":"Pannen","BOVEN":"KEUK"}]}`))
	flat, err := f.books(t).Categories(context.Background())
	require.NoError(t, err)
	require.Equal(t, []domain.Category{{Code: "KEUK", Name: "Keuken"}, {Code: "KPAN", Name: "Pannen"}}, flat)
	tree, err := f.books(t, func(s *Settings) { s.Articles.GroupParentField = "boven" }).Categories(context.Background())
	require.NoError(t, err)
	require.Equal(t, "KEUK", tree[1].Parent)
}

// FuzzProductFromArticle: whatever the books send, an article is read or says
// which column it cannot be read for.
func FuzzProductFromArticle(f *testing.F) {
	for _, seed := range []string{panRow, shirtRow, redRow, blackRow, `{}`, `{"PX_SELL":"1e400"}`, `{"PX_SELL":null,"QTY_AVAIL":[]}`, `{"REC_BLK":"T","EAN_CODE":8719001001016}`} {
		f.Add(seed)
	}
	zone, err := time.LoadLocation("Europe/Amsterdam")
	require.NoError(f, err)
	s := Defaults().upperNames()
	f.Fuzz(func(t *testing.T, text string) {
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.UseNumber()
		var r row
		if decoder.Decode(&r) != nil {
			return
		}
		p, productErr := s.productFromArticle(r, columns{list: articleColumns}, zone)
		again, _ := s.productFromArticle(r, columns{list: articleColumns}, zone)
		require.Equal(t, p, again)
		_, stockErr := s.stockFromArticle(r, columns{list: articleColumns}, zone)
		for _, err := range []error{productErr, stockErr} {
			if err != nil {
				require.Contains(t, err.Error(), "not a number")
			}
		}
	})
}
