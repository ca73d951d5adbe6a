package connectors

import "context"

// Directory opens the systems of an integration as one version of its document
// describes them. It is how activities reach the outside.
type Directory interface {
	OrderSource(ctx context.Context, integration string, version int) (OrderSource, error)
	OrderSink(ctx context.Context, integration string, version int) (OrderSink, error)
	CustomerSink(ctx context.Context, integration string, version int) (CustomerSink, error)
	AddressSink(ctx context.Context, integration string, version int) (AddressSink, error)
	ProductIndex(ctx context.Context, integration string, version int) (ProductIndex, error)
}
