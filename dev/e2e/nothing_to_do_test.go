package e2e

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/history/v1"
)

// history reads every event of a run.
func (b *bundle) history(workflowID, runID string) []*history.HistoryEvent {
	b.t.Helper()
	var events []*history.HistoryEvent
	pages := b.App.Temporal.GetWorkflowHistory(context.Background(), workflowID, runID, false, enums.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for pages.HasNext() {
		event, err := pages.Next()
		require.NoError(b.t, err)
		events = append(events, event)
	}
	return events
}

func TestNothingToDo_CostsOneReadAndOneActivityPerTickAndWritesNothing(t *testing.T) {
	const ticks = 5
	b := setup(t)
	order := b.ringUp(oneLadle(knownCustomer))
	b.awaitDelivered(order)
	b.pause()
	b.tick() // the last order's marker has been read past
	b.till.forgetsCalls()
	b.books.forgetsCalls()

	for range ticks {
		activities := 0
		for _, event := range b.history(b.tick()) {
			if event.GetEventType() == enums.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED {
				activities++
				require.Equal(t, "PullOrders", event.GetActivityTaskScheduledEventAttributes().GetActivityType().GetName())
			}
		}
		require.Equal(t, 1, activities)
	}
	till, books := b.till.calls(), b.books.calls()
	require.Equal(t, map[string]int{"getOrders": ticks}, till.Operations)
	require.Equal(t, ticks, till.Reads)
	require.Zero(t, till.Writes)
	require.Zero(t, books.Reads)
	require.Zero(t, books.Writes)
}
