package recording

import (
	"context"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
)

// productSink looks at the real till and writes nothing.
type productSink struct {
	connectors.ProductSink
	run *Directory
}

// CreateProduct records the product.
func (s productSink) CreateProduct(ctx context.Context, draft domain.Draft) (string, error) {
	return s.run.wouldCreate(ctx, s.ProductSink, draft)
}

// UpdateProduct records the fields that would be sent.
func (s productSink) UpdateProduct(ctx context.Context, number string, draft domain.Draft) error {
	return s.run.wouldUpdate(ctx, s.ProductSink, number, draft)
}

// wouldCreate records a record of the till under a number that is made up.
func (d *Directory) wouldCreate(ctx context.Context, sink any, draft domain.Draft) (string, error) {
	draft, err := rehearseCreate(ctx, sink, draft)
	if err != nil {
		return "", err
	}
	number := d.makeUp()
	d.record(Write{Entity: draft.Entity, Action: Create, Number: number, Draft: draft})
	return number, nil
}

// wouldUpdate records what would be sent of a record of the till.
func (d *Directory) wouldUpdate(ctx context.Context, sink any, number string, draft domain.Draft) error {
	draft, err := rehearseUpdate(ctx, sink, draft)
	if err != nil {
		return err
	}
	d.record(Write{Entity: draft.Entity, Action: Update, Number: number, Draft: draft})
	return nil
}
