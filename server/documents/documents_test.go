package documents_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/configs/examples"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/testkit"
	"github.com/koppel/koppel/server/documents"
	"github.com/koppel/koppel/settings"
	"github.com/koppel/koppel/workflows"
)

func TestMain(m *testing.M) { testkit.Main(m) }

func TestReader_ReadsTheVersionInForce(t *testing.T) {
	t.Parallel()
	pool := testkit.Database(t)
	store := db.Documents{DB: pool}
	reader := &documents.Reader{Store: store}

	_, err := reader.Version(t.Context(), "shop")
	require.ErrorIs(t, err, db.ErrNoIntegration)

	_, err = store.Put(t.Context(), "shop", examples.Demo, "test", "")
	require.NoError(t, err)
	_, err = store.Put(t.Context(), "shop", []byte("nonsense: 1"), "test", "")
	require.NoError(t, err)
	version, err := reader.Version(t.Context(), "shop")
	require.NoError(t, err)
	require.Equal(t, 2, version)

	_, err = reader.Get(t.Context(), "shop", 2)
	require.ErrorIs(t, err, documents.ErrRefused)
	_, err = reader.Get(t.Context(), "shop", 3)
	require.ErrorIs(t, err, db.ErrNoIntegration)
	doc, err := reader.Get(t.Context(), "shop", 1)
	require.NoError(t, err)
	require.True(t, doc.Flows.Orders.Enabled)

	pool.Close()
	again, err := reader.Get(t.Context(), "shop", 1)
	require.NoError(t, err, "a version never changes, so it is read once")
	require.Equal(t, doc, again)
}

func TestReader_LetsNoOddNameReachTheDatabase(t *testing.T) {
	t.Parallel()
	reader := &documents.Reader{} // without a database: reaching it would panic
	for _, name := range []string{"", "Shop", "shop/..", "shop\x00", "sh op", "-shop", "shop-", "a123456789012345678901234567890123456789x", "école"} {
		_, err := reader.Version(t.Context(), name)
		require.ErrorIs(t, err, db.ErrNoIntegration, name)
	}
}

func TestEnabled_KnowsEveryFlowOfTheCatalogue(t *testing.T) {
	t.Parallel()
	on, err := settings.Parse(examples.Demo)
	require.NoError(t, err)
	on.Flows.Orders.DayTotals.Enabled = true
	off := on
	for _, of := range []*settings.CatalogRuns{
		&on.Flows.Categories.CatalogRuns, &on.Flows.Products.CatalogRuns, &on.Flows.Customers.CatalogRuns, &on.Flows.Stock.CatalogRuns, &on.Flows.Prices.CatalogRuns,
	} {
		of.Enabled = true
	}
	off.Flows.Orders.Enabled = false
	for _, flow := range workflows.Catalog {
		require.True(t, on.Enabled(flow.Name), flow.Name)
		// What is kept must be forgotten in time, and what is open known, whatever else is off.
		always := flow.Name == workflows.FlowRetention || flow.Name == workflows.FlowAlerts
		require.Equal(t, always, off.Enabled(flow.Name), flow.Name)
	}
	require.False(t, on.Enabled("invoices"))
}
