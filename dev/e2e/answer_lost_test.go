package e2e

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/sandboxkit"
	"github.com/koppel/koppel/settings"
)

func TestAnswerLost_AfterCommit_GivesOneOfEachRecord(t *testing.T) {
	b := setup(t)
	for _, object := range []string{"AR1", "ADDR", "SO1"} {
		b.books.breaks(sandboxkit.Rule{Kind: sandboxkit.DropAfter, Operation: "POST " + object, Calls: 1})
	}
	s := oneLadle(0)
	s.NewCustomer = newcomer(1)
	s.DeliveryAddress = &place{Name: "Magazijn", Address: "Bezorglaan 3", Zipcode: "3811 AA", City: "Amersfoort", Country: "NL"}
	order := b.ringUp(s)
	b.awaitDelivered(order)

	require.Equal(t, 3, b.books.hits()[sandboxkit.DropAfter], "all three writes lost their answer")
	calls := b.books.calls().Operations
	for _, object := range []string{"AR1", "ADDR", "SO1"} {
		require.Equal(t, 1, calls["POST "+object], "%s was found, not written again", object)
	}
	debtors := b.debtorsOf(order.RelationNumber)
	require.Len(t, debtors, 1)
	require.Len(t, debtors[0].Addresses, 1)
	require.Equal(t, debtors[0].Number, b.bookedOf(order)[0].Debtor)
	require.NotEmpty(t, b.bookedOf(order)[0].Address)
	require.Zero(t, b.everParked())
}

func TestWriteTakesEffectLate_GivesOneOfEachRecord(t *testing.T) {
	b := setup(t, withDocument(func(d *settings.Document) { d.Flows.Orders.SettleTime = settings.Duration(4 * time.Second) }))
	for _, object := range []string{"AR1", "SO1"} {
		b.books.breaks(sandboxkit.Rule{Kind: sandboxkit.Late, Operation: "POST " + object, Calls: 1, Seconds: 2})
	}
	s := oneLadle(0)
	s.NewCustomer = newcomer(1)
	order := b.ringUp(s)
	b.awaitDelivered(order)

	require.Equal(t, 2, b.books.hits()[sandboxkit.Late])
	calls := b.books.calls().Operations
	require.Equal(t, 1, calls["POST SO1"], "the wait was longer than the lateness")
	require.Equal(t, 1, calls["POST AR1"])
	require.Len(t, b.debtorsOf(order.RelationNumber), 1)
	require.Zero(t, b.everParked())
}
