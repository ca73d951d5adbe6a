package workflows_test

import (
	"testing"

	"github.com/stretchr/testify/mock"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/workflows"
)

var twoChannels = activities.NoteIncidentsResult{Deliveries: []activities.Delivery{
	{Channel: "desk", ID: "a", News: []int64{1}}, {Channel: "chat", ID: "b", News: []int64{1}},
}, Document: 3}

func newTelling(t *testing.T) *testsuite.TestWorkflowEnvironment {
	t.Helper()
	env := newSync(t)
	env.RegisterWorkflow(workflows.TellPeople)
	env.RegisterActivity(alerts)
	return env
}

func tell(t *testing.T, env *testsuite.TestWorkflowEnvironment) workflows.TellPeopleResult {
	t.Helper()
	env.ExecuteWorkflow(workflows.TellPeople, workflows.TellPeopleInput{Integration: "shop"})
	require.NoError(t, env.GetWorkflowError())
	var out workflows.TellPeopleResult
	require.NoError(t, env.GetWorkflowResult(&out))
	return out
}

func sends(channel string) any {
	return mock.MatchedBy(func(in activities.SendAlertInput) bool { return in.Delivery.Channel == channel && in.Document == 3 })
}

func TestTellPeople_NothingNewIsOneActivity(t *testing.T) {
	t.Parallel()
	env := newTelling(t)
	env.OnActivity(alerts.NoteIncidents, mock.Anything, activities.NoteIncidentsInput{Integration: "shop"}).Return(activities.NoteIncidentsResult{}, nil).Once()
	require.Equal(t, workflows.TellPeopleResult{Outcome: workflows.OutcomeDone}, tell(t, env))
}

func TestTellPeople_AChannelThatFailsIsNotedAndHoldsUpNoOther(t *testing.T) {
	t.Parallel()
	env := newTelling(t)
	env.OnActivity(alerts.NoteIncidents, mock.Anything, mock.Anything).Return(twoChannels, nil).Once()
	env.OnActivity(alerts.SendAlert, mock.Anything, sends("desk")).Return(activities.SendAlertResult{}, final("Rejected", "mail_refused")).Once()
	env.OnActivity(alerts.SendAlert, mock.Anything, sends("chat")).Return(activities.SendAlertResult{Sent: true}, nil).Once()
	env.OnActivity(alerts.NoteChannel, mock.Anything, mock.MatchedBy(func(in activities.NoteChannelInput) bool {
		return in.Channel == "desk" && in.Failure.Code == "mail_refused"
	})).Return(nil).Once()
	require.Equal(t, workflows.TellPeopleResult{Outcome: workflows.OutcomeDone, Sent: 1, Failed: 1, Document: 3}, tell(t, env))
}

func TestTellPeople_AChannelIsTriedAFewTimesOnly(t *testing.T) {
	t.Parallel()
	env := newTelling(t)
	env.OnActivity(alerts.NoteIncidents, mock.Anything, mock.Anything).Return(twoChannels, nil).Once()
	env.OnActivity(alerts.SendAlert, mock.Anything, sends("desk")).Return(activities.SendAlertResult{}, passing("Unavailable", "mail_unavailable")).Times(5)
	env.OnActivity(alerts.SendAlert, mock.Anything, sends("chat")).Return(activities.SendAlertResult{Sent: true}, nil).Once()
	env.OnActivity(alerts.NoteChannel, mock.Anything, mock.Anything).Return(nil).Once()
	require.Equal(t, 1, tell(t, env).Failed)
}

func TestTellPeople_AnOutageOfOurOwnEndsTheRunAndPausesNothing(t *testing.T) {
	t.Parallel()
	env := newTelling(t)
	env.OnActivity(alerts.NoteIncidents, mock.Anything, mock.Anything).Return(activities.NoteIncidentsResult{}, passing("Unavailable", "database_unavailable"))
	require.Equal(t, workflows.OutcomeUnavailable, tell(t, env).Outcome)

	env = newTelling(t) // no PauseFlow is expected: how else would people learn of it
	env.OnActivity(alerts.NoteIncidents, mock.Anything, mock.Anything).Return(activities.NoteIncidentsResult{}, final("Misconfigured", "document_refused")).Once()
	env.ExecuteWorkflow(workflows.TellPeople, workflows.TellPeopleInput{Integration: "shop"})
	require.Error(t, env.GetWorkflowError())
}

// passing is a failure that may be over at the next try.
func passing(kind, code string) error {
	return temporal.NewApplicationErrorWithOptions(code, kind, temporal.ApplicationErrorOptions{
		Details: []any{activities.Failure{Kind: kind, Code: code}},
	})
}
