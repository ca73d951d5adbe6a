package workflows

import (
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/activities"
)

// CloseDaysInput asks for the totals of the days that are over.
type CloseDaysInput struct {
	Integration string
}

// CloseDaysResult says how the run ended.
type CloseDaysResult struct {
	Outcome  string // done or unavailable
	Days     int    // added up
	Stored   int    // of which the total is new or another one
	Started  int    // totals handed to their workflow
	Document int    // version of the document it went under; 0 when none could be opened
	Failure  activities.Failure
}

// CloseDays adds the receipts of days that are over up to a total for each
// branch, and hands each total to its own PushOrder. A total is one page of the
// books: running again gives the same page.
func CloseDays(ctx workflow.Context, in CloseDaysInput) (CloseDaysResult, error) {
	var result CloseDaysResult
	err := closeDays(ctx, in, &result)
	if err == nil {
		result.Outcome = OutcomeDone
		return result, upsertOutcome(ctx, result.Outcome)
	}
	if temporal.IsCanceledError(err) {
		return result, err
	}
	result.Failure = failureOf(err)
	if result.Failure.StopsEverything() {
		if pauseErr := pauseFlow(ctx, in.Integration, FlowDayTotals, result.Failure); pauseErr != nil {
			return result, pauseErr
		}
		return result, err
	}
	result.Outcome = OutcomeUnavailable
	return result, upsertOutcome(ctx, result.Outcome)
}

func closeDays(ctx workflow.Context, in CloseDaysInput, result *CloseDaysResult) error {
	for {
		var closed activities.CloseDaysResult
		err := workflow.ExecuteActivity(remoteRead(ctx, QueueMplus, in.Integration), days.CloseDays,
			activities.CloseDaysInput{Integration: in.Integration, Document: result.Document}).Get(ctx, &closed)
		if err != nil {
			return err
		}
		result.Days, result.Stored, result.Document = result.Days+closed.Days, result.Stored+closed.Stored, closed.Document
		if closed.Waiting > 0 {
			var started activities.StartOrdersResult
			start := activities.StartOrdersInput{Integration: in.Integration, Started: result.Started, Document: result.Document}
			if err := workflow.ExecuteActivity(database(ctx, in.Integration), orders.StartOrders, start).Get(ctx, &started); err != nil {
				return err
			}
			result.Started += started.Started
		}
		if !closed.More || closed.Stored == 0 {
			return nil
		}
	}
}
