package activities

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/mapping"
)

// UpdateOrder changes the header of what stands in the books for a sale. Where
// the books do not allow that, or where the lines would be others too, it says to
// look again: the change then goes another way.
func (o *Orders) UpdateOrder(ctx context.Context, in ConfirmOrderInput) (ConfirmOrderResult, error) {
	var out ConfirmOrderResult
	err := o.update(ctx, in, &out)
	o.counted(in.Integration, out.Outcome, err)
	return out, o.fail(ctx, in.Integration, err)
}

// ReplaceLines changes the lines of what stands in the books for a sale, and its
// header where that differs too.
func (o *Orders) ReplaceLines(ctx context.Context, in ConfirmOrderInput) (ConfirmOrderResult, error) {
	var out ConfirmOrderResult
	err := o.replaceLines(ctx, in, &out)
	o.counted(in.Integration, out.Outcome, err)
	return out, o.fail(ctx, in.Integration, err)
}

func (o *Orders) update(ctx context.Context, in ConfirmOrderInput, out *ConfirmOrderResult) error {
	return o.changeInPlace(ctx, in, false, out)
}

func (o *Orders) replaceLines(ctx context.Context, in ConfirmOrderInput, out *ConfirmOrderResult) error {
	return o.changeInPlace(ctx, in, true, out)
}

func (o *Orders) changeInPlace(ctx context.Context, in ConfirmOrderInput, lines bool, out *ConfirmOrderResult) error {
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
	stands, found := standing(papers, a.Sequence)
	switch content := order.ContentHash(); {
	case !found || stands.Held.Fixed == content && !lines:
		out.Again = true
		return nil
	case stands.ContentHash == content: // an earlier try did it, and its answer was lost
		return o.endChange(ctx, a, stands, OutcomeUpdated, out)
	}
	c := &change{Orders: o, in: in, doc: doc, order: order, stands: stands, lines: lines}
	return c.run(ctx, out)
}

// endChange ends an attempt with what stands in the books now.
func (o *Orders) endChange(ctx context.Context, a Attempt, stands db.Booking, outcome string, out *ConfirmOrderResult) error {
	out.Outcome, out.TargetID = outcome, stands.TargetID
	return o.ledger().ended(ctx, attemptEnd{
		attempt: a, outcome: outcome, targetID: stands.TargetID, booked: &stands, made: linksOf(a, stands, settledBy(stands), outcome),
	})
}

// change is one document of the books on its way to what a newer version of its
// sale says.
type change struct {
	*Orders
	in     ConfirmOrderInput
	doc    *Document
	order  domain.Order
	stands db.Booking
	lines  bool
	sink   connectors.OrderSink
	schema domain.Schema
}

func (c *change) run(ctx context.Context, out *ConfirmOrderResult) error {
	var err error
	if c.sink, err = c.Connections.OrderSink(ctx, c.in.Integration, c.in.Document, c.stands.Target); err != nil {
		return err
	}
	if c.schema, err = c.sink.OrderSchema(ctx); err != nil {
		return err
	}
	draft, err := c.draft(ctx, c.sink, c.doc, c.order, &c.in, paperOf(c.stands))
	if err != nil {
		return err
	}
	if !c.lines && c.linesDiffer(ctx, draft) {
		c.stands.Held.Sold = c.order.ContentHash()
		out.Again = true
		return c.ledger().noted(ctx, c.stands)
	}
	header, allowed := c.header(draft)
	differs := !allowed || len(header.Fields) > 0
	if differs && !c.lines {
		if c.doc.Flows.Orders.Changes.Header != domain.HeaderUpdate {
			return fault.New(fault.Conflict, reconcile.CodeChanged, "change order").About(c.stands.TargetID)
		}
		may, err := allowedOf(ctx, c.sink)
		if err != nil {
			return err
		}
		allowed = allowed && may.Header
	}
	switch {
	case !allowed && c.lines:
		return fault.New(fault.Conflict, reconcile.CodeNotAllowed, "change order").About(c.stands.TargetID)
	case !allowed:
		return c.fixed(ctx, out)
	}
	begun := db.BegunChange{Header: header, Lines: c.lines, Draft: c.held(draft, header), Order: c.order, BookDate: c.in.day, Document: c.in.Document}
	if !differs && !c.lines {
		return c.endChange(ctx, c.in.Attempt, after(c.stands, begun), OutcomeUnchanged, out)
	}
	done, err := c.change(ctx, c.sink, c.doc, c.in.Attempt, c.stands, begun)
	switch {
	case refusedInPlace(err) && c.lines: // nothing was changed: there is nothing to finish
		return errors.Join(err, c.ledger().noted(ctx, c.stands))
	case refusedInPlace(err):
		return c.fixed(ctx, out)
	case err != nil:
		return err
	}
	return c.endChange(ctx, c.in.Attempt, done, OutcomeUpdated, out)
}

// fixed notes that the document cannot be changed to this sale in place.
func (c *change) fixed(ctx context.Context, out *ConfirmOrderResult) error {
	c.stands.Held.Fixed, c.stands.Held.Begun = c.order.ContentHash(), nil
	out.Again = true
	return c.ledger().noted(ctx, c.stands)
}

// linesDiffer reports whether the change reaches the lines as they are mapped, such
// as a text on a line, or VAT that follows from what the customer is. Both sales
// are mapped by the document in force: that a document changed changes no lines.
func (c *change) linesDiffer(ctx context.Context, draft domain.Draft) bool {
	in := c.in // what is chosen for the sale as it was is not for the timeline
	before, err := c.draft(ctx, c.sink, c.doc, c.stands.Held.Order, &in, paperOf(c.stands))
	if err != nil { // the sale as it was no longer maps
		before = c.stands.Held.Draft
	}
	return len(reconcile.DraftChanges(domain.Draft{Lines: before.Lines}, domain.Draft{Lines: draft.Lines})) > 0
}

// header is what differs in the header; not allowed where the books do not let a
// field of it be changed.
func (c *change) header(draft domain.Draft) (changes domain.Draft, allowed bool) {
	was := c.stands.Held.Draft
	changes, kept := c.doc.Mapper.Update(was.Fields, draft, c.schema, mapping.WrittenFrom(was))
	for _, k := range kept {
		if k.Reason == mapping.KeptFixed || k.Reason == mapping.KeptUnknown {
			return changes, false
		}
	}
	for _, f := range was.Fields {
		if _, still := field(draft, f.Name); still || f.Value.IsEmpty() {
			continue
		}
		if spec, known := c.schema.Field(f.Name); !known || !spec.Updatable || f.Value.Kind != domain.KindText {
			return changes, false // only a text can be made empty
		}
		changes.Fields = append(changes.Fields, domain.Field{Name: f.Name, Value: domain.TextValue("")})
	}
	return changes, true
}

// held is what the document holds once the change is made.
func (c *change) held(draft, header domain.Draft) domain.Draft {
	holds := c.stands.Held.Draft
	holds.Fields = slices.Clone(holds.Fields)
	for _, f := range header.Fields {
		if i := slices.IndexFunc(holds.Fields, func(h domain.Field) bool { return strings.EqualFold(h.Name, f.Name) }); i >= 0 {
			holds.Fields[i] = f
		} else {
			holds.Fields = append(holds.Fields, f)
		}
	}
	if c.lines {
		holds.Lines = draft.Lines
	}
	return holds
}

func field(d domain.Draft, name string) (domain.Value, bool) {
	for _, f := range d.Fields {
		if strings.EqualFold(f.Name, name) {
			return f.Value, true
		}
	}
	return domain.Value{}, false
}

// finishBegun makes a change again whose answer never came. It sets what it set
// before, so doing it twice does no harm.
func (o *Orders) finishBegun(ctx context.Context, doc *Document, a Attempt, b db.Booking) error {
	sink, err := o.Connections.OrderSink(ctx, a.Integration, a.Document, b.Target)
	if err != nil {
		return err
	}
	begun := *b.Held.Begun
	done, err := o.change(ctx, sink, doc, a, b, begun)
	switch {
	case refusedInPlace(err) && begun.Lines: // which lines stand there, nobody can tell
		return fault.New(fault.Conflict, reconcile.CodeNotAllowed, "change order").About(b.TargetID).Because(err)
	case refusedInPlace(err):
		b.Held.Begun, b.Held.Fixed = nil, begun.Order.ContentHash()
		return o.ledger().noted(ctx, b)
	case err != nil:
		return err
	}
	return o.ledger().noted(ctx, done, linksOf(a, done, settledBy(done), OutcomeUpdated)...)
}

// change makes a change in place, under the lock of the document, and gives the
// booking as it then stands.
func (o *Orders) change(ctx context.Context, sink connectors.OrderSink, doc *Document, a Attempt, b db.Booking, begun db.BegunChange) (db.Booking, error) {
	changer, able := sink.(connectors.OrderChanger)
	if !able {
		return b, fault.New(fault.Rejected, reconcile.CodeNotAllowed, "change order").About(b.TargetID)
	}
	lock, link, err := o.ledger().take(ctx, paperOf(b).key(a), owner(a), lookLease)
	if err != nil {
		return b, err
	}
	b.Held.Begun = &begun
	// What is settled does not change before the answer is there.
	writing := db.Writing{ContentHash: link.ContentHash, Document: int(link.Document), Target: link.Target}
	_, err = writeOnce(ctx, lock, writing, doc.patience(), func(ctx context.Context) (struct{}, error) {
		if err := o.announce(ctx, a, b); err != nil {
			return struct{}{}, err
		}
		if len(begun.Header.Fields) > 0 {
			if err := changer.UpdateOrder(ctx, b.TargetID, begun.Header); err != nil || !begun.Lines {
				return struct{}{}, err
			}
			beat(ctx, "changed the header")
		}
		return struct{}{}, changer.ReplaceLines(ctx, b.TargetID, begun.Draft)
	})
	if err != nil {
		return b, err
	}
	return after(b, begun), nil
}

// after is a booking once a change of it is made.
func after(b db.Booking, begun db.BegunChange) db.Booking {
	b.ContentHash, b.Document = begun.Order.ContentHash(), begun.Document
	b.Held = db.Held{Draft: begun.Draft, Order: begun.Order, BookDate: begun.BookDate}
	return b
}

// refusedInPlace reports whether the books will not have a change: the document
// is no longer an open order, or a field of it is fixed.
func refusedInPlace(err error) bool {
	return fault.Is(err, fault.NotFound) || fault.Is(err, fault.Rejected)
}
