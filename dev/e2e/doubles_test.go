package e2e

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/dev/stack"
)

func TestSweep_ParksWhatStandsTwiceInTheBooks(t *testing.T) {
	b := setup(t)
	s := oneLadle(0)
	s.NewCustomer = newcomer(1)
	order := b.ringUp(s)
	b.awaitDelivered(order)
	require.Contains(t, b.sync("doubles"), "Orders: 0")
	require.Empty(t, b.parked())

	mine := b.bookedOf(order)[0]
	double := b.enterOrderByHand(mine.Debtor, "MPLUS "+order.Number)
	debtor := b.enterByHand("AR1", "CONTACT", "ACCT_NAME", "C", "Nieuwe Klant 1", "SRC_CODE", "C", "-", "ACCT_NR", "C", "1300",
		"DEB_NR", "C", fmt.Sprint(order.RelationNumber))["SUB_NR"].(string)

	for range 2 { // a second sweep finds the same, and parks nothing twice
		found := b.sync("doubles")
		require.Contains(t, found, "Orders: 1")
		require.Contains(t, found, "Debtors: 1")
		about := map[string]string{}
		for _, row := range b.parked() {
			about[row.Code] = row.About
		}
		require.Equal(t, map[string]string{
			"order_double":    mine.Number + ", " + double,
			"customer_double": mine.Debtor + ", " + debtor,
		}, about)
		require.Len(t, b.parked(), 2)
	}
	listed := b.koppel("", "parked", "list", "-i", stack.Integration)
	require.Contains(t, listed, double)
	require.Contains(t, listed, "AccountView holds more than one order with this reference.")
}
