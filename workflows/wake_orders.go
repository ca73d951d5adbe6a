package workflows

import (
	"strconv"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/activities"
)

// WakeOrdersInput asks for one look at what parked orders wait for.
type WakeOrdersInput struct {
	Integration string
}

// WakeOrdersResult says what the look found.
type WakeOrdersResult struct {
	Outcome  string // done or unavailable
	Waiting  int    // orders that waited for something other than a person
	Woken    int    // orders that were told to go on
	Document int    // version in force; 0 when nothing waited, or none could be opened
	Failure  activities.Failure
}

// WakeOrders looks whether what parked orders wait for has come, once for all of
// them, and tells those that can go on.
func WakeOrders(ctx workflow.Context, in WakeOrdersInput) (WakeOrdersResult, error) {
	var found activities.WakeOrdersResult
	err := workflow.ExecuteActivity(remoteRead(ctx, QueueAccountView, in.Integration), orders.WakeOrders,
		activities.WakeOrdersInput{Integration: in.Integration}).Get(ctx, &found)
	result := WakeOrdersResult{Outcome: OutcomeDone, Waiting: found.Waiting, Woken: found.Woken, Document: found.Document}
	if err == nil {
		return result, upsertOutcome(ctx, result.Outcome)
	}
	if temporal.IsCanceledError(err) {
		return result, err
	}
	result.Failure = failureOf(err)
	if result.Failure.StopsEverything() {
		if pauseErr := pauseFlow(ctx, in.Integration, FlowWake, result.Failure); pauseErr != nil {
			return result, pauseErr
		}
		return result, err
	}
	result.Outcome = OutcomeUnavailable
	return result, upsertOutcome(ctx, result.Outcome)
}

// WakeAfterID is the look that one version of the document asks for at once.
func WakeAfterID(integration string, document int) string {
	return DeliveryWorkflowID(FlowWake, integration, "document-"+strconv.Itoa(document))
}
