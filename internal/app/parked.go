package app

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/worker"
	"github.com/koppel/koppel/workflows"
)

const mostRetried = 10_000

// AllParked lists what waits for a person, the oldest first: of one integration,
// or of all when none is named.
func (a *App) AllParked(ctx context.Context, integration string, most int) ([]store.Parked, error) {
	if integration != "" {
		if _, err := a.Documents.Current(ctx, integration); err != nil {
			return nil, err
		}
	}
	rows, err := db.Q.ParkedListOpen(ctx, a.DB, store.ParkedListOpenParams{Integration: integration, Most: int32(most)})
	if err != nil {
		return nil, fmt.Errorf("list what is parked: %w", err)
	}
	return rows, nil
}

// Parked finds parked orders: by number, or all of an integration, and if a
// reason is given only those parked for it.
func (a *App) Parked(ctx context.Context, integration string, numbers []string, code string) ([]store.Parked, error) {
	rows, err := a.AllParked(ctx, integration, mostRetried)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(rows, func(row store.Parked) bool {
		return row.Entity != string(domain.EntityOrder) ||
			code != "" && row.Code != code ||
			len(numbers) > 0 && !slices.Contains(numbers, row.Number)
	}), nil
}

// Retry asks the workflow of a parked order for a new attempt. An order whose
// workflow somebody ended is started anew: it is parked, so it is not done.
func (a *App) Retry(ctx context.Context, row store.Parked) error {
	err := a.update(ctx, row, workflows.UpdateRetry)
	var gone *serviceerror.NotFound
	if !errors.As(err, &gone) {
		return err
	}
	inbox, err := db.Q.InboxGet(ctx, a.DB, store.InboxGetParams{Integration: row.Integration, Entity: row.Entity, SourceID: row.SourceID})
	if err != nil {
		return fmt.Errorf("read the inbox: %w", err)
	}
	return worker.Starter{Temporal: a.Temporal}.StartOrder(ctx, activities.OrderToStart{
		Integration: row.Integration, OrderID: row.SourceID, Number: row.Number, Marker: inbox.Marker,
	})
}

// Skip ends a parked order without another attempt, for one of domain.SkipReasons.
func (a *App) Skip(ctx context.Context, row store.Parked, reason string) error {
	err := a.update(ctx, row, workflows.UpdateSkip, workflows.SkipOrder{ReasonCode: reason})
	var gone *serviceerror.NotFound
	if errors.As(err, &gone) {
		return errors.New("its workflow was ended by somebody: koppel parked retry starts it anew, and when it is parked again it can be skipped")
	}
	return err
}

func (a *App) update(ctx context.Context, row store.Parked, name string, args ...any) error {
	handle, err := a.Temporal.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
		WorkflowID: row.WorkflowID, UpdateName: name, Args: args, WaitForStage: client.WorkflowUpdateStageCompleted,
	})
	if err != nil {
		return err
	}
	return handle.Get(ctx, nil)
}
