package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/activities"
)

// ConnectSystemInput names a consent whose code came back from a system.
type ConnectSystemInput struct {
	Integration string
	System      string
	Consent     string // its id; what it holds stands encrypted in PostgreSQL
}

// ConnectSystemResult says how the consent ended.
type ConnectSystemResult struct {
	Outcome string // done or unavailable
	Code    string // why there are no tokens; empty: there are
	About   string `json:",omitempty"` // what it is about: rights that are missing

	Document int // version of the document it went under; 0: a draft, or nothing was exchanged
}

// outcomeConnected is how a consent ends that brought tokens.
const outcomeConnected = "ok"

// ConnectSystem exchanges the code of a consent for tokens. The code works once
// and soon dies, so it is tried for a minute only; then a person asks anew.
func ConnectSystem(ctx workflow.Context, in ConnectSystemInput) (ConnectSystemResult, error) {
	queue, known := systemQueue(in.System)
	if !known {
		return ConnectSystemResult{Outcome: OutcomeDone, Code: "system_unknown"}, nil
	}
	consent := activities.ConsentInput{Integration: in.Integration, Consent: in.Consent}
	exchanging := workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		TaskQueue:              queue,
		StartToCloseTimeout:    time.Minute,
		ScheduleToCloseTimeout: 90 * time.Second,
		RetryPolicy:            &temporal.RetryPolicy{InitialInterval: time.Second, MaximumAttempts: 5},
		Priority:               fairly(in.Integration),
	})
	result, ended := ConnectSystemResult{Outcome: OutcomeDone}, outcomeConnected
	var exchanged activities.ConsentResult
	err := workflow.ExecuteActivity(exchanging, probes.ExchangeConsent, consent).Get(ctx, &exchanged)
	result.Document = exchanged.Document
	if err != nil {
		failure := failureOf(err)
		result.Code, result.About, ended = failure.Code, failure.About, failure.Code
		if temporal.IsTimeoutError(err) || failure.Kind == string(activities.KindUnavailable) {
			result.Outcome = OutcomeUnavailable
		}
	}
	cleaning, cancel := workflow.NewDisconnectedContext(ctx) // what it holds goes, also when the run is cancelled
	defer cancel()
	end := activities.EndConsentInput{ConsentInput: consent, Outcome: ended, About: result.About}
	if err := workflow.ExecuteActivity(database(cleaning, in.Integration), probes.EndConsent, end).Get(cleaning, nil); err != nil {
		return result, err
	}
	if temporal.IsCanceledError(err) {
		return result, err
	}
	return result, upsertOutcome(ctx, result.Outcome)
}
