package workflows_test

import (
	"testing"

	"github.com/stretchr/testify/mock"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/testsuite"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/workflows"
)

func newSync(t *testing.T) *testsuite.TestWorkflowEnvironment {
	t.Helper()
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestWorkflowEnvironment()
	env.RegisterWorkflow(workflows.SyncOrders)
	env.RegisterWorkflow(workflows.FindDoubles)
	env.RegisterActivity(orders)
	env.RegisterActivity(housekeeping)
	t.Cleanup(func() { env.AssertExpectations(t) })
	return env
}

func syncResult(t *testing.T, env *testsuite.TestWorkflowEnvironment) workflows.SyncOrdersResult {
	t.Helper()
	require.NoError(t, env.GetWorkflowError())
	var out workflows.SyncOrdersResult
	require.NoError(t, env.GetWorkflowResult(&out))
	return out
}

func TestSyncOrders_NothingNewIsOneActivity(t *testing.T) {
	t.Parallel()
	env := newSync(t)
	env.OnActivity(orders.PullOrders, mock.Anything, mock.Anything).Return(activities.PullOrdersResult{}, nil).Once()

	env.ExecuteWorkflow(workflows.SyncOrders, workflows.SyncOrdersInput{Integration: "shop"})

	require.Equal(t, workflows.OutcomeDone, syncResult(t, env).Outcome)
}

func TestSyncOrders_ReadsUntilThereIsNoMoreAndStartsWhatWaits(t *testing.T) {
	t.Parallel()
	env := newSync(t)
	env.OnActivity(orders.PullOrders, mock.Anything, mock.Anything).Return(activities.PullOrdersResult{Stored: 100, Waiting: 100, More: true, Document: 3}, nil).Twice()
	env.OnActivity(orders.PullOrders, mock.Anything, mock.Anything).Return(activities.PullOrdersResult{}, nil).Once()
	for _, before := range []int{0, 100} {
		env.OnActivity(orders.StartOrders, mock.Anything, activities.StartOrdersInput{Integration: "shop", Started: before, Document: 3}).Return(activities.StartOrdersResult{Started: 100}, nil).Once()
	}

	env.ExecuteWorkflow(workflows.SyncOrders, workflows.SyncOrdersInput{Integration: "shop"})

	out := syncResult(t, env)
	require.Equal(t, 200, out.Pulled)
	require.Equal(t, 200, out.Started)
}

func TestSyncOrders_ARunThatMayStartNoMoreReadsOnAndEnds(t *testing.T) {
	t.Parallel()
	env := newSync(t)
	env.OnActivity(orders.PullOrders, mock.Anything, mock.Anything).Return(activities.PullOrdersResult{Stored: 100, Waiting: 100, More: true}, nil).Times(3)
	env.OnActivity(orders.PullOrders, mock.Anything, mock.Anything).Return(activities.PullOrdersResult{Waiting: 250}, nil).Once()
	env.OnActivity(orders.StartOrders, mock.Anything, mock.Anything).Return(activities.StartOrdersResult{Started: 50, Held: true}, nil).Once()

	env.ExecuteWorkflow(workflows.SyncOrders, workflows.SyncOrdersInput{Integration: "shop"})

	out := syncResult(t, env)
	require.Equal(t, workflows.OutcomeDone, out.Outcome)
	require.Equal(t, 300, out.Pulled)
	require.Equal(t, 50, out.Started)
}

func TestSyncOrders_WhatACrashLeftUnstartedIsStarted(t *testing.T) {
	t.Parallel()
	env := newSync(t)
	env.OnActivity(orders.PullOrders, mock.Anything, mock.Anything).Return(activities.PullOrdersResult{Waiting: 3}, nil).Once()
	env.OnActivity(orders.StartOrders, mock.Anything, mock.Anything).Return(activities.StartOrdersResult{Started: 3}, nil).Once()

	env.ExecuteWorkflow(workflows.SyncOrders, workflows.SyncOrdersInput{Integration: "shop"})

	require.Equal(t, 3, syncResult(t, env).Started)
}

func TestSyncOrders_NamedOrdersAreStartedByName(t *testing.T) {
	t.Parallel()
	env := newSync(t)
	env.OnActivity(orders.PullOrders, mock.Anything, activities.PullOrdersInput{Integration: "shop", Keys: []string{"2026.1"}}).
		Return(activities.PullOrdersResult{Stored: 1, Waiting: 1, OrderIDs: []string{"a1"}}, nil).Once()
	env.OnActivity(orders.StartOrders, mock.Anything, activities.StartOrdersInput{Integration: "shop", OrderIDs: []string{"a1"}}).
		Return(activities.StartOrdersResult{Started: 1}, nil).Once()

	env.ExecuteWorkflow(workflows.SyncOrders, workflows.SyncOrdersInput{Integration: "shop", Keys: []string{"2026.1"}})

	require.Equal(t, 1, syncResult(t, env).Started)
}

func TestSyncOrders_AnOutageEndsTheRunWithoutFailingIt(t *testing.T) {
	t.Parallel()
	env := newSync(t)
	env.OnActivity(orders.PullOrders, mock.Anything, mock.Anything).Return(activities.PullOrdersResult{}, final("Unavailable", "connection_refused"))

	env.ExecuteWorkflow(workflows.SyncOrders, workflows.SyncOrdersInput{Integration: "shop"})

	out := syncResult(t, env)
	require.Equal(t, workflows.OutcomeUnavailable, out.Outcome)
	require.Equal(t, "connection_refused", out.Failure.Code)
}

func TestSyncOrders_AnotherRunThatReadsIsNoFault(t *testing.T) {
	t.Parallel()
	env := newSync(t)
	env.OnActivity(orders.PullOrders, mock.Anything, mock.Anything).Return(activities.PullOrdersResult{}, final("Throttled", activities.CodeAnotherRunReads))

	env.ExecuteWorkflow(workflows.SyncOrders, workflows.SyncOrdersInput{Integration: "shop"})

	require.Equal(t, workflows.OutcomeBusy, syncResult(t, env).Outcome)
}

func TestSyncOrders_RefusedCredentialsFailTheRunAndPauseTheSchedule(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"Unauthorized", "Misconfigured"} {
		env := newSync(t)
		env.OnActivity(orders.PullOrders, mock.Anything, mock.Anything).Return(activities.PullOrdersResult{}, final(kind, "till_credentials_refused")).Once()
		env.OnActivity(housekeeping.PauseFlow, mock.Anything, mock.MatchedBy(func(in activities.PauseFlowInput) bool {
			return in.Flow == workflows.FlowOrders && in.Failure.Kind == kind
		})).Return(nil).Once()

		env.ExecuteWorkflow(workflows.SyncOrders, workflows.SyncOrdersInput{Integration: "shop"})

		require.Error(t, env.GetWorkflowError())
	}
}

func TestSyncOrders_TheSecondRunOfAChainKeepsTheTally(t *testing.T) {
	t.Parallel()
	env := newSync(t)
	env.OnActivity(orders.PullOrders, mock.Anything, mock.Anything).Return(activities.PullOrdersResult{Document: 3}, nil).Once()

	env.ExecuteWorkflow(workflows.SyncOrders, workflows.SyncOrdersInput{
		Integration: "shop", Tally: workflows.SyncOrdersResult{Pulled: 100, Started: 90, Document: 3},
	})

	out := syncResult(t, env)
	require.Equal(t, 100, out.Pulled)
	require.Equal(t, 90, out.Started)
}

func TestSyncOrders_ARunWorksUnderOneVersionToItsEnd(t *testing.T) {
	t.Parallel()
	env := newSync(t)
	in := activities.PullOrdersInput{Integration: "shop"}
	env.OnActivity(orders.PullOrders, mock.Anything, in).Return(activities.PullOrdersResult{Stored: 1, More: true, Document: 7}, nil).Once()
	in.Document = 7
	env.OnActivity(orders.PullOrders, mock.Anything, in).Return(activities.PullOrdersResult{Document: 7}, nil).Once()

	env.ExecuteWorkflow(workflows.SyncOrders, workflows.SyncOrdersInput{Integration: "shop"})

	require.Equal(t, 7, syncResult(t, env).Document)
}

func TestSyncOrders_ContinuesAsNewWhenTheServerAdvisesIt(t *testing.T) {
	t.Parallel()
	env := newSync(t)
	env.SetContinueAsNewSuggested(true)
	env.OnActivity(orders.PullOrders, mock.Anything, mock.Anything).Return(activities.PullOrdersResult{Stored: 100, More: true}, nil).Once()

	env.ExecuteWorkflow(workflows.SyncOrders, workflows.SyncOrdersInput{Integration: "shop"})

	require.ErrorContains(t, env.GetWorkflowError(), "continue as new")
}

func TestFindDoubles_TellsWhatItFound(t *testing.T) {
	t.Parallel()
	env := newSync(t)
	env.OnActivity(housekeeping.FindDoubles, mock.Anything, mock.Anything).Return(activities.FindDoublesResult{Orders: 1}, nil).Once()

	env.ExecuteWorkflow(workflows.FindDoubles, workflows.FindDoublesInput{Integration: "shop"})

	require.NoError(t, env.GetWorkflowError())
	var out workflows.FindDoublesResult
	require.NoError(t, env.GetWorkflowResult(&out))
	require.Equal(t, 1, out.Orders)
}
