package activities

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// How an attempt can end well.
const (
	OutcomeDelivered = "delivered" // written to the books
	OutcomeAdopted   = "adopted"   // found in the books under our reference
	OutcomeUnchanged = "unchanged" // in the books already, and what changed at the till does not concern them
	OutcomeSkipped   = "skipped"   // nothing to do for the books
)

// OutcomeWaits: it rests before it goes, or the flow is at work on it: what
// becomes of it cannot be told yet.
const OutcomeWaits = "waits"

// Why an order is skipped.
const (
	codeCancelled = "cancelled_at_till"
	codeFiltered  = "filtered"
	codeNoTarget  = "no_target"
	codeOwnUse    = "own_use_left_out"
)

// CheckOrderExistsResult says whether the order is dealt with already. An empty
// outcome means that it still has to go to the books.
type CheckOrderExistsResult struct {
	Attempt  Attempt // with the document version, the pace and the order's newest marker
	Outcome  string
	TargetID string
	Rest     Rest // why it does not go yet; none: it goes
}

// Rest is why a sale waits before it goes to the books, and how long until it is
// to be looked at again.
type Rest struct {
	Cause string // the key of its explanation
	Left  time.Duration
}

// CheckOrderExists looks for the order where it may be already: in our links,
// then in the books under our reference. It fixes the document version that the
// whole attempt works under.
func (o *Orders) CheckOrderExists(ctx context.Context, a Attempt) (CheckOrderExistsResult, error) {
	out := CheckOrderExistsResult{Attempt: a}
	err := o.check(ctx, &out)
	o.counted(a.Integration, out.Outcome, err)
	return out, o.failWithin(ctx, a.Integration, err, out.Attempt.Pace.Horizon)
}

func (o *Orders) check(ctx context.Context, out *CheckOrderExistsResult) error {
	a := &out.Attempt
	doc, err := o.Documents.Current(ctx, a.Integration)
	if err != nil {
		return err
	}
	a.Document, a.Pace = doc.Version, doc.pace()
	order, row, err := o.order(ctx, a.Integration, a.OrderID)
	a.Marker = max(a.Marker, row.Marker)
	if err != nil {
		return err
	}
	link, known, err := o.ledger().link(ctx, orderKey(*a))
	if err != nil {
		return err
	}
	booked := known && link.State == "linked"
	switch {
	case booked:
		if link.ContentHash != order.ContentHash() { // a change rests too
			if waits, err := o.rests(ctx, doc, out, order, row, booked); err != nil || waits {
				return err
			}
		}
		return o.compareWithBooked(ctx, out, order, link)
	case order.Cancelled:
		return o.checkUnwanted(ctx, doc, out, order, known, codeCancelled)
	}
	passes, err := doc.Mapper.Passes(order)
	switch {
	case err != nil:
		return unmappable(err, a.Number)
	case !passes:
		return o.checkUnwanted(ctx, doc, out, order, known, codeFiltered)
	case doc.leavesOut(order):
		return o.checkUnwanted(ctx, doc, out, order, known, codeOwnUse)
	}
	chosen, err := doc.Mapper.ExplainTarget(order)
	if err != nil {
		return unmappable(err, a.Number)
	}
	a.Target = domain.Target(chosen.Value)
	a.Chose(domain.Decision{Code: domain.DecidedTarget, About: chosen.Words()})
	switch a.Target {
	case domain.TargetNone:
		return o.checkUnwanted(ctx, doc, out, order, known, codeNoTarget)
	case domain.TargetDayTotal:
		return o.leaveToDay(ctx, doc, out, order, link)
	}
	if waits, err := o.rests(ctx, doc, out, order, row, booked); err != nil || waits {
		return err
	}
	found, err := o.findIn(ctx, doc, *a, link)
	if err != nil || found == nil {
		return err
	}
	out.Outcome, out.TargetID = OutcomeAdopted, found.ID
	return o.adopt(ctx, *a, order, link.ContentHash, *found)
}

// checkUnwanted ends an order that is not for the books: it was cancelled before
// it was booked, or the document's filter leaves it out. Where an earlier write
// may still take effect, that is waited out and looked for first. One that we never
// tried to write is not looked for: a filter must not cost a call for each order
// that it leaves out.
func (o *Orders) checkUnwanted(ctx context.Context, doc *Document, out *CheckOrderExistsResult, order domain.Order, tried bool, code string) error {
	a := out.Attempt
	skip := func() error {
		out.Outcome = OutcomeSkipped
		return o.ledger().ended(ctx, attemptEnd{attempt: a, outcome: OutcomeSkipped, code: code})
	}
	if !tried {
		return skip()
	}
	lock, link, err := o.ledger().take(ctx, orderKey(a), owner(a), lookLease) // also keeps out an attempt that was given up
	if err != nil {
		return err
	}
	if link.ContentHash == "" {
		return errors.Join(skip(), lock.Release(context.WithoutCancel(ctx)))
	}
	found, err := o.findIn(ctx, doc, a, link)
	switch {
	case err != nil:
		return errors.Join(err, lock.Release(context.WithoutCancel(ctx)))
	case found == nil:
		return errors.Join(skip(), lock.Refused(context.WithoutCancel(ctx)))
	default:
		out.Outcome, out.TargetID = OutcomeAdopted, found.ID
		return o.adopt(ctx, a, order, link.ContentHash, *found)
	}
}

// adopt links an order that stands in the books under our reference. Where a
// write of ours without an answer put it there, it holds what was written then,
// and a version that came later is a change after booking.
func (o *Orders) adopt(ctx context.Context, a Attempt, order domain.Order, written string, record foundOrder) error {
	if err := o.belongsToNobody(ctx, a, record); err != nil {
		return err
	}
	if written == "" || written == order.ContentHash() {
		return o.linked(ctx, a, order, record, OutcomeAdopted, "")
	}
	if err := o.ledger().linked(ctx, linkTo(a, record, written, "", OutcomeAdopted), nil); err != nil {
		return fmt.Errorf("store the link: %w", err)
	}
	return fault.New(fault.Conflict, "changed_after_booking", "compare").About(record.ID)
}

// compareWithBooked decides what a version of an order means that is in the books already.
func (o *Orders) compareWithBooked(ctx context.Context, out *CheckOrderExistsResult, order domain.Order, link store.Link) error {
	a := out.Attempt
	if link.ContentHash != order.ContentHash() {
		return fault.New(fault.Conflict, "changed_after_booking", "compare").About(link.TargetID)
	}
	out.Outcome, out.TargetID = OutcomeUnchanged, link.TargetID
	return o.ledger().ended(ctx, attemptEnd{
		attempt: a, outcome: OutcomeUnchanged, targetID: link.TargetID,
		seen: &store.LinkSeenParams{Integration: a.Integration, Entity: link.Entity, SourceID: link.SourceID, Marker: a.Marker},
	})
}

// linked stores that the order is in the books, and ends the attempt with it.
func (o *Orders) linked(ctx context.Context, a Attempt, order domain.Order, record foundOrder, outcome, draftHash string) error {
	made := linkTo(a, record, order.ContentHash(), draftHash, outcome)
	return o.ledger().ended(ctx, attemptEnd{attempt: a, outcome: outcome, targetID: record.ID, made: &made})
}

func linkTo(a Attempt, record foundOrder, contentHash, draftHash, outcome string) store.LinkMadeParams {
	key := orderKey(a)
	return store.LinkMadeParams{
		Integration: key.Integration, Entity: key.Entity, SourceID: key.SourceID, TargetID: record.ID, Target: string(record.as),
		ContentHash: contentHash, DraftHash: draftHash, Marker: a.Marker, Document: int32(a.Document),
		Adopted: outcome == OutcomeAdopted,
	}
}

// inTx runs what belongs together. The far side has done its part by then, so
// an attempt that is given up meanwhile still stores it.
func (d *Desk) inTx(ctx context.Context, do func(pgx.Tx) error) error {
	return pgx.BeginFunc(context.WithoutCancel(ctx), d.DB, do)
}

func orderKey(a Attempt) db.LinkKey {
	return db.LinkKey{Integration: a.Integration, Entity: string(domain.EntityOrder), SourceID: a.OrderID}
}
