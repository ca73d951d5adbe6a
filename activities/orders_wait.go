package activities

import (
	"context"
	"fmt"
	"time"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
)

// rests reports whether a sale is to wait before it goes to the books, and says
// so on its timeline, once for each version and cause. One that waited for its
// payment as long as it may is for a person. A version that a person told to go
// now waits for nothing.
func (o *Orders) rests(ctx context.Context, doc *Document, out *CheckOrderExistsResult, order domain.Order, row store.Inbox, booked bool) (bool, error) {
	if out.Attempt.SendNow > 0 && out.Attempt.SendNow >= row.Marker {
		return false, nil
	}
	rest := o.restOf(doc, order, row.ArrivedAt, booked)
	switch rest.Cause {
	case "":
		return false, nil
	case reconcile.NotPaidInTime:
		return false, fault.New(fault.Invalid, "not_paid_in_time", "wait").About(row.Number)
	}
	out.Rest = Rest{Cause: string(rest.Cause), Left: rest.Left}
	return true, o.ledger().waits(ctx, out.Attempt, string(rest.Cause))
}

// restOf decides by the document. What has not arrived yet changed just now.
func (d *Desk) restOf(doc *Document, order domain.Order, arrived time.Time, booked bool) reconcile.Rest {
	now := d.Now()
	if arrived.IsZero() {
		arrived = now
	}
	wait := doc.Flows.Orders.Wait
	rules := reconcile.RestRules{AfterChange: wait.AfterChange.Std(), UntilPaid: wait.UntilPaid, AtMost: wait.AtMost.Std()}
	return reconcile.RestOf(rules, arrived, now, order.FullyPaid, booked)
}

func (k keptLedger) waits(ctx context.Context, a Attempt, cause string) error {
	if err := db.Q.OutcomePut(ctx, k.DB, outcomeOf(ctx, a, OutcomeWaits, cause, "")); err != nil {
		return fmt.Errorf("note that the order waits: %w", err)
	}
	return nil
}

// waits is not for a dry run: it shows what becomes of the order after the wait.
func (m *memoryLedger) waits(context.Context, Attempt, string) error { return nil }
