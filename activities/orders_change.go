package activities

import (
	"context"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
)

// How an attempt can end that follows a change.
const (
	OutcomeUpdated   = "updated"   // what stands in the books was changed
	OutcomeCountered = "countered" // what stood in the books was taken back
)

// codeCancelledLeft: the sale is cancelled, and stays in the books by setting.
const codeCancelledLeft = "cancelled_stays"

// compareWithBooked decides what a version of an order means that is in the books
// already, and ends the attempt where nothing is left to do.
func (o *Orders) compareWithBooked(ctx context.Context, doc *Document, out *CheckOrderExistsResult, order domain.Order) error {
	a := &out.Attempt
	papers, err := o.papers(ctx, doc, *a)
	if err != nil {
		return err
	}
	link, _, err := o.ledger().link(ctx, orderKey(*a)) // what was settled just now counts
	if err != nil {
		return err
	}
	plan, err := o.plan(ctx, doc, *a, order, papers, link)
	if err != nil {
		return err
	}
	out.TargetID = link.TargetID
	end := attemptEnd{attempt: *a, targetID: link.TargetID}
	switch plan.Step {
	case reconcile.StepNothing:
		end.outcome = OutcomeUnchanged
		end.seen = &store.LinkSeenParams{Integration: a.Integration, Entity: link.Entity, SourceID: link.SourceID, Marker: a.Marker}
	case reconcile.StepLeave:
		end.outcome, end.code = OutcomeUnchanged, codeCancelledLeft
	case reconcile.StepTakenBack:
		end.outcome = OutcomeCountered
	case reconcile.StepPark:
		return fault.New(fault.Conflict, plan.Code, "compare").About(link.TargetID)
	default:
		a.Change, a.Sequence = plan.Step, plan.Version
		a.Target = papers[len(papers)-1].Target // a sale stays what it became when it was booked
		return nil
	}
	out.Outcome = end.outcome
	return o.ledger().ended(ctx, end)
}

// plan asks the books what they allow only where that matters.
func (o *Orders) plan(ctx context.Context, doc *Document, a Attempt, order domain.Order, papers []db.Booking, link store.Link) (reconcile.ChangePlan, error) {
	stands, rules := booked(papers), doc.Flows.Orders.Changes.Rules()
	plan := reconcile.PlanChange(stands, link.ContentHash, order, rules, reconcile.MayChange{})
	for _, b := range papers {
		if current, found := standing(papers, b.Version); found && plan.Code == reconcile.CodeNotAllowed {
			may, err := o.mayChange(ctx, a, current.Target)
			if err != nil {
				return plan, err
			}
			return reconcile.PlanChange(stands, link.ContentHash, order, rules, may), nil
		}
	}
	return plan, nil
}

func (o *Orders) mayChange(ctx context.Context, a Attempt, target domain.Target) (reconcile.MayChange, error) {
	sink, err := o.Connections.OrderSink(ctx, a.Integration, a.Document, target)
	if err != nil {
		return reconcile.MayChange{}, err
	}
	allowed, err := allowedOf(ctx, sink)
	return reconcile.MayChange{Lines: allowed.Lines}, err
}

// allowedOf is what books let be changed: nothing, where they do not play that role.
func allowedOf(ctx context.Context, sink connectors.OrderSink) (connectors.AllowedChanges, error) {
	changer, able := sink.(connectors.OrderChanger)
	if !able {
		return connectors.AllowedChanges{}, nil
	}
	return changer.ChangesAllowed(ctx)
}
