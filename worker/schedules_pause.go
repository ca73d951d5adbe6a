package worker

import (
	"context"
	"errors"
	"fmt"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"

	"github.com/koppel/koppel/workflows"
)

// Pause implements activities.Schedules.
func (s Schedules) Pause(ctx context.Context, flow, integration, note string) (stands bool, err error) {
	state, err := s.state(ctx, flow, integration)
	switch {
	case err != nil:
		return false, err
	case state == nil: // nothing to pause
		return false, nil
	case state.Paused: // a person's note is not overwritten
		return !workflows.IsSwitchedOff(state.Note), nil
	}
	handle := s.Temporal.ScheduleClient().GetHandle(ctx, workflows.ScheduleID(flow, integration))
	if err := handle.Pause(ctx, client.SchedulePauseOptions{Note: note}); err != nil {
		return false, fmt.Errorf("pause the schedule: %w", err)
	}
	s.Log.Warn("flow paused: a person must act", "integration", integration, "flow", flow, "note", note)
	return true, nil
}

// Paused implements activities.Schedules.
func (s Schedules) Paused(ctx context.Context, flow, integration string) (bool, error) {
	state, err := s.state(ctx, flow, integration)
	return state != nil && state.Paused && !workflows.IsSwitchedOff(state.Note), err
}

// Loads implements activities.Schedules.
func (s Schedules) Loads(ctx context.Context, flow, integration string) (bool, error) {
	described, err := s.Temporal.DescribeWorkflowExecution(ctx, workflows.LoadWorkflowID(flow, integration), "")
	if _, missing := errors.AsType[*serviceerror.NotFound](err); missing {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("read an initial load: %w", err)
	}
	return described.GetWorkflowExecutionInfo().GetStatus() == enums.WORKFLOW_EXECUTION_STATUS_RUNNING, nil
}

// state is nil for a schedule that is not there.
func (s Schedules) state(ctx context.Context, flow, integration string) (*client.ScheduleState, error) {
	described, err := s.Temporal.ScheduleClient().GetHandle(ctx, workflows.ScheduleID(flow, integration)).Describe(ctx)
	if _, missing := errors.AsType[*serviceerror.NotFound](err); missing {
		return nil, nil //nolint:nilnil // that there is none is an answer
	}
	if err != nil {
		return nil, fmt.Errorf("read a schedule: %w", err)
	}
	return described.Schedule.State, nil
}
