package e2e

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"github.com/koppel/koppel/dev/stack"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/sandboxkit"
	"github.com/koppel/koppel/settings"
	"github.com/koppel/koppel/workflows"
)

// newArticles makes a shop of so many articles, numbered from 200000001, in the first
// group of the seed shop.
func newArticles(n int) sandboxkit.Shop {
	shop := sandboxkit.SeedShop()
	shape := shop.Articles[0]
	shop.Articles = make([]sandboxkit.Article, 0, n)
	for i := range n {
		a := shape
		a.Number, a.Name, a.PriceIncl, a.EAN = int64(200000001+i), fmt.Sprintf("Artikel %d", i+1), int64(100+i%5000), fmt.Sprintf("%013d", 8719000000000+i*10)
		shop.Articles = append(shop.Articles, a)
	}
	return shop
}

// carriage runs a flow of the catalogue and gives its result.
func (b *bundle) carriage(flow string, ask workflows.SyncCatalogInput) workflows.SyncCatalogResult {
	b.t.Helper()
	return b.result(b.starts(flow, ask))
}

func (b *bundle) starts(flow string, ask workflows.SyncCatalogInput) client.WorkflowRun {
	b.t.Helper()
	of, known := workflows.FlowNamed(flow)
	require.True(b.t, known)
	ask.Integration = stack.Integration
	started, err := b.App.Temporal.ExecuteWorkflow(context.Background(), client.StartWorkflowOptions{
		ID: workflows.DeliveryWorkflowID(flow, stack.Integration, uuid.NewString()), TaskQueue: workflows.QueueSync,
		TypedSearchAttributes: workflows.SearchAttributes(stack.Integration, flow, ""),
	}, of.Run, ask)
	require.NoError(b.t, err)
	return started
}

func (b *bundle) result(started client.WorkflowRun) workflows.SyncCatalogResult {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	var result workflows.SyncCatalogResult
	require.NoError(b.t, started.Get(ctx, &result))
	return result
}

// TestCatalogue_KilledAmongTwentyThousandArticlesItGoesOnWithoutRepeats, and the one
// that cannot pass parks alone.
func TestCatalogue_KilledAmongTwentyThousandArticlesItGoesOnWithoutRepeats(t *testing.T) {
	const articles = 20_000
	books := newArticles(articles)
	books.Articles[12_345].Group = "" // no turnover group can be found for it
	b := setup(t, withoutWorker, withDocument(func(d *settings.Document) {
		d.Flows.Orders.Enabled = false
		d.Flows.Products.PageSize = 2000
	}), func(o *stack.Options) { o.BooksShop, o.TillShop = books, newArticles(1) })
	b.till.forgetsCalls()
	run := b.starts(workflows.FlowProducts, workflows.SyncCatalogInput{})
	first := b.startWorker()
	eventually(t, func() string {
		if made := b.till.calls().Operations["createProduct"]; made < articles/4 {
			return fmt.Sprintf("%d of %d made", made, articles)
		}
		return ""
	})
	first.kill()
	made := b.till.calls().Operations["createProduct"]
	require.Less(t, made, articles-1)
	b.startWorker()
	result := b.result(run)
	require.Equal(t, workflows.OutcomeDone, result.Outcome, "%+v", result)
	require.Equal(t, 1, result.Count.Parked)
	calls := b.till.calls().Operations
	require.Equal(t, articles-2, calls["createProduct"], "one was there, one cannot pass, and none was made twice")
	parked := b.parked()
	require.Len(t, parked, 1)
	require.Equal(t, "200012346", parked[0].SourceID)
}

// TestCatalogue_EveryFlowTwiceWritesNothingTheSecondTime, neither when it reads what
// changed nor when it compares everything.
func TestCatalogue_EveryFlowTwiceWritesNothingTheSecondTime(t *testing.T) {
	b := setup(t, withDocument(func(d *settings.Document) { d.Flows.Orders.Enabled = false }))
	for _, flow := range domain.CatalogFlows() {
		result := b.carriage(flow, workflows.SyncCatalogInput{})
		require.Equal(t, workflows.OutcomeDone, result.Outcome, "%s: %+v", flow, result)
		require.Positive(t, result.Count.Created+result.Count.Updated, "%s: %+v", flow, result)
		require.Zero(t, result.Count.Deferred, "%s: %+v", flow, result)
		b.till.forgetsCalls()
		for _, ask := range []workflows.SyncCatalogInput{{}, {Full: true}} {
			result = b.carriage(flow, ask)
			require.Equal(t, workflows.OutcomeDone, result.Outcome, "%s: %+v", flow, result)
			require.Zero(t, result.Count.Created+result.Count.Updated+result.Count.Deferred, "%s: %+v", flow, result)
		}
		require.Zero(t, b.till.calls().Writes, "%s: %+v", flow, b.till.calls().Operations)
	}
	require.Empty(t, codes(b.parked()))
}
