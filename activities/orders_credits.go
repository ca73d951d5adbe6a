package activities

import (
	"context"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
)

// credited is the number in the books of the sale that this one takes back; empty
// where the till names none, or the document does not ask. A sale whose original is
// not there yet waits for it, and by setting a person decides of each.
func (o *Orders) credited(ctx context.Context, doc *Document, a Attempt, order domain.Order) (string, error) {
	if !reconcile.IsCredit(order) {
		return "", nil
	}
	switch doc.Flows.Orders.Changes.Credits {
	case domain.CreditsPlain:
		return "", nil
	case domain.CreditsPark:
		return "", fault.New(fault.Conflict, "credit_for_a_person", "choose credit").About(a.Number)
	}
	if order.Credits == "" {
		return "", nil
	}
	original := db.LinkKey{Integration: a.Integration, Entity: string(domain.EntityOrder), SourceID: string(order.Credits)}
	link, known, err := o.ledger().link(ctx, original)
	if err != nil {
		return "", err
	}
	if !known || link.State != "linked" {
		return "", fault.New(fault.Conflict, "original_not_booked", "look for original").About(a.Number).
			Awaiting(string(domain.WaitForCredited(order.Credits)))
	}
	return link.TargetID, nil
}
