package workflows_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/mock"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/testsuite"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/workflows"
)

// parkedAfterBooking is an order that parks each time it is checked.
func parkedAfterBooking(t *testing.T) *pushBundle {
	t.Helper()
	b := newPush(t)
	b.OnActivity(orders.CheckOrderExists, mock.Anything, mock.Anything).
		Return(activities.CheckOrderExistsResult{}, final("Conflict", "changed_after_booking"))
	b.OnActivity(orders.ParkOrder, mock.Anything, mock.Anything).Return(nil)
	return b
}

func turnedDown(t *testing.T, times *int) *testsuite.TestUpdateCallback {
	t.Helper()
	return &testsuite.TestUpdateCallback{
		OnReject: func(error) { *times++ }, OnAccept: func() { t.Error("accepted") }, OnComplete: func(any, error) {},
	}
}

func TestPushOrder_APersonEndsAParkedOrder(t *testing.T) {
	t.Parallel()
	b := parkedAfterBooking(t)
	b.OnActivity(orders.SkipOrder, mock.Anything, mock.MatchedBy(func(in activities.SkipOrderInput) bool {
		return in.Reason == domain.SkipDoneByHand && in.OrderID == "a1" && in.Marker == pushInput.Marker
	})).Return(nil).Once()
	refusals := 0
	b.RegisterDelayedCallback(func() {
		b.UpdateWorkflow(workflows.UpdateSkip, "", turnedDown(t, &refusals), workflows.SkipOrder{ReasonCode: "Jansen said so"})
		b.UpdateWorkflow(workflows.UpdateSkip, "", accepted(t), workflows.SkipOrder{ReasonCode: domain.SkipDoneByHand})
		b.UpdateWorkflow(workflows.UpdateRetry, "", turnedDown(t, &refusals))
	}, time.Hour)

	b.ExecuteWorkflow(workflows.PushOrder, pushInput)

	require.Equal(t, "skipped", b.result().Outcome)
	require.Equal(t, 2, refusals)
}

func TestPushOrder_ASkipIsRefusedWhileTheOrderIsWorkedOn(t *testing.T) {
	t.Parallel()
	b := newPush(t)
	b.checked(7).After(time.Minute)
	b.stepsPass()
	b.confirmed()
	refusals := 0
	b.RegisterDelayedCallback(func() {
		b.UpdateWorkflow(workflows.UpdateSkip, "", turnedDown(t, &refusals), workflows.SkipOrder{ReasonCode: domain.SkipDoneByHand})
	}, time.Second)

	b.ExecuteWorkflow(workflows.PushOrder, pushInput)

	require.Equal(t, "delivered", b.result().Outcome)
	require.Equal(t, 1, refusals)
}

// News that comes while the skip is being stored is of a version that nobody judged.
func TestPushOrder_ASkipDoesNotSwallowANewerVersion(t *testing.T) {
	t.Parallel()
	b := newPush(t)
	b.OnActivity(orders.CheckOrderExists, mock.Anything, mock.Anything).
		Return(activities.CheckOrderExistsResult{}, final("Conflict", "changed_after_booking")).Once()
	b.OnActivity(orders.CheckOrderExists, mock.Anything, mock.MatchedBy(func(a activities.Attempt) bool { return a.Marker == 9 })).
		Return(activities.CheckOrderExistsResult{Attempt: activities.Attempt{Marker: 9, Document: 3}, Outcome: "unchanged", TargetID: "20001"}, nil).Once()
	b.OnActivity(orders.ParkOrder, mock.Anything, mock.Anything).Return(nil).Once()
	b.OnActivity(orders.SkipOrder, mock.Anything, mock.Anything).After(time.Minute).Return(nil).Once()
	b.RegisterDelayedCallback(func() {
		b.UpdateWorkflow(workflows.UpdateSkip, "", accepted(t), workflows.SkipOrder{ReasonCode: domain.SkipNotForTheBooks})
	}, time.Hour)
	b.RegisterDelayedCallback(func() {
		b.SignalWorkflow(workflows.SignalOrderChanged, workflows.OrderChanged{Marker: 9})
	}, time.Hour+time.Second)

	b.ExecuteWorkflow(workflows.PushOrder, pushInput)

	require.Equal(t, "unchanged", b.result().Outcome)
}
