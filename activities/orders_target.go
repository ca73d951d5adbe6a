package activities

import (
	"context"

	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
)

// OutcomeGathered ends an attempt of a sale that is booked in the total of its
// branch and day.
const OutcomeGathered = "gathered"

// leaveToDay ends the attempt of a sale that counts in the total of its day only.
// Where an earlier write may have put it in the books by itself, it is looked for
// first: it would count twice.
func (o *Orders) leaveToDay(ctx context.Context, doc *Document, out *CheckOrderExistsResult, order domain.Order, link store.Link) error {
	a := out.Attempt
	if !doc.Flows.Orders.DayTotals.Enabled {
		return fault.New(fault.Conflict, "day_totals_off", "choose target").About(a.Number)
	}
	if link.ContentHash != "" {
		found, err := o.findIn(ctx, doc, a, paper{version: 1}, link)
		if err != nil {
			return err
		}
		if found != nil && found.Unfinished {
			return unfinished(*found)
		}
		if found != nil {
			return o.adoptOrCompare(ctx, doc, out, order, link.ContentHash, *found)
		}
	}
	out.Outcome = OutcomeGathered
	return o.ledger().ended(ctx, attemptEnd{attempt: a, outcome: OutcomeGathered, code: OutcomeGathered, day: &reconcile.Day{Branch: order.Branch, Date: order.Date}})
}

// leavesOut reports whether a sale is the shop's own use, which the document
// leaves out of the books.
func (d *Document) leavesOut(order domain.Order) bool {
	_, all := reconcile.OwnUse(order)
	return all && d.Flows.Orders.Amounts.OwnUse == domain.OwnUseLeaveOut
}
