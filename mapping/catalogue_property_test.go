package mapping_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/mplus"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/mapping"
	"github.com/koppel/koppel/settings"
)

// TestDefaultRows_FillFieldsThatTheTillHas holds every row of the default
// document against what the till publishes: its name as the till spells it, and
// what it can be.
func TestDefaultRows_FillFieldsThatTheTillHas(t *testing.T) {
	t.Parallel()
	rows := settings.Default("x").Mapping
	product := mplus.ProductSchema(mplus.OwnFields{})
	for entity, levels := range map[domain.Entity][]domain.Schema{
		domain.EntityProduct:  {product, *product.Lines},
		domain.EntityCategory: {mplus.CategorySchema(mplus.OwnFields{})},
		domain.EntityStock:    {mplus.StockSchema()},
		domain.EntityPrice:    {mplus.PriceSchema()},
	} {
		require.NotEmpty(t, rows.Rows(entity), entity)
		required := map[string]bool{}
		for _, level := range levels {
			for _, f := range level.Fields {
				required[f.Name] = f.Required
			}
		}
		for _, row := range rows.Rows(entity) {
			_, known := required[row.Target]
			require.True(t, known, "%s: %s", entity, row.Target)
			delete(required, row.Target)
		}
		for name, is := range required {
			require.False(t, is, "%s: nothing fills %s, which the till requires", entity, name)
		}
	}
}

// TestDefaultRows_FillAllThatIsPromised walks the fields of the product page.
func TestDefaultRows_FillAllThatIsPromised(t *testing.T) {
	t.Parallel()
	m := catalogueMapper(t)
	draft, err := m.Product(pan(), tillDay, mplus.ProductSchema(mplus.OwnFields{}))
	require.NoError(t, err)
	article := draft.Lines[0]
	for promise, want := range map[string]domain.Value{
		"description":   domain.TextValue(pan().Name),             // product name
		"articleNumber": domain.TextValue(pan().Number),           // the number that the caller found
		"extArticleId":  domain.TextValue(pan().SKU),              // the code, findable whatever becomes of the number
		"extraText":     domain.TextValue(pan().LongDescription),  // long description
		"receiptText":   domain.TextValue(pan().ShortDescription), // short description
		"priceIncl":     domain.NumberValue(dec("34.95")),         // price incl. VAT
		"barcode":       domain.TextValue("8719001001016"),        // EAN/GTIN
	} {
		got, given := article.Get(promise)
		require.True(t, given, promise)
		require.True(t, want.Equal(got), "%s is %+v", promise, got)
	}
	_, both := article.Get("priceExcl")
	require.False(t, both, "the till works the other price out itself")

	net := productCases()["price-excluding-vat"]
	draft, err = m.Product(net, tillDay, mplus.ProductSchema(mplus.OwnFields{}))
	require.NoError(t, err)
	excl, _ := draft.Lines[0].Get("priceExcl")
	require.Equal(t, "28.88", excl.Number.String()) // price excl. VAT
	_, both = draft.Lines[0].Get("priceIncl")
	require.False(t, both)

	stock, err := m.Stock(domain.StockLevel{SKU: pan().SKU, Available: dec("4")}, tillDay, mplus.StockSchema()) // quantity
	require.NoError(t, err)
	amount, _ := stock.Get("amount")
	require.Equal(t, "4", amount.Number.String())

	foreign := pan() // currency
	foreign.Currency = "USD"
	_, err = m.Product(foreign, tillDay, mplus.ProductSchema(mplus.OwnFields{}))
	require.ErrorContains(t, err, "must be in euros")
}

// TestCatalogue_MapsTheSameEveryTime, explained or not.
func TestCatalogue_MapsTheSameEveryTime(t *testing.T) {
	t.Parallel()
	m := catalogueMapper(t)
	schema := mplus.ProductSchema(tillOwn)
	for name, p := range productCases() {
		first, err := m.Product(p, tillDay, schema)
		require.NoError(t, err)
		second, err := m.Product(p, tillDay, schema)
		require.NoError(t, err)
		require.Equal(t, first.Hash(), second.Hash(), name)
		explained, err := m.ExplainProduct(p, tillDay, schema)
		require.NoError(t, err)
		require.Equal(t, first, explained.Draft, name)
		own, articles := 0, len(p.Sold())
		for _, o := range explained.Origins {
			if o.Line == 0 && len(p.Variants) > 0 {
				own++
			}
		}
		if len(p.Variants) > 0 {
			require.Len(t, explained.Origins, own+articles*(len(settings.Default("x").Mapping.Product)-own), name)
		}
	}
	price := domain.Price{PriceList: "HOREC", SKU: "100101", DiscountPercent: dec("5")}
	draft, err := m.Price(price, "", tillDay, mplus.PriceSchema())
	require.NoError(t, err)
	explained, err := m.ExplainPrice(price, "", tillDay, mplus.PriceSchema())
	require.NoError(t, err)
	require.Equal(t, draft, explained.Draft)
	require.Equal(t, []mapping.LookupHit{{Table: "price_list", Keys: []string{"HOREC"}, Value: "1"}}, explained.Origins[1].Lookups)

	level := domain.StockLevel{SKU: "100101", Available: dec("3")}
	draft, err = m.Stock(level, tillDay, mplus.StockSchema())
	require.NoError(t, err)
	explained, err = m.ExplainStock(level, tillDay, mplus.StockSchema())
	require.NoError(t, err)
	require.Equal(t, draft, explained.Draft)
	require.Equal(t, settings.Default("x").Mapping.Stock[1].Source, explained.Origins[1].Source)

	category := domain.Category{Code: "KPAN", Name: "Pannen"}
	draft, err = m.Category(category, "", tillDay, mplus.CategorySchema(tillOwn))
	require.NoError(t, err)
	explained, err = m.ExplainCategory(category, "", tillDay, mplus.CategorySchema(tillOwn))
	require.NoError(t, err)
	require.Equal(t, draft, explained.Draft)
}

// TestProduct_WrittenTwiceGivesNothingToDo: what was written is what the till then holds.
func TestProduct_WrittenTwiceGivesNothingToDo(t *testing.T) {
	t.Parallel()
	m, schema := catalogueMapper(t), mplus.ProductSchema(tillOwn)
	for name, p := range productCases() {
		draft, err := m.Product(p, tillDay, schema)
		require.NoError(t, err)
		require.Empty(t, changesOf(m, draft.Fields, draft, schema).Fields, name)
		for _, article := range draft.Lines {
			require.Empty(t, changesOf(m, article.Fields, article, *schema.Lines).Fields, name)
		}
	}
}

// TestProduct_APLUOfTheShopIsLeftAlone: the till's own short numbers are used at
// the counter every day.
func TestProduct_APLUOfTheShopIsLeftAlone(t *testing.T) {
	t.Parallel()
	m, schema := catalogueMapper(t), mplus.ProductSchema(tillOwn)
	draft, err := m.Product(pan(), tillDay, schema)
	require.NoError(t, err)
	held := []domain.Field{textField("pluNumber", "7"), textField("articleNumber", "5"), textField("description", "Oud")}
	changes := changesOf(m, held, draft.Lines[0], *schema.Lines)
	_, plu := changes.Get("pluNumber")
	_, number := changes.Get("articleNumber")
	require.False(t, plu)
	require.False(t, number, "the number says which article it is")
	name, _ := changes.Get("description")
	require.Equal(t, pan().Name, name.Text)
}

func changesOf(m *mapping.Mapper, held []domain.Field, draft domain.Draft, schema domain.Schema) domain.Draft {
	changes, _ := m.Update(held, draft, schema, nil)
	return changes
}
