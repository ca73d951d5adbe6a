package webhooks

import (
	"context"
	"errors"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"

	"github.com/koppel/koppel/internal/telemetry"
	"github.com/koppel/koppel/server/refusal"
	"github.com/koppel/koppel/workflows"
)

// start starts the run that the delivery names, once. The workflow ID is the
// delivery's own, so Temporal refuses a second one, and then the first answers.
func (h *Handler) start(ctx context.Context, d delivery, want workflows.Wanted) (accepted Accepted, again bool, err error) {
	id := workflows.DeliveryWorkflowID(d.flow.Name, d.integration, d.id)
	run, err := h.Temporal.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID:                                       id,
		TaskQueue:                                workflows.QueueSync,
		WorkflowIDReusePolicy:                    enums.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
		WorkflowExecutionErrorWhenAlreadyStarted: true,
		TypedSearchAttributes:                    workflows.SearchAttributes(d.integration, d.flow.Name, ""),
	}, d.flow.Run, d.flow.Input(d.integration, want))
	started, before := errors.AsType[*serviceerror.WorkflowExecutionAlreadyStarted](err)
	switch {
	case before:
		return h.accepted(d, id, h.firstRun(ctx, id, started.RunId)), true, nil
	case err != nil:
		return Accepted{}, false, refusal.TemporalDown(err)
	default:
		return h.accepted(d, id, run.GetRunID()), false, nil
	}
}

func (h *Handler) accepted(d delivery, workflowID, runID string) Accepted {
	return Accepted{
		WorkflowID: workflowID, RunID: runID,
		Link: h.Links.Run(workflowID, runID), StatusURL: h.Links.Integration(d.integration),
	}
}

// firstRun finds the run that a delivery started. The one that Temporal names is
// the newest: a run that continued as new since has another ID.
func (h *Handler) firstRun(ctx context.Context, workflowID, newest string) string {
	described, err := h.Temporal.DescribeWorkflowExecution(ctx, workflowID, newest)
	if err != nil { // the delivery was accepted all the same, and the newest run leads to the first
		h.Log.Warn("the first run of a delivery could not be read", "workflow", workflowID, telemetry.KeyRun, newest, "error", err)
		return newest
	}
	if first := described.GetWorkflowExecutionInfo().GetFirstRunId(); first != "" {
		return first
	}
	return newest
}
