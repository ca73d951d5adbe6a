package e2e

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/dev/stack"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
	"github.com/koppel/koppel/workflows"
)

// TestPriceExplain_SaysWhatTheTillCharges: once prices are at the till, what the books
// say of a customer and what the till charges are the same, tier by tier.
func TestPriceExplain_SaysWhatTheTillCharges(t *testing.T) {
	b := setup(t, withDocument(func(d *settings.Document) { d.Flows.Orders.Enabled = false }))
	explain := func(quantity string) string {
		return b.koppel("", "price", "explain", "-i", stack.Integration, "--customer", "10001", "--sku", "100101", "--qty", quantity)
	}
	require.Contains(t, explain("12"), "Let the flow of customers bring the customer to the till")
	for _, flow := range domain.CatalogFlows() {
		result := b.carriage(flow, workflows.SyncCatalogInput{})
		require.Equal(t, workflows.OutcomeDone, result.Outcome, "%s: %+v", flow, result)
	}
	b.till.forgetsCalls()
	one, dozen := explain("1"), explain("12")
	require.Contains(t, one, "That is the same.")
	require.Contains(t, dozen, "That is the same.")
	require.NotEqual(t, one, dozen)
	require.Zero(t, b.till.calls().Writes, "to explain is to read")
}
