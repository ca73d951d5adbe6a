package activities

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"
)

func TestPastHorizon_GivesUpOnlyWhenTheNextTryWouldComeTooLate(t *testing.T) {
	t.Parallel()
	began := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		attempt        int32
		passed         time.Duration
		horizon, asked time.Duration
		wait           time.Duration
		over           bool
	}{
		"no horizon known":            {3, 100 * time.Hour, 0, 0, 0, false},
		"no horizon, told to wait":    {3, 100 * time.Hour, 0, 7 * time.Second, 7 * time.Second, false},
		"first try":                   {1, 0, time.Hour, 0, time.Second, false},
		"fourth try":                  {4, 7 * time.Second, time.Hour, 0, 8 * time.Second, false},
		"pause is bounded by horizon": {9, 10 * time.Second, time.Minute, 0, 3 * time.Second, false},
		"pause is bounded at all":     {40, time.Hour, 72 * time.Hour, 0, 5 * time.Minute, false},
		"next try in time":            {9, 57 * time.Second, time.Minute, 0, 3 * time.Second, false},
		"next try too late":           {9, 58 * time.Second, time.Minute, 0, 3 * time.Second, true},
		"told to wait too long":       {1, 0, time.Minute, 61 * time.Second, 61 * time.Second, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			step := activity.Info{Attempt: c.attempt, ScheduledTime: began}
			wait, over := pastHorizon(step, began.Add(c.passed), c.horizon, c.asked)
			require.Equal(t, c.wait, wait)
			require.Equal(t, c.over, over)
		})
	}
}
