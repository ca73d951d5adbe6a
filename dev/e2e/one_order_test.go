package e2e

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSyncOfOneOrder_WhileTheSchedulePauses_PullsAndPushesThatOrderOnly(t *testing.T) {
	b := setup(t)
	b.pause()
	other, wanted := b.ringUp(oneLadle(knownCustomer)), b.ringUp(oneLadle(knownCustomer))
	require.Contains(t, b.sync("orders", wanted.Number), "Outcome: done")
	b.awaitDelivered(wanted)
	require.Empty(t, b.bookedOf(other))
	require.True(t, b.described().Schedule.State.Paused)

	b.unpause() // the cursor has not moved past what was not named
	b.awaitDelivered(other)
	require.Equal(t, 2, b.books.calls().Operations["POST SO1"])
}
