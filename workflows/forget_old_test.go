package workflows_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/mock"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/testsuite"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/workflows"
)

var keptFrom = time.Date(2026, 8, 1, 0, 0, 0, 0, time.UTC)

func newForget(t *testing.T) *testsuite.TestWorkflowEnvironment {
	t.Helper()
	env := newSync(t)
	env.RegisterWorkflow(workflows.ForgetOld)
	return env
}

func TestForgetOld_KeepsBeforeItDestroysAndUnderOneLimit(t *testing.T) {
	t.Parallel()
	env := newForget(t)
	var steps []string
	env.OnActivity(housekeeping.KeepOpenPayloads, mock.Anything, activities.KeepOpenPayloadsInput{Integration: "shop"}).
		Run(func(mock.Arguments) { steps = append(steps, "keep") }).Return(activities.KeepOpenPayloadsResult{Before: keptFrom, Kept: 2, Document: 3}, nil).Once()
	env.OnActivity(housekeeping.ForgetPayloads, mock.Anything, activities.ForgetPayloadsInput{Integration: "shop", Before: keptFrom}).
		Run(func(mock.Arguments) { steps = append(steps, "payloads") }).Return(activities.ForgetPayloadsResult{Months: 1, Payloads: 40, Waiting: 1}, nil).Once()
	env.OnActivity(housekeeping.ForgetRecords, mock.Anything, activities.ForgetRecordsInput{Integration: "shop", Before: keptFrom, Document: 3}).
		Run(func(mock.Arguments) { steps = append(steps, "records") }).Return(activities.ForgetRecordsResult{Outcomes: 1, Parked: 2, Inbox: 3, Requests: 4, Incidents: 5}, nil).Once()

	env.ExecuteWorkflow(workflows.ForgetOld, workflows.ForgetOldInput{Integration: "shop"})

	require.NoError(t, env.GetWorkflowError())
	var out workflows.ForgetOldResult
	require.NoError(t, env.GetWorkflowResult(&out))
	require.Equal(t, workflows.ForgetOldResult{Outcome: workflows.OutcomeDone, Kept: 2, Months: 1, Payloads: 40, Waiting: 1, Records: 15, Document: 3}, out)
	require.Equal(t, []string{"keep", "payloads", "records"}, steps)
}

func TestForgetOld_DestroysNothingWhenKeepingFailed(t *testing.T) {
	t.Parallel()
	env := newForget(t)
	env.OnActivity(housekeeping.KeepOpenPayloads, mock.Anything, mock.Anything).Return(activities.KeepOpenPayloadsResult{}, final("Unknown", "unforeseen")).Once()

	env.ExecuteWorkflow(workflows.ForgetOld, workflows.ForgetOldInput{Integration: "shop"})

	require.NoError(t, env.GetWorkflowError())
	var out workflows.ForgetOldResult
	require.NoError(t, env.GetWorkflowResult(&out))
	require.Equal(t, workflows.OutcomeUnavailable, out.Outcome)
	require.Equal(t, "unforeseen", out.Failure.Code)
}

func TestForgetOld_AWrongKeyPausesIt(t *testing.T) {
	t.Parallel()
	env := newForget(t)
	env.OnActivity(housekeeping.KeepOpenPayloads, mock.Anything, mock.Anything).Return(activities.KeepOpenPayloadsResult{}, final("Misconfigured", "master_key_wrong")).Once()
	env.OnActivity(housekeeping.PauseFlow, mock.Anything, mock.MatchedBy(func(in activities.PauseFlowInput) bool {
		return in.Flow == workflows.FlowRetention && in.Failure.Code == "master_key_wrong"
	})).Return(nil).Once()

	env.ExecuteWorkflow(workflows.ForgetOld, workflows.ForgetOldInput{Integration: "shop"})

	require.Error(t, env.GetWorkflowError())
}

func TestForgetOld_IsCancelledBetweenItsSteps(t *testing.T) {
	t.Parallel()
	env := newForget(t)
	env.OnActivity(housekeeping.KeepOpenPayloads, mock.Anything, mock.Anything).
		Run(func(mock.Arguments) { env.CancelWorkflow() }).Return(activities.KeepOpenPayloadsResult{Before: keptFrom}, nil).Once()

	env.ExecuteWorkflow(workflows.ForgetOld, workflows.ForgetOldInput{Integration: "shop"})

	require.Error(t, errors.Unwrap(env.GetWorkflowError()))
}
