package e2e

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// killBetweenWriteAndAnswer kills the worker when the books have written a
// record and the answer is still on its way, and starts another.
func killBetweenWriteAndAnswer(t *testing.T, object string) (*bundle, saved) {
	t.Helper()
	b := setup(t, withoutWorker)
	arrived := b.line.holdNext(object)
	s := oneLadle(0)
	s.NewCustomer = newcomer(1)
	order := b.ringUp(s)

	first := b.startWorker()
	select {
	case <-arrived:
	case <-time.After(patience):
		t.Fatalf("no %s was written in %s", object, patience)
	}
	first.kill()
	b.startWorker()
	b.awaitDelivered(order)
	return b, order
}

func TestWorkerKilled_BetweenWriteOfOrderAndAnswer_GivesOneOrder(t *testing.T) {
	b, order := killBetweenWriteAndAnswer(t, "SO1")
	require.Equal(t, 1, b.books.calls().Operations["POST SO1"], "the second worker found what the first had written")
	require.Equal(t, []string{"adopted"}, b.outcomes(order.Number))
	require.Len(t, b.debtorsOf(order.RelationNumber), 1)
	require.Zero(t, b.everParked())
}

func TestWorkerKilled_BetweenWriteOfDebtorAndAnswer_GivesOneDebtor(t *testing.T) {
	b, order := killBetweenWriteAndAnswer(t, "AR1")
	require.Equal(t, 1, b.books.calls().Operations["POST AR1"], "the second worker found what the first had written")
	require.Len(t, b.debtorsOf(order.RelationNumber), 1)
	require.Equal(t, b.debtorsOf(order.RelationNumber)[0].Number, b.bookedOf(order)[0].Debtor)
	require.Equal(t, []string{"delivered"}, b.outcomes(order.Number))
	require.Zero(t, b.everParked())
}
