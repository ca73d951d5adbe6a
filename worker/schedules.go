package worker

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"github.com/koppel/koppel/workflows"
)

// Schedules keeps the Temporal schedules of the flows. The document decides that
// a schedule exists and how often it runs; its paused state and note belong to
// people, and to an authorisation fault.
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
	Every       time.Duration
}

// ReconcileAll makes the schedules what the documents say. It runs at worker
// start and after every apply; running it twice changes nothing.
func (s Schedules) ReconcileAll(ctx context.Context, from Integrations) error {
	plans, err := from.Plans(ctx)
	if err != nil {
		return fmt.Errorf("read which schedules should exist: %w", err)
	}
	var failed []error
	for _, plan := range plans { // one that fails holds up no other
		failed = append(failed, s.Reconcile(ctx, plan))
	}
	return errors.Join(failed...)
}

// Reconcile makes one schedule what its document says.
func (s Schedules) Reconcile(ctx context.Context, plan Plan) error {
	id := workflows.ScheduleID(plan.Flow, plan.Integration)
	handle := s.Temporal.ScheduleClient().GetHandle(ctx, id)
	described, err := handle.Describe(ctx)
	var missing *serviceerror.NotFound
	switch {
	case errors.As(err, &missing) && !plan.Enabled:
		return nil
	case errors.As(err, &missing):
		return s.create(ctx, id, plan)
	case err != nil:
		return fmt.Errorf("read schedule %s: %w", id, err)
	case !plan.Enabled:
		if err := handle.Delete(ctx); err != nil {
			return fmt.Errorf("delete schedule %s: %w", id, err)
		}
		s.Log.Info("schedule deleted: its flow is switched off", "schedule", id)
		return nil
	case every(described) == plan.Every:
		return nil
	default:
		return s.setInterval(ctx, handle, id, plan)
	}
}

func (s Schedules) create(ctx context.Context, id string, plan Plan) error {
	flow, known := workflows.FlowNamed(plan.Flow)
	if !known {
		return fmt.Errorf("create schedule %s: there is no flow %q", id, plan.Flow)
	}
	_, err := s.Temporal.ScheduleClient().Create(ctx, client.ScheduleOptions{
		ID:            id,
		Spec:          spec(plan.Every),
		Overlap:       enums.SCHEDULE_OVERLAP_POLICY_SKIP,
		CatchupWindow: max(3*plan.Every, time.Minute),
		Action: &client.ScheduleWorkflowAction{
			ID:                    id,
			Workflow:              flow.Run,
			Args:                  []any{flow.Input(plan.Integration, nil)},
			TaskQueue:             workflows.QueueSync,
			TypedSearchAttributes: workflows.SearchAttributes(plan.Integration, plan.Flow, ""),
		},
		TypedSearchAttributes: workflows.SearchAttributes(plan.Integration, plan.Flow, ""),
	})
	if errors.Is(err, temporal.ErrScheduleAlreadyRunning) {
		return nil // another worker was first
	}
	if err != nil {
		return fmt.Errorf("create schedule %s: %w", id, err)
	}
	s.Log.Info("schedule created", "schedule", id, "every", plan.Every.String())
	return nil
}

func (s Schedules) setInterval(ctx context.Context, handle client.ScheduleHandle, id string, plan Plan) error {
	err := handle.Update(ctx, client.ScheduleUpdateOptions{
		DoUpdate: func(in client.ScheduleUpdateInput) (*client.ScheduleUpdate, error) {
			schedule := in.Description.Schedule
			wanted := spec(plan.Every)
			schedule.Spec = &wanted
			return &client.ScheduleUpdate{Schedule: &schedule}, nil
		},
	})
	if err != nil {
		return fmt.Errorf("change schedule %s: %w", id, err)
	}
	s.Log.Info("schedule changed", "schedule", id, "every", plan.Every.String())
	return nil
}

// Pause implements activities.Schedules.
func (s Schedules) Pause(ctx context.Context, flow, integration, note string) error {
	handle := s.Temporal.ScheduleClient().GetHandle(ctx, workflows.ScheduleID(flow, integration))
	described, err := handle.Describe(ctx)
	var missing *serviceerror.NotFound
	if errors.As(err, &missing) {
		return nil // nothing to pause
	}
	if err != nil {
		return fmt.Errorf("read the schedule to pause: %w", err)
	}
	if described.Schedule.State.Paused {
		return nil // a person's note is not overwritten
	}
	if err := handle.Pause(ctx, client.SchedulePauseOptions{Note: note}); err != nil {
		return fmt.Errorf("pause the schedule: %w", err)
	}
	s.Log.Warn("flow paused: a person must act", "integration", integration, "flow", flow, "note", note)
	return nil
}

// Paused implements activities.Schedules.
func (s Schedules) Paused(ctx context.Context, flow, integration string) (bool, error) {
	described, err := s.Temporal.ScheduleClient().GetHandle(ctx, workflows.ScheduleID(flow, integration)).Describe(ctx)
	var missing *serviceerror.NotFound
	if errors.As(err, &missing) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("read a schedule: %w", err)
	}
	return described.Schedule.State.Paused, nil
}

// spec spreads the ticks of many integrations a little, and names a time zone
// because the default is the server's.
func spec(every time.Duration) client.ScheduleSpec {
	return client.ScheduleSpec{
		Intervals:    []client.ScheduleIntervalSpec{{Every: every}},
		Jitter:       min(every/10, time.Minute),
		TimeZoneName: "Europe/Amsterdam",
	}
}

func every(d *client.ScheduleDescription) time.Duration {
	if d.Schedule.Spec == nil || len(d.Schedule.Spec.Intervals) != 1 {
		return 0
	}
	return d.Schedule.Spec.Intervals[0].Every
}
