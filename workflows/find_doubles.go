package workflows

import (
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/activities"
)

// FindDoublesInput asks for one sweep.
type FindDoublesInput struct {
	Integration string
}

// FindDoublesResult says what the sweep found.
type FindDoublesResult struct {
	Outcome  string // done or unavailable
	Orders   int    // references that stand on more than one order in the books
	Debtors  int    // customers of the till that are more than one debtor
	Document int    // version of the document it went under; 0 when none could be opened
	Failure  activities.Failure
}

// FindDoubles looks in the books for orders and debtors that exist twice: a
// write that took effect long after everybody stopped waiting for it. What it
// finds is parked for a person; nothing is deleted.
func FindDoubles(ctx workflow.Context, in FindDoublesInput) (FindDoublesResult, error) {
	var found activities.FindDoublesResult
	err := workflow.ExecuteActivity(remoteRead(ctx, QueueAccountView, in.Integration), housekeeping.FindDoubles,
		activities.FindDoublesInput{Integration: in.Integration}).Get(ctx, &found)
	result := FindDoublesResult{Outcome: OutcomeDone, Orders: found.Orders, Debtors: found.Debtors, Document: found.Document}
	if err == nil {
		return result, upsertOutcome(ctx, result.Outcome)
	}
	if temporal.IsCanceledError(err) {
		return result, err
	}
	result.Failure = failureOf(err)
	if result.Failure.StopsEverything() {
		if pauseErr := pauseFlow(ctx, in.Integration, FlowDoubles, result.Failure); pauseErr != nil {
			return result, pauseErr
		}
		return result, err
	}
	result.Outcome = OutcomeUnavailable
	return result, upsertOutcome(ctx, result.Outcome)
}
