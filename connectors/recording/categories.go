package recording

import (
	"context"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
)

// categorySink looks at the real till and writes nothing.
type categorySink struct {
	connectors.CategorySink
	run *Directory
}

// CreateCategory records the group.
func (s categorySink) CreateCategory(ctx context.Context, draft domain.Draft) (string, error) {
	return s.run.wouldCreate(ctx, s.CategorySink, draft)
}

// UpdateCategory records the fields that would be sent.
func (s categorySink) UpdateCategory(ctx context.Context, number string, draft domain.Draft) error {
	return s.run.wouldUpdate(ctx, s.CategorySink, number, draft)
}

// DeleteCategory records that the group would go.
func (s categorySink) DeleteCategory(_ context.Context, number string) error {
	s.run.record(Write{Entity: domain.EntityCategory, Action: Delete, Number: number})
	return nil
}
