package app

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/worker"
	"github.com/koppel/koppel/workflows"
)

// What a person can do about a parked order, as it is written down.
const (
	interveneRetry = "retry"
	interveneSkip  = "skip"
	interveneFix   = "fix"
)

// Retry asks the workflow of a parked order for a new attempt. An order whose
// workflow somebody ended is started anew: it is parked, so it is not done. Who
// asked is written down.
func (a *App) Retry(ctx context.Context, row store.Parked, who string) error {
	err := a.update(ctx, row, workflows.UpdateRetry, nil)
	var gone *serviceerror.NotFound
	if errors.As(err, &gone) {
		err = a.startAnew(ctx, row)
	}
	if err != nil {
		return err
	}
	return a.intervened(ctx, row, store.InterventionPutParams{Action: interveneRetry, Who: who})
}

func (a *App) startAnew(ctx context.Context, row store.Parked) error {
	inbox, err := db.Q.InboxGet(ctx, a.DB, store.InboxGetParams{Integration: row.Integration, Entity: row.Entity, SourceID: row.SourceID})
	if err != nil {
		return fmt.Errorf("read the inbox: %w", err)
	}
	return worker.Starter{Temporal: a.Temporal}.StartOrder(ctx, activities.OrderToStart{
		Integration: row.Integration, OrderID: row.SourceID, Number: row.Number, Marker: inbox.Marker,
	})
}

var errEnded = errors.New("its workflow was ended by somebody: koppel parked retry starts it anew; when it is parked again, ask once more")

// Skip ends a parked order without another attempt, for one of domain.SkipReasons.
func (a *App) Skip(ctx context.Context, row store.Parked, reason, who string) error {
	err := a.update(ctx, row, workflows.UpdateSkip, nil, workflows.SkipOrder{ReasonCode: reason})
	var gone *serviceerror.NotFound
	switch {
	case errors.As(err, &gone):
		return errEnded
	case err != nil:
		return err
	}
	return a.intervened(ctx, row, store.InterventionPutParams{Action: interveneSkip, Reason: reason, Who: who})
}

// intervened writes down what a person did about a parked order, and who.
func (a *App) intervened(ctx context.Context, row store.Parked, did store.InterventionPutParams) error {
	did.Integration, did.Entity, did.SourceID, did.Number, did.Code = row.Integration, row.Entity, row.SourceID, row.Number, row.Code
	if err := db.Q.InterventionPut(ctx, a.DB, did); err != nil {
		return fmt.Errorf("it was done, but who did it could not be written down: %w", err)
	}
	return nil
}

// update sends what a person decided to the workflow of an order, and reads what
// that answers.
func (a *App) update(ctx context.Context, row store.Parked, name string, answer any, args ...any) error {
	handle, err := a.Temporal.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
		WorkflowID: row.WorkflowID, UpdateName: name, Args: args, WaitForStage: client.WorkflowUpdateStageCompleted,
	})
	if err != nil {
		return err
	}
	return handle.Get(ctx, answer)
}

// Fixed is a fix that took effect.
type Fixed struct {
	ID       string
	Kind     string // payload or lookup
	Document int    // version of the document that a row became
}

// Fix stores a fix of a parked order and has it checked. What it is refused for is
// in the error; the fix is kept then, so that its details can be read.
func (a *App) Fix(ctx context.Context, row store.Parked, kind string, content []byte, who string) (Fixed, error) {
	inbox, err := db.Q.InboxGet(ctx, a.DB, store.InboxGetParams{Integration: row.Integration, Entity: row.Entity, SourceID: row.SourceID})
	if err != nil {
		return Fixed{}, fmt.Errorf("read the inbox: %w", err)
	}
	id, err := a.fixes().Put(ctx, store.FixPutParams{
		Integration: row.Integration, Entity: row.Entity, SourceID: row.SourceID, Number: row.Number, Kind: kind, Marker: inbox.Marker, Author: who,
	}, content)
	if err != nil {
		return Fixed{}, err
	}
	return a.sendFix(ctx, row, id, who)
}

func (a *App) sendFix(ctx context.Context, row store.Parked, id uuid.UUID, who string) (Fixed, error) {
	var fixed workflows.FixedOrder
	err := a.update(ctx, row, workflows.UpdateFix, &fixed, workflows.FixOrder{FixID: id.String()})
	var gone *serviceerror.NotFound
	switch {
	case errors.As(err, &gone):
		return Fixed{ID: id.String()}, errEnded
	case err != nil:
		return Fixed{ID: id.String()}, err
	}
	did := Fixed{ID: id.String(), Kind: fixed.Kind, Document: fixed.Document}
	return did, a.intervened(ctx, row, store.InterventionPutParams{Action: interveneFix, Fix: &id, Who: who})
}

func (a *App) fixes() db.Fixes { return db.Fixes{DB: a.DB, Box: a.Secrets.Box} }
