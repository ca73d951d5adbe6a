package settings_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
)

func TestMissingCustomFields(t *testing.T) {
	t.Parallel()
	doc, err := settings.Parse([]byte(minimal + `flows: {orders: {filter: "customer.custom.kind != 'staff'"}}
mapping:
  order_line:
    - {target: A, source: "customer.custom['klantsoort'] + customer.custom[\"gone\"] + customer.custom['gone']"}
    - {target: B, source: "customer.custom [ 'route' ] == 'relation.x' ? customer.name : customer.custom?.also"}
`))
	require.NoError(t, err)
	lists := domain.Listings{domain.ListTillCustomFields: codes("relation.klantsoort", "relation.route", "article.gone")}
	require.Equal(t, []settings.MissingField{
		{Path: "flows.orders.filter", Name: "kind"},
		{Path: "mapping.order_line[0].source", Name: "gone"},
		{Path: "mapping.order_line[1].source", Name: "also"},
	}, settings.MissingCustomFields(doc, lists))
	require.Equal(t, "flows.orders.filter reads customer.custom['kind'], which the till has not; it gives nothing", settings.MissingCustomFields(doc, lists)[0].String())
	require.Empty(t, settings.MissingCustomFields(doc, nil), "without a list nothing can be said")
}
