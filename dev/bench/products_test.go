package bench

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/dev/stack"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
	"github.com/koppel/koppel/workflows"
)

// BenchmarkFullCompareProducts compares all articles of a shop with its till, one in
// a hundred changed, beside a loop that makes the same calls and keeps nothing.
func BenchmarkFullCompareProducts(b *testing.B) {
	s := openShop(b, func(d *settings.Document) { d.Flows.Products.PageSize = 1000 })
	first, took := s.full(workflows.FlowProducts)
	b.Logf("first run: %+v in %s", first.Count, took.Round(time.Millisecond))
	s.distant()
	for round := range b.N {
		want := s.change("PX_SELL", 2*round+1, func(i int) any { return float64(i%900) + 0.5 })
		bare := bareProducts(b, s)
		require.Equal(b, want, s.change("PX_SELL", 2*round+2, func(i int) any { return float64(i%900) + 0.25 }))
		result, ours := s.full(workflows.FlowProducts)
		require.Equal(b, want, result.Count.Updated)
		b.ReportMetric(float64(bare)/float64(ours)*100, "%-of-bare")
		b.ReportMetric(bare.Seconds(), "s-bare")
		b.ReportMetric(ours.Seconds(), "s-ours")
		b.ReportMetric(s.peakMiB(), "MiB-peak")
	}
}

// bareProducts is the bare loop.
func bareProducts(b *testing.B, s *shop) time.Duration {
	b.Helper()
	ctx := context.Background()
	version, err := s.App.Documents.Current(ctx, stack.Integration)
	require.NoError(b, err)
	systems := s.App.Desk().Catalogue
	books, err := systems.ProductSource(ctx, stack.Integration, version)
	require.NoError(b, err)
	till, err := systems.ProductSink(ctx, stack.Integration, version)
	require.NoError(b, err)
	began := time.Now()
	for part := (connectors.Part{Limit: 1000}); ; {
		page, err := books.Products(ctx, part)
		require.NoError(b, err)
		price, numbers := map[string]domain.Value{}, []string{}
		for _, r := range page.Records {
			numbers = append(numbers, r.Product.SKU)
			price[r.Product.SKU] = domain.NumberValue(r.Product.PriceIncl)
		}
		held, err := till.HeldProducts(ctx, numbers)
		require.NoError(b, err)
		for _, product := range held {
			for _, article := range product.Lines {
				is, _ := domain.Draft{Fields: article.Fields}.Get("priceIncl")
				if want, ours := price[article.Number]; ours && !is.Equal(want) {
					require.NoError(b, till.UpdateProduct(ctx, product.Number, domain.Draft{Entity: domain.EntityProduct, Lines: []domain.Draft{
						{Entity: domain.EntityProduct, Key: article.Number, Fields: []domain.Field{{Name: "priceIncl", Value: want}}},
					}}))
				}
			}
		}
		if page.Next == "" {
			return time.Since(began)
		}
		part.After = page.Next
	}
}
