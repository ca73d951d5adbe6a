package api

import (
	"context"
	"encoding/json"

	"github.com/koppel/koppel/domain"
)

// Parking does what a person decides about parked orders, and about parked records
// of the flows from the books to the till.
type Parking interface {
	// RetryParked has the chosen ones tried again.
	RetryParked(ctx context.Context, choice ParkedChoice) (ParkedDone, error)
	// SkipParked ends them without another attempt, for one of domain.SkipReasons.
	SkipParked(ctx context.Context, choice ParkedChoice, reason string) (ParkedDone, error)
	// FixParked stores a fix of one order and has it checked, or adds the row that a record lacks. A fix that took no
	// effect is an error of type *FixRefused.
	FixParked(ctx context.Context, fix ParkedFix) (ParkedFixed, error)
	// ParkedSale is the newest version of a parked sale. It names people.
	ParkedSale(ctx context.Context, integration, number string) (domain.Order, error)
}

// ParkedChoice is which parked orders are meant, and who decides about them.
type ParkedChoice struct {
	Integration string
	Flow        string   // of this flow only; empty: of any
	Numbers     []string // or all, by cause
	All         bool
	Cause       string
	ApproveGone bool // answers the question about what is gone from the books
	By          string
}

// ParkedDone says what became of each.
type ParkedDone struct {
	Done   []string          `json:"done" doc:"numbers of the orders, keys of the records"`
	Failed map[string]string `json:"failed" doc:"numbers of those that could not be told, each with why"`
}

// ParkedFix is a fix of one parked order: an edited sale, or a row of a lookup table.
type ParkedFix struct {
	Integration, Number, By string
	Flow                    string          // empty: of any
	Sale                    json.RawMessage // as GET .../parked/:number/sale gives it, edited
	Table, Note             string
	Row                     *domain.LookupRow
}

// ParkedFixed is a fix that took effect.
type ParkedFixed struct {
	FixID    string `json:"fix_id"`
	Kind     string `json:"kind" doc:"payload or lookup"`
	Document int    `json:"document" doc:"version of the document that a row became; 0 for an edited sale"`
}

// FixRefused says why a fix took no effect. Nothing changed.
type FixRefused struct {
	FixID string
	Words string // a code with its explanation; nothing of the order
}

// Error is the words, which hold nothing of the order.
func (r *FixRefused) Error() string { return r.Words }

// NoSuchParked is the error of a number that is not parked.
type NoSuchParked struct{}

// Error says so.
func (NoSuchParked) Error() string { return "no such order is parked" }
