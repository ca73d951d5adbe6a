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

// Retry has parked records tried again, and gives why one is not, in their order. Who
// asked is written down. Orders are asked for by their workflow: one that somebody
// ended is started anew, for it is parked and so not done. Records of the books are
// tried by a run of their flow that names them all; approve answers the question
// about what is gone.
func (a *App) Retry(ctx context.Context, rows []store.Parked, approve bool, who string) []error {
	failed := a.retryRecords(ctx, rows, approve)
	for i, row := range rows {
		if !fromBooks(row) {
			failed[i] = a.retryOrder(ctx, row)
		}
		if failed[i] == nil {
			failed[i] = a.intervened(ctx, a.DB, row, store.InterventionPutParams{Action: interveneRetry, Who: who})
		}
	}
	return failed
}

func (a *App) retryOrder(ctx context.Context, row store.Parked) error {
	err := a.update(ctx, row, workflows.UpdateRetry, nil)
	var gone *serviceerror.NotFound
	if errors.As(err, &gone) {
		return a.startAnew(ctx, row)
	}
	return err
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

// Skip ends a parked record without another attempt, for one of domain.SkipReasons.
func (a *App) Skip(ctx context.Context, row store.Parked, reason, who string) error {
	if fromBooks(row) {
		return a.skipRecord(ctx, row, reason, who)
	}
	err := a.update(ctx, row, workflows.UpdateSkip, nil, workflows.SkipOrder{ReasonCode: reason})
	var gone *serviceerror.NotFound
	switch {
	case errors.As(err, &gone):
		return errEnded
	case err != nil:
		return err
	}
	return a.intervened(ctx, a.DB, row, store.InterventionPutParams{Action: interveneSkip, Reason: reason, Who: who})
}

// intervened writes down what a person did about a parked record, and who.
func (a *App) intervened(ctx context.Context, tx store.DBTX, row store.Parked, did store.InterventionPutParams) error {
	did.Integration, did.Entity, did.SourceID, did.Number, did.Code = row.Integration, row.Entity, row.SourceID, row.Number, row.Code
	if err := db.Q.InterventionPut(ctx, tx, did); err != nil {
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
	if fromBooks(row) {
		return a.fixRecord(ctx, row, kind, content, who)
	}
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
	return did, a.intervened(ctx, a.DB, row, store.InterventionPutParams{Action: interveneFix, Fix: &id, Who: who})
}

func (a *App) fixes() db.Fixes { return db.Fixes{DB: a.DB, Box: a.Secrets.Box} }
