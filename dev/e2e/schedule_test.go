package e2e

import (
	"context"
	"fmt"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"github.com/koppel/koppel/dev/stack"
	"github.com/koppel/koppel/workflows"
)

func (b *bundle) schedule() client.ScheduleHandle {
	return b.App.Temporal.ScheduleClient().GetHandle(context.Background(), workflows.ScheduleID(workflows.FlowOrders, stack.Integration))
}

// pause pauses the order flow and waits until no run of it is under way.
func (b *bundle) pause() {
	b.t.Helper()
	require.NoError(b.t, b.schedule().Pause(context.Background(), client.SchedulePauseOptions{Note: "by the test"}))
	eventually(b.t, func() string {
		if running := b.described().Info.RunningWorkflows; len(running) > 0 {
			return fmt.Sprintf("%d runs are under way", len(running))
		}
		return ""
	})
}

func (b *bundle) unpause() {
	b.t.Helper()
	require.NoError(b.t, b.schedule().Unpause(context.Background(), client.ScheduleUnpauseOptions{}))
}

func (b *bundle) described() *client.ScheduleDescription {
	b.t.Helper()
	described, err := b.schedule().Describe(context.Background())
	require.NoError(b.t, err)
	return described
}

// tick triggers the schedule once, waits for the run, and gives its workflow and run ID.
func (b *bundle) tick() (workflowID, runID string) {
	b.t.Helper()
	before := b.described().Info.NumActions
	require.NoError(b.t, b.schedule().Trigger(context.Background(), client.ScheduleTriggerOptions{}))
	eventually(b.t, func() string {
		info := b.described().Info
		if info.NumActions <= before || len(info.RunningWorkflows) > 0 {
			return "the triggered run is not over"
		}
		last := info.RecentActions[len(info.RecentActions)-1].StartWorkflowResult
		workflowID, runID = last.WorkflowID, last.FirstExecutionRunID
		return ""
	})
	require.NoError(b.t, b.App.Temporal.GetWorkflow(context.Background(), workflowID, runID).Get(context.Background(), nil))
	return workflowID, runID
}
