package activities

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/mapping"
)

// ConfirmOrderInput names the order and what the earlier steps found for it.
type ConfirmOrderInput struct {
	Attempt
	CustomerNumber string
	AddressCode    string
}

// ConfirmOrderResult says how the order came into the books.
type ConfirmOrderResult struct {
	Outcome     string
	TargetID    string
	NewerMarker int64 // set when a newer version arrived meanwhile: nothing was written
}

// ConfirmOrder maps the order, proves its VAT to the cent, looks once more, and
// writes it. The lock on the order is held from the look to the link, also
// across the wait after an unclear answer.
func (o *Orders) ConfirmOrder(ctx context.Context, in ConfirmOrderInput) (ConfirmOrderResult, error) {
	var out ConfirmOrderResult
	err := o.confirm(ctx, in, &out)
	o.counted(in.Integration, out.Outcome, err)
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
	sink, err := o.Connections.OrderSink(ctx, in.Integration, in.Document, domain.TargetSalesOrder)
	if err != nil {
		return err
	}
	draft, err := o.draft(ctx, sink, doc, order, in)
	if err != nil {
		return err
	}
	lock, link, err := o.ledger().take(ctx, orderKey(in.Attempt), owner(in.Attempt), lookLease)
	if err != nil {
		return err
	}
	beat(ctx, "mapped the order")
	if link.State == "linked" {
		return errors.Join(o.confirmLinked(ctx, in.Attempt, order, link, out), lock.Release(context.WithoutCancel(ctx)))
	}
	found, err := o.find(ctx, sink, doc, in.Attempt, link.Document)
	if err != nil {
		return errors.Join(err, lock.Release(context.WithoutCancel(ctx)))
	}
	if found != nil {
		out.Outcome, out.TargetID = OutcomeAdopted, found.ID
		return o.adopt(ctx, in.Attempt, order, link.ContentHash, *found)
	}
	made, err := writeOnce(ctx, lock, db.Writing{ContentHash: order.ContentHash(), Document: in.Document}, doc.patience(), func(ctx context.Context) (connectors.OrderRecord, error) {
		return sink.CreateOrder(ctx, draft)
	})
	if err != nil {
		return err
	}
	out.Outcome, out.TargetID = OutcomeDelivered, made.ID
	return o.linked(ctx, in.Attempt, order, made, OutcomeDelivered, draft.Hash())
}

// confirmLinked ends a step whose earlier try finished, and whose answer was
// lost: with the same answer.
func (o *Orders) confirmLinked(ctx context.Context, a Attempt, order domain.Order, link store.Link, out *ConfirmOrderResult) error {
	if link.ContentHash != order.ContentHash() {
		return fault.New(fault.Conflict, "changed_after_booking", "compare").About(link.TargetID)
	}
	out.Outcome, out.TargetID = OutcomeDelivered, link.TargetID
	if link.Adopted {
		out.Outcome = OutcomeAdopted
	}
	return o.ledger().ended(ctx, attemptEnd{attempt: a, outcome: out.Outcome, targetID: link.TargetID})
}

// draft maps the order into the books' own fields, and refuses to go on when the
// books would then disagree with the till about any VAT group.
func (o *Orders) draft(ctx context.Context, sink connectors.OrderSink, doc *Document, order domain.Order, in ConfirmOrderInput) (domain.Draft, error) {
	schema, err := sink.OrderSchema(ctx)
	if err != nil {
		return domain.Draft{}, err
	}
	draft, booked, err := doc.Mapper.Order(order, mapping.OrderContext{
		CustomerNumber: in.CustomerNumber,
		AddressCode:    in.AddressCode,
		Reference:      doc.Flows.Orders.OrderReference(in.Number),
	}, schema)
	if err != nil {
		return domain.Draft{}, unmappable(err, in.Number)
	}
	if differences := reconcile.VATProof(order, booked); len(differences) > 0 {
		return domain.Draft{}, fault.New(fault.Invalid, "vat_differs", "prove VAT").About(in.Number).WithDetail(wordDifferences(differences))
	}
	if !carries(draft, doc.Flows.Orders.OrderReference(in.Number)) { // no look-up would ever find what is written
		return domain.Draft{}, fault.New(fault.Invalid, "reference_required", "map").About(in.Number)
	}
	return draft, nil
}

// carries reports whether a field of the draft holds the whole reference.
func carries(draft domain.Draft, reference string) bool {
	return slices.ContainsFunc(draft.Fields, func(f domain.Field) bool { return strings.EqualFold(f.Value.Text, reference) })
}
