// Package recording stands between the steps of a flow and the systems of an
// integration, for a dry run: what is read is read from the real systems, what
// is written is written down. A record that would be made gets a number that is
// plainly made up, and whoever looks for it later in the same run finds it.
package recording

import (
	"context"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
)

// Directory opens systems whose writes are recorded. It is for one run at a
// time, not for several goroutines.
type Directory struct {
	Systems connectors.Directory // the real ones; only read
	Version int                  // of the document under which they are opened, whatever version is asked for

	state State
	taken int // writes of the state that Take has given
}

var _ connectors.Directory = (*Directory)(nil)

// Resume goes on from the state of an earlier part of the run.
func (d *Directory) Resume(s State) { d.state = s }

// State is what a later part of the run must know.
func (d *Directory) State() State { return d.state }

// OrderSource opens the till, which is only read.
func (d *Directory) OrderSource(ctx context.Context, integration string, _ int, of domain.SourceKind) (connectors.OrderSource, error) {
	return d.Systems.OrderSource(ctx, integration, d.Version, of)
}

// OrderMarker opens the till for marks, which are not set.
func (d *Directory) OrderMarker(context.Context, string, int) (connectors.OrderMarker, error) {
	return orderMarker{d}, nil
}

// CashCounter opens the till, which is only read.
func (d *Directory) CashCounter(ctx context.Context, integration string, _ int) (connectors.CashCounter, error) {
	return d.Systems.CashCounter(ctx, integration, d.Version)
}

// Calendar opens the books for their periods, which are only read.
func (d *Directory) Calendar(ctx context.Context, integration string, _ int) (connectors.Calendar, error) {
	return d.Systems.Calendar(ctx, integration, d.Version)
}

// OrderSink opens the books for orders.
func (d *Directory) OrderSink(ctx context.Context, integration string, _ int, as domain.Target) (connectors.OrderSink, error) {
	sink, err := d.Systems.OrderSink(ctx, integration, d.Version, as)
	if err != nil {
		return nil, err
	}
	return changing(orderSink{sink, d, as}), nil
}

// CustomerSink opens the books for customers.
func (d *Directory) CustomerSink(ctx context.Context, integration string, _ int) (connectors.CustomerSink, error) {
	sink, err := d.Systems.CustomerSink(ctx, integration, d.Version)
	if err != nil {
		return nil, err
	}
	return customerSink{sink, d}, nil
}

// AddressSink opens the books for delivery addresses.
func (d *Directory) AddressSink(ctx context.Context, integration string, _ int) (connectors.AddressSink, error) {
	sink, err := d.Systems.AddressSink(ctx, integration, d.Version)
	if err != nil {
		return nil, err
	}
	return addressSink{sink, d}, nil
}

// ProductIndex opens the books for products, which are only looked up.
func (d *Directory) ProductIndex(ctx context.Context, integration string, _ int) (connectors.ProductIndex, error) {
	return d.Systems.ProductIndex(ctx, integration, d.Version)
}
