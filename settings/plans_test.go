package settings_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
)

func TestPlans_TheCatalogueRunsAsOftenAsTheDocumentSays(t *testing.T) {
	t.Parallel()
	for _, flow := range domain.CatalogFlows() {
		for _, on := range []string{"true", "false"} {
			doc, err := settings.Parse([]byte(minimal + "flows: {" + flow + ": {enabled: " + on + ", every: 7m}}\n"))
			require.NoError(t, err)
			var found []settings.Plan
			for _, plan := range doc.Plans() {
				if plan.Flow == flow {
					found = append(found, plan)
				}
			}
			want := settings.Plan{Flow: flow, Enabled: on == "true", Switch: "flows." + flow + ".enabled", Every: settings.Duration(7 * time.Minute)}
			require.Equal(t, []settings.Plan{want}, found)
		}
	}
}

func TestCatalog_TravelsOneWayOnly(t *testing.T) {
	t.Parallel()
	for _, flow := range []string{domain.FlowCategories, domain.FlowProducts, domain.FlowCustomers, domain.FlowStock, domain.FlowPrices} {
		_, err := settings.Parse([]byte(minimal + "flows: {" + flow + ": {direction: till_to_books}}\n"))
		require.ErrorContains(t, err, "flows."+flow+".direction", flow)
		doc, err := settings.Parse([]byte(minimal + "flows: {" + flow + ": {direction: books_to_till}}\n"))
		require.NoError(t, err)
		require.Equal(t, settings.BooksToTill, doc.Flows.Catalogues()[flow].Direction)
	}
}

func TestProductImages_NeedTheColumnThatHoldsThem(t *testing.T) {
	t.Parallel()
	_, err := settings.Parse([]byte(minimal + "flows: {products: {images: {enabled: true}}}\n"))
	require.ErrorContains(t, err, "image_data_field")
	doc, err := settings.Parse([]byte(minimal))
	require.NoError(t, err)
	require.False(t, doc.Flows.Products.Images.Enabled)
}
