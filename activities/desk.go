package activities

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"go.temporal.io/sdk/activity"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/telemetry"
)

// Desk is what every activity works with.
type Desk struct {
	Connections connectors.Directory
	DB          *pgxpool.Pool
	Payloads    *db.Payloads
	Documents   *Documents
	Now         func() time.Time
	Metrics     *telemetry.Metrics // nil: nobody measures
}

// arrival is an order as the inbox keeps it, encrypted.
type arrival struct {
	Order domain.Order
	Raw   []byte // as the till sent it
	Fault string // code of why the order could not be understood; empty when it was
}

// order reads the order of an attempt from the inbox: the newest version that
// arrived, whatever version the attempt began with.
func (d *Desk) order(ctx context.Context, integration, orderID string) (domain.Order, store.Inbox, error) {
	row, err := db.Q.InboxGet(ctx, d.DB, store.InboxGetParams{
		Integration: integration, Entity: string(domain.EntityOrder), SourceID: orderID,
	})
	if db.IsNotFound(err) {
		return domain.Order{}, row, fault.New(fault.NotFound, "order_never_arrived", "read inbox")
	}
	if err != nil {
		return domain.Order{}, row, fmt.Errorf("read the inbox: %w", err)
	}
	plain, err := d.Payloads.Get(ctx, integration, db.PayloadRef{Month: row.PayloadMonth, ID: row.PayloadID})
	if errors.Is(err, db.ErrNoPayload) {
		return domain.Order{}, row, fault.New(fault.NotFound, "payload_gone", "read inbox").About(row.Number)
	}
	if err != nil {
		return domain.Order{}, row, err
	}
	var in arrival
	if err := json.Unmarshal(plain, &in); err != nil {
		return domain.Order{}, row, fault.New(fault.Invalid, "payload_damaged", "read inbox").About(row.Number)
	}
	if in.Fault != "" {
		return domain.Order{}, row, fault.New(fault.Invalid, in.Fault, "read order").About(row.Number)
	}
	return in.Order, row, nil
}

// links are the locks and links of this desk.
func (d *Desk) links() db.Links { return db.Links{DB: d.DB} }

// owner names whose work on a record it is: the same order comes back to its own lock.
func owner(a Attempt) string { return "order/" + a.OrderID }

// beat tells Temporal that a remote call came back.
func beat(ctx context.Context, step string) { activity.RecordHeartbeat(ctx, step) }

// counted counts an order that ended, once its outcome is stored.
func (d *Desk) counted(integration, outcome string, err error) {
	if err == nil && outcome != "" {
		d.Metrics.Record(integration, domain.FlowOrders, outcome)
	}
}

// ended writes how an attempt ended, closes what was parked of the record and
// marks this version as dealt with, together.
func (d *Desk) ended(ctx context.Context, tx pgx.Tx, a Attempt, outcome, code, targetID string) error {
	if err := db.Q.OutcomePut(ctx, tx, outcomeOf(ctx, a, outcome, code, targetID)); err != nil {
		return fmt.Errorf("store the outcome: %w", err)
	}
	record := store.ParkedCloseParams{
		Integration: a.Integration, Entity: string(domain.EntityOrder), SourceID: a.OrderID, ClosedBy: outcome,
	}
	if _, err := db.Q.ParkedClose(ctx, tx, record); err != nil {
		return fmt.Errorf("close what was parked: %w", err)
	}
	err := db.Q.InboxFinished(ctx, tx, store.InboxFinishedParams{
		Integration: a.Integration, Entity: string(domain.EntityOrder), SourceID: a.OrderID, Marker: a.Marker,
	})
	if err != nil {
		return fmt.Errorf("mark the order as dealt with: %w", err)
	}
	return nil
}

func outcomeOf(ctx context.Context, a Attempt, outcome, code, targetID string) store.OutcomePutParams {
	return store.OutcomePutParams{
		Integration: a.Integration, Flow: domain.FlowOrders, Entity: string(domain.EntityOrder), SourceID: a.OrderID, Number: a.Number,
		Marker: a.Marker, Document: int32(a.Document), Outcome: outcome, Code: code, TargetID: targetID,
		Run: activity.GetInfo(ctx).WorkflowExecution.RunID,
	}
}
