package reconcile_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain/reconcile"
)

func TestStepOf_GoesByTheTillAndTheDocument(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		held, changed, creates, updates bool
		want                            reconcile.CatalogStep
	}{
		{false, false, true, false, reconcile.CatalogCreate},
		{false, true, false, true, reconcile.CatalogNotMade},
		{true, false, true, true, reconcile.CatalogLeave},
		{true, true, false, true, reconcile.CatalogUpdate},
		{true, true, true, false, reconcile.CatalogNotChanged},
	} {
		require.Equal(t, c.want, reconcile.StepOf(c.held, c.changed, c.creates, c.updates))
	}
}

func TestFullIsDue_OnceADayFromItsTimeOn(t *testing.T) {
	t.Parallel()
	day := func(d, h, m int) time.Time { return time.Date(2026, 3, d, h, m, 0, 0, time.UTC) }
	const at = 2*time.Hour + 15*time.Minute
	require.True(t, reconcile.FullIsDue(day(9, 1, 0), time.Time{}, at, true), "none ever")
	require.True(t, reconcile.FullIsDue(day(9, 1, 0), time.Time{}, 0, false), "none ever, and none daily")
	require.False(t, reconcile.FullIsDue(day(9, 2, 14), day(8, 2, 20), at, true))
	require.True(t, reconcile.FullIsDue(day(9, 2, 15), day(8, 2, 20), at, true))
	require.False(t, reconcile.FullIsDue(day(9, 2, 16), day(9, 2, 15), at, true))
	require.True(t, reconcile.FullIsDue(day(12, 9, 0), day(9, 2, 15), at, true), "the machine was off")
	require.False(t, reconcile.FullIsDue(day(12, 9, 0), day(9, 2, 15), at, false))
}

func TestTooManyGone_IsMoreThanTheShare(t *testing.T) {
	t.Parallel()
	require.False(t, reconcile.TooManyGone(0, 0, 0))
	require.False(t, reconcile.TooManyGone(10, 100, 10))
	require.True(t, reconcile.TooManyGone(11, 100, 10))
	require.True(t, reconcile.TooManyGone(1, 5, 0))
	require.False(t, reconcile.TooManyGone(5, 5, 100))
}
