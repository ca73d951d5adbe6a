package connectors

import (
	"context"

	"github.com/koppel/koppel/domain"
)

// OrderChanger is an OrderSink whose records may be changed after they were
// written. What the books allow is theirs to say, and differs by installation.
type OrderChanger interface {
	// ChangesAllowed tells what of a written record may be changed.
	ChangesAllowed(ctx context.Context) (AllowedChanges, error)
	// UpdateOrder changes the fields of the draft's header and leaves the others.
	// Lines of the draft are not looked at.
	UpdateOrder(ctx context.Context, id string, draft domain.Draft) error
	// ReplaceLines makes the lines of the record those of the draft, in one call.
	ReplaceLines(ctx context.Context, id string, draft domain.Draft) error
}

// AllowedChanges is what of a written record may be changed.
type AllowedChanges struct {
	Header bool
	Lines  bool
}

// OrderMarker shows at the till that an order stands in the books.
type OrderMarker interface {
	// MarkOrder sets what the mark says and leaves the rest of the order. An order
	// that bears the mark already is left as it is. One that changed meanwhile is a
	// fault of kind Conflict: read it again.
	MarkOrder(ctx context.Context, id domain.OrderID, mark Mark) error
}

// Mark is what an order at the till gets.
type Mark struct {
	Category  string // its order category; empty: stays
	Reference string // added to its reference; empty: stays
	Employee  string // who signs the change
}

// Calendar tells which days the books are open for.
type Calendar interface {
	// OpenFrom gives the first day, from the given one on, that is not closed; the
	// zero date when no day is.
	OpenFrom(ctx context.Context, day domain.Date) (domain.Date, error)
}
