package workflows_test

import (
	"testing"

	"github.com/stretchr/testify/mock"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/workflows"
)

// changed answers that the order is booked and what is to be done about its change.
func (b *pushBundle) changed(step reconcile.Step) {
	b.OnActivity(orders.CheckOrderExists, mock.Anything, mock.Anything).Return(activities.CheckOrderExistsResult{Attempt: activities.Attempt{
		Integration: "shop", OrderID: "a1", Number: "2026.123", Marker: 7, Document: 3, Pace: activities.FirstPace, Change: step, Sequence: 1,
	}}, nil).Once()
}

func countered(in activities.ConfirmOrderInput) bool {
	return in.Sequence == 1 && in.CustomerNumber == "10001"
}

func TestPushOrder_ChangedLinesAreTakenBackOnceTheNewOrderCanBeWritten(t *testing.T) {
	t.Parallel()
	b := newPush(t)
	b.changed(reconcile.StepCounter)
	b.stepsPass()
	b.OnActivity(orders.CounterOrder, mock.Anything, mock.MatchedBy(countered)).
		Return(activities.ConfirmOrderResult{Outcome: activities.OutcomeCountered, TargetID: "20002"}, nil).Once()
	b.confirmed().Once()

	b.ExecuteWorkflow(workflows.PushOrder, pushInput)

	require.Equal(t, workflows.PushOrderResult{Outcome: "delivered", TargetID: "20001", Document: 3}, b.result())
}

func TestPushOrder_ACancelledOrderIsTakenBackWithoutAnyOtherStep(t *testing.T) {
	t.Parallel()
	b := newPush(t)
	b.changed(reconcile.StepTakeBack)
	b.OnActivity(orders.CounterOrder, mock.Anything, mock.Anything).
		Return(activities.ConfirmOrderResult{Outcome: activities.OutcomeCountered, TargetID: "20002"}, nil).Once()

	b.ExecuteWorkflow(workflows.PushOrder, pushInput)

	require.Equal(t, workflows.PushOrderResult{Outcome: "countered", TargetID: "20002", Document: 3}, b.result())
}

func TestPushOrder_AHeaderThatCannotBeChangedIsLookedAtAgain(t *testing.T) {
	t.Parallel()
	b := newPush(t)
	b.changed(reconcile.StepHeader)
	b.changed(reconcile.StepLines)
	b.stepsPass()
	b.OnActivity(orders.UpdateOrder, mock.Anything, mock.Anything).Return(activities.ConfirmOrderResult{Again: true}, nil).Once()
	b.OnActivity(orders.ReplaceLines, mock.Anything, mock.Anything).
		Return(activities.ConfirmOrderResult{Outcome: activities.OutcomeUpdated, TargetID: "20001"}, nil).Once()

	b.ExecuteWorkflow(workflows.PushOrder, pushInput)

	require.Equal(t, "updated", b.result().Outcome)
}

// A newer version came while the order was to be taken back: nothing is written,
// and all is decided anew.
func TestPushOrder_AChangeThatIsOvertakenWritesNothing(t *testing.T) {
	t.Parallel()
	b := newPush(t)
	b.changed(reconcile.StepCounter)
	b.OnActivity(orders.CheckOrderExists, mock.Anything, mock.MatchedBy(func(a activities.Attempt) bool { return a.Marker == 9 })).
		Return(activities.CheckOrderExistsResult{Attempt: activities.Attempt{Marker: 9, Document: 3}, Outcome: activities.OutcomeUnchanged}, nil).Once()
	b.stepsPass()
	b.OnActivity(orders.CounterOrder, mock.Anything, mock.Anything).Return(activities.ConfirmOrderResult{NewerMarker: 9}, nil).Once()

	b.ExecuteWorkflow(workflows.PushOrder, pushInput)

	require.Equal(t, "unchanged", b.result().Outcome)
}
