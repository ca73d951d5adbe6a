package workflows_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/mock"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/workflows"
)

const someFix = "01a210fa-9033-7af2-ad1f-1bd1eb26acc6"

// parkedOnce is an order that parks at its first look and is delivered after.
func parkedOnce(t *testing.T) *pushBundle {
	t.Helper()
	b := newPush(t)
	b.OnActivity(orders.CheckOrderExists, mock.Anything, mock.Anything).
		Return(activities.CheckOrderExistsResult{}, final("Invalid", "vat_differs")).Once()
	b.OnActivity(orders.ParkOrder, mock.Anything, mock.Anything).Return(nil).Once()
	return b
}

func (b *pushBundle) goesOn() {
	b.checked(7).Once()
	b.stepsPass()
	b.confirmed().Once()
}

func (b *pushBundle) sendFix(callback *testsuite.TestUpdateCallback) {
	b.UpdateWorkflow(workflows.UpdateFix, "", callback, workflows.FixOrder{FixID: someFix})
}

func TestPushOrder_AnAcceptedFixIsANewAttempt(t *testing.T) {
	t.Parallel()
	b := parkedOnce(t)
	b.OnActivity(orders.CheckFix, mock.Anything, mock.MatchedBy(func(in activities.CheckFixInput) bool {
		return in.FixID == someFix && in.OrderID == "a1" && in.Integration == "shop" && in.Number == "2026.123"
	})).Return(activities.CheckFixResult{Kind: "lookup", Document: 4}, nil).Once()
	b.goesOn()
	var fixed workflows.FixedOrder
	b.RegisterDelayedCallback(func() {
		b.sendFix(&testsuite.TestUpdateCallback{
			OnReject: func(err error) { t.Error(err) }, OnAccept: func() {},
			OnComplete: func(result any, err error) {
				require.NoError(t, err)
				fixed = result.(workflows.FixedOrder)
			},
		})
	}, time.Hour)

	b.ExecuteWorkflow(workflows.PushOrder, pushInput)

	require.Equal(t, "delivered", b.result().Outcome)
	require.Equal(t, workflows.FixedOrder{Kind: "lookup", Document: 4}, fixed)
}

func TestPushOrder_ARefusedFixLeavesTheOrderParkedAndSaysWhy(t *testing.T) {
	t.Parallel()
	b := parkedOnce(t)
	b.OnActivity(orders.CheckFix, mock.Anything, mock.Anything).Return(activities.CheckFixResult{}, final("Invalid", "fix_changes_total")).Once()
	b.OnActivity(orders.SkipOrder, mock.Anything, mock.Anything).Return(nil).Once()
	var refused error
	b.RegisterDelayedCallback(func() {
		b.sendFix(&testsuite.TestUpdateCallback{
			OnReject: func(err error) { t.Error(err) }, OnAccept: func() {}, OnComplete: func(_ any, err error) { refused = err },
		})
	}, time.Hour)
	b.RegisterDelayedCallback(func() {
		require.Equal(t, "parked", b.progress().Step)
		b.UpdateWorkflow(workflows.UpdateSkip, "", accepted(t), workflows.SkipOrder{ReasonCode: domain.SkipDoneByHand})
	}, 2*time.Hour)

	b.ExecuteWorkflow(workflows.PushOrder, pushInput)

	require.Equal(t, "skipped", b.result().Outcome)
	app, ok := errors.AsType[*temporal.ApplicationError](refused)
	require.True(t, ok, "%v", refused)
	require.Equal(t, workflows.FixRefused, app.Type())
	require.Contains(t, app.Message(), "fix_changes_total 4711: "+domain.ReasonFor("fix_changes_total").Words)
	var why activities.Failure
	require.NoError(t, app.Details(&why))
	require.Equal(t, "fix_changes_total", why.Code)
}

func TestPushOrder_AFixIsRefusedWhenItHasNoNameOrTheOrderIsNotParked(t *testing.T) {
	t.Parallel()
	b := newPush(t)
	b.rests(7, "rests_after_change", time.Hour).Once()
	b.checked(7).Once()
	b.stepsPass()
	b.confirmed().Once()
	refusals := 0
	b.RegisterDelayedCallback(func() {
		b.sendFix(turnedDown(t, &refusals)) // it rests: there is nothing to fix
		b.UpdateWorkflow(workflows.UpdateFix, "", turnedDown(t, &refusals), workflows.FixOrder{FixID: "Jansen"})
		b.UpdateWorkflow(workflows.UpdateFix, "", turnedDown(t, &refusals), workflows.FixOrder{})
	}, time.Minute)

	b.ExecuteWorkflow(workflows.PushOrder, pushInput)

	require.Equal(t, "delivered", b.result().Outcome)
	require.Equal(t, 3, refusals)
}

func TestPushOrder_NobodyDecidesAndNothingGoesOnWhileAFixIsChecked(t *testing.T) {
	t.Parallel()
	b := parkedOnce(t)
	checking := true
	b.OnActivity(orders.CheckFix, mock.Anything, mock.Anything).After(time.Minute).
		Return(activities.CheckFixResult{}, final("Conflict", "fix_outdated")).Once()
	b.SetOnActivityCompletedListener(func(info *activity.Info, _ converter.EncodedValue, _ error) {
		checking = checking && info.ActivityType.Name != "CheckFix"
	})
	b.OnActivity(orders.CheckOrderExists, mock.Anything, mock.MatchedBy(func(a activities.Attempt) bool { return a.Marker == 9 })).Run(func(mock.Arguments) {
		if checking {
			t.Error("news does not wait until the fix is judged")
		}
	}).Return(activities.CheckOrderExistsResult{Attempt: activities.Attempt{Marker: 9, Document: 3}, Outcome: "adopted", TargetID: "20001"}, nil).Once()
	refusals, answered := 0, false
	b.RegisterDelayedCallback(func() {
		b.sendFix(&testsuite.TestUpdateCallback{
			OnReject: func(err error) { t.Error(err) }, OnAccept: func() {}, OnComplete: func(_ any, err error) { answered = err != nil },
		})
	}, time.Hour)
	b.RegisterDelayedCallback(func() {
		b.SignalWorkflow(workflows.SignalOrderChanged, workflows.OrderChanged{Marker: 9})
		b.SignalWorkflow(workflows.SignalWoken, workflows.Woken{Cause: "article_arrived"})
		b.sendFix(turnedDown(t, &refusals))
		b.UpdateWorkflow(workflows.UpdateRetry, "", turnedDown(t, &refusals))
		b.UpdateWorkflow(workflows.UpdateSkip, "", turnedDown(t, &refusals), workflows.SkipOrder{ReasonCode: domain.SkipDoneByHand})
	}, time.Hour+10*time.Second)

	b.ExecuteWorkflow(workflows.PushOrder, pushInput)

	require.Equal(t, "adopted", b.result().Outcome)
	require.Equal(t, 3, refusals)
	require.True(t, answered, "who sent the fix is told before the run ends")
}

func TestPushOrder_ContinuesAsNewAfterAFix(t *testing.T) {
	t.Parallel()
	b := parkedOnce(t)
	b.SetContinueAsNewSuggested(true)
	b.OnActivity(orders.CheckFix, mock.Anything, mock.Anything).Return(activities.CheckFixResult{Kind: "payload"}, nil).Once()
	b.RegisterDelayedCallback(func() { b.sendFix(accepted(t)) }, time.Hour)

	b.ExecuteWorkflow(workflows.PushOrder, pushInput)

	next := continued(t, b.GetWorkflowError())
	require.Equal(t, workflows.PushOrderInput{Integration: "shop", OrderID: "a1", Number: "2026.123", Marker: 7, SendNow: 7}, next)
}

func TestPushOrder_WhatItWaitsForComesAndItGoesOn(t *testing.T) {
	t.Parallel()
	b := parkedOnce(t)
	b.goesOn()
	b.RegisterDelayedCallback(func() { b.SignalWorkflow(workflows.SignalWoken, workflows.Woken{Cause: "article_arrived"}) }, time.Hour)

	b.ExecuteWorkflow(workflows.PushOrder, pushInput)

	require.Equal(t, "delivered", b.result().Outcome)
}

// A waking that is told twice must not try an order again that parked since.
func TestPushOrder_AWakingOfBeforeItWasParkedIsForgotten(t *testing.T) {
	t.Parallel()
	b := newPush(t)
	b.checked(7).After(time.Minute).Once()
	b.OnActivity(customers.UpsertCustomer, mock.Anything, mock.Anything).
		Return(activities.UpsertCustomerResult{}, final("Invalid", "no_customer")).Once()
	b.OnActivity(orders.ParkOrder, mock.Anything, mock.Anything).Return(nil).Once()
	b.OnActivity(orders.SkipOrder, mock.Anything, mock.Anything).Return(nil).Once()
	b.RegisterDelayedCallback(func() { b.SignalWorkflow(workflows.SignalWoken, workflows.Woken{Cause: "article_arrived"}) }, time.Second)
	b.RegisterDelayedCallback(func() {
		b.UpdateWorkflow(workflows.UpdateSkip, "", accepted(t), workflows.SkipOrder{ReasonCode: domain.SkipDoneByHand})
	}, time.Hour)

	b.ExecuteWorkflow(workflows.PushOrder, pushInput)

	require.Equal(t, "skipped", b.result().Outcome)
}
