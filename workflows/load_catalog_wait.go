package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/activities"
)

// How long a load waits after an outage: longer each time, up to the longest.
const (
	shortestOutage = 10 * time.Second
	longestOutage  = 5 * time.Minute
)

// patiently does something that may go only when nobody paused the load and its
// pace allows it. An outage is waited out; what a person must solve pauses the load.
func (l *loadCatalog) patiently(ctx workflow.Context, do func() error) error {
	for {
		if err := l.mayGo(ctx); err != nil {
			return err
		}
		err := do()
		if err == nil {
			l.Load.Tries, l.Load.Failure = 0, activities.Failure{}
			return nil
		}
		if temporal.IsCanceledError(err) || ctx.Err() != nil {
			return err
		}
		l.Load.Failure = failureOf(err)
		if !l.Load.Failure.StopsEverything() {
			l.Load.Due = workflow.Now(ctx).Add(l.outage())
			continue
		}
		l.Load.Paused, l.Load.PausedBy, l.Load.PausedAt = true, "", workflow.Now(ctx)
		if err := l.tell(ctx, l.Load.Failure); err != nil {
			return err
		}
	}
}

func (l *loadCatalog) outage() time.Duration {
	wait := min(shortestOutage<<min(l.Load.Tries, 10), longestOutage)
	l.Load.Tries++
	return wait
}

// mayGo waits until the load is not paused and the next page is due. People who were
// told that it stands still know then that it does not.
func (l *loadCatalog) mayGo(ctx workflow.Context) error {
	for {
		l.changed = false
		left := l.Load.Due.Sub(workflow.Now(ctx))
		switch {
		case l.Load.Paused:
			if err := l.found(ctx, OutcomePaused); err != nil {
				return err
			}
			if err := workflow.Await(ctx, func() bool { return !l.Load.Paused }); err != nil {
				return err
			}
		case left > 0:
			timing, stop := workflow.WithCancel(ctx)
			over := workflow.NewTimer(timing, left)
			err := workflow.Await(ctx, func() bool { return over.IsReady() || l.changed })
			stop() // one that went on running would wake the load for nothing
			if err != nil {
				return err
			}
		default:
			if l.Load.Told {
				if err := l.tell(ctx, activities.Failure{}); err != nil {
					return err
				}
			}
			return l.found(ctx, "")
		}
	}
}

// found lets people find the load by whether it stands still.
func (l *loadCatalog) found(ctx workflow.Context, outcome string) error {
	if l.run.Result.Outcome == outcome {
		return nil
	}
	if l.run.Result.Outcome = outcome; outcome == "" {
		return workflow.UpsertTypedSearchAttributes(ctx, AttributeOutcome.ValueUnset())
	}
	return upsertOutcome(ctx, outcome)
}

// tell has people told why the load stands still; no failure: that it goes on.
func (l *loadCatalog) tell(ctx workflow.Context, why activities.Failure) error {
	l.Load.Told = why.Code != ""
	in := activities.NoteLoadInput{Integration: l.Integration, Flow: l.Flow, Failure: why}
	return workflow.ExecuteActivity(database(ctx, l.Integration), catalog.NoteLoad, in).Get(ctx, nil)
}

// OutcomePaused: the load stands still until a person resumes it.
const OutcomePaused = "paused"
