package console

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestAgo_SaysLengthsOfTimeAsPeopleDo(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		-time.Second: "just now", 0: "just now", 59 * time.Second: "59 s ago", time.Minute: "1 min ago", 59 * time.Minute: "59 min ago",
		time.Hour: "1 h ago", 47 * time.Hour: "47 h ago", 48 * time.Hour: "2 days ago", 240 * time.Hour: "10 days ago",
	} {
		require.Equal(t, want, ago(d), d)
	}
}

func TestEuro_LosesNoCent(t *testing.T) {
	t.Parallel()
	for cents, want := range map[int64]string{0: "", 1: "€\u00a00.01", 1995: "€\u00a019.95", -250: "€\u00a0-2.50", 9007199254740993: "€\u00a090071992547409.93"} {
		require.Equal(t, want, euro(cents))
	}
}

func TestOutcomesOf_KeepsTheOrderPeopleCareAbout(t *testing.T) {
	t.Parallel()
	require.Equal(t, []outcome{
		{Name: "delivered", Records: 7}, {Name: "found in the books", Records: 2}, {Name: "parked", Records: 1}, {Name: "a_new_one", Records: 3},
	}, outcomesOf(map[string]int64{"a_new_one": 3, "parked": 1, "adopted": 2, "delivered": 7}))
	require.Empty(t, outcomesOf(nil))
}

func TestClock_IsAmsterdamTimeInSummerAndWinter(t *testing.T) {
	t.Parallel()
	require.Equal(t, clock{Text: "12:00:00", Machine: "2026-07-01T10:00:00Z"}, clockOf(time.Date(2026, 7, 1, 10, 0, 0, 0, time.UTC)))
	require.Equal(t, clock{Text: "11:00:00", Machine: "2026-01-01T10:00:00Z"}, clockOf(time.Date(2026, 1, 1, 10, 0, 0, 0, time.UTC)))
}
