package workflows

import (
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/activities"
)

// ForgetOldInput asks for one run of retention.
type ForgetOldInput struct {
	Integration string
}

// ForgetOldResult says what was kept and what was forgotten.
type ForgetOldResult struct {
	Outcome  string // done or unavailable
	Kept     int    // payloads of open records, encrypted anew
	Months   int    // of payloads, destroyed
	Payloads int    // deleted
	Records  int    // rows of records that were dealt with, deleted
	Waiting  int    // months that still hold what is open
	Document int    // version of the document it went by; 0 when none could be opened
	Failure  activities.Failure
}

// ForgetOld forgets what was kept long enough: first it keeps what is still open,
// then it destroys whole months of payloads, then it deletes old records. Each
// step is safe to repeat; a run that stops anywhere is finished by the next.
func ForgetOld(ctx workflow.Context, in ForgetOldInput) (ForgetOldResult, error) {
	f := &forgetOld{ForgetOldInput: in}
	err := f.run(upkeep(ctx, in.Integration))
	if err == nil {
		f.result.Outcome = OutcomeDone
		return f.result, upsertOutcome(ctx, OutcomeDone)
	}
	if temporal.IsCanceledError(err) {
		return f.result, err
	}
	f.result.Failure = failureOf(err)
	if f.result.Failure.StopsEverything() {
		if pauseErr := pauseFlow(ctx, in.Integration, FlowRetention, f.result.Failure); pauseErr != nil {
			return f.result, pauseErr
		}
		return f.result, err
	}
	f.result.Outcome = OutcomeUnavailable
	return f.result, upsertOutcome(ctx, OutcomeUnavailable)
}

type forgetOld struct {
	ForgetOldInput
	result ForgetOldResult
}

func (f *forgetOld) run(ctx workflow.Context) error {
	var kept activities.KeepOpenPayloadsResult
	err := workflow.ExecuteActivity(ctx, housekeeping.KeepOpenPayloads, activities.KeepOpenPayloadsInput{Integration: f.Integration}).Get(ctx, &kept)
	if err != nil {
		return err
	}
	f.result.Kept, f.result.Document = kept.Kept, kept.Document

	var forgotten activities.ForgetPayloadsResult
	err = workflow.ExecuteActivity(ctx, housekeeping.ForgetPayloads,
		activities.ForgetPayloadsInput{Integration: f.Integration, Before: kept.Before}).Get(ctx, &forgotten)
	if err != nil {
		return err
	}
	f.result.Months, f.result.Payloads, f.result.Waiting = forgotten.Months, forgotten.Payloads, forgotten.Waiting

	var old activities.ForgetRecordsResult
	err = workflow.ExecuteActivity(ctx, housekeeping.ForgetRecords,
		activities.ForgetRecordsInput{Integration: f.Integration, Before: kept.Before, Document: kept.Document}).Get(ctx, &old)
	f.result.Records = old.Outcomes + old.Parked + old.Inbox + old.Bookings + old.Requests + old.Incidents
	return err
}
