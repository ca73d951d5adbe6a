package activities

import (
	"time"

	"go.temporal.io/sdk/activity"
)

// longestPause bounds the pause between two tries of a step.
const longestPause = 5 * time.Minute

// LongestPause is the longest pause between two tries of a step that is tried
// until a horizon: a twentieth of it, but within a second and five minutes.
func LongestPause(horizon time.Duration) time.Duration {
	return min(longestPause, max(horizon/20, time.Second))
}

// pastHorizon says how long to wait for the next try of a step, and whether that
// try would come after the horizon. It counts as Temporal would, had the step
// been started with this horizon. Without a horizon the step's own policy holds.
func pastHorizon(step activity.Info, now time.Time, horizon, asked time.Duration) (wait time.Duration, over bool) {
	if horizon <= 0 {
		return asked, false
	}
	wait = asked
	if wait == 0 {
		wait = min(time.Second<<min(max(step.Attempt-1, 0), 20), LongestPause(horizon))
	}
	return wait, now.Sub(step.ScheduledTime)+wait > horizon
}
