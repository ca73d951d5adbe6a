package workflows

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/domain"
)

// PushOrderInput names the order and the version of it that arrived.
type PushOrderInput struct {
	Integration string
	OrderID     string
	Number      string // "2026.123": what people call the order
	Marker      int64  // the till's marker of the newest version known
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

// SkipOrder ends a parked order: a person dealt with it, or decided that it is
// not for the books.
type SkipOrder struct {
	ReasonCode string // one of domain.SkipReasons
}

// Progress is what a PushOrder is doing, for the person who looks.
type Progress struct {
	Step    string // the activity at work, or "parked"
	Attempt int
	Waiting bool               // for a person, or for news of the order
	Failure activities.Failure // why it is parked
}

// PushOrder brings one order into the books, exactly once. It waits as long as
// it takes: for a system that is away until the document's horizon, and after
// that, or when the order cannot pass, for a person.
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
	attempt activities.Attempt
	step    string
	tries   int
	parked  bool
	failure activities.Failure
	retry   bool
	skip    string // why a person ends the order; empty: nobody does
}

func (p *pushOrder) setup(ctx workflow.Context) error {
	p.news = workflow.GetSignalChannel(ctx, SignalOrderChanged)
	if err := workflow.SetQueryHandler(ctx, QueryProgress, func() (Progress, error) {
		return Progress{Step: p.step, Attempt: p.tries, Waiting: p.waits(), Failure: p.failure}, nil
	}); err != nil {
		return err
	}
	err := workflow.SetUpdateHandlerWithOptions(ctx, UpdateRetry,
		func(workflow.Context) error {
			p.retry = true
			return nil
		},
		workflow.UpdateHandlerOptions{Description: "Try a parked order again, under the current settings.", Validator: func() error {
			return p.decidable()
		}})
	if err != nil {
		return err
	}
	return workflow.SetUpdateHandlerWithOptions(ctx, UpdateSkip,
		func(ctx workflow.Context, in SkipOrder) error {
			p.skip = in.ReasonCode
			return workflow.Await(ctx, func() bool { return p.skip == "" }) // who asked is told when it is ended
		},
		workflow.UpdateHandlerOptions{Description: "End a parked order without another attempt.", Validator: func(in SkipOrder) error {
			if !slices.Contains(domain.SkipReasons(), in.ReasonCode) {
				return fmt.Errorf("the reason must be one of %s", strings.Join(domain.SkipReasons(), ", "))
			}
			return p.decidable()
		}})
}

// waits reports whether the order is parked and nobody has decided yet.
func (p *pushOrder) waits() bool { return p.parked && !p.retry && p.skip == "" }

func (p *pushOrder) decidable() error {
	if !p.waits() {
		return errors.New("the order is not parked: it is being worked on")
	}
	return nil
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
		switch {
		case temporal.IsCanceledError(err) || ctx.Err() != nil:
			return result, err
		case err != nil:
			skip, err := p.waitForPerson(ctx, failureOf(err), max(pushed, p.attempt.Marker))
			if err != nil {
				return result, err
			}
			if skip && p.newest() <= p.attempt.Marker {
				return PushOrderResult{Outcome: activities.OutcomeSkipped, Document: p.attempt.Document}, nil
			}
		case p.newest() <= pushed && p.attempt.Marker >= pushed:
			return result, nil
		}
		p.newest()
		if workflow.GetInfo(ctx).GetContinueAsNewSuggested() && workflow.AllHandlersFinished(ctx) {
			return result, workflow.NewContinueAsNewError(ctx, PushOrder, p.PushOrderInput)
		}
	}
}

// push is the process: five steps, in the order a bookkeeper would take them.
func (p *pushOrder) push(ctx workflow.Context) (PushOrderResult, error) {
	p.tries++
	p.attempt = activities.Attempt{
		Integration: p.Integration, OrderID: p.OrderID, Number: p.Number, Marker: p.Marker, Pace: p.attempt.Pace,
	}
	check, err := p.checkOrderExists(ctx)
	if err != nil {
		return PushOrderResult{}, err
	}
	p.attempt = check.Attempt
	if check.Outcome != "" {
		return PushOrderResult{Outcome: check.Outcome, TargetID: check.TargetID, Document: check.Attempt.Document}, nil
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
	return p.confirmOrder(ctx, customer, address)
}

func (p *pushOrder) checkOrderExists(ctx workflow.Context) (activities.CheckOrderExistsResult, error) {
	var out activities.CheckOrderExistsResult
	pace := p.attempt.Pace
	if pace.Horizon == 0 {
		pace = activities.FirstPace
	}
	err := p.do(ctx, "CheckOrderExists", pace, orders.CheckOrderExists, p.attempt, &out)
	return out, err
}

func (p *pushOrder) upsertCustomer(ctx workflow.Context) (activities.UpsertCustomerResult, error) {
	var out activities.UpsertCustomerResult
	err := p.do(ctx, "UpsertCustomer", p.attempt.Pace, customers.UpsertCustomer, p.attempt, &out)
	return out, err
}

func (p *pushOrder) ensureDeliveryAddress(ctx workflow.Context, customer activities.UpsertCustomerResult) (activities.EnsureDeliveryAddressResult, error) {
	var out activities.EnsureDeliveryAddressResult
	in := activities.EnsureDeliveryAddressInput{Attempt: p.attempt, CustomerNumber: customer.CustomerNumber}
	err := p.do(ctx, "EnsureDeliveryAddress", p.attempt.Pace, customers.EnsureDeliveryAddress, in, &out)
	return out, err
}

func (p *pushOrder) verifyProducts(ctx workflow.Context) error {
	return p.do(ctx, "VerifyProducts", p.attempt.Pace, products.VerifyProducts, p.attempt, nil)
}

func (p *pushOrder) confirmOrder(ctx workflow.Context, customer activities.UpsertCustomerResult, address activities.EnsureDeliveryAddressResult) (PushOrderResult, error) {
	var out activities.ConfirmOrderResult
	in := activities.ConfirmOrderInput{Attempt: p.attempt, CustomerNumber: customer.CustomerNumber, AddressCode: address.AddressCode}
	err := p.do(ctx, "ConfirmOrder", p.attempt.Pace, orders.ConfirmOrder, in, &out)
	if out.NewerMarker > 0 { // the order changed while it was on its way: nothing was written
		p.Marker = max(p.Marker, out.NewerMarker)
	}
	return PushOrderResult{Outcome: out.Outcome, TargetID: out.TargetID, Document: p.attempt.Document}, err
}

func (p *pushOrder) do(ctx workflow.Context, step string, pace activities.Pace, activity, in, out any) error {
	p.step = step
	return workflow.ExecuteActivity(remoteWrite(ctx, p.Integration, pace), activity, in).Get(ctx, out)
}

// waitForPerson parks the order where a person sees it, and waits until one asks
// for another attempt, one ends the order, or a version of it arrives that was not
// tried yet.
func (p *pushOrder) waitForPerson(ctx workflow.Context, why activities.Failure, tried int64) (skipped bool, _ error) {
	p.step, p.failure = "parked", why
	in := activities.ParkOrderInput{Attempt: p.attempt, Failure: why}
	if err := workflow.ExecuteActivity(database(ctx, p.Integration), orders.ParkOrder, in).Get(ctx, nil); err != nil {
		return false, err
	}
	if why.StopsEverything() {
		if err := pauseFlow(ctx, p.Integration, FlowOrders, why); err != nil {
			return false, err
		}
	}
	if err := upsertOutcome(ctx, "parked"); err != nil {
		return false, err
	}
	p.parked, p.retry, p.skip = true, false, ""
	err := workflow.Await(ctx, func() bool { return p.newest() > tried || p.retry || p.skip != "" })
	p.parked, p.retry, p.failure = false, false, activities.Failure{}
	if err != nil || p.skip == "" {
		return false, err
	}
	p.attempt.Marker = tried
	end := activities.SkipOrderInput{Attempt: p.attempt, Reason: p.skip}
	err = workflow.ExecuteActivity(database(ctx, p.Integration), orders.SkipOrder, end).Get(ctx, nil)
	p.skip = ""
	return true, errors.Join(err, workflow.Await(ctx, func() bool { return workflow.AllHandlersFinished(ctx) }))
}
