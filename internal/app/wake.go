package app

import (
	"context"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
	"github.com/koppel/koppel/workflows"
)

// wake has it looked at once which parked orders can go on under a version of the
// document. What cannot be asked now is looked at by the schedule.
func (a *App) wake(ctx context.Context, doc settings.Document, version int) {
	if a.Temporal == nil || !doc.Enabled(domain.FlowWake) {
		return
	}
	_, err := a.Temporal.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: workflows.WakeAfterID(doc.Integration, version), TaskQueue: workflows.QueueSync,
		TypedSearchAttributes: workflows.SearchAttributes(doc.Integration, workflows.FlowWake, ""),
	}, workflows.WakeOrders, workflows.WakeOrdersInput{Integration: doc.Integration})
	if err != nil && !temporal.IsWorkflowExecutionAlreadyStartedError(err) {
		a.Log.Warn("parked orders are looked at by the schedule, not now", "integration", doc.Integration, "error", err.Error())
	}
}
