package activities

import (
	"context"
	"encoding/json"
	"time"

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
	Catalogue   connectors.CatalogDirectory
	DB          *pgxpool.Pool
	Payloads    *db.Payloads
	Documents   *Documents
	Now         func() time.Time
	Metrics     *telemetry.Metrics // nil: nobody measures
	SetUp       connectors.SetUp
	Listings    db.Listings
	Tests       db.ConnectionTests
	Consents    db.Consents

	memory ledger // of a dry run; nil: the ledger in DB
}

// ledger is what this desk goes by and writes down.
func (d *Desk) ledger() ledger {
	if d.memory != nil {
		return d.memory
	}
	return keptLedger{d}
}

// arrival is an order as the inbox keeps it, encrypted.
type arrival struct {
	Order domain.Order
	Raw   []byte // as the till sent it
	Fault string // code of why the order could not be understood; empty when it was

	EditedBy string `json:",omitempty"` // the fix that a person edited it with
}

// arrivalOf is what the inbox keeps of an order that came.
func arrivalOf(came connectors.SourceOrder) arrival {
	kept := arrival{Order: came.Order, Raw: came.Raw}
	if came.Fault != nil {
		kept.Fault = "order_not_understood"
		if f, ok := fault.As(came.Fault); ok {
			kept.Fault = f.Code
		}
	}
	return kept
}

// order reads the order of an attempt from the inbox: the newest version that
// arrived, whatever version the attempt began with.
func (d *Desk) order(ctx context.Context, integration, orderID string) (domain.Order, store.Inbox, error) {
	in, row, err := d.ledger().arrived(ctx, integration, orderID)
	if err != nil {
		return domain.Order{}, row, err
	}
	if in.Fault != "" {
		return domain.Order{}, row, fault.New(fault.Invalid, in.Fault, "read order").About(row.Number)
	}
	return in.Order, row, nil
}

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

func outcomeOf(ctx context.Context, a Attempt, outcome, code, targetID string) store.OutcomePutParams {
	decisions, err := json.Marshal(a.Decisions)
	if err != nil || a.Decisions == nil { // texts only: it cannot fail
		decisions = []byte("[]")
	}
	return store.OutcomePutParams{
		Integration: a.Integration, Flow: domain.FlowOrders, Entity: string(domain.EntityOrder), SourceID: a.OrderID, Number: a.Number,
		Marker: a.Marker, Document: int32(a.Document), Outcome: outcome, Code: code, TargetID: targetID,
		Run: activity.GetInfo(ctx).WorkflowExecution.RunID, Decisions: decisions,
	}
}
