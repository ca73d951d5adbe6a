package e2e

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/dev/stack"
	"github.com/koppel/koppel/internal/sandboxkit"
	"github.com/koppel/koppel/settings"
	"github.com/koppel/koppel/workflows"
)

// attempts is how often the step that an order is at has been tried.
func (b *bundle) attempts(order saved) int32 {
	b.t.Helper()
	described, err := b.App.Temporal.DescribeWorkflowExecution(context.Background(), workflows.OrderWorkflowID(stack.Integration, order.OrderID), "")
	if err != nil {
		return 0 // not started yet
	}
	var most int32
	for _, step := range described.GetPendingActivities() {
		most = max(most, step.GetAttempt())
	}
	return most
}

func (b *bundle) awaitAttempts(order saved, atLeast int32) {
	b.t.Helper()
	eventually(b.t, func() string {
		if n := b.attempts(order); n < atLeast {
			return fmt.Sprintf("order %s was tried %d times", order.Number, n)
		}
		return ""
	})
}

func TestBooksDown_BeyondFirstRetries_LosesNothingAndNeedsNobody(t *testing.T) {
	b := setup(t)
	b.line.cut()
	before := b.ringUp(oneLadle(knownCustomer))
	b.awaitAttempts(before, 4)
	during := b.ringUp(oneLadle(knownCustomer))
	b.awaitAttempts(during, 2)
	require.Empty(t, b.booked())

	b.line.mend()
	after := b.ringUp(oneLadle(knownCustomer))
	b.awaitDelivered(before, during, after)
	require.Zero(t, b.everParked(), "nobody was needed")
}

func TestBooksDown_BeyondHorizon_ParksWithReasonUntilSomebodyRetries(t *testing.T) {
	b := setup(t, withDocument(func(d *settings.Document) { d.Flows.Orders.RetryHorizon = settings.Duration(3 * time.Second) }))
	first := b.ringUp(oneLadle(knownCustomer))
	b.awaitDelivered(first) // from now on the worker knows the document's horizon
	b.line.cut()
	s := oneLadle(0)
	s.NewCustomer = newcomer(1)
	order := b.ringUp(s)
	eventually(t, func() string {
		if len(b.parked()) == 0 {
			return "the order is not parked"
		}
		return ""
	})
	row := b.parked()[0]
	require.Equal(t, order.Number, row.Number)
	require.Equal(t, "connection_refused", row.Code)
	require.NotZero(t, row.Document, "a retry and a person can see which document it went under")
	require.Equal(t, order.TotalInclCents, row.TotalCents)
	listed := b.koppel("", "parked", "list", "-i", stack.Integration)
	require.Contains(t, listed, order.Number)
	require.Contains(t, listed, "nothing listens at its address")

	b.line.mend()
	require.Contains(t, b.koppel("", "parked", "retry", order.Number, "-i", stack.Integration), order.Number+": is tried again")
	b.awaitDelivered(order)
	require.Contains(t, b.koppel("", "parked", "list"), "nothing is parked")
	require.Equal(t, []string{"parked", "delivered"}, b.outcomes(order.Number))
}

func TestOneStepFails_BeyondHorizon_ParksWithItsOwnReason(t *testing.T) {
	b := setup(t, withDocument(func(d *settings.Document) { d.Flows.Orders.RetryHorizon = settings.Duration(3 * time.Second) }))
	b.books.breaks(sandboxkit.Rule{Kind: sandboxkit.BadGateway, Operation: "GET AK1", Share: 1})
	order := b.ringUp(oneLadle(knownCustomer))
	eventually(t, func() string {
		if len(b.parked()) == 0 {
			return "the order is not parked"
		}
		return ""
	})
	require.Equal(t, []string{order.Number + " html_answer"}, codes(b.parked()))

	b.books.mends()
	b.koppel("", "parked", "retry", "--all", "-i", stack.Integration)
	b.awaitDelivered(order)
	require.Empty(t, b.parked())
}
