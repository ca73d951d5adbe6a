package app

import (
	"context"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/internal/fault"
)

var _ connectors.CatalogDirectory = (*Directory)(nil)

// ProductSource opens the books for products.
func (d *Directory) ProductSource(ctx context.Context, integration string, version int) (connectors.ProductSource, error) {
	o, err := d.open(ctx, integration, version)
	return as[connectors.ProductSource](o.books, err)
}

// ProductSink opens the till for products.
func (d *Directory) ProductSink(ctx context.Context, integration string, version int) (connectors.ProductSink, error) {
	o, err := d.open(ctx, integration, version)
	return as[connectors.ProductSink](o.till, err)
}

// ImageSource opens the books for pictures.
func (d *Directory) ImageSource(ctx context.Context, integration string, version int) (connectors.ImageSource, error) {
	o, err := d.open(ctx, integration, version)
	return as[connectors.ImageSource](o.books, err)
}

// ImageSink opens the till for pictures.
func (d *Directory) ImageSink(ctx context.Context, integration string, version int) (connectors.ImageSink, error) {
	o, err := d.open(ctx, integration, version)
	return as[connectors.ImageSink](o.till, err)
}

// CategorySource opens the books for categories.
func (d *Directory) CategorySource(ctx context.Context, integration string, version int) (connectors.CategorySource, error) {
	o, err := d.open(ctx, integration, version)
	return as[connectors.CategorySource](o.books, err)
}

// CategorySink opens the till for categories.
func (d *Directory) CategorySink(ctx context.Context, integration string, version int) (connectors.CategorySink, error) {
	o, err := d.open(ctx, integration, version)
	return as[connectors.CategorySink](o.till, err)
}

// DebtorSource opens the books for debtors.
func (d *Directory) DebtorSource(ctx context.Context, integration string, version int) (connectors.DebtorSource, error) {
	o, err := d.open(ctx, integration, version)
	return as[connectors.DebtorSource](o.books, err)
}

// RelationSink opens the till for customers.
func (d *Directory) RelationSink(ctx context.Context, integration string, version int) (connectors.RelationSink, error) {
	o, err := d.open(ctx, integration, version)
	return as[connectors.RelationSink](o.till, err)
}

// StockSource opens the books for stock.
func (d *Directory) StockSource(ctx context.Context, integration string, version int) (connectors.StockSource, error) {
	o, err := d.open(ctx, integration, version)
	return as[connectors.StockSource](o.books, err)
}

// StockSink opens the till for stock.
func (d *Directory) StockSink(ctx context.Context, integration string, version int) (connectors.StockSink, error) {
	o, err := d.open(ctx, integration, version)
	return as[connectors.StockSink](o.till, err)
}

// PriceSource opens the books for prices.
func (d *Directory) PriceSource(ctx context.Context, integration string, version int) (connectors.PriceSource, error) {
	o, err := d.open(ctx, integration, version)
	return as[connectors.PriceSource](o.books, err)
}

// PriceSink opens the till for its lists of prices.
func (d *Directory) PriceSink(ctx context.Context, integration string, version int) (connectors.PriceSink, error) {
	o, err := d.open(ctx, integration, version)
	return as[connectors.PriceSink](o.till, err)
}

// as gives a system in a role that it can play.
func as[T any](system any, err error) (T, error) {
	role, plays := system.(T)
	if err == nil && !plays {
		err = fault.New(fault.Misconfigured, "document_refused", "open a system")
	}
	return role, err
}
