// Package activities does the work of the flows: one struct per subject, its
// dependencies as fields. Records never enter a history: arguments and results
// carry order numbers, codes, counts and references.
package activities

import (
	"time"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
)

// Attempt is one try to bring one order into the books. All steps of an attempt
// work under the same version of the document.
type Attempt struct {
	Integration string
	OrderID     string
	Number      string
	Marker      int64 // the till's marker of the version of the order being pushed
	Document    int   // version of the integration's document
	Pace        Pace

	Decisions []domain.Decision // so far: codes and business keys
	SendNow   int64             `json:",omitempty"` // the version that need not rest, because a person said so
	Target    domain.Target     `json:",omitempty"` // what the sale becomes in the books; empty: a sales order

	Change   reconcile.Step `json:",omitempty"` // what is to be done about a change of a sale that is booked
	Sequence int            `json:",omitempty"` // the version of the sale in the books that it is about
}

// as is what the sale becomes in the books.
func (a Attempt) as() domain.Target {
	if a.Target == "" {
		return domain.TargetSalesOrder
	}
	return a.Target
}

// Chose notes a choice on the way, for the order's timeline.
func (a *Attempt) Chose(d domain.Decision) {
	if d.Code != "" {
		a.Decisions = append(a.Decisions, d)
	}
}

// Pace is how patient the steps of an attempt are, from the document.
type Pace struct {
	Horizon     time.Duration // how long a step is tried before a person sees it
	CallTimeout time.Duration // of one remote call
}

// FirstPace is the pace of the step that has yet to read the document.
var FirstPace = Pace{Horizon: 72 * time.Hour, CallTimeout: 30 * time.Second}

// Failure is why a step failed, in a form that may enter a history: a kind, a
// code, business keys, and a reference to the far side's own words.
type Failure struct {
	Kind  string // of package fault
	Code  string // the key of its explanation in package domain
	Op    string // the remote operation, if any
	About string // business keys: order numbers, product codes
	Words string // where the far side's words are kept, encrypted; empty if it said nothing

	Awaits []string `json:",omitempty"` // what must come for it to pass
}

// StopsEverything reports whether no record can pass until a person acts.
func (f Failure) StopsEverything() bool { return fault.Kind(f.Kind).StopsEverything() }

// Kinds that workflows name themselves, when an activity could not say anything.
const (
	KindUnavailable = fault.Unavailable
	KindUnknown     = fault.Unknown
)
