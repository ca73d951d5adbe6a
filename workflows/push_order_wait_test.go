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

// rests answers that the order must rest so long.
func (b *pushBundle) rests(marker int64, cause string, left time.Duration) *testsuite.MockCallWrapper {
	return b.OnActivity(orders.CheckOrderExists, mock.Anything, mock.Anything).Return(activities.CheckOrderExistsResult{
		Attempt: activities.Attempt{Integration: "shop", OrderID: "a1", Number: "2026.123", Marker: marker, Document: 3},
		Rest:    activities.Rest{Cause: cause, Left: left},
	}, nil)
}

func (b *pushBundle) progress() workflows.Progress {
	b.t.Helper()
	value, err := b.QueryWorkflow(workflows.QueryProgress)
	require.NoError(b.t, err)
	var out workflows.Progress
	require.NoError(b.t, value.Get(&out))
	return out
}

func TestPushOrder_ASaleRestsAndThenGoes(t *testing.T) {
	t.Parallel()
	b := newPush(t)
	began := b.Now()
	b.rests(7, "rests_after_change", 10*time.Minute).Once()
	b.checked(7).Once()
	b.stepsPass()
	b.confirmed().Once()
	b.RegisterDelayedCallback(func() {
		seen := b.progress()
		require.Equal(t, "waits", seen.Step)
		require.True(t, seen.Waiting)
		require.Equal(t, "rests_after_change", seen.Rest)
		require.WithinDuration(t, began.Add(10*time.Minute), *seen.Until, time.Second)
	}, time.Minute)

	b.ExecuteWorkflow(workflows.PushOrder, pushInput)

	require.Equal(t, "delivered", b.result().Outcome)
	require.GreaterOrEqual(t, b.Now().Sub(began), 10*time.Minute)
}

func TestPushOrder_NewsStartsTheRestAnew(t *testing.T) {
	t.Parallel()
	b := newPush(t)
	began := b.Now()
	b.rests(7, "rests_after_change", 10*time.Minute).Once()
	b.rests(9, "rests_after_change", 10*time.Minute).Once()
	b.checked(9).Once()
	b.stepsPass()
	b.confirmed().Once()
	b.RegisterDelayedCallback(func() {
		b.SignalWorkflow(workflows.SignalOrderChanged, workflows.OrderChanged{Marker: 9})
	}, 9*time.Minute)

	b.ExecuteWorkflow(workflows.PushOrder, pushInput)

	require.Equal(t, "delivered", b.result().Outcome)
	require.GreaterOrEqual(t, b.Now().Sub(began), 19*time.Minute)
}

func TestPushOrder_APersonSendsARestingOrderNow(t *testing.T) {
	t.Parallel()
	b := newPush(t)
	began := b.Now()
	b.rests(7, "rests_until_paid", 100*time.Hour).Once()
	b.OnActivity(orders.CheckOrderExists, mock.Anything, mock.MatchedBy(func(a activities.Attempt) bool { return a.SendNow == 7 })).
		Return(activities.CheckOrderExistsResult{Attempt: activities.Attempt{Marker: 7, Document: 3}, Outcome: "adopted", TargetID: "20001"}, nil).Once()
	b.RegisterDelayedCallback(func() { b.UpdateWorkflow(workflows.UpdateRetry, "", accepted(t)) }, time.Hour)

	b.ExecuteWorkflow(workflows.PushOrder, pushInput)

	require.Equal(t, "adopted", b.result().Outcome)
	require.Less(t, b.Now().Sub(began), 2*time.Hour)
}

func TestPushOrder_APersonEndsARestingOrder(t *testing.T) {
	t.Parallel()
	b := newPush(t)
	b.rests(7, "rests_until_paid", 100*time.Hour).Once()
	b.OnActivity(orders.SkipOrder, mock.Anything, mock.MatchedBy(func(in activities.SkipOrderInput) bool { return in.Marker == 7 })).Return(nil).Once()
	b.RegisterDelayedCallback(func() {
		b.UpdateWorkflow(workflows.UpdateSkip, "", accepted(t), workflows.SkipOrder{ReasonCode: domain.SkipNotForTheBooks})
	}, time.Hour)

	b.ExecuteWorkflow(workflows.PushOrder, pushInput)

	require.Equal(t, "skipped", b.result().Outcome)
}

// What a person decided must outlive the run that was told.
func TestPushOrder_ContinuesAsNewKnowingThatAPersonSentIt(t *testing.T) {
	t.Parallel()
	b := newPush(t)
	b.SetContinueAsNewSuggested(true)
	b.rests(7, "rests_until_paid", 100*time.Hour).Once()
	b.RegisterDelayedCallback(func() { b.UpdateWorkflow(workflows.UpdateRetry, "", accepted(t)) }, time.Hour)

	b.ExecuteWorkflow(workflows.PushOrder, pushInput)

	next := continued(t, b.GetWorkflowError())
	require.Equal(t, int64(7), next.SendNow)
	require.Equal(t, int64(7), next.Marker)
}
