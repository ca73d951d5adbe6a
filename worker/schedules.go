package worker

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"github.com/koppel/koppel/workflows"
)

// Schedules keeps the Temporal schedules of the flows. The document decides how
// often one runs, and whether it does: one that is switched off is paused with a
// note of ours. Any other pause and note belong to people, and to an
// authorisation fault.
type Schedules struct {
	Temporal client.Client
	Log      *slog.Logger
}

// Integrations tells which schedules should exist.
type Integrations interface {
	// Plans lists what each integration's document in force wants.
	Plans(ctx context.Context) ([]Plan, error)
}

// Plan is what one document wants of one flow.
type Plan struct {
	Integration string
	Flow        string
	Enabled     bool
	Switch      string // path of the setting that switches it on and off
	Every       time.Duration
}

// ReconcileAll makes the schedules what the documents say. It runs at worker
// start and after every apply; running it twice changes nothing.
func (s Schedules) ReconcileAll(ctx context.Context, from Integrations) error {
	for followed := []Plan(nil); ; {
		plans, err := from.Plans(ctx)
		if err != nil {
			return fmt.Errorf("read which schedules should exist: %w", err)
		}
		if slices.Equal(plans, followed) { // what was applied meanwhile is followed too
			return nil
		}
		var failed []error
		for _, plan := range plans { // one that fails holds up no other
			failed = append(failed, s.Reconcile(ctx, plan))
		}
		if err := errors.Join(failed...); err != nil {
			return err
		}
		followed = plans
	}
}

// Reconcile makes one schedule what its document says, and writes nothing when it
// is that already.
func (s Schedules) Reconcile(ctx context.Context, plan Plan) error {
	id := workflows.ScheduleID(plan.Flow, plan.Integration)
	flow, known := workflows.FlowNamed(plan.Flow)
	if !known {
		return fmt.Errorf("make schedule %s: there is no flow %q", id, plan.Flow)
	}
	var did []string
	err := s.Temporal.ScheduleClient().GetHandle(ctx, id).Update(ctx, client.ScheduleUpdateOptions{
		DoUpdate: func(in client.ScheduleUpdateInput) (update *client.ScheduleUpdate, err error) {
			update, did, err = wanted(flow, plan).over(in.Description)
			return update, err
		},
	})
	var missing *serviceerror.NotFound
	switch {
	case errors.As(err, &missing) && !plan.Enabled:
		return nil // nothing is made that would not run
	case errors.As(err, &missing):
		return s.create(ctx, id, wanted(flow, plan))
	case err != nil:
		return fmt.Errorf("change schedule %s: %w", id, err)
	}
	if len(did) > 0 {
		s.Log.Info("schedule changed", "schedule", id, "what", did, "every", plan.Every.String())
	}
	return nil
}

func (s Schedules) create(ctx context.Context, id string, w want) error {
	_, err := s.Temporal.ScheduleClient().Create(ctx, client.ScheduleOptions{
		ID: id, Spec: w.spec, Overlap: w.policy.Overlap, CatchupWindow: w.policy.CatchupWindow, Action: &w.action,
		TypedSearchAttributes: w.action.TypedSearchAttributes,
	})
	if errors.Is(err, temporal.ErrScheduleAlreadyRunning) {
		return nil // another worker was first
	}
	if err != nil {
		return fmt.Errorf("create schedule %s: %w", id, err)
	}
	s.Log.Info("schedule created", "schedule", id, "every", w.plan.Every.String())
	return nil
}
