package mplus

import (
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/mplus/sandbox"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/soap"
	"github.com/koppel/koppel/mapping"
	"github.com/koppel/koppel/settings"
)

// ownForTests are the fields of one shop.
var ownForTests = OwnFields{Custom: []CustomField{
	{Of: "article", Name: "allergens", Type: "DATA-TYPE-STRING"},
	{Of: "article", Name: "tiers", Type: "DATA-TYPE-INT"},
	{Of: "article", Name: "weight", Type: "DATA-TYPE-DECIMAL"},
	{Of: "article", Name: "fragile", Type: "DATA-TYPE-BOOL"},
	{Of: "article", Name: "since", Type: "DATA-TYPE-DATE"},
	{Of: "article", Name: "several", Type: "DATA-TYPE-MULTISELECTINT"},
	{Of: "relation", Name: "shoe size", Type: "DATA-TYPE-INT"},
}}

func exact(text string) decimal.Decimal { return decimal.RequireFromString(text) }

// everyField is a draft with a value in every field of a schema.
func everyField(s domain.Schema) domain.Draft {
	d := domain.Draft{Entity: s.Entity, Key: "1"}
	codes := map[domain.ValueKind]domain.Value{
		domain.KindNumber: domain.NumberValue(exact("12")), domain.KindBool: domain.BoolValue(true),
		domain.KindDate: domain.DateValue(domain.Date{Year: 2026, Month: 7, Day: 1}), domain.KindText: domain.TextValue("17"),
	}
	for _, f := range s.Fields {
		d.Fields = append(d.Fields, domain.Field{Name: f.Name, Value: codes[f.Kind]})
	}
	if s.Lines != nil {
		d.Lines = []domain.Draft{everyField(*s.Lines), everyField(*s.Lines)}
	}
	return d
}

func without(d domain.Draft, names ...string) domain.Draft {
	kept := d.Fields
	d.Fields = nil
	for _, f := range kept {
		if !strings.Contains(" "+strings.Join(names, " ")+" ", " "+f.Name+" ") {
			d.Fields = append(d.Fields, f)
		}
	}
	return d
}

// The names, their order and their types are the vendor's: an envelope with every
// field that drafts may fill keeps to the official description.
func TestContract_EveryFieldOfADraftIsOneOfTheOfficialSchema(t *testing.T) {
	t.Parallel()
	schema := official(t)
	w := &drafting{own: ownForTests, percentPlaces: 2}
	price := everyField(PriceSchema())
	discount := w.priceFromDraft(without(price, "priceGroupNumber", "salesPriceNumber", "startDate", "endDate", "articleDiscountGroupNumber", "priceExcl", "discountPercentage"))
	group := w.priceFromDraft(without(price, "relationNumber", "salesPriceNumber", "startDate", "endDate", "articleDiscountGroupNumber", "priceIncl", "priceExcl"))
	for operation, content := range map[string]elementOut{
		"createProduct":   w.productFromDraft(everyField(ProductSchema(ownForTests))),
		"newArticleGroup": w.articleGroupFromDraft(everyField(CategorySchema(ownForTests))),
		"setStock":        w.stockFromDraft(1, everyField(StockSchema())),
		"updateRelation": {name: "relation", inside: []elementOut{
			{name: "relationNumber", text: "17"}, {name: "relationArticleDiscountList", inside: []elementOut{discount}},
		}},
		"updateProduct": {name: "product", inside: []elementOut{{name: "productNumber", text: "1"}, {name: "articleList", inside: []elementOut{
			{name: "article", inside: []elementOut{{name: "articleNumber", text: "1"}, {name: "priceGroupList", inside: []elementOut{group}}}},
		}}}},
	} {
		envelope, err := soap.Marshal(namespace, operation, elementOut{inside: []elementOut{content}})
		require.NoError(t, err)
		require.NoError(t, schema.ValidateRequest(operation, envelope), operation)
	}
	require.Empty(t, w.problems)
}

// catalogueTill is a sandbox till: its decoder is as strict as the vendor's.
type catalogueTill struct {
	t   *testing.T
	url string
}

func openCatalogueTill(t *testing.T) catalogueTill {
	t.Helper()
	server, err := sandbox.New(sandbox.Options{})
	require.NoError(t, err)
	listener := httptest.NewServer(server.Handler())
	t.Cleanup(func() {
		listener.Close()
		require.NoError(t, server.Close())
	})
	ready := server.Ready()
	return catalogueTill{t, listener.URL + "/?" + url.Values{"ident": {ready.Ident}, "secret": {ready.Secret}}.Encode()}
}

// ask makes a call and decodes the answer, which must not be a fault.
func (c catalogueTill) ask(operation string, content any, into any) {
	c.t.Helper()
	envelope, err := soap.Marshal(namespace, operation, content)
	require.NoError(c.t, err)
	response, err := http.Post(c.url, "text/xml; charset=utf-8", strings.NewReader(string(envelope)))
	require.NoError(c.t, err)
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	require.NoError(c.t, err)
	require.Equal(c.t, http.StatusOK, response.StatusCode, "%s: %s", operation, answer)
	body, err := soap.ReadEnvelope(strings.NewReader(string(answer)), 1<<20)
	require.NoError(c.t, err)
	require.NoError(c.t, body.Decode(into))
}

// soldAtTill is what the till tells of a product.
type soldAtTill struct {
	Products []struct {
		Number      string `xml:"productNumber"`
		Description string `xml:"description"`
		Articles    []struct {
			Number      string `xml:"articleNumber"`
			External    string `xml:"extArticleId"`
			PLU         string `xml:"pluNumber"`
			Active      string `xml:"active"`
			Description string `xml:"description"`
			Colour      string `xml:"colour"`
			Size        string `xml:"size"`
			Receipt     string `xml:"receiptText"`
			Barcode     string `xml:"barcode"`
			Turnover    string `xml:"turnoverGroup"`
			VATCode     string `xml:"vatCode"`
			PriceIncl   string `xml:"priceIncl"`
			PriceExcl   string `xml:"priceExcl"`
			Stocked     string `xml:"stockArticle"`
			Gone        string `xml:"discontinued"`
			Custom      []struct {
				Name   string `xml:"fieldName"`
				Text   string `xml:"strValue"`
				Whole  string `xml:"intValue"`
				Places string `xml:"decimalPlaces"`
			} `xml:"customFieldList>customField"`
		} `xml:"articleList>article"`
		Groups []string `xml:"groupNumbers"`
	} `xml:"productList>product"`
}

func (c catalogueTill) products(articles ...int64) soldAtTill {
	c.t.Helper()
	var sold soldAtTill
	c.ask("getProducts", getProducts{Request: getProductsRequest{ArticleNumbers: articles}}, &sold)
	return sold
}

func (c catalogueTill) result(operation string, content elementOut) string {
	c.t.Helper()
	var answer struct {
		Result string `xml:"result"`
	}
	c.ask(operation, elementOut{inside: []elementOut{content}}, &answer)
	return answer.Result
}

// demoMapper maps by the default rows, with the codes of the sandboxes.
func demoMapper(t *testing.T, more ...domain.MappingRow) *mapping.Mapper {
	t.Helper()
	text, err := os.ReadFile("../../configs/examples/demo.yaml")
	require.NoError(t, err)
	doc, err := settings.Parse(text)
	require.NoError(t, err)
	rules := doc.MappingRules()
	rules.Mapping.Product = append(rules.Mapping.Product, more...)
	m, err := mapping.Compile(rules)
	require.NoError(t, err)
	return m
}

var tillToday = domain.Date{Year: 2026, Month: 7, Day: 1}

func TestProduct_TheDefaultRowsMakeASellableProductOfTheTill(t *testing.T) {
	t.Parallel()
	till := openCatalogueTill(t)
	m := demoMapper(t, domain.MappingRow{Target: "custom.allergens", Source: "product.custom['K1_ALLERG']"},
		domain.MappingRow{Target: "custom.weight", Source: "round(product.cost_price, 3)"})
	apron := domain.Product{
		SKU: "SCHORT", Name: "Kookschort", Group: "TLIN", PriceBasis: domain.PriceBasisExcl, VATCode: "1", Unit: "STUK",
		Custom: map[string]string{"K1_ALLERG": "geen"}, CostPrice: exact("1.250"),
		Variants: []domain.Variant{
			{SKU: "700111", Number: "700111", Name: "Kookschort rood", PriceExcl: exact("16.5289"), CostPrice: exact("1.250"), Attributes: map[string]string{"colour": "rood"}, Barcodes: []domain.Barcode{{Code: "96385074"}}, Active: true, StockManaged: true},
			{SKU: "700112", Number: "700112", PriceExcl: exact("20"), Attributes: map[string]string{"size": "L"}, Discontinued: true},
		},
	}
	draft, err := m.Product(apron, tillToday, ProductSchema(ownForTests))
	require.NoError(t, err)
	w := &drafting{own: ownForTests, percentPlaces: 2}
	element := w.productFromDraft(draft)
	require.Empty(t, w.problems)
	require.Equal(t, "CREATE-PRODUCT-RESULT-OK", till.result("createProduct", element))

	sold := till.products(700111, 700112).Products
	require.Len(t, sold, 1)
	require.Equal(t, "Kookschort", sold[0].Description)
	require.Len(t, sold[0].Articles, 2)
	red, large := sold[0].Articles[0], sold[0].Articles[1]
	require.Equal(t, []string{"700111", "700111", "700111", "true", "Kookschort rood", "rood", "", "Kookschort rood", "96385074", "20", "2", "2000", "1653", "true", "false"},
		[]string{red.Number, red.External, red.PLU, red.Active, red.Description, red.Colour, red.Size, red.Receipt, red.Barcode, red.Turnover, red.VATCode, red.PriceIncl, red.PriceExcl, red.Stocked, red.Gone})
	require.Equal(t, []string{"700112", "false", "Kookschort", "L", "2000", "2420", "false", "true"},
		[]string{large.Number, large.Active, large.Description, large.Size, large.PriceExcl, large.PriceIncl, large.Stocked, large.Gone})
	require.Len(t, red.Custom, 2)
	require.Equal(t, []string{"allergens", "geen", "weight", "125", "2"}, []string{red.Custom[0].Name, red.Custom[0].Text, red.Custom[1].Name, red.Custom[1].Whole, red.Custom[1].Places})

	require.Equal(t, "CREATE-PRODUCT-RESULT-FAILED-ARTICLE-NUMBER-ALREADY-TAKEN", till.result("createProduct", element))
}

func TestProduct_AnUpdateOfTheTillChangesWhatTheDraftSays(t *testing.T) {
	t.Parallel()
	till := openCatalogueTill(t)
	number := till.products(100101).Products[0].Number
	w := &drafting{own: ownForTests, percentPlaces: 2}
	schema := ProductSchema(ownForTests)
	draft, err := demoMapper(t).Product(domain.Product{
		SKU: "100101", Number: "100101", Name: "Koekenpan", Group: "KPAN", VATCode: "1", PriceIncl: exact("29.95"), Active: true, StockManaged: true,
		Barcodes: []domain.Barcode{{Code: "8719001001016"}},
	}, tillToday, schema)
	require.NoError(t, err)
	draft.Fields = append(draft.Fields, domain.Field{Name: "product.productNumber", Value: domain.TextValue(number)})
	element := w.productFromDraft(draft)
	require.Empty(t, w.problems)
	require.Equal(t, "UPDATE-PRODUCT-RESULT-OK", till.result("updateProduct", element))
	sold := till.products(100101).Products[0]
	require.Equal(t, []string{"Koekenpan", "2995", "2475", "10"}, []string{sold.Articles[0].Description, sold.Articles[0].PriceIncl, sold.Articles[0].PriceExcl, sold.Articles[0].Turnover})
	require.NotEmpty(t, sold.Groups, "what the draft leaves out stays")
}

func TestStock_TheDefaultRowsSetTheStockOfABranch(t *testing.T) {
	t.Parallel()
	till := openCatalogueTill(t)
	w := &drafting{}
	draft, err := demoMapper(t).Stock(domain.StockLevel{SKU: "100101", Number: "100101", Available: exact("12.5"), TillUnbooked: exact("2")}, tillToday, StockSchema())
	require.NoError(t, err)
	require.Equal(t, "SET-STOCK-RESULT-OK", till.result("setStock", w.stockFromDraft(2, draft)))
	require.Empty(t, w.problems)
	var answer struct {
		Free   string `xml:"articleStocks>amountFree"`
		Places string `xml:"articleStocks>decimalPlacesFree"`
	}
	till.ask("getStock", elementOut{inside: []elementOut{{name: "request", inside: []elementOut{
		{name: "branchNumber", text: "2"}, {name: "articleNumbers", inside: []elementOut{{name: "articleNumbers", text: "100101"}}},
	}}}}, &answer)
	require.Equal(t, "105", answer.Free)
	require.Equal(t, "1", answer.Places)
}

func TestPrice_TheDefaultRowsMakeARowOfTheCustomerOrOfTheArticle(t *testing.T) {
	t.Parallel()
	till, m := openCatalogueTill(t), demoMapper(t)
	element := func(p domain.Price, customer string) elementOut {
		draft, err := m.Price(p, customer, tillToday, PriceSchema())
		require.NoError(t, err)
		w := &drafting{percentPlaces: 2}
		out := w.priceFromDraft(draft)
		require.Empty(t, w.problems)
		return out
	}
	tier := element(domain.Price{Customer: "10001", SKU: "100101", Number: "100101", MinQuantity: exact("12"), PriceExcl: exact("22.10"), PriceBasis: domain.PriceBasisExcl}, "1")
	percent := element(domain.Price{Customer: "10001", SKU: "100102", Number: "100102", DiscountPercent: exact("12.5")}, "1")
	require.Equal(t, "UPDATE-RELATION-RESULT-OK", till.result("updateRelation", elementOut{name: "relation", inside: []elementOut{
		{name: "relationNumber", text: "1"}, {name: "relationArticleDiscountList", inside: []elementOut{tier, percent}},
	}}))
	var relation struct {
		Rows []struct {
			Article string `xml:"articleNumber"`
			From    string `xml:"minimumAmount"`
			Percent string `xml:"discountPercentage"`
			Excl    string `xml:"priceExcl"`
		} `xml:"relation>relationArticleDiscountList>relationArticleDiscount"`
	}
	till.ask("getRelation", elementOut{inside: []elementOut{{name: "relationNumber", text: "1"}}}, &relation)
	require.Equal(t, "[{100101 12  2210} {100102  1250 }]", fmt.Sprint(relation.Rows))

	group := element(domain.Price{PriceList: "HOREC", SKU: "100101", Number: "100101", PriceIncl: exact("31.46"), PriceBasis: domain.PriceBasisIncl}, "")
	require.Equal(t, "priceGroup", group.name)
	require.Equal(t, "UPDATE-PRODUCT-RESULT-OK", till.result("updateProduct", elementOut{name: "product", inside: []elementOut{
		{name: "productNumber", text: till.products(100101).Products[0].Number},
		{name: "articleList", inside: []elementOut{{name: "article", inside: []elementOut{
			{name: "articleNumber", text: "100101"}, {name: "priceGroupList", inside: []elementOut{group}},
		}}}},
	}}))
}

func TestDrafting_RefusesWhatWouldHaveToBeRoundedOrGuessed(t *testing.T) {
	t.Parallel()
	text := func(name, value string) domain.Field { return domain.Field{Name: name, Value: domain.TextValue(value)} }
	number := func(name, value string) domain.Field {
		return domain.Field{Name: name, Value: domain.NumberValue(exact(value))}
	}
	article := []domain.Field{text("description", "x"), text("turnoverGroup", "10"), text("vatCode", "2")}
	for problem, more := range map[string]domain.Field{
		"priceIncl: must be in whole cents":                         number("priceIncl", "1.005"),
		"articleNumber: must be a whole number of 64 bits":          text("articleNumber", "007"),
		"ageCheckMinimumAge: must be a whole number":                number("ageCheckMinimumAge", "17.5"),
		"categoryId: must be a whole number of 32 bits":             text("categoryId", "4294967296"),
		"custom.tiers: must be a whole number":                      number("custom.tiers", "1.5"),
		"contentQuantity: must have 9 decimals at most":             number("contentQuantity", "0.1234567891"),
		"line 1 custom.several: is not a field of the target":       text("custom.several", "1"),
		"line 1 custom.shoe size: is not a field of the target":     text("custom.shoe size", "1"),
		"line 1 webshop: must be a bool, not a text":                text("webshop", "yes"),
		"supplierRelationNumber: must be a whole number of 64 bits": text("supplierRelationNumber", "-1"),
		"priceExcl: must be in whole cents":                         number("priceExcl", "99999999999999999999"),
	} {
		w := &drafting{own: ownForTests, percentPlaces: 2}
		w.productFromDraft(domain.Draft{Entity: domain.EntityProduct, Lines: []domain.Draft{{Fields: append(article[:3:3], more)}}})
		var got []string
		for _, p := range w.problems {
			got = append(got, p.String())
		}
		require.Contains(t, got, problem)
	}
	for want, fields := range map[string][]domain.Field{
		"relationNumber: must be given":    {text("articleNumber", "1"), number("priceIncl", "1")},
		"articleNumber: must be given":     {text("relationNumber", "1"), number("priceIncl", "1")},
		"priceIncl: must be given":         {text("relationNumber", "1"), text("articleNumber", "1")},
		"articleDiscountGroupNumber: can":  {text("priceGroupNumber", "1"), text("articleDiscountGroupNumber", "1"), number("priceIncl", "1")},
		"discountPercentage: must have 0":  {text("relationNumber", "1"), text("articleNumber", "1"), number("discountPercentage", "12.5")},
		"minimumAmount: must be a whole":   {text("priceGroupNumber", "1"), text("articleNumber", "1"), number("priceIncl", "1"), number("minimumAmount", "1.5")},
		"relationNumber: must be given, o": {text("relationNumber", "1"), text("priceGroupNumber", "1"), text("articleNumber", "1"), number("priceIncl", "1")},
	} {
		w := &drafting{}
		w.priceFromDraft(domain.Draft{Entity: domain.EntityPrice, Fields: fields})
		require.Len(t, w.problems, 1, want)
		require.Contains(t, w.problems[0].String(), want)
	}
}

func TestElementOut_EscapesWhatItHolds(t *testing.T) {
	t.Parallel()
	got, err := xml.Marshal(elementOut{inside: []elementOut{{name: "description", text: `<&"é`}}})
	require.NoError(t, err)
	require.Equal(t, "<elementOut><description>&lt;&amp;&#34;é</description></elementOut>", string(got))
}
