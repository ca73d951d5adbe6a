package mapping_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/mplus"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/mapping"
)

func TestMisfits_AreRowsThatTheTargetCannotTake(t *testing.T) {
	t.Parallel()
	rules := demoRules(t)
	rules.Mapping.Product = []domain.MappingRow{
		{Target: "product.Description", Source: "main.name"},
		{Target: "EAN", Source: "product.ean"},
		{Target: "priceIncl", Source: "product.unit"},
		{Target: "active", Source: "product.active"},
		{Target: "webshop", Source: "nil"},
		{Target: "custom.allergens", Source: "product.name"},
	}
	m, err := mapping.Compile(rules)
	require.NoError(t, err)
	misfits := m.Misfits(domain.EntityProduct, mplus.ProductSchema(tillOwn))
	require.Equal(t, []mapping.Misfit{
		{Row: 1, Target: "EAN", Rule: "is not a field of the target"},
		{Row: 2, Target: "priceIncl", Rule: "is a number there, and the source gives a text"},
	}, misfits)
	require.Equal(t, "mapping.product[1].target: is not a field of the target", misfits[0].Problem(domain.EntityProduct).String())
}

func TestMisfits_TheDefaultRowsHaveNone(t *testing.T) {
	t.Parallel()
	m := catalogueMapper(t)
	for entity, schema := range map[domain.Entity]domain.Schema{
		domain.EntityProduct: mplus.ProductSchema(mplus.OwnFields{}), domain.EntityCategory: mplus.CategorySchema(mplus.OwnFields{}),
		domain.EntityStock: mplus.StockSchema(), domain.EntityPrice: mplus.PriceSchema(),
	} {
		require.Empty(t, m.Misfits(entity, schema), entity)
	}
}
