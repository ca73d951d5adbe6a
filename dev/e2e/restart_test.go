package e2e

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/dev/stack"
	"github.com/koppel/koppel/workflows"
)

func (b *bundle) cursor() int {
	b.t.Helper()
	return b.count("select marker from cursor where flow = 'orders'")
}

func TestWorkerRestarted_GoesOnAtItsCursorAndDeliversWhatWasRungUpMeanwhile(t *testing.T) {
	b := setup(t, withoutWorker)
	first := b.startWorker()
	old := b.ringUp(oneLadle(knownCustomer))
	b.awaitDelivered(old)
	first.stop()
	left := b.cursor()
	require.Positive(t, left)
	run := b.firstRun(old)

	one, two := b.ringUp(oneLadle(knownCustomer)), b.ringUp(oneLadle(knownCustomer))
	b.startWorker()
	b.awaitDelivered(old, one, two)
	require.Greater(t, b.cursor(), left)
	require.Equal(t, 3, b.books.calls().Operations["POST SO1"])
	require.Equal(t, run, b.firstRun(old), "what was delivered before was not read again")
	require.Zero(t, b.everParked())
}

// firstRun is the run of an order's newest workflow: a second workflow of the
// order would have another.
func (b *bundle) firstRun(order saved) string {
	b.t.Helper()
	described, err := b.App.Temporal.DescribeWorkflowExecution(context.Background(), workflows.OrderWorkflowID(stack.Integration, order.OrderID), "")
	require.NoError(b.t, err)
	return described.GetWorkflowExecutionInfo().GetExecution().GetRunId()
}
