package mapping_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/mapping"
)

func TestUnknownColumns_AreToldWithTheirPlace(t *testing.T) {
	t.Parallel()
	rules := demoRules(t)
	rules.Mapping.Product = []domain.MappingRow{
		{Target: "unit", Source: "product.custom['K1_UNIT']"},
		{Target: "extraText", Source: "coalesce(product.custom.K1_TEXT, main.custom['k1_text'], product.attributes['colour'])"},
	}
	rules.Mapping.Stock = []domain.MappingRow{{Target: "amount", Source: "stock.custom['K1_LOC'] == 'B' ? stock.free : nil"}}
	m, err := mapping.Compile(rules)
	require.NoError(t, err)
	require.Empty(t, m.UnknownColumns([]string{"K1_UNIT", "K1_TEXT", "k1_text", "K1_LOC"}))
	require.EqualError(t, m.UnknownColumns([]string{"K1_UNIT", "K1_TEXT"}),
		"mapping.product[1].source: the books have no column k1_text of articles (at character 46)\n"+
			"mapping.stock[0].source: the books have no column K1_LOC of articles (at character 14)")
}

func TestUnknownColumns_TheDefaultRowsReadNone(t *testing.T) {
	t.Parallel()
	require.Empty(t, catalogueMapper(t).UnknownColumns(nil))
}
