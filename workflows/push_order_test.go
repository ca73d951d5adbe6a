package workflows_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/mock"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/workflows"
)

// Nil on purpose: they only name activities.
var (
	orders       *activities.Orders
	customers    *activities.Customers
	products     *activities.Products
	housekeeping *activities.Housekeeping
	days         *activities.Days
	alerts       *activities.Alerts
	probes       *activities.Probes
)

var pushInput = workflows.PushOrderInput{Integration: "shop", OrderID: "a1", Number: "2026.123", Marker: 7}

type pushBundle struct {
	*testsuite.TestWorkflowEnvironment
	t *testing.T
}

func newPush(t *testing.T) *pushBundle {
	t.Helper()
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestWorkflowEnvironment()
	env.RegisterWorkflow(workflows.PushOrder)
	env.RegisterActivity(orders)
	env.RegisterActivity(customers)
	env.RegisterActivity(products)
	env.RegisterActivity(housekeeping)
	env.SetTestTimeout(20 * time.Second)
	b := &pushBundle{TestWorkflowEnvironment: env, t: t}
	t.Cleanup(func() { env.AssertExpectations(t) })
	return b
}

// checked answers that the order still has to go, at this marker.
func (b *pushBundle) checked(marker int64) *testsuite.MockCallWrapper {
	return b.OnActivity(orders.CheckOrderExists, mock.Anything, mock.Anything).Return(activities.CheckOrderExistsResult{
		Attempt: activities.Attempt{
			Integration: "shop", OrderID: "a1", Number: "2026.123", Marker: marker, Document: 3,
			Pace: activities.Pace{Horizon: time.Hour, CallTimeout: time.Second},
		},
	}, nil)
}

func (b *pushBundle) stepsPass() {
	b.OnActivity(customers.UpsertCustomer, mock.Anything, mock.Anything).Return(activities.UpsertCustomerResult{CustomerNumber: "10001"}, nil)
	b.OnActivity(customers.EnsureDeliveryAddress, mock.Anything, mock.Anything).Return(activities.EnsureDeliveryAddressResult{AddressCode: "A1"}, nil)
	b.OnActivity(products.VerifyProducts, mock.Anything, mock.Anything).Return(nil)
}

func (b *pushBundle) confirmed() *testsuite.MockCallWrapper {
	return b.OnActivity(orders.ConfirmOrder, mock.Anything, mock.MatchedBy(func(in activities.ConfirmOrderInput) bool {
		return in.CustomerNumber == "10001" && in.AddressCode == "A1" && in.Document == 3
	})).Return(activities.ConfirmOrderResult{Outcome: activities.OutcomeDelivered, TargetID: "20001"}, nil)
}

func (b *pushBundle) result() workflows.PushOrderResult {
	b.t.Helper()
	require.True(b.t, b.IsWorkflowCompleted())
	require.NoError(b.t, b.GetWorkflowError())
	var out workflows.PushOrderResult
	require.NoError(b.t, b.GetWorkflowResult(&out))
	return out
}

func final(kind, code string) error {
	return temporal.NewApplicationErrorWithOptions(code, kind, temporal.ApplicationErrorOptions{
		NonRetryable: true, Details: []any{activities.Failure{Kind: kind, Code: code, About: "4711"}},
	})
}

func TestPushOrder_WalksTheFiveStepsAndDelivers(t *testing.T) {
	t.Parallel()
	b := newPush(t)
	b.checked(7).Once()
	b.stepsPass()
	b.confirmed().Once()

	b.ExecuteWorkflow(workflows.PushOrder, pushInput)

	require.Equal(t, workflows.PushOrderResult{Outcome: "delivered", TargetID: "20001", Document: 3}, b.result())
}

func TestPushOrder_AnOrderDealtWithIsNotTouched(t *testing.T) {
	t.Parallel()
	b := newPush(t)
	b.OnActivity(orders.CheckOrderExists, mock.Anything, mock.Anything).Return(activities.CheckOrderExistsResult{
		Attempt: activities.Attempt{Marker: 7, Document: 3}, Outcome: activities.OutcomeUnchanged, TargetID: "20001",
	}, nil).Once()

	b.ExecuteWorkflow(workflows.PushOrder, pushInput)

	require.Equal(t, "unchanged", b.result().Outcome)
}

func TestPushOrder_EachFinalFaultParksAndARetryGoesOn(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"Invalid", "Rejected", "NotFound", "Conflict"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			b := newPush(t)
			b.checked(7).Twice()
			b.OnActivity(customers.UpsertCustomer, mock.Anything, mock.Anything).Return(activities.UpsertCustomerResult{CustomerNumber: "10001"}, nil)
			b.OnActivity(customers.EnsureDeliveryAddress, mock.Anything, mock.Anything).Return(activities.EnsureDeliveryAddressResult{AddressCode: "A1"}, nil)
			b.OnActivity(products.VerifyProducts, mock.Anything, mock.Anything).Return(final(kind, "product_missing")).Once()
			b.OnActivity(products.VerifyProducts, mock.Anything, mock.Anything).Return(nil)
			b.confirmed().Once()
			b.OnActivity(orders.ParkOrder, mock.Anything, mock.MatchedBy(func(in activities.ParkOrderInput) bool {
				return in.Failure.Code == "product_missing" && in.Failure.About == "4711" && in.OrderID == "a1"
			})).Return(nil).Once()
			b.RegisterDelayedCallback(func() {
				b.UpdateWorkflow(workflows.UpdateRetry, "", accepted(t))
			}, 48*time.Hour)

			b.ExecuteWorkflow(workflows.PushOrder, pushInput)

			require.Equal(t, "delivered", b.result().Outcome)
		})
	}
}

func TestPushOrder_RetryIsRefusedWhileTheOrderIsWorkedOn(t *testing.T) {
	t.Parallel()
	b := newPush(t)
	b.checked(7).After(time.Minute)
	b.stepsPass()
	b.confirmed()
	refused := false
	b.RegisterDelayedCallback(func() {
		b.UpdateWorkflow(workflows.UpdateRetry, "", &testsuite.TestUpdateCallback{
			OnReject:   func(error) { refused = true },
			OnAccept:   func() { t.Error("accepted while not parked") },
			OnComplete: func(any, error) {},
		})
	}, time.Second)

	b.ExecuteWorkflow(workflows.PushOrder, pushInput)

	require.Equal(t, "delivered", b.result().Outcome)
	require.True(t, refused)
}

func TestPushOrder_AFaultThatStopsEverythingPausesTheSchedule(t *testing.T) {
	t.Parallel()
	b := newPush(t)
	b.OnActivity(orders.CheckOrderExists, mock.Anything, mock.Anything).
		Return(activities.CheckOrderExistsResult{}, final("Unauthorized", "consent_expired")).Once()
	b.OnActivity(orders.ParkOrder, mock.Anything, mock.Anything).Return(nil).Once()
	b.OnActivity(housekeeping.PauseFlow, mock.Anything, mock.MatchedBy(func(in activities.PauseFlowInput) bool {
		return in.Flow == "orders" && in.Failure.Code == "consent_expired"
	})).Return(nil).Once()
	b.checked(7)
	b.stepsPass()
	b.confirmed()
	b.RegisterDelayedCallback(func() { b.UpdateWorkflow(workflows.UpdateRetry, "", accepted(t)) }, time.Hour)

	b.ExecuteWorkflow(workflows.PushOrder, pushInput)

	require.Equal(t, "delivered", b.result().Outcome)
}

func TestPushOrder_AnOutageIsWaitedOutWithoutAPerson(t *testing.T) {
	t.Parallel()
	b := newPush(t)
	b.checked(7)
	b.stepsPass()
	down := temporal.NewApplicationErrorWithOptions("down", "Unavailable", temporal.ApplicationErrorOptions{
		Details: []any{activities.Failure{Kind: "Unavailable", Code: "connection_refused"}},
	})
	b.OnActivity(orders.ConfirmOrder, mock.Anything, mock.Anything).Return(activities.ConfirmOrderResult{}, down).Times(6)
	b.confirmed().Once()

	b.ExecuteWorkflow(workflows.PushOrder, pushInput)

	require.Equal(t, "delivered", b.result().Outcome)
}

func TestPushOrder_AnOutageBeyondTheHorizonParks(t *testing.T) {
	t.Parallel()
	b := newPush(t)
	b.checked(7)
	b.stepsPass()
	down := temporal.NewApplicationErrorWithOptions("down", "Unavailable", temporal.ApplicationErrorOptions{
		Details: []any{activities.Failure{Kind: "Unavailable", Code: "connection_refused"}},
	})
	parked := false
	b.OnActivity(orders.ConfirmOrder, mock.Anything, mock.Anything).
		Return(activities.ConfirmOrderResult{}, down)
	b.OnActivity(orders.ParkOrder, mock.Anything, mock.MatchedBy(func(in activities.ParkOrderInput) bool {
		parked = in.Failure.Kind == "Unavailable"
		return parked
	})).Return(nil)
	b.RegisterDelayedCallback(b.CancelWorkflow, 200*time.Hour)

	b.ExecuteWorkflow(workflows.PushOrder, pushInput)

	require.True(t, parked)
	var canceled *temporal.CanceledError
	require.ErrorAs(t, b.GetWorkflowError(), &canceled)
}

func TestPushOrder_ANewerVersionWakesAParkedOrder(t *testing.T) {
	t.Parallel()
	b := newPush(t)
	b.checked(7).Once()
	b.OnActivity(customers.UpsertCustomer, mock.Anything, mock.Anything).
		Return(activities.UpsertCustomerResult{}, final("Invalid", "no_customer")).Once()
	b.OnActivity(orders.ParkOrder, mock.Anything, mock.Anything).Return(nil).Once()
	b.checked(9).Once()
	b.stepsPass()
	b.confirmed().Once()
	b.RegisterDelayedCallback(func() {
		b.SignalWorkflow(workflows.SignalOrderChanged, workflows.OrderChanged{Marker: 9})
	}, time.Hour)

	b.ExecuteWorkflow(workflows.PushOrder, pushInput)

	require.Equal(t, "delivered", b.result().Outcome)
}

func TestPushOrder_ANewerVersionOnTheWayIsPushedInstead(t *testing.T) {
	t.Parallel()
	b := newPush(t)
	b.checked(7).Once()
	b.checked(9).Once()
	b.stepsPass()
	b.OnActivity(orders.ConfirmOrder, mock.Anything, mock.MatchedBy(func(in activities.ConfirmOrderInput) bool { return in.Marker == 7 })).
		Return(activities.ConfirmOrderResult{NewerMarker: 9}, nil).Once()
	b.OnActivity(orders.ConfirmOrder, mock.Anything, mock.MatchedBy(func(in activities.ConfirmOrderInput) bool { return in.Marker == 9 })).
		Return(activities.ConfirmOrderResult{Outcome: "delivered", TargetID: "20001"}, nil).Once()

	b.ExecuteWorkflow(workflows.PushOrder, pushInput)

	require.Equal(t, "delivered", b.result().Outcome)
}

func TestPushOrder_AVersionThatArrivesWhileWritingIsLookedAtAfterwards(t *testing.T) {
	t.Parallel()
	b := newPush(t)
	b.checked(7).Once()
	b.stepsPass()
	b.confirmed().After(time.Minute).Once()
	b.RegisterDelayedCallback(func() {
		b.SignalWorkflow(workflows.SignalOrderChanged, workflows.OrderChanged{Marker: 9})
	}, 30*time.Second)
	b.OnActivity(orders.CheckOrderExists, mock.Anything, mock.MatchedBy(func(a activities.Attempt) bool { return a.Marker == 9 })).
		Return(activities.CheckOrderExistsResult{Attempt: activities.Attempt{Marker: 9, Document: 3}, Outcome: "unchanged", TargetID: "20001"}, nil).Once()

	b.ExecuteWorkflow(workflows.PushOrder, pushInput)

	require.Equal(t, "unchanged", b.result().Outcome)
}

func TestPushOrder_ContinuesAsNewBetweenAttemptsWithTheNewestMarker(t *testing.T) {
	t.Parallel()
	b := newPush(t)
	b.SetContinueAsNewSuggested(true)
	b.checked(7).Once()
	b.OnActivity(customers.UpsertCustomer, mock.Anything, mock.Anything).
		Return(activities.UpsertCustomerResult{}, final("Invalid", "no_customer")).Once()
	b.OnActivity(orders.ParkOrder, mock.Anything, mock.Anything).Return(nil).Once()
	b.RegisterDelayedCallback(func() {
		b.SignalWorkflow(workflows.SignalOrderChanged, workflows.OrderChanged{Marker: 9})
	}, time.Hour)

	b.ExecuteWorkflow(workflows.PushOrder, pushInput)

	require.Equal(t, int64(9), continued(t, b.GetWorkflowError()).Marker)
}

func accepted(t *testing.T) *testsuite.TestUpdateCallback {
	t.Helper()
	return &testsuite.TestUpdateCallback{
		OnReject:   func(err error) { t.Errorf("update refused: %v", err) },
		OnAccept:   func() {},
		OnComplete: func(_ any, err error) { require.NoError(t, err) },
	}
}

// continued reads what the next run is told.
func continued(t *testing.T, err error) workflows.PushOrderInput {
	t.Helper()
	var next *workflow.ContinueAsNewError
	require.ErrorAs(t, err, &next)
	var in workflows.PushOrderInput
	require.NoError(t, converter.GetDefaultDataConverter().FromPayloads(next.Input, &in))
	return in
}
