package bench

import (
	"context"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/dev/stack"
	"github.com/koppel/koppel/settings"
	"github.com/koppel/koppel/workflows"
)

// BenchmarkFullCompareStock compares the stock of all articles of a shop with its
// till, one in a hundred miscounted there, beside a loop that makes the same calls and keeps
// nothing.
func BenchmarkFullCompareStock(b *testing.B) {
	s := openShop(b, func(d *settings.Document) { d.Flows.Stock.PageSize = 1000 })
	first, took := s.full(workflows.FlowStock)
	b.Logf("first run: %+v in %s", first.Count, took.Round(time.Millisecond))
	s.distant()
	for round := range b.N {
		want := s.miscount(2*round + 1)
		bare, saved := bareStock(b, s)
		require.Equal(b, want, saved)
		require.Equal(b, want, s.miscount(2*round+2))
		result, ours := s.full(workflows.FlowStock)
		require.Equal(b, want, result.Count.Updated)
		b.ReportMetric(float64(bare)/float64(ours)*100, "%-of-bare")
		b.ReportMetric(bare.Seconds(), "s-bare")
		b.ReportMetric(ours.Seconds(), "s-ours")
		b.ReportMetric(s.peakMiB(), "MiB-peak")
	}
}

// stock opens both sides.
func (s *shop) stock() (connectors.StockSource, connectors.StockSink, []string) {
	s.b.Helper()
	ctx := context.Background()
	version, err := s.App.Documents.Current(ctx, stack.Integration)
	require.NoError(s.b, err)
	systems := s.App.Desk().Catalogue
	books, err := systems.StockSource(ctx, stack.Integration, version)
	require.NoError(s.b, err)
	till, err := systems.StockSink(ctx, stack.Integration, version)
	require.NoError(s.b, err)
	branches, err := till.StockBranches(ctx)
	require.NoError(s.b, err)
	return books, till, branches
}

// miscount sets every hundredth article wrong at the till, by hand: the books keep
// theirs themselves.
func (s *shop) miscount(round int) (wrong int) {
	s.b.Helper()
	_, till, branches := s.stock()
	var rows []connectors.StockRow
	for i := 0; i < s.size; i += 100 {
		rows = append(rows, connectors.StockRow{Article: strconv.Itoa(firstArticle + i), Free: decimal.NewFromInt(int64(100_000 + round))})
	}
	for _, branch := range branches {
		for few := range slices.Chunk(rows, 100) {
			saved, err := till.SaveStock(context.Background(), branch, "miscounted", few)
			require.NoError(s.b, err)
			require.Len(s.b, saved.Done, len(few))
		}
	}
	return len(rows)
}

// bareStock is the bare loop; it gives how many articles it saved.
func bareStock(b *testing.B, s *shop) (took time.Duration, saved int) {
	b.Helper()
	ctx := context.Background()
	books, till, branches := s.stock()
	var err error
	began, done := time.Now(), map[string]bool{}
	moves := connectors.MovesPart{Limit: 1000}
	moves.After, err = till.StockHead(ctx)
	require.NoError(b, err)
	pull := func() { // sales are asked for after each look, before each write and after it
		for more := true; more; {
			page, err := till.StockMoves(ctx, moves)
			require.NoError(b, err)
			moves.After, more = page.Newest, page.More
		}
	}
	for part := (connectors.Part{Limit: 1000}); ; {
		page, err := books.StockLevels(ctx, part)
		require.NoError(b, err)
		free, numbers := map[string]decimal.Decimal{}, []string{}
		for _, r := range page.Records {
			numbers = append(numbers, r.SKU)
			free[r.SKU] = r.Levels[0].Available.Sub(r.Levels[0].Reserved)
		}
		rows := map[string][]connectors.StockRow{}
		for _, branch := range branches {
			held, err := till.HeldStock(ctx, branch, numbers)
			require.NoError(b, err)
			for _, h := range held {
				if !h.Free.Equal(free[h.Article]) {
					rows[branch] = append(rows[branch], connectors.StockRow{Article: h.Article, Free: free[h.Article], Reserved: h.Reserved})
				}
			}
		}
		pull()
		pull()
		for _, branch := range branches {
			answer, err := till.SaveStock(ctx, branch, "bench", rows[branch])
			require.NoError(b, err)
			for _, article := range answer.Done {
				done[article] = true
			}
		}
		pull()
		if page.Next == "" {
			return time.Since(began), len(done)
		}
		part.After = page.Next
	}
}
