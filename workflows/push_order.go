package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/domain/reconcile"
)

// PushOrderInput names the order and the version of it that arrived.
type PushOrderInput struct {
	Integration string
	OrderID     string
	Number      string // "2026.123": what people call the order
	Marker      int64  // the till's marker of the newest version known
	SendNow     int64  `json:",omitempty"` // the version that a person told to go without rest
}

// PushOrderResult says how the order ended.
type PushOrderResult struct {
	Outcome  string // delivered, adopted, unchanged or skipped
	TargetID string // the order's number in the books
	Document int    // version of the document it went under
}

// OrderChanged is the news that a newer version of the order arrived.
type OrderChanged struct {
	Marker int64
}

// Woken is the news that what a parked order waits for came.
type Woken struct {
	Cause string // the key of its explanation
}

// Progress is what a PushOrder is doing, for the person who looks.
type Progress struct {
	Step    string // the activity at work, or "parked", or "waits"
	Attempt int
	Waiting bool               // for a person, for news of the order, or for its rest to be over
	Failure activities.Failure // why it is parked
	Rest    string             `json:",omitempty"` // why it waits: the key of its explanation
	Until   *time.Time         `json:",omitempty"` // when it is looked at again at the latest
}

// PushOrder brings one order into the books, exactly once. It waits as long as
// it takes: while a sale rests, for a system that is away until the document's
// horizon, and after that, or when the order cannot pass, for a person.
func PushOrder(ctx workflow.Context, in PushOrderInput) (PushOrderResult, error) {
	p := &pushOrder{PushOrderInput: in}
	if err := p.setup(ctx); err != nil {
		return PushOrderResult{}, err
	}
	result, err := p.run(ctx)
	if err != nil {
		return result, err
	}
	return result, upsertOutcome(ctx, result.Outcome)
}

type pushOrder struct {
	PushOrderInput
	news    workflow.ReceiveChannel
	wakings workflow.ReceiveChannel
	attempt activities.Attempt
	step    string
	tries   int
	rest    activities.Rest // what the last look said that it must wait for
	outcome string          // as people find the run by
	mark    bool            // the till is to show that the order stands in the books
	again   bool            // what stands in the books is not what the attempt went by

	parked  bool // a person is asked
	resting bool // it waits before it goes
	until   time.Time
	failure activities.Failure
	fixing  bool // a fix is being checked: nobody may decide, and nothing goes on meanwhile
	retry   bool
	skip    string // why a person ends the order; empty: nobody does
}

func (p *pushOrder) setup(ctx workflow.Context) error {
	p.news = workflow.GetSignalChannel(ctx, SignalOrderChanged)
	p.wakings = workflow.GetSignalChannel(ctx, SignalWoken)
	if err := workflow.SetQueryHandler(ctx, QueryProgress, p.progress); err != nil {
		return err
	}
	return p.listen(ctx)
}

func (p *pushOrder) progress() (Progress, error) {
	now := Progress{Step: p.step, Attempt: p.tries, Waiting: p.decidable(), Failure: p.failure}
	if p.resting {
		now.Rest, now.Until = p.rest.Cause, &p.until
	}
	return now, nil
}

// newest is the newest version that anybody told of. News is read at the moment
// it is asked for: a reader at the side might not have had its turn when news and
// the end of a step arrive together, and the news would be lost with the run.
func (p *pushOrder) newest() int64 {
	var changed OrderChanged
	for p.news.ReceiveAsync(&changed) {
		p.Marker = max(p.Marker, changed.Marker)
	}
	return p.Marker
}

func (p *pushOrder) run(ctx workflow.Context) (PushOrderResult, error) {
	for {
		pushed := p.newest()
		result, err := p.push(ctx)
		if err == nil && p.mark {
			err = p.markOrder(ctx, result.TargetID)
		}
		var skipped bool
		switch tried := max(pushed, p.attempt.Marker); {
		case temporal.IsCanceledError(err) || ctx.Err() != nil:
			return result, err
		case err != nil:
			skipped, err = p.waitForPerson(ctx, failureOf(err), tried)
		case p.rest.Cause != "":
			skipped, err = p.waitOut(ctx, tried)
		case p.again: // the state decides anew
		case p.newest() <= pushed && p.attempt.Marker >= pushed:
			return result, nil
		}
		if err != nil {
			return result, err
		}
		if skipped && p.newest() <= p.attempt.Marker {
			return PushOrderResult{Outcome: activities.OutcomeSkipped, Document: p.attempt.Document}, nil
		}
		p.newest()
		if workflow.GetInfo(ctx).GetContinueAsNewSuggested() && workflow.AllHandlersFinished(ctx) {
			return result, workflow.NewContinueAsNewError(ctx, PushOrder, p.PushOrderInput)
		}
	}
}

// push is the process: five steps, in the order a bookkeeper would take them. An
// order that changed after it was booked takes them too, up to the one that writes.
func (p *pushOrder) push(ctx workflow.Context) (PushOrderResult, error) {
	p.tries++
	p.rest, p.again, p.mark = activities.Rest{}, false, false
	p.attempt = activities.Attempt{
		Integration: p.Integration, OrderID: p.OrderID, Number: p.Number, Marker: p.Marker, SendNow: p.SendNow, Pace: p.attempt.Pace,
	}
	check, err := p.checkOrderExists(ctx)
	if err != nil {
		return PushOrderResult{}, err
	}
	p.attempt, p.rest, p.mark = check.Attempt, check.Rest, check.Mark
	if check.Outcome != "" || check.Rest.Cause != "" {
		return PushOrderResult{Outcome: check.Outcome, TargetID: check.TargetID, Document: check.Attempt.Document}, nil
	}
	if p.attempt.Change == reconcile.StepTakeBack {
		return p.counterOrder(ctx, foundFor{})
	}
	customer, err := p.upsertCustomer(ctx)
	if err != nil {
		return PushOrderResult{}, err
	}
	address, err := p.ensureDeliveryAddress(ctx, customer)
	if err != nil {
		return PushOrderResult{}, err
	}
	if err := p.verifyProducts(ctx); err != nil {
		return PushOrderResult{}, err
	}
	found := foundFor{customer, address}
	switch p.attempt.Change {
	case reconcile.StepHeader:
		return p.updateOrder(ctx, found)
	case reconcile.StepLines:
		return p.replaceLines(ctx, found)
	case reconcile.StepCounter:
		if countered, err := p.counterOrder(ctx, found); err != nil || countered.Outcome == "" {
			return countered, err
		}
	}
	return p.confirmOrder(ctx, found)
}
