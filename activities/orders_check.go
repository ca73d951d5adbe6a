package activities

import (
	"context"
	"errors"
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
	codeOfOrder   = "belongs_to_order"
	codeMovesCash = "moves_cash"
)

// CheckOrderExistsResult says whether the order is dealt with already. An empty
// outcome means that it still has to go to the books.
type CheckOrderExistsResult struct {
	Attempt  Attempt // with the document version, the pace and the order's newest marker
	Outcome  string
	TargetID string
	Mark     bool `json:",omitempty"` // the till is to show that the order stands in the books
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
	if err == nil {
		out.Mark, err = o.needsMark(ctx, out.Attempt, out.Outcome)
	}
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
		return o.compareWithBooked(ctx, doc, out, order)
	case order.Cancelled:
		return o.checkUnwanted(ctx, doc, out, order, known, codeCancelled)
	}
	inDay, err := o.ledger().inDay(ctx, order, *a)
	if err != nil {
		return err
	}
	if inDay { // and stays there: booked by itself too, it would count twice
		a.Target = domain.TargetDayTotal
		return o.leaveToDay(ctx, doc, out, order, link)
	}
	unwanted, err := o.unwanted(ctx, doc, *a, order)
	if err != nil {
		return err
	}
	if unwanted != "" {
		return o.checkUnwanted(ctx, doc, out, order, known, unwanted)
	}
	chosen, err := doc.Mapper.ExplainTarget(order)
	if err != nil {
		return unmappable(err, a.Number)
	}
	a.Target = domain.Target(chosen.Value)
	a.Chose(domain.Decision{Code: domain.DecidedTarget, About: chosen.Words()})
	switch {
	case a.Target == domain.TargetDayTotal:
		return o.leaveToDay(ctx, doc, out, order, link)
	case order.MovesCash():
		return o.checkUnwanted(ctx, doc, out, order, known, codeMovesCash)
	case a.Target == domain.TargetNone:
		return o.checkUnwanted(ctx, doc, out, order, known, codeNoTarget)
	}
	if waits, err := o.rests(ctx, doc, out, order, row, booked); err != nil || waits {
		return err
	}
	found, err := o.findIn(ctx, doc, *a, paper{version: 1}, link)
	switch {
	case err != nil:
		return err
	case found != nil && !found.Unfinished: // what stands there in part is completed by the write
		return o.adoptOrCompare(ctx, doc, out, order, link.ContentHash, *found)
	}
	if err := doc.Mapper.Bookable(order, a.Target); err != nil { // no debtor is made for what a person has to decide about first
		return unmappable(err, a.Number)
	}
	_, err = o.credited(ctx, doc, *a, order) // what waits for its original waits before anything is made for it
	return err
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
	found, err := o.findIn(ctx, doc, a, paper{version: 1}, link)
	switch {
	case err != nil:
		return errors.Join(err, lock.Release(context.WithoutCancel(ctx)))
	case found != nil && found.Unfinished:
		if err := lock.Release(context.WithoutCancel(ctx)); err != nil {
			return err
		}
		return o.finishPart(ctx, doc, out, order, *found)
	case found == nil:
		return errors.Join(skip(), lock.Refused(context.WithoutCancel(ctx)))
	default:
		return o.adoptOrCompare(ctx, doc, out, order, link.ContentHash, *found)
	}
}

// adoptOrCompare links an order that was found in the books. Where a write of ours
// put it there that never answered, and a newer version came since, that is a
// change of what stands there.
func (o *Orders) adoptOrCompare(ctx context.Context, doc *Document, out *CheckOrderExistsResult, order domain.Order, written string, record foundOrder) error {
	out.Outcome, out.TargetID = OutcomeAdopted, record.ID
	current, err := o.adopt(ctx, out.Attempt, order, paper{version: 1}, written, record)
	if err != nil || current {
		return err
	}
	out.Outcome = ""
	return o.compareWithBooked(ctx, doc, out, order)
}

// adopt links an order that stands in the books under the reference of a paper.
// Current: it holds this version of the sale, and the attempt ended with it. A
// write of ours without an answer put there what was written then.
func (o *Orders) adopt(ctx context.Context, a Attempt, order domain.Order, p paper, written string, record foundOrder) (current bool, err error) {
	if err := o.belongsToNobody(ctx, a, record); err != nil {
		return false, err
	}
	announced, ours, err := o.announced(ctx, a, p, written)
	if err != nil {
		return false, err
	}
	if !ours && p.mark() != "" { // nobody but we give such references
		return false, fault.New(fault.Conflict, "reference_taken", "adopt order").About(record.ID)
	}
	announced.TargetID, announced.Target = record.ID, record.as
	if written != "" && written != order.ContentHash() {
		links := []store.LinkMadeParams{linkTo(a, record, written, "", OutcomeAdopted)}
		if ours {
			return false, o.ledger().noted(ctx, announced, linksOf(a, announced, written, OutcomeAdopted)...)
		}
		return false, o.ledger().ended(ctx, attemptEnd{attempt: a, outcome: OutcomeAdopted, targetID: record.ID, made: links, goesOn: true})
	}
	end := attemptEnd{attempt: a, outcome: OutcomeAdopted, targetID: record.ID}
	if ours {
		end.booked, end.made = &announced, linksOf(a, announced, written, OutcomeAdopted)
	} else {
		end.made = []store.LinkMadeParams{linkTo(a, record, order.ContentHash(), "", OutcomeAdopted)}
	}
	return true, o.ledger().ended(ctx, end)
}

// announced finds what a write of ours without an answer was to put there. One
// that was not sent is forgotten: what stands there is somebody else's.
func (o *Orders) announced(ctx context.Context, a Attempt, p paper, written string) (b db.Booking, found bool, err error) {
	all, err := o.ledger().bookings(ctx, orderKey(a))
	if err != nil {
		return b, false, err
	}
	for _, b := range all {
		if paperOf(b) == p && !b.Written() {
			if written != "" && b.ContentHash == written {
				return b, true, nil
			}
			return b, false, o.ledger().dropped(ctx, b)
		}
	}
	return b, false, nil
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
