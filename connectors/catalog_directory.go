package connectors

import "context"

// CatalogDirectory opens the systems of an integration for the flows from the books
// to the till, as one version of its document describes them.
type CatalogDirectory interface {
	ProductSource(ctx context.Context, integration string, version int) (ProductSource, error)
	ProductSink(ctx context.Context, integration string, version int) (ProductSink, error)
	ImageSource(ctx context.Context, integration string, version int) (ImageSource, error)
	ImageSink(ctx context.Context, integration string, version int) (ImageSink, error)
	CategorySource(ctx context.Context, integration string, version int) (CategorySource, error)
	CategorySink(ctx context.Context, integration string, version int) (CategorySink, error)
	DebtorSource(ctx context.Context, integration string, version int) (DebtorSource, error)
	RelationSink(ctx context.Context, integration string, version int) (RelationSink, error)
	StockSource(ctx context.Context, integration string, version int) (StockSource, error)
	StockSink(ctx context.Context, integration string, version int) (StockSink, error)
	PriceSource(ctx context.Context, integration string, version int) (PriceSource, error)
	PriceSink(ctx context.Context, integration string, version int) (PriceSink, error)
}
