package mapping_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/mplus"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/mapping"
)

var update = flag.Bool("update", false, "write the golden files anew")

// tillOwn are the till's own fields in these tests; receipts there are narrow.
var tillOwn = mplus.OwnFields{
	Custom:  []mplus.CustomField{{Of: "article", Name: "allergens", Type: "DATA-TYPE-STRING"}, {Of: "article", Name: "tiers", Type: "DATA-TYPE-INT"}},
	Lengths: map[string]int{"receiptText": 24, "description": 60},
}

var tillDay = domain.Date{Year: 2026, Month: 7, Day: 1}

func pan() domain.Product {
	return domain.Product{
		SKU: "100101", Number: "100101", Name: "Koekenpan Gietijzer 20 cm", ShortDescription: "Koekenpan 20", Group: "KPAN",
		LongDescription: "Gietijzeren koekenpan voor elke warmtebron, ook inductie.", PriceIncl: dec("34.95"), PriceBasis: domain.PriceBasisIncl,
		Currency: "EUR", VATCode: "1", Unit: "STUK", Barcodes: []domain.Barcode{{Code: "WINKEL-7"}, {Code: "8719001001016"}},
		Active: true, StockManaged: true, Custom: map[string]string{"K1_QDPX": "31.5", "K1_ALLERG": "geen"},
	}
}

func shirt() domain.Product {
	return domain.Product{
		SKU: "SHIRT", Name: "Kookschort", Group: "TLIN", PriceBasis: domain.PriceBasisExcl, VATCode: "1", Unit: "STUK",
		Attributes: map[string]string{"brand": "Koppel"},
		Variants: []domain.Variant{
			{
				SKU: "200111", Number: "200111", Name: "Kookschort rood M", PriceExcl: dec("16.5289"), Attributes: map[string]string{"colour": "RD", "size": "M"},
				Barcodes: []domain.Barcode{{Code: "96385074"}}, Active: true, StockManaged: true,
			},
			{SKU: "200112", Number: "900000000007", PriceExcl: dec("17.3554"), Attributes: map[string]string{"colour": "zwart", "size": "L"}, StockManaged: true, Discontinued: true},
		},
	}
}

// productCases are the products of the golden files, by business case.
func productCases() map[string]domain.Product {
	noEAN, discontinued, net := pan(), pan(), pan()
	noEAN.Barcodes = []domain.Barcode{{Code: "8719001001017"}} // a wrong check digit
	discontinued.Active, discontinued.Discontinued = false, true
	net.PriceBasis, net.PriceIncl, net.PriceExcl, net.ShortDescription = domain.PriceBasisExcl, dec("0"), dec("28.8843"), ""
	return map[string]domain.Product{
		"simple-article": pan(), "variants": shirt(), "article-without-ean": noEAN, "discontinued": discontinued, "price-excluding-vat": net,
	}
}

// catalogueRules are the demo's, with colours that have a name.
func catalogueRules(t testing.TB) domain.MappingRules {
	t.Helper()
	rules := demoRules(t)
	colours := rules.Lookups["attribute"]
	colours.Rows = []domain.LookupRow{{Key: domain.LookupKey{"colour", "RD"}, Value: "rood"}}
	rules.Lookups["attribute"] = colours
	categories := rules.Lookups["category"]
	categories.Rows = []domain.LookupRow{{Key: domain.LookupKey{"KPAN"}, Value: "6,7"}}
	rules.Lookups["category"] = categories
	return rules
}

// byCode are rules under which the number of an article is its code.
func byCode(t testing.TB) *mapping.Mapper {
	t.Helper()
	rules := catalogueRules(t)
	for i, row := range rules.Mapping.Product {
		if row.Target == "articleNumber" {
			rules.Mapping.Product[i].Source = "article_number(product.sku)"
		}
	}
	m, err := mapping.Compile(rules)
	require.NoError(t, err)
	return m
}

func catalogueMapper(t testing.TB) *mapping.Mapper {
	t.Helper()
	m, err := mapping.Compile(catalogueRules(t))
	require.NoError(t, err)
	return m
}

func requireGolden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "catalogue", name+".txt")
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o600))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

func TestProduct_GoldenCases(t *testing.T) {
	t.Parallel()
	for name, p := range productCases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			draft, err := catalogueMapper(t).Product(p, tillDay, mplus.ProductSchema(tillOwn))
			require.NoError(t, err)
			require.Empty(t, mplus.ProductSchema(tillOwn).Check(draft))
			require.Equal(t, p.SKU, draft.Key)
			require.Len(t, draft.Lines, len(p.Sold()))
			requireGolden(t, name, shown(draft))
		})
	}
}

func TestProduct_WhatATillCannotHoldIsRefusedWithAReason(t *testing.T) {
	t.Parallel()
	for code, change := range map[string]func(*domain.Product){
		mapping.CodeNotNumeric:   func(p *domain.Product) { p.SKU = "PAN-20" },
		mapping.CodeLeadingZeros: func(p *domain.Product) { p.SKU = "0100101" },
		mapping.CodeCurrency:     func(p *domain.Product) { p.Currency = "USD" },
		"unmapped_vat_code_till": func(p *domain.Product) { p.VATCode = "9" },
		"unmapped_turnover_group": func(p *domain.Product) {
			p.Group = "NIEUW"
		},
	} {
		p := pan()
		change(&p)
		_, err := byCode(t).Product(p, tillDay, mplus.ProductSchema(tillOwn))
		var coded interface{ Code() string }
		require.ErrorAs(t, err, &coded, code)
		require.Equal(t, code, coded.Code())
		require.NotContains(t, err.Error(), p.SKU)
		reason := domain.ReasonFor(code)
		require.NotEqual(t, domain.ReasonFor("unforeseen").Words, reason.Words, code)
		require.NotEmpty(t, reason.Fix)
	}
	huge := pan()
	huge.SKU = strings.Repeat("9", 19)
	_, err := byCode(t).Product(huge, tillDay, mplus.ProductSchema(tillOwn))
	require.ErrorContains(t, err, "18 digits")
}

func TestProduct_WithoutVATCodeOrGroupLacksWhatTheTillRequires(t *testing.T) {
	t.Parallel()
	p := pan()
	p.VATCode, p.Group = "", ""
	draft, err := catalogueMapper(t).Product(p, tillDay, mplus.ProductSchema(tillOwn))
	require.NoError(t, err)
	require.ElementsMatch(t, []domain.Problem{{Field: "line 1 turnoverGroup", Rule: "is required"}, {Field: "line 1 vatCode", Rule: "is required"}},
		mplus.ProductSchema(tillOwn).Check(draft))
}

func TestProduct_CustomFieldsAndAttributesAreFieldsOnBothSides(t *testing.T) {
	t.Parallel()
	rules := catalogueRules(t)
	rules.Mapping.Product = append(rules.Mapping.Product,
		domain.MappingRow{Target: "custom.allergens", Source: "upper(product.custom['K1_ALLERG'])"},
		domain.MappingRow{Target: "custom.tiers", Source: "len(product.barcodes)"},
		domain.MappingRow{Target: "supplierArticleNumber", Source: "product.attributes['maker'] + product.custom.K1_NONE"})
	m, err := mapping.Compile(rules)
	require.NoError(t, err)
	draft, err := m.Product(pan(), tillDay, mplus.ProductSchema(tillOwn))
	require.NoError(t, err)
	require.Empty(t, mplus.ProductSchema(tillOwn).Check(draft))
	require.Contains(t, shown(draft.Lines[0]), "custom.allergens=GEEN\ncustom.tiers=2\n")
	_, given := draft.Lines[0].Get("supplierArticleNumber")
	require.False(t, given, "a column that is not there holds nothing")
}

func TestCatalogue_ExpressionsAreTyped(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		entity domain.Entity
		source string
		want   string
	}{
		{domain.EntityProduct, "product.colour", "product has no field colour (at character 9)"},
		{domain.EntityProduct, "product.attributes['colour'] * 2", "(at character 30)"},
		{domain.EntityProduct, "product.custom[product.sku]", "must be written out"},
		{domain.EntityProduct, "product.attributes", "must give text"},
		{domain.EntityProduct, "stock.free", "unknown name stock (at character 1)"},
		{domain.EntityProduct, "euros(product.sku, product.currency)", "euros needs decimal here, and is given text"},
		{domain.EntityCategory, "category.parent.code", "(at character 17)"},
		{domain.EntityStock, "max(stock.free, '0')", "(at character"},
		{domain.EntityStock, "product.sku", "unknown name product (at character 1)"},
		{domain.EntityPrice, "price.price", "price has no field price (at character 7)"},
	} {
		rules := demoRules(t)
		rows := map[domain.Entity]*[]domain.MappingRow{
			domain.EntityProduct: &rules.Mapping.Product, domain.EntityCategory: &rules.Mapping.Category,
			domain.EntityStock: &rules.Mapping.Stock, domain.EntityPrice: &rules.Mapping.Price,
		}
		*rows[c.entity] = []domain.MappingRow{{Target: "x", Source: c.source}}
		_, err := mapping.Compile(rules)
		require.ErrorContains(t, err, "mapping."+string(c.entity)+"[0].source: ", c.source)
		require.ErrorContains(t, err, c.want, c.source)
	}
}

func TestCategory_StandsUnderItsParentOrAtTheTop(t *testing.T) {
	t.Parallel()
	m, schema := catalogueMapper(t), mplus.CategorySchema(tillOwn)
	top, err := m.Category(domain.Category{Code: "KEUK", Name: "Keuken"}, "", tillDay, schema)
	require.NoError(t, err)
	require.Equal(t, "parentGroupNumber=0\nname=Keuken\ntext=Keuken\n", shown(top))
	require.Empty(t, schema.Check(top))
	below, err := m.Category(domain.Category{Code: "KPAN", Name: "Pannen", Parent: "KEUK", Order: 3}, "17", tillDay, schema)
	require.NoError(t, err)
	require.Equal(t, "parentGroupNumber=17\nname=Pannen\ntext=Pannen\nsortOrder=3\n", shown(below))
}

func TestStock_IsWhatTheFormulaSaysAndNeverNegative(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		level   domain.StockLevel
		formula string
		want    string
	}{
		{domain.StockLevel{Available: dec("12"), Reserved: dec("3"), TillUnbooked: dec("2"), Physical: dec("99"), OnOrder: dec("99"), Free: dec("99")}, "", "7"},
		{domain.StockLevel{Available: dec("2"), TillUnbooked: dec("5")}, "", "0"},
		{domain.StockLevel{Available: dec("-4")}, "", "0"},
		{domain.StockLevel{Available: dec("1.250"), Reserved: dec("0.5")}, "", "0.75"},
		{domain.StockLevel{Physical: dec("5"), Reserved: dec("2"), OnOrder: dec("10")}, "stock.physical - stock.reserved + stock.on_order", "13"},
		{domain.StockLevel{Available: dec("12")}, "min(max(stock.available - 2, 0), 5)", "5"},
		{domain.StockLevel{Available: dec("2")}, "max(stock.available - 3, 0)", "0"},
		{domain.StockLevel{Free: dec("2"), Custom: map[string]string{"K1_LOC": "B"}}, "stock.custom['K1_LOC'] == 'B' ? stock.free : nil", "2"},
	} {
		rules := catalogueRules(t)
		if c.formula != "" {
			rules.Mapping.Stock[1].Source = c.formula
		}
		m, err := mapping.Compile(rules)
		require.NoError(t, err, c.formula)
		c.level.SKU, c.level.Number = "PAN-1", "100101"
		draft, err := m.Stock(c.level, tillDay, mplus.StockSchema())
		require.NoError(t, err)
		require.Equal(t, "articleNumber=100101\namount="+c.want+"\n", shown(draft), c.formula)
		require.Empty(t, mplus.StockSchema().Check(draft))
	}
}

func TestPrice_GoldenCases(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		price    domain.Price
		customer string
	}{
		"customer-price":                    {domain.Price{Customer: "10001", SKU: "100101", Number: "100101", PriceExcl: dec("25.5"), PriceBasis: domain.PriceBasisExcl}, "1"},
		"tier-price":                        {domain.Price{Customer: "10001", SKU: "100101", Number: "100101", MinQuantity: dec("12"), PriceExcl: dec("22.125"), PriceBasis: domain.PriceBasisExcl, Currency: "EUR"}, "1"},
		"price-list-price":                  {domain.Price{PriceList: "HOREC", SKU: "100101", Number: "100101", PriceIncl: dec("31.46"), PriceBasis: domain.PriceBasisIncl}, ""},
		"customer-percentage":               {domain.Price{Customer: "10001", SKU: "100102", Number: "100102", DiscountPercent: dec("12.5")}, "1"},
		"customer-percentage-of-everything": {domain.Price{Customer: "10001", DiscountPercent: dec("2.5")}, "1"},
		"promotion-price": {domain.Price{
			Promotion: "ZOMER", SKU: "100101", Number: "100101", PriceIncl: dec("29.95"), PriceBasis: domain.PriceBasisIncl,
			ValidFrom: domain.Date{Year: 2026, Month: 6, Day: 1}, ValidUntil: domain.Date{Year: 2026, Month: 8, Day: 31},
		}, ""},
		"price-for-everybody-always": {domain.Price{SKU: "100101", Number: "100101", DiscountPercent: dec("10")}, ""},
		"price-group-of-group":       {domain.Price{CustomerGroup: "BEDRIJF", SKU: "100103", Number: "100103", MinQuantity: dec("6"), DiscountPercent: dec("5")}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			draft, err := catalogueMapper(t).Price(c.price, c.customer, tillDay, mplus.PriceSchema())
			require.NoError(t, err)
			require.Empty(t, mplus.PriceSchema().Check(draft))
			requireGolden(t, name, shown(draft))
		})
	}
}

func TestPrice_OfWhatTheTillLacksIsRefused(t *testing.T) {
	t.Parallel()
	for code, p := range map[string]domain.Price{
		mapping.CodeCurrency:      {SKU: "1", Customer: "1", PriceExcl: dec("1"), PriceBasis: domain.PriceBasisExcl, Currency: "USD"},
		"unmapped_price_list":     {SKU: "1", PriceList: "XXX", DiscountPercent: dec("5")},
		"unmapped_customer_group": {SKU: "1", CustomerGroup: "XXX", DiscountPercent: dec("5")},
		"unmapped_sales_price":    {SKU: "1", Promotion: "XXX", DiscountPercent: dec("5")},
	} {
		_, err := catalogueMapper(t).Price(p, "7", tillDay, mplus.PriceSchema())
		var coded interface{ Code() string }
		require.ErrorAs(t, err, &coded, code)
		require.Equal(t, code, coded.Code())
	}
}

func TestDefaultRows_FurtherEANsGoToTheTillAndWrongOnesDoNot(t *testing.T) {
	t.Parallel()
	p := pan()
	p.Barcodes = append(p.Barcodes, domain.Barcode{Code: "96385074"}, domain.Barcode{Code: "96385075"}, domain.Barcode{Code: "8719001001016"}, domain.Barcode{Code: "0360 0029 1452"})
	m := catalogueMapper(t)
	schema := mplus.ProductSchema(mplus.OwnFields{})
	draft, err := m.Product(p, tillDay, schema)
	require.NoError(t, err)
	first, _ := draft.Lines[0].Get("barcode")
	further, _ := draft.Lines[0].Get("barcodes")
	require.Equal(t, []string{"8719001001016", "036000291452 96385074"}, []string{first.Text, further.Text})

	p = pan()
	draft, err = m.Product(p, tillDay, schema)
	require.NoError(t, err)
	further, given := draft.Lines[0].Get("barcodes")
	require.False(t, given, "what the till has of its own stays: %v", further)
}
