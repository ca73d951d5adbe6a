package e2e

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/dev/stack"
	"github.com/koppel/koppel/workflows"
)

func TestPoisonOrder_Beside99Good_ParksAloneUntilItsArticleIsThere(t *testing.T) {
	const unknown = 700001
	b := setup(t)
	b.newTillArticle(unknown)
	var good []saved
	var poison saved
	for i := range 100 {
		if i == 40 {
			poison = b.ringUp(sale{RelationNumber: knownCustomer, Lines: []saleLine{of(ladle, "2"), of(unknown, "1")}})
			continue
		}
		good = append(good, b.ringUp(oneLadle(int64(1+i%20))))
	}
	b.awaitDelivered(good...)
	eventually(t, func() string {
		if len(b.parked()) == 0 {
			return "the poison order is not parked"
		}
		return ""
	})
	require.Equal(t, []string{poison.Number + " product_missing"}, codes(b.parked()))
	require.Equal(t, "700001", b.parked()[0].About)
	require.Empty(t, b.bookedOf(poison), "not even in part")

	// Without the fix a retry parks it again, with the same reason.
	b.koppel("", "parked", "retry", "--all", "-i", stack.Integration)
	b.awaitParkedAgain(poison, 2)
	require.Equal(t, []string{poison.Number + " product_missing"}, codes(b.parked()))

	b.enterByHand("AK1", "ARTICLE", "ART_CODE", "C", "700001", "ART_DESC1", "C", "Gieter", "VAT_CODE", "C", "1")
	b.koppel("", "parked", "retry", poison.Number, "-i", stack.Integration)
	b.awaitDelivered(poison)
	require.Empty(t, b.parked())
	require.Len(t, b.booked(), 100)
}

// awaitParkedAgain waits until that many attempts of an order ended parked.
func (b *bundle) awaitParkedAgain(order saved, attempts int) {
	b.t.Helper()
	eventually(b.t, func() string {
		value, err := b.App.Temporal.QueryWorkflow(context.Background(), workflows.OrderWorkflowID(stack.Integration, order.OrderID), "", workflows.QueryProgress)
		require.NoError(b.t, err)
		var progress workflows.Progress
		require.NoError(b.t, value.Get(&progress))
		if progress.Step != "parked" || progress.Attempt < attempts || b.attempts(order) > 0 {
			return fmt.Sprintf("attempt %d is at step %s", progress.Attempt, progress.Step)
		}
		return ""
	})
}
