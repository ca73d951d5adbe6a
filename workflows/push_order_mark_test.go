package workflows_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/mock"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/temporal"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/workflows"
)

func TestPushOrder_MarksTheOrderAfterItStandsInTheBooks(t *testing.T) {
	t.Parallel()
	b := newPush(t)
	b.checked(7)
	b.stepsPass()
	b.OnActivity(orders.ConfirmOrder, mock.Anything, mock.Anything).
		Return(activities.ConfirmOrderResult{Outcome: activities.OutcomeDelivered, TargetID: "20001", Mark: true}, nil).Once()
	b.OnActivity(orders.MarkOrder, mock.Anything, mock.MatchedBy(func(in activities.MarkOrderInput) bool {
		return in.TargetID == "20001" && in.OrderID == "a1" && in.Document == 3
	})).Return(nil).Once()
	b.ExecuteWorkflow(workflows.PushOrder, pushInput)
	require.NoError(t, b.GetWorkflowError())
	var out workflows.PushOrderResult
	require.NoError(t, b.GetWorkflowResult(&out))
	require.Equal(t, activities.OutcomeDelivered, out.Outcome)
}

func TestPushOrder_AMarkThatIsRefusedParksAndARetryOnlyMarks(t *testing.T) {
	t.Parallel()
	b := newPush(t)
	b.checked(7).Once()
	b.stepsPass()
	b.OnActivity(orders.ConfirmOrder, mock.Anything, mock.Anything).
		Return(activities.ConfirmOrderResult{Outcome: activities.OutcomeDelivered, TargetID: "20001", Mark: true}, nil).Once()
	b.OnActivity(orders.MarkOrder, mock.Anything, mock.Anything).Return(temporal.NewNonRetryableApplicationError(
		"refused", "Rejected", nil, activities.Failure{Kind: "Rejected", Code: "mark_refused"})).Once()
	b.OnActivity(orders.ParkOrder, mock.Anything, mock.MatchedBy(func(in activities.ParkOrderInput) bool {
		return in.Failure.Code == "mark_refused"
	})).Return(nil).Once()
	b.OnActivity(orders.CheckOrderExists, mock.Anything, mock.Anything).Return(activities.CheckOrderExistsResult{
		Attempt: activities.Attempt{Integration: "shop", OrderID: "a1", Number: "2026.123", Marker: 7, Document: 3},
		Outcome: activities.OutcomeUnchanged, TargetID: "20001", Mark: true,
	}, nil).Once()
	b.OnActivity(orders.MarkOrder, mock.Anything, mock.Anything).Return(nil).Once()
	b.RegisterDelayedCallback(func() { b.UpdateWorkflow(workflows.UpdateRetry, "", accepted(t)) }, time.Hour)
	b.ExecuteWorkflow(workflows.PushOrder, pushInput)
	require.NoError(t, b.GetWorkflowError())
	var out workflows.PushOrderResult
	require.NoError(t, b.GetWorkflowResult(&out))
	require.Equal(t, activities.OutcomeUnchanged, out.Outcome)
}
