package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/activities"
)

// database is for short work in our own database and in Temporal. It is tried
// until it works: there is nothing else to do without a database.
func database(ctx workflow.Context, integration string) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		TaskQueue:           QueueSync,
		StartToCloseTimeout: time.Minute,
		RetryPolicy:         backoff(time.Minute),
		Priority:            fairly(integration),
	})
}

// upkeep is for long work in our own database, done in small parts with a beat
// after each. What an outage leaves undone is done by the next run.
func upkeep(ctx workflow.Context, integration string) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		TaskQueue:              QueueSync,
		StartToCloseTimeout:    2 * time.Hour,
		ScheduleToCloseTimeout: 6 * time.Hour,
		HeartbeatTimeout:       2 * time.Minute,
		RetryPolicy:            backoff(5 * time.Minute),
		Priority:               fairly(integration),
	})
}

// telling is for a look at what is to be told, and for one message. What cannot be
// told in a few minutes is tried again by the next run.
func telling(ctx workflow.Context, integration string) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		TaskQueue:              QueueSync,
		StartToCloseTimeout:    2 * time.Minute,
		ScheduleToCloseTimeout: 10 * time.Minute,
		RetryPolicy:            &temporal.RetryPolicy{InitialInterval: time.Second, MaximumInterval: time.Minute, MaximumAttempts: 5},
		Priority:               fairly(integration),
	})
}

// remoteRead is for one bounded read of an outside system. An outage ends it
// soon: the next tick of the schedule tries again.
func remoteRead(ctx workflow.Context, queue, integration string) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		TaskQueue:              queue,
		StartToCloseTimeout:    5 * time.Minute,
		ScheduleToCloseTimeout: 6 * time.Minute,
		HeartbeatTimeout:       90 * time.Second,
		RetryPolicy:            &temporal.RetryPolicy{InitialInterval: time.Second, MaximumInterval: 10 * time.Second, MaximumAttempts: 4},
		Priority:               fairly(integration),
	})
}

// ourOwn is for one bounded page of work on what we keep ourselves. It is tried a
// few times: a person waits for it.
func ourOwn(ctx workflow.Context, integration string) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		TaskQueue:           QueueSync,
		StartToCloseTimeout: 5 * time.Minute,
		HeartbeatTimeout:    90 * time.Second,
		RetryPolicy:         &temporal.RetryPolicy{InitialInterval: time.Second, MaximumInterval: 10 * time.Second, MaximumAttempts: 4},
		Priority:            fairly(integration),
	})
}

// remoteWrite is for one step of a record on its way to the books. It is tried
// until the document's horizon; then a person sees it.
func remoteWrite(ctx workflow.Context, integration string, pace activities.Pace) workflow.Context {
	call := max(pace.CallTimeout, time.Second)
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		TaskQueue:              QueueAccountView,
		StartToCloseTimeout:    20*call + time.Minute,
		ScheduleToCloseTimeout: max(pace.Horizon, time.Second),
		HeartbeatTimeout:       2*call + 10*time.Second, // a beat after every remote call
		RetryPolicy:            backoff(activities.LongestPause(pace.Horizon)),
		Priority:               fairly(integration),
	})
}

func backoff(longest time.Duration) *temporal.RetryPolicy {
	return &temporal.RetryPolicy{InitialInterval: time.Second, BackoffCoefficient: 2, MaximumInterval: longest}
}

// fairly keeps one integration's queue from filling the workers.
func fairly(integration string) temporal.Priority {
	return temporal.Priority{FairnessKey: integration}
}
