package app

import (
	"context"

	"github.com/koppel/koppel/connectors"
)

var _ connectors.CatalogDirectory = (*Directory)(nil)

// ProductSource opens the books for products.
func (d *Directory) ProductSource(ctx context.Context, integration string, version int) (connectors.ProductSource, error) {
	o, err := d.open(ctx, integration, version)
	return o.books, err
}

// ProductSink opens the till for products.
func (d *Directory) ProductSink(ctx context.Context, integration string, version int) (connectors.ProductSink, error) {
	o, err := d.open(ctx, integration, version)
	return o.till, err
}

// ImageSource opens the books for pictures.
func (d *Directory) ImageSource(ctx context.Context, integration string, version int) (connectors.ImageSource, error) {
	o, err := d.open(ctx, integration, version)
	return o.books, err
}

// ImageSink opens the till for pictures.
func (d *Directory) ImageSink(ctx context.Context, integration string, version int) (connectors.ImageSink, error) {
	o, err := d.open(ctx, integration, version)
	return o.till, err
}

// CategorySource opens the books for categories.
func (d *Directory) CategorySource(ctx context.Context, integration string, version int) (connectors.CategorySource, error) {
	o, err := d.open(ctx, integration, version)
	return o.books, err
}

// CategorySink opens the till for categories.
func (d *Directory) CategorySink(ctx context.Context, integration string, version int) (connectors.CategorySink, error) {
	o, err := d.open(ctx, integration, version)
	return o.till, err
}

// DebtorSource opens the books for debtors.
func (d *Directory) DebtorSource(ctx context.Context, integration string, version int) (connectors.DebtorSource, error) {
	o, err := d.open(ctx, integration, version)
	return o.books, err
}

// RelationSink opens the till for customers.
func (d *Directory) RelationSink(ctx context.Context, integration string, version int) (connectors.RelationSink, error) {
	o, err := d.open(ctx, integration, version)
	return o.till, err
}

// StockSource opens the books for stock.
func (d *Directory) StockSource(ctx context.Context, integration string, version int) (connectors.StockSource, error) {
	o, err := d.open(ctx, integration, version)
	return o.books, err
}

// StockSink opens the till for stock.
func (d *Directory) StockSink(ctx context.Context, integration string, version int) (connectors.StockSink, error) {
	o, err := d.open(ctx, integration, version)
	return o.till, err
}

// PriceSource opens the books for prices.
func (d *Directory) PriceSource(ctx context.Context, integration string, version int) (connectors.PriceSource, error) {
	o, err := d.open(ctx, integration, version)
	return o.books, err
}

// PriceSink opens the till for its lists of prices.
func (d *Directory) PriceSink(ctx context.Context, integration string, version int) (connectors.PriceSink, error) {
	o, err := d.open(ctx, integration, version)
	return o.till, err
}
