package activities

import (
	"context"
	"fmt"
	"strings"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/settings"
)

// foundOrder is an order or an invoice of the books, and which of the two it is.
type foundOrder struct {
	connectors.OrderRecord
	as domain.Target
}

// findIn opens the books and looks for the sale there: where it is to go, and
// where an earlier write that gave no answer may have put it. The document, or the
// sale, may say another place today.
func (o *Orders) findIn(ctx context.Context, doc *Document, a Attempt, p paper, link store.Link) (*foundOrder, error) {
	var places []domain.Target
	if as := a.as(); as == domain.TargetSalesOrder || as == domain.TargetJournal {
		places = append(places, as)
	}
	if tried := targetOf(link); link.ContentHash != "" && (len(places) == 0 || tried != places[0]) {
		places = append(places, tried)
	}
	for _, as := range places {
		sink, err := o.Connections.OrderSink(ctx, a.Integration, a.Document, as)
		if err != nil {
			return nil, err
		}
		record, err := o.find(ctx, sink, doc, a, p, link.Document)
		if err != nil {
			return nil, err
		}
		switch {
		case record == nil:
		case record.Unfinished && as != a.as(): // it would be written elsewhere, beside the part
			return nil, unfinished(foundOrder{*record, as})
		default:
			return &foundOrder{*record, as}, nil
		}
	}
	return nil, nil //nolint:nilnil // nothing found is an answer
}

// targetOf is where a link says that the record stands, or may stand.
func targetOf(link store.Link) domain.Target {
	if link.Target == "" {
		return domain.TargetSalesOrder
	}
	return domain.Target(link.Target)
}

// find looks for a paper of the order in the books. Two of them are for a person.
func (o *Orders) find(ctx context.Context, sink connectors.OrderSink, doc *Document, a Attempt, p paper, tried int32) (*connectors.OrderRecord, error) {
	if strings.TrimSpace(a.Number) == "" { // the bare prefix would find the order of another
		return nil, fault.New(fault.Invalid, "reference_required", "look for order")
	}
	found, err := o.lookUp(ctx, sink, doc, p.reference(doc, a.Number))
	if err == nil && len(found) == 0 && tried != 0 && int(tried) != a.Document {
		// An earlier try, under an earlier document, may have written under another reference.
		var earlier *Document
		if earlier, err = o.Documents.Get(ctx, a.Integration, int(tried)); err == nil {
			found, err = o.lookUp(ctx, sink, doc, p.reference(earlier, a.Number))
			if err == nil && len(found) == 1 && found[0].Unfinished { // it would be written under another reference, beside the part
				err = unfinished(foundOrder{OrderRecord: found[0]})
			}
		}
	}
	if err != nil {
		return nil, err
	}
	return onlyOne(found)
}

// unfinished is the fault of an order that stands in the books in part, where
// nobody will complete it.
func unfinished(found foundOrder) error {
	return fault.New(fault.Conflict, "order_unfinished", "look for order").About(found.ID)
}

// onlyOne is what was found under a reference; two of them are for a person.
func onlyOne(found []connectors.OrderRecord) (*connectors.OrderRecord, error) {
	switch len(found) {
	case 0:
		return nil, nil //nolint:nilnil // nothing found is an answer
	case 1:
		return &found[0], nil
	default:
		return nil, fault.New(fault.Conflict, "order_double", "look for order").About(found[0].ID + ", " + found[1].ID)
	}
}

// lookUp asks the books for an order by a reference of ours.
func (o *Orders) lookUp(ctx context.Context, sink connectors.OrderSink, doc *Document, reference string) ([]connectors.OrderRecord, error) {
	history := connectors.OpenOrdersOnly
	if doc.Flows.Orders.History == settings.HistoryAll {
		history = connectors.WithHistory
	}
	found, err := sink.FindOrders(ctx, reference, history)
	beat(ctx, "looked for the order")
	return found, err
}

// belongsToNobody refuses an order of the books that is another order of the
// till already: two orders with one number must not become one. Orders and
// invoices are numbered apart.
func (o *Orders) belongsToNobody(ctx context.Context, a Attempt, record foundOrder) error {
	owners, err := o.ledger().linkedTo(ctx, a.Integration, record.ID)
	if err != nil {
		return fmt.Errorf("read the links of an order: %w", err)
	}
	for _, owner := range owners {
		if saleOf(owner.SourceID) != a.OrderID && targetOf(store.Link{Target: owner.Target}) == record.as {
			return fault.New(fault.Conflict, "reference_taken", "adopt order").About(record.ID)
		}
	}
	return nil
}
