package e2e

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/sandboxkit"
)

func TestTwoOrdersOfNewCustomer_AtTheSameMoment_MakeOneDebtor(t *testing.T) {
	const customers = 20
	b := setup(t)
	b.pause()
	// A slow answer keeps the door to a second debtor open for longer.
	b.books.breaks(sandboxkit.Rule{Kind: sandboxkit.Latency, Operation: "POST AR1", Share: 0.5, Seconds: 0.3, Seed: 1})
	var relations []int64
	for i := range customers {
		relations = append(relations, b.enrol(newcomer(i)))
	}
	var orders [2 * customers]saved
	var cashiers sync.WaitGroup
	for i := range orders {
		cashiers.Go(func() { orders[i] = b.ringUp(oneLadle(relations[i/2])) })
	}
	cashiers.Wait()
	b.unpause()
	b.awaitDelivered(orders[:]...)
	for i, relation := range relations {
		debtors := b.debtorsOf(relation)
		require.Len(t, debtors, 1, "customer %d", relation)
		require.Equal(t, debtors[0].Number, b.bookedOf(orders[2*i])[0].Debtor)
		require.Equal(t, debtors[0].Number, b.bookedOf(orders[2*i+1])[0].Debtor)
	}
	require.Equal(t, customers, b.books.calls().Operations["POST AR1"])
	require.Zero(t, b.everParked())
}
