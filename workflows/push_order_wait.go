package workflows

import (
	"errors"
	"time"

	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/activities"
)

// waitForPerson parks the order where a person sees it, and waits until one asks
// for another attempt, one ends the order, or a version of it arrives that was not
// tried yet, or what it waits for has come. A waking that came before it was
// parked is of an earlier parking, and forgotten.
func (p *pushOrder) waitForPerson(ctx workflow.Context, why activities.Failure, tried int64) (skipped bool, _ error) {
	p.step, p.failure = "parked", why
	p.woken()
	in := activities.ParkOrderInput{Attempt: p.attempt, Failure: why}
	if err := workflow.ExecuteActivity(database(ctx, p.Integration), orders.ParkOrder, in).Get(ctx, nil); err != nil {
		return false, err
	}
	if why.StopsEverything() {
		if err := pauseFlow(ctx, p.Integration, FlowOrders, why); err != nil {
			return false, err
		}
	}
	if err := p.found(ctx, "parked"); err != nil {
		return false, err
	}
	p.parked, p.retry, p.skip = true, false, ""
	err := workflow.Await(ctx, func() bool { return !p.fixing && (p.newest() > tried || p.retry || p.skip != "" || p.woken()) })
	p.parked, p.failure = false, activities.Failure{}
	return p.decided(ctx, tried, err)
}

// woken reports whether somebody told, since it was last asked, that what the
// order waits for came.
func (p *pushOrder) woken() bool {
	told := false
	for p.wakings.ReceiveAsync(nil) {
		told = true
	}
	return told
}

// waitOut lets the order rest: until its time is over, a newer version of it
// arrives, which may have to rest anew, or a person sends or ends it.
func (p *pushOrder) waitOut(ctx workflow.Context, tried int64) (skipped bool, _ error) {
	if err := p.found(ctx, activities.OutcomeWaits); err != nil {
		return false, err
	}
	left := max(p.rest.Left, time.Second) // a clock that ran on while we looked
	p.step, p.until = activities.OutcomeWaits, workflow.Now(ctx).Add(left)
	p.resting, p.retry, p.skip = true, false, ""
	timing, stop := workflow.WithCancel(ctx)
	over := workflow.NewTimer(timing, left)
	err := workflow.Await(ctx, func() bool { return over.IsReady() || p.newest() > tried || p.retry || p.skip != "" })
	stop() // one that went on running would wake the order for nothing
	p.resting = false
	return p.decided(ctx, tried, err)
}

// decided does what a person decided of the version that was tried: it goes
// without rest, or it ends.
func (p *pushOrder) decided(ctx workflow.Context, tried int64, err error) (skipped bool, _ error) {
	if p.retry {
		p.SendNow = max(p.SendNow, tried)
	}
	p.retry = false
	if err != nil || p.skip == "" {
		return false, err
	}
	p.attempt.Marker = tried
	end := activities.SkipOrderInput{Attempt: p.attempt, Reason: p.skip}
	err = workflow.ExecuteActivity(database(ctx, p.Integration), orders.SkipOrder, end).Get(ctx, nil)
	p.skip = ""
	return true, errors.Join(err, workflow.Await(ctx, func() bool { return workflow.AllHandlersFinished(ctx) }))
}

// found lets people find the run by how it stands, and says it once.
func (p *pushOrder) found(ctx workflow.Context, outcome string) error {
	if p.outcome == outcome {
		return nil
	}
	p.outcome = outcome
	return upsertOutcome(ctx, outcome)
}
