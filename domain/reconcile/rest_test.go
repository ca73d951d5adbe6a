package reconcile_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain/reconcile"
)

func TestRestOf_SaysWhatASaleWaitsForAndHowLong(t *testing.T) {
	t.Parallel()
	changed := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	rests := reconcile.RestRules{AfterChange: 10 * time.Minute, AtMost: time.Hour}
	paid := reconcile.RestRules{UntilPaid: true, AtMost: time.Hour}
	both := reconcile.RestRules{AfterChange: 10 * time.Minute, UntilPaid: true, AtMost: time.Hour}
	for name, c := range map[string]struct {
		rules        reconcile.RestRules
		after        time.Duration
		paid, booked bool
		want         reconcile.Rest
	}{
		"nothing asked":                {reconcile.RestRules{AtMost: time.Hour}, 0, false, false, reconcile.Rest{}},
		"just changed":                 {rests, time.Minute, true, false, reconcile.Rest{Cause: reconcile.RestAfterChange, Left: 9 * time.Minute}},
		"rested":                       {rests, 10 * time.Minute, false, false, reconcile.Rest{}},
		"a clock that is behind":       {rests, -time.Minute, false, false, reconcile.Rest{Cause: reconcile.RestAfterChange, Left: 11 * time.Minute}},
		"not paid":                     {paid, time.Minute, false, false, reconcile.Rest{Cause: reconcile.RestUntilPaid, Left: 59 * time.Minute}},
		"paid":                         {paid, time.Minute, true, false, reconcile.Rest{}},
		"not paid in time":             {paid, time.Hour, false, false, reconcile.Rest{Cause: reconcile.NotPaidInTime}},
		"paid but just changed":        {both, time.Minute, true, false, reconcile.Rest{Cause: reconcile.RestAfterChange, Left: 9 * time.Minute}},
		"rested but not paid":          {both, 20 * time.Minute, false, false, reconcile.Rest{Cause: reconcile.RestUntilPaid, Left: 40 * time.Minute}},
		"booked rests after a change":  {both, time.Minute, false, true, reconcile.Rest{Cause: reconcile.RestAfterChange, Left: 9 * time.Minute}},
		"booked need not be paid":      {both, 20 * time.Minute, false, true, reconcile.Rest{}},
		"booked and unpaid for a year": {paid, 8760 * time.Hour, false, true, reconcile.Rest{}},
	} {
		require.Equal(t, c.want, reconcile.RestOf(c.rules, changed, changed.Add(c.after), c.paid, c.booked), name)
	}
}
