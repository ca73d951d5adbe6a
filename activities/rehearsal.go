package activities

import (
	"context"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/connectors/recording"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
)

// Outcomes that only a dry run knows; the others are those of the flow.
const (
	// OutcomeCreated: the order would be written to the books.
	OutcomeCreated = "created"
	// OutcomeParked: a person would have to look at it.
	OutcomeParked = outcomeParked
)

// RehearsedOrder is what the flow would do with one order. It holds personal
// data: it is kept encrypted, and shown only to who asked.
type RehearsedOrder struct {
	OrderID  string          `json:"order_id"`
	Number   string          `json:"number"`
	Total    decimal.Decimal `json:"total"`               // euros incl. VAT
	Outcome  string          `json:"outcome"`             // created, adopted, updated, countered, unchanged, skipped, parked or waits
	Step     string          `json:"step"`                // the last step it came to
	Reason   *ShownReason    `json:"reason,omitempty"`    // why it would be parked or skipped
	TargetID string          `json:"target_id,omitempty"` // its number in the books; made up for one that would be made
	Customer string          `json:"customer,omitempty"`  // the debtor's number, likewise
	Address  string          `json:"address,omitempty"`   // the code of the delivery address, likewise
	Writes   []ShownWrite    `json:"writes"`
	Rest     *ShownReason    `json:"rest,omitempty"` // what it would wait for first

	Decisions []domain.Decision `json:"decisions,omitempty"` // what was chosen on the way, and by what

	day      domain.Date // that it would count for in the books; none where it did not come so far
	Warnings []string    `json:"warnings,omitempty"` // what the books would most likely refuse, by their lists
}

// rehearsal runs the steps of the flow on a desk whose systems only record and
// whose ledger is in memory. The steps are those of the flow; they cannot tell.
type rehearsal struct {
	desk    *Desk
	systems *recording.Directory
	ledger  *memoryLedger
}

// rehearsalState is what a later part of a dry run must know of the earlier ones.
type rehearsalState struct {
	Systems recording.State
	Links   []store.Link
}

// rehearse makes a rehearsal under a document. The systems are opened under the
// version in force: a draft names no system that a secret may be sent to.
func (d *Desk) rehearse(doc *Document, inForce int, earlier rehearsalState) *rehearsal {
	r := &rehearsal{systems: &recording.Directory{Systems: d.Connections, Version: inForce}}
	r.systems.Resume(earlier.Systems)
	r.ledger = newMemoryLedger(d, earlier.Links)
	r.desk = &Desk{
		Connections: r.systems, DB: d.DB, Payloads: d.Payloads, Documents: d.Documents.with(doc), Now: d.Now, memory: r.ledger,
	}
	return r
}

func (r *rehearsal) state() rehearsalState {
	return rehearsalState{Systems: r.systems.State(), Links: r.ledger.made()}
}

// order takes an order through the steps. An error means that nothing can be
// said: a system is away, or its credentials are refused.
func (r *rehearsal) order(ctx context.Context, integration string, arrived arrival) (RehearsedOrder, error) {
	o := arrived.Order
	r.ledger.arrive(arrived)
	r.ledger.end = attemptEnd{}
	out := RehearsedOrder{OrderID: string(o.ID), Number: o.Number, Total: o.TotalIncl}
	err := r.steps(ctx, Attempt{
		Integration: integration, OrderID: string(o.ID), Number: o.Number, Marker: o.Version.Marker, SendNow: o.Version.Marker,
	}, &out)
	out.Writes = shownWrites(r.systems.Take())
	out.Decisions = r.ledger.end.attempt.Decisions
	if booked := r.ledger.end.booked; booked != nil {
		out.day = booked.Held.BookDate
	}
	if err == nil {
		if r.ledger.end.code != "" {
			out.Reason = shownReason(fault.New(fault.Invalid, r.ledger.end.code, ""))
		}
		return out, nil
	}
	f, ok := fault.As(err)
	if !ok {
		f = r.desk.unforeseen(ctx, err)
	}
	switch {
	case f.Code == "settling" || f.Code == "record_busy":
		out.Outcome = OutcomeWaits
	case f.Kind.StopsEverything() || f.Kind == fault.Unavailable || f.Kind == fault.Throttled:
		return out, f
	default:
		out.Outcome = OutcomeParked
	}
	out.Reason = shownReason(f)
	return out, nil
}

// mostRounds bounds how often a rehearsal looks again, as the flow would. A change
// goes another way twice at most.
const mostRounds = 5

// steps are those of PushOrder, in its order.
func (r *rehearsal) steps(ctx context.Context, a Attempt, out *RehearsedOrder) error {
	for range mostRounds {
		again, err := r.round(ctx, a, out)
		if err != nil || !again {
			return err // a mark at the till changes nothing in the books, and is not rehearsed
		}
	}
	return nil
}

func (r *rehearsal) round(ctx context.Context, a Attempt, out *RehearsedOrder) (again bool, err error) {
	orders, customers, products := &Orders{Desk: r.desk}, &Customers{Desk: r.desk}, &Products{Desk: r.desk}
	out.Step = "CheckOrderExists"
	check := CheckOrderExistsResult{Attempt: a}
	if err := orders.check(ctx, &check); err != nil || check.Outcome != "" {
		out.Outcome, out.TargetID = check.Outcome, check.TargetID
		return false, err
	}
	if err := r.rest(ctx, a, out); err != nil {
		return false, err
	}
	in := ConfirmOrderInput{Attempt: check.Attempt}
	if in.Change == reconcile.StepTakeBack {
		return r.write(ctx, "CounterOrder", orders.counter, in, out)
	}
	out.Step = "UpsertCustomer"
	customer, err := customers.upsert(ctx, in.Attempt)
	if out.Customer = customer.CustomerNumber; err != nil {
		return false, err
	}
	in.CustomerNumber = out.Customer
	in.Chose(customer.Decision)
	out.Step = "EnsureDeliveryAddress"
	address, err := customers.ensureAddress(ctx, EnsureDeliveryAddressInput{Attempt: in.Attempt, CustomerNumber: out.Customer})
	if out.Address = address.AddressCode; err != nil {
		return false, err
	}
	in.AddressCode = out.Address
	in.Chose(address.Decision)
	out.Step = "VerifyProducts"
	if err := products.verify(ctx, in.Attempt); err != nil {
		return false, err
	}
	switch in.Change {
	case reconcile.StepHeader:
		return r.write(ctx, "UpdateOrder", orders.update, in, out)
	case reconcile.StepLines:
		return r.write(ctx, "ReplaceLines", orders.replaceLines, in, out)
	case reconcile.StepCounter:
		if again, err := r.write(ctx, "CounterOrder", orders.counter, in, out); err != nil || again || out.Outcome == "" {
			return again, err
		}
	}
	return r.write(ctx, "ConfirmOrder", orders.confirm, in, out)
}

func (r *rehearsal) write(ctx context.Context, step string, do func(context.Context, ConfirmOrderInput, *ConfirmOrderResult) error, in ConfirmOrderInput, out *RehearsedOrder) (again bool, err error) {
	out.Step = step
	var done ConfirmOrderResult
	err = do(ctx, in, &done)
	if out.Outcome, out.TargetID = done.Outcome, done.TargetID; out.Outcome == OutcomeDelivered {
		out.Outcome = OutcomeCreated
	}
	return done.Again, err
}

// rest tells what the flow would wait for first; the rehearsal goes on without.
func (r *rehearsal) rest(ctx context.Context, a Attempt, out *RehearsedOrder) error {
	doc, err := r.desk.Documents.Current(ctx, a.Integration)
	if err != nil {
		return err
	}
	order, row, err := r.desk.order(ctx, a.Integration, a.OrderID)
	if err != nil {
		return err
	}
	if rest := r.desk.restOf(doc, order, row.ArrivedAt, false); rest.Cause != "" {
		out.Rest = shownReason(fault.New(fault.Invalid, string(rest.Cause), ""))
	}
	return nil
}

// cents is an amount of euros in whole cents.
func cents(euros decimal.Decimal) int64 {
	return domain.RoundCents(euros).Mul(decimal.New(100, 0)).IntPart()
}
