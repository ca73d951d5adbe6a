package activities

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
)

// unwanted says why a sale is not for the books, whatever its target; empty: it is.
func (o *Orders) unwanted(ctx context.Context, doc *Document, a Attempt, order domain.Order) (string, error) {
	taken, err := o.countsAsOrder(ctx, doc, a, order)
	if err != nil {
		return "", err
	}
	if taken {
		return codeOfOrder, nil
	}
	return doc.filtered(order)
}

// filtered is what of the document leaves a sale out; empty: nothing does.
func (d *Document) filtered(order domain.Order) (string, error) {
	named := order
	named.Employee = cmp.Or(order.Employee, d.Flows.Orders.Fill.Employee)
	if code := d.Flows.Orders.Only.LeavesOut(named); code != "" {
		return code, nil
	}
	passes, err := d.Mapper.Passes(order)
	switch {
	case err != nil:
		return "", unmappable(err, order.Number)
	case !passes:
		return codeFiltered, nil
	case d.leavesOut(order):
		return codeOwnUse, nil
	default:
		return "", nil
	}
}

// countsAsOrder reports whether a receipt or an invoice belongs to a sales order that
// goes to the books, so that the sale counts there. An order that arrived is one; of
// one that did not the till is asked, for it may be of a type that nobody takes, like
// that of a table. What the filters make of the order does not matter: it may pass later.
func (o *Orders) countsAsOrder(ctx context.Context, doc *Document, a Attempt, sale domain.Order) (bool, error) {
	if len(sale.OrderIDs) == 0 || !slices.Contains(doc.Flows.Orders.Sources, domain.SourceOrder) {
		return false, nil
	}
	for _, id := range sale.OrderIDs {
		_, err := db.Q.InboxGet(ctx, o.DB, store.InboxGetParams{
			Integration: a.Integration, Entity: string(domain.EntityOrder), SourceID: string(id),
		})
		switch {
		case err == nil:
			return true, nil
		case !db.IsNotFound(err):
			return false, fmt.Errorf("look for the order of a sale: %w", err)
		}
	}
	source, err := o.Connections.OrderSource(ctx, a.Integration, a.Document, domain.SourceOrder)
	if err != nil {
		return false, err
	}
	for _, id := range sale.OrderIDs {
		taken, err := source.TakesOrder(ctx, id)
		beat(ctx, "asked the till for the order of a sale")
		if err != nil || taken {
			return taken, err
		}
	}
	return false, nil
}
