package workflows_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/mock"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/testsuite"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/workflows"
)

func newWake(t *testing.T) *testsuite.TestWorkflowEnvironment {
	t.Helper()
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestWorkflowEnvironment()
	env.RegisterWorkflow(workflows.WakeOrders)
	env.RegisterActivity(orders)
	env.RegisterActivity(housekeeping)
	env.SetTestTimeout(20 * time.Second)
	t.Cleanup(func() { env.AssertExpectations(t) })
	return env
}

var wakeInput = workflows.WakeOrdersInput{Integration: "shop"}

func TestWakeOrders_TellsHowManyWentOn(t *testing.T) {
	t.Parallel()
	env := newWake(t)
	env.OnActivity(orders.WakeOrders, mock.Anything, activities.WakeOrdersInput{Integration: "shop"}).
		Return(activities.WakeOrdersResult{Waiting: 3, Woken: 2, Document: 4}, nil).Once()
	env.ExecuteWorkflow(workflows.WakeOrders, wakeInput)
	var out workflows.WakeOrdersResult
	require.NoError(t, env.GetWorkflowResult(&out))
	require.Equal(t, workflows.WakeOrdersResult{Outcome: "done", Waiting: 3, Woken: 2, Document: 4}, out)
}

func TestWakeOrders_AnOutageEndsTheRunAndNothingElse(t *testing.T) {
	t.Parallel()
	env := newWake(t)
	env.OnActivity(orders.WakeOrders, mock.Anything, mock.Anything).Return(activities.WakeOrdersResult{}, final("Unavailable", "connection_refused"))
	env.ExecuteWorkflow(workflows.WakeOrders, wakeInput)
	var out workflows.WakeOrdersResult
	require.NoError(t, env.GetWorkflowResult(&out))
	require.Equal(t, "unavailable", out.Outcome)
	require.Equal(t, "connection_refused", out.Failure.Code)
}

func TestWakeOrders_RefusedCredentialsPauseItsSchedule(t *testing.T) {
	t.Parallel()
	env := newWake(t)
	env.OnActivity(orders.WakeOrders, mock.Anything, mock.Anything).Return(activities.WakeOrdersResult{}, final("Unauthorized", "consent_expired"))
	env.OnActivity(housekeeping.PauseFlow, mock.Anything, mock.MatchedBy(func(in activities.PauseFlowInput) bool { return in.Flow == "wake" })).Return(nil).Once()
	env.ExecuteWorkflow(workflows.WakeOrders, wakeInput)
	require.Error(t, env.GetWorkflowError())
}
