package activities

import (
	"context"
	"errors"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

// papers lists what stands in the books for a sale. What was begun and never
// answered is settled first, so that the list is true: a paper that may have been
// written is looked for, a change that may have been made is made again.
func (o *Orders) papers(ctx context.Context, doc *Document, a Attempt) ([]db.Booking, error) {
	all, err := o.ledger().bookings(ctx, orderKey(a))
	if err != nil {
		return nil, err
	}
	open := false
	for _, b := range all {
		switch {
		case !b.Written() && paperOf(b).mark() != "": // the first one is looked for by its order
			open = true
			err = o.lookForAnnounced(ctx, doc, a, b)
		case b.Held.Begun != nil:
			open = true
			err = o.finishBegun(ctx, doc, a, b)
		}
		if err != nil {
			return nil, err
		}
	}
	if !open {
		return all, nil
	}
	return o.ledger().bookings(ctx, orderKey(a))
}

// lookForAnnounced finds out what became of a paper whose answer never came.
func (o *Orders) lookForAnnounced(ctx context.Context, doc *Document, a Attempt, b db.Booking) error {
	lock, link, err := o.ledger().take(ctx, paperOf(b).key(a), owner(a), lookLease)
	if err != nil {
		return err
	}
	if link.ContentHash == "" { // nothing was sent
		return errors.Join(o.ledger().dropped(ctx, b), lock.Release(context.WithoutCancel(ctx)))
	}
	sink, err := o.Connections.OrderSink(ctx, a.Integration, a.Document, b.Target)
	if err != nil {
		return errors.Join(err, lock.Release(context.WithoutCancel(ctx)))
	}
	found, err := o.findPaper(ctx, sink, doc, a, b)
	switch {
	case err != nil:
		return errors.Join(err, lock.Release(context.WithoutCancel(ctx)))
	case found == nil:
		return errors.Join(o.ledger().dropped(ctx, b), lock.Refused(context.WithoutCancel(ctx)))
	}
	if found.Unfinished { // as it was announced; what changed since is a change of what stands there
		writing := db.Writing{ContentHash: link.ContentHash, Document: int(link.Document), Target: link.Target}
		made, err := writeOnce(ctx, lock, writing, doc.patience(), func(ctx context.Context) (connectors.OrderRecord, error) {
			return sink.CreateOrder(ctx, b.Held.Draft)
		})
		if err != nil {
			return err
		}
		found = &made
	}
	b.TargetID = found.ID
	end := attemptEnd{
		attempt: a, outcome: OutcomeAdopted, targetID: b.TargetID, booked: &b, made: linksOf(a, b, settledBy(b), OutcomeAdopted), goesOn: true,
	}
	if b.Counter {
		end.outcome, end.code = OutcomeCountered, codeCountered
	}
	return o.ledger().ended(ctx, end)
}

// finishPart completes an order of which a write that never answered left a part,
// as it was announced, and goes on as with any order that stands in the books.
func (o *Orders) finishPart(ctx context.Context, doc *Document, out *CheckOrderExistsResult, order domain.Order, found foundOrder) error {
	all, err := o.ledger().bookings(ctx, orderKey(out.Attempt))
	if err != nil {
		return err
	}
	for _, b := range all {
		if !b.Written() && paperOf(b).mark() == "" {
			if err := o.lookForAnnounced(ctx, doc, out.Attempt, b); err != nil {
				return err
			}
		}
	}
	link, known, err := o.ledger().link(ctx, orderKey(out.Attempt))
	if err != nil {
		return err
	}
	if !known || link.State != "linked" { // nothing says what it was to hold
		return unfinished(found)
	}
	return o.compareWithBooked(ctx, doc, out, order)
}

// findPaper looks for a paper under the reference that it was written with.
func (o *Orders) findPaper(ctx context.Context, sink connectors.OrderSink, doc *Document, a Attempt, b db.Booking) (*connectors.OrderRecord, error) {
	found, err := o.lookUp(ctx, sink, doc, b.Reference)
	if err != nil {
		return nil, err
	}
	record, err := onlyOne(found)
	if err == nil && record != nil {
		err = o.belongsToNobody(ctx, a, foundOrder{*record, b.Target})
	}
	return record, err
}

// booked is what stands in the books, as the decision reads it.
func booked(all []db.Booking) []reconcile.Booked {
	var stands []reconcile.Booked
	for _, b := range all {
		if b.Written() {
			stands = append(stands, reconcile.Booked{
				Version: b.Version, Counter: b.Counter, ContentHash: b.ContentHash, Order: b.Held.Order, Fixed: b.Held.Fixed, Sold: b.Held.Sold,
			})
		}
	}
	return stands
}
