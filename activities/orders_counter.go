package activities

import (
	"context"
	"errors"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/mapping"
)

// codeCountered: the document was taken back, and the sale is booked anew next.
const codeCountered = "countered_for_change"

// CounterOrder takes back what stands in the books for a sale: it writes the same
// document with its quantities or amounts turned round. Where the sale is to be
// booked anew after that, it proves first that it can be: a sale that has to wait
// for a person waits with what stands for it untouched.
func (o *Orders) CounterOrder(ctx context.Context, in ConfirmOrderInput) (ConfirmOrderResult, error) {
	var out ConfirmOrderResult
	err := o.counter(ctx, in, &out)
	if in.Change == reconcile.StepTakeBack {
		o.counted(in.Integration, out.Outcome, err)
	}
	return out, o.fail(ctx, in.Integration, err)
}

func (o *Orders) counter(ctx context.Context, in ConfirmOrderInput, out *ConfirmOrderResult) error {
	a := in.Attempt
	order, row, err := o.order(ctx, a.Integration, a.OrderID)
	if err != nil {
		return err
	}
	if row.Marker > a.Marker {
		out.NewerMarker = row.Marker
		return nil
	}
	doc, err := o.Documents.Get(ctx, a.Integration, a.Document)
	if err != nil {
		return err
	}
	papers, err := o.papers(ctx, doc, a)
	if err != nil {
		return err
	}
	for _, b := range papers {
		if b.Counter && b.Version == a.Sequence && b.Written() { // an earlier try did it, and its answer was lost
			return o.countered(ctx, a, b, out)
		}
	}
	stands, found := standing(papers, a.Sequence)
	if !found {
		out.Again = true
		return nil
	}
	if a.Change == reconcile.StepCounter {
		sink, err := o.Connections.OrderSink(ctx, a.Integration, a.Document, in.as())
		if err != nil {
			return err
		}
		if _, err := o.draft(ctx, sink, doc, order, &in, a.written()); err != nil {
			return err
		}
	}
	sink, err := o.Connections.OrderSink(ctx, a.Integration, a.Document, stands.Target)
	if err != nil {
		return err
	}
	counter, err := o.turnedRound(ctx, sink, doc, &a, order, stands)
	if err != nil {
		return err
	}
	lock, link, err := o.ledger().take(ctx, paperOf(counter).key(a), owner(a), lookLease)
	if err != nil {
		return err
	}
	if link.State == "linked" {
		err := fault.New(fault.Conflict, reconcile.CodeChanged, "take back").About(link.TargetID)
		return errors.Join(err, lock.Release(context.WithoutCancel(ctx)))
	}
	there, err := o.findPaper(ctx, sink, doc, a, counter)
	if err != nil {
		return errors.Join(err, lock.Release(context.WithoutCancel(ctx)))
	}
	if there != nil && !there.Unfinished {
		counter.TargetID = there.ID
		return o.countered(ctx, a, counter, out)
	}
	if counter, err = o.create(ctx, lock, a, doc, sink, counter); err != nil {
		return err
	}
	return o.countered(ctx, a, counter, out)
}

// countered stores that a document was taken back. It ends the attempt when that
// is all there is to do.
func (o *Orders) countered(ctx context.Context, a Attempt, counter db.Booking, out *ConfirmOrderResult) error {
	out.Outcome, out.TargetID = OutcomeCountered, counter.TargetID
	end := attemptEnd{
		attempt: a, outcome: OutcomeCountered, targetID: counter.TargetID, booked: &counter, made: linksOf(a, counter, settledBy(counter), OutcomeCountered),
	}
	if a.Change != reconcile.StepTakeBack {
		end.code, end.goesOn = codeCountered, true
	}
	return o.ledger().ended(ctx, end)
}

// turnedRound is what takes a document back: the same, as it was written, with its
// quantities or amounts turned round, and with a reference of its own. It counts for
// the day that the sale counts for now, so it falls in the same period as what is
// booked anew.
func (o *Orders) turnedRound(ctx context.Context, sink connectors.OrderSink, doc *Document, a *Attempt, order domain.Order, stands db.Booking) (db.Booking, error) {
	p := paper{version: stands.Version, counter: true}
	counter := db.Booking{
		Sale: orderKey(*a), Version: p.version, Counter: true, Target: stands.Target, Reference: p.reference(doc, a.Number),
		ContentHash: order.ContentHash(), Document: a.Document,
	}
	mapped, err := o.Documents.Get(ctx, a.Integration, stands.Document)
	if err != nil {
		return counter, err
	}
	schema, err := sink.OrderSchema(ctx)
	if err != nil {
		return counter, err
	}
	draft, ok := mapped.Mapper.TurnRound(stands.Held.Draft, stands.Target)
	if !ok {
		return counter, fault.New(fault.Invalid, "counter_unprovable", "turn round").About(stands.TargetID)
	}
	day, err := o.bookDate(ctx, doc, a, order)
	if err != nil {
		return counter, err
	}
	draft.Fields, err = mapped.Mapper.Again(stands.Held.Order, draft.Fields, schema,
		mapping.OrderContext{Target: stands.Target, Reference: stands.Reference, Mark: paperOf(stands).mark(), BookDate: stands.Held.BookDate},
		mapping.OrderContext{Target: stands.Target, Reference: counter.Reference, Mark: p.mark(), BookDate: day})
	if err != nil {
		return counter, unmappable(err, a.Number)
	}
	if !carries(draft, counter.Reference) { // no look-up would ever find what is written
		return counter, fault.New(fault.Invalid, "reference_required", "turn round").About(a.Number)
	}
	counter.Held = db.Held{Draft: draft, BookDate: day}
	return counter, nil
}
