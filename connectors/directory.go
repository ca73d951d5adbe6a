package connectors

import (
	"context"

	"github.com/koppel/koppel/domain"
)

// Directory opens the systems of an integration as one version of its document
// describes them. It is how activities reach the outside.
type Directory interface {
	OrderSource(ctx context.Context, integration string, version int, of domain.SourceKind) (OrderSource, error)
	OrderMarker(ctx context.Context, integration string, version int) (OrderMarker, error)
	// OrderSink opens the books for what a sale becomes there: a sales order or a journal page.
	OrderSink(ctx context.Context, integration string, version int, as domain.Target) (OrderSink, error)
	CustomerSink(ctx context.Context, integration string, version int) (CustomerSink, error)
	AddressSink(ctx context.Context, integration string, version int) (AddressSink, error)
	ProductIndex(ctx context.Context, integration string, version int) (ProductIndex, error)
	CashCounter(ctx context.Context, integration string, version int) (CashCounter, error)
	Calendar(ctx context.Context, integration string, version int) (Calendar, error)
}
