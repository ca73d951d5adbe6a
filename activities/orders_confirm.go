package activities

import (
	"context"
	"errors"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
)

// ConfirmOrderInput names the order and what the earlier steps found for it.
type ConfirmOrderInput struct {
	Attempt
	CustomerNumber string
	AddressCode    string

	day domain.Date // that it counts for in the books, once it is mapped
}

// ConfirmOrderResult says how the order came into the books.
type ConfirmOrderResult struct {
	Outcome     string
	TargetID    string
	Mark        bool  `json:",omitempty"` // the till is to show that the order stands in the books
	NewerMarker int64 // set when a newer version arrived meanwhile: nothing was written
	Again       bool  `json:",omitempty"` // what stands in the books is not what the attempt went by: look again
}

// ConfirmOrder maps the order, proves its VAT to the cent, looks once more, and
// writes it. The lock on the order is held from the look to the link, also
// across the wait after an unclear answer.
func (o *Orders) ConfirmOrder(ctx context.Context, in ConfirmOrderInput) (ConfirmOrderResult, error) {
	var out ConfirmOrderResult
	err := o.confirm(ctx, in, &out)
	o.counted(in.Integration, out.Outcome, err)
	if err == nil {
		out.Mark, err = o.needsMark(ctx, in.Attempt, out.Outcome)
	}
	return out, o.fail(ctx, in.Integration, err)
}

func (o *Orders) confirm(ctx context.Context, in ConfirmOrderInput, out *ConfirmOrderResult) error {
	order, row, err := o.order(ctx, in.Integration, in.OrderID)
	if err != nil {
		return err
	}
	if row.Marker > in.Marker {
		out.NewerMarker = row.Marker
		return nil
	}
	doc, err := o.Documents.Get(ctx, in.Integration, in.Document)
	if err != nil {
		return err
	}
	sink, err := o.Connections.OrderSink(ctx, in.Integration, in.Document, in.as())
	if err != nil {
		return err
	}
	p := in.written()
	draft, err := o.draft(ctx, sink, doc, order, &in, p)
	if err != nil {
		return err
	}
	lock, link, err := o.ledger().take(ctx, p.key(in.Attempt), owner(in.Attempt), lookLease)
	if err != nil {
		return err
	}
	beat(ctx, "mapped the order")
	if link.State == "linked" {
		return errors.Join(o.confirmLinked(ctx, in.Attempt, order, link, out), lock.Release(context.WithoutCancel(ctx)))
	}
	found, err := o.findIn(ctx, doc, in.Attempt, p, link)
	if err != nil {
		return errors.Join(err, lock.Release(context.WithoutCancel(ctx)))
	}
	if found != nil && !found.Unfinished { // what stands there in part is completed by the write
		out.Outcome, out.TargetID = OutcomeAdopted, found.ID
		current, err := o.adopt(ctx, in.Attempt, order, p, link.ContentHash, *found)
		if out.Again = err == nil && !current; out.Again {
			out.Outcome = ""
		}
		return err
	}
	made, err := o.create(ctx, lock, in.Attempt, doc, sink, db.Booking{
		Sale: orderKey(in.Attempt), Version: p.version, Target: in.as(), Reference: p.reference(doc, in.Number),
		ContentHash: order.ContentHash(), Document: in.Document, Held: db.Held{Draft: draft, Order: order, BookDate: in.day},
	})
	if err != nil {
		return err
	}
	return o.endChange(ctx, in.Attempt, made, OutcomeDelivered, out)
}

// confirmLinked ends a step whose earlier try finished, and whose answer was
// lost: with the same answer.
func (o *Orders) confirmLinked(ctx context.Context, a Attempt, order domain.Order, link store.Link, out *ConfirmOrderResult) error {
	if link.ContentHash != order.ContentHash() {
		out.Again = true
		return nil
	}
	out.Outcome, out.TargetID = OutcomeDelivered, link.TargetID
	if link.Adopted {
		out.Outcome = OutcomeAdopted
	}
	return o.ledger().ended(ctx, attemptEnd{attempt: a, outcome: out.Outcome, targetID: link.TargetID})
}
