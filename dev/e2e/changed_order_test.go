package e2e

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/dev/stack"
)

func TestOrderChanged_BeforeItIsWritten_ArrivesInItsLastVersion(t *testing.T) {
	b := setup(t)
	b.line.cut()
	order := b.ringUp(oneLadle(knownCustomer))
	b.awaitAttempts(order, 1) // its workflow is at work, under the first version
	b.change(order, of(ladle, "3"), of(pan, "1"))
	eventually(t, func() string {
		if versions := b.count("select count(*) from payload"); versions < 2 {
			return fmt.Sprintf("%d versions arrived", versions)
		}
		return ""
	})
	b.line.mend()
	b.awaitDelivered(order)
	lines := b.bookedOf(order)[0].Lines
	require.Len(t, lines, 2)
	require.Equal(t, "3", lines[0].Quantity.String())
	require.Equal(t, fmt.Sprint(pan), lines[1].Article)
	require.Zero(t, b.everParked())
}

func TestOrderChanged_AfterBooking_ParksAndLeavesTheBooksAlone(t *testing.T) {
	b := setup(t)
	order := b.ringUp(oneLadle(knownCustomer))
	b.awaitDelivered(order)
	booked := b.bookedOf(order)
	b.books.forgetsCalls()

	b.change(order, of(ladle, "5"))
	eventually(t, func() string {
		if len(b.parked()) == 0 {
			return "the change is not parked"
		}
		return ""
	})
	require.Equal(t, []string{order.Number + " changed_after_booking"}, codes(b.parked()))
	require.Equal(t, booked[0].Number, b.parked()[0].About, "a person finds the order in the books by this number")
	require.Equal(t, booked, b.bookedOf(order))
	require.Zero(t, b.books.calls().Writes)

	b.koppel("", "parked", "skip", order.Number, "-i", stack.Integration, "--reason", "done_by_hand")
	eventually(t, func() string {
		if outcomes := b.outcomes(order.Number); outcomes[len(outcomes)-1] != "skipped" {
			return fmt.Sprint(outcomes)
		}
		return ""
	})
	require.Empty(t, b.parked(), "a person made the change by hand and ended it")
	require.Zero(t, b.books.calls().Writes)
}

func TestOrderSavedAgain_Unchanged_WritesAndParksNothing(t *testing.T) {
	b := setup(t)
	order := b.ringUp(oneLadle(knownCustomer))
	b.awaitDelivered(order)
	b.books.forgetsCalls()
	marker := b.count("select marker from inbox where number = $1", order.Number)

	b.resave(order)
	eventually(t, func() string {
		if b.count("select finished_marker from inbox where number = $1", order.Number) <= marker {
			return "the new version is not dealt with"
		}
		return ""
	})
	require.Equal(t, []string{"delivered", "unchanged"}, b.outcomes(order.Number))
	require.Len(t, b.bookedOf(order), 1)
	require.Zero(t, b.books.calls().Writes)
	require.Zero(t, b.books.calls().Reads, "our own link is enough to know")
	require.Zero(t, b.everParked())
}
