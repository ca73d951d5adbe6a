package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/domain"
)

// TestConnectionInput names the connection to test.
type TestConnectionInput struct {
	Integration string
	System      string // accountview or mplus
	Draft       string // reference of the text of a document that is not in force; empty: the document in force
}

// TestConnectionResult says how the test ended. What was found stands encrypted
// in PostgreSQL.
type TestConnectionResult struct {
	Outcome string // done, or unavailable: the test itself could not be made
	Code    string // why the connection cannot do its work; empty: it can
	Checks  []domain.Check
	Lists   []activities.ListCount

	Findings string // reference of what the test of a draft found, among the payloads; empty: the document in force
	Document int    // version of the document it went under; 0: a draft, or none could be opened
}

// TestConnection looks at one connection and tells precisely what is wrong with
// it. That something is wrong is an answer, so the run succeeds all the same.
func TestConnection(ctx workflow.Context, in TestConnectionInput) (TestConnectionResult, error) {
	queue, known := systemQueue(in.System)
	if !known {
		return TestConnectionResult{Outcome: OutcomeDone, Code: "system_unknown"}, nil
	}
	var found activities.ProbeConnectionResult
	err := workflow.ExecuteActivity(probing(ctx, queue, in.Integration), probes.ProbeConnection, activities.ProbeConnectionInput(in)).Get(ctx, &found)
	if temporal.IsCanceledError(err) {
		return TestConnectionResult{}, err
	}
	if err != nil {
		return TestConnectionResult{Outcome: OutcomeUnavailable, Code: failureOf(err).Code}, upsertOutcome(ctx, OutcomeUnavailable)
	}
	return TestConnectionResult{
		Outcome: OutcomeDone, Code: found.Code, Checks: found.Checks, Lists: found.Lists, Findings: found.Findings, Document: found.Document,
	}, upsertOutcome(ctx, OutcomeDone)
}

// systemQueue is the task queue of a system, by the name that documents give it.
func systemQueue(system string) (queue string, known bool) {
	switch system {
	case domain.SystemBooks:
		return QueueAccountView, true
	case domain.SystemTill:
		return QueueMplus, true
	default:
		return "", false
	}
}

// ConnectionTestPatience is how long a test of a connection can take, from the
// moment it is asked for.
const ConnectionTestPatience = activities.ProbeTime + 2*time.Minute

// probing is for one look at a system that a person waits for: no worker in half
// a minute is an answer too.
func probing(ctx workflow.Context, queue, integration string) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		TaskQueue:              queue,
		ScheduleToStartTimeout: 30 * time.Second,
		StartToCloseTimeout:    activities.ProbeTime + 30*time.Second,
		ScheduleToCloseTimeout: ConnectionTestPatience - 15*time.Second,
		RetryPolicy:            &temporal.RetryPolicy{InitialInterval: time.Second, MaximumAttempts: 3},
		Priority:               fairly(integration),
	})
}
