package activities

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"go.temporal.io/sdk/activity"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
)

// outcomeParked is how an attempt ends that a person must look at.
const outcomeParked = "parked"

// ParkOrderInput names the order and why it cannot pass.
type ParkOrderInput struct {
	Attempt
	Failure Failure
}

// ParkOrder puts the order where a person sees it, with the reason, the amount
// and a reference to what the far side said.
func (o *Orders) ParkOrder(ctx context.Context, in ParkOrderInput) error {
	err := o.park(ctx, in)
	o.counted(in.Integration, outcomeParked, err)
	return o.failButTryOn(ctx, in.Integration, err)
}

func (o *Orders) park(ctx context.Context, in ParkOrderInput) error {
	row, err := db.Q.InboxGet(ctx, o.DB, store.InboxGetParams{
		Integration: in.Integration, Entity: string(domain.EntityOrder), SourceID: in.OrderID,
	})
	if err != nil && !db.IsNotFound(err) {
		return fmt.Errorf("read the inbox: %w", err)
	}
	if in.Document == 0 { // the step that reads the document failed: it went by the one in force
		if doc, err := o.Documents.Current(ctx, in.Integration); err == nil {
			in.Document = doc.Version
		}
	}
	parked := store.ParkedPutParams{
		Integration: in.Integration, Flow: domain.FlowOrders, Entity: string(domain.EntityOrder), SourceID: in.OrderID,
		Number: in.Number, Code: in.Failure.Code, About: in.Failure.About, Document: int32(in.Document),
		TotalCents: row.TotalCents, WorkflowID: activity.GetInfo(ctx).WorkflowExecution.ID,
		WaitsFor: waitsFor(in.Failure),
	}
	if ref, err := db.ParsePayloadRef(in.Failure.Words); err == nil {
		parked.PayloadMonth, parked.PayloadID = &ref.Month, &ref.ID
	}
	return o.inTx(ctx, func(tx pgx.Tx) error {
		if _, err := db.Q.ParkedPut(ctx, tx, parked); err != nil {
			return fmt.Errorf("park the order: %w", err)
		}
		return db.Q.OutcomePut(ctx, tx, outcomeOf(ctx, in.Attempt, outcomeParked, in.Failure.Code, ""))
	})
}
