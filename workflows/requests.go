package workflows

import (
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/activities"
)

// RequestProgress is how far a request has come, for the person who waits for it.
// It answers the query Progress.
type RequestProgress struct {
	Step string // what is being done
	Done int    // records gone through
}

// RequestWorkflowID is the workflow of one request that a person made.
func RequestWorkflowID(kind, integration, request string) string {
	return kind + "/" + integration + "/" + request
}

// Kinds of requests, as their rows name them.
const (
	RequestPreview = "preview"
	RequestDryRun  = "dry_run"
	RequestWhatIf  = "what_if"
)

// request is what every request keeps while it runs.
type request struct {
	activities.Ask
	progress RequestProgress
	results  []string
	tally    activities.Tally
}

// under says by which versions of the document it went.
func (r *request) under() activities.Versions {
	return activities.Versions{Document: r.Document, InForce: r.InForce}
}

// setup lets a person ask how far it is.
func (r *request) setup(ctx workflow.Context) error {
	return workflow.SetQueryHandler(ctx, QueryProgress, func() (RequestProgress, error) { return r.progress, nil })
}

// end tells who asked that the answer is there, or why it is not. What went wrong
// ends the request, not its workflow: nobody but who asked need act on it.
func (r *request) end(ctx workflow.Context, err error) (outcome string, why activities.Failure, _ error) {
	if temporal.IsCanceledError(err) || ctx.Err() != nil {
		return "", why, errorOr(err, ctx.Err())
	}
	outcome = OutcomeDone
	if err != nil {
		why = failureOf(err)
		if outcome = OutcomeFailed; why.Kind == string(activities.KindUnavailable) {
			outcome = OutcomeUnavailable
		}
	}
	in := activities.EndRequestInput{Ask: r.Ask, Summary: r.summary(), Results: r.results, Failure: why}
	if err := workflow.ExecuteActivity(database(ctx, r.Integration), previews.EndRequest, in).Get(ctx, nil); err != nil {
		return outcome, why, err
	}
	return outcome, why, upsertOutcome(ctx, outcome)
}

// summary is what is shown of a request beside its results.
func (r *request) summary() activities.RequestSummary {
	return activities.RequestSummary{Records: r.progress.Done, Tally: r.tally}
}

func errorOr(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// OutcomeFailed: a request could not be answered; its failure says why.
const OutcomeFailed = "failed"

var previews *activities.Previews // nil on purpose: it only names activities
