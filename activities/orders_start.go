package activities

import (
	"context"
	"fmt"

	"go.temporal.io/sdk/activity"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
)

const startBatch = 200

// StartOrdersInput asks for the workflows of all orders that wait for one, or of
// named orders.
type StartOrdersInput struct {
	Integration string
	OrderIDs    []string
	Started     int // how many this run started before
	Document    int // version that the run works under; 0: the one in force
}

// StartOrdersResult counts the workflows started or told.
type StartOrdersResult struct {
	Started int
	Held    bool // the run may start no more: what waits still is for the next run
}

// StartOrders starts one PushOrder workflow for each order that waits for one.
// An order whose workflow runs is told that a newer version arrived. What a
// crash left unstarted is started by the next run, and so is what is more than
// the document lets one run start.
func (o *Orders) StartOrders(ctx context.Context, in StartOrdersInput) (StartOrdersResult, error) {
	var out StartOrdersResult
	err := o.start(ctx, in, &out)
	return out, o.failButTryOn(ctx, in.Integration, err)
}

func (o *Orders) start(ctx context.Context, in StartOrdersInput, out *StartOrdersResult) error {
	if len(in.OrderIDs) > 0 {
		return o.startNamed(ctx, in, out)
	}
	doc, err := o.Documents.ofRun(ctx, in.Integration, in.Document)
	if err != nil {
		return err
	}
	if activity.HasHeartbeatDetails(ctx) { // an earlier try started these
		if err := activity.GetHeartbeatDetails(ctx, &out.Started); err != nil {
			return fmt.Errorf("read how far an earlier try came: %w", err)
		}
	}
	for {
		batch := startBatch
		if most := doc.Flows.Orders.MostPerRun; most > 0 {
			batch = min(batch, most-in.Started-out.Started)
		}
		if batch <= 0 {
			out.Held = true
			return nil
		}
		rows, err := db.Q.InboxListUnstarted(ctx, o.DB, store.InboxListUnstartedParams{
			Integration: in.Integration, Entity: string(domain.EntityOrder), Most: int32(batch),
		})
		if err != nil {
			return fmt.Errorf("list what waits in the inbox: %w", err)
		}
		for _, row := range rows {
			order := OrderToStart{Integration: in.Integration, OrderID: row.SourceID, Number: row.Number, Marker: row.Marker}
			if err := o.startOne(ctx, order, out); err != nil {
				return err
			}
		}
		if len(rows) < batch {
			return nil
		}
	}
}

// startNamed starts the named orders again, also when they were started before
// and however many there are: a person asked.
func (o *Orders) startNamed(ctx context.Context, in StartOrdersInput, out *StartOrdersResult) error {
	for _, id := range in.OrderIDs {
		row, err := db.Q.InboxGet(ctx, o.DB, store.InboxGetParams{
			Integration: in.Integration, Entity: string(domain.EntityOrder), SourceID: id,
		})
		if err != nil {
			return fmt.Errorf("read the inbox: %w", err)
		}
		if row.FinishedMarker >= row.Marker {
			continue
		}
		order := OrderToStart{Integration: in.Integration, OrderID: id, Number: row.Number, Marker: row.Marker}
		if err := o.startOne(ctx, order, out); err != nil {
			return err
		}
	}
	return nil
}

func (o *Orders) startOne(ctx context.Context, order OrderToStart, out *StartOrdersResult) error {
	if err := o.Starter.StartOrder(ctx, order); err != nil {
		return fmt.Errorf("start the workflow of order %s: %w", order.Number, err)
	}
	out.Started++
	activity.RecordHeartbeat(ctx, out.Started)
	err := db.Q.InboxStarted(ctx, o.DB, store.InboxStartedParams{
		Integration: order.Integration, Entity: string(domain.EntityOrder), SourceID: order.OrderID, Marker: order.Marker,
	})
	if err != nil {
		return fmt.Errorf("mark order %s as started: %w", order.Number, err)
	}
	return nil
}
