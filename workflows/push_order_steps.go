package workflows

import (
	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/activities"
)

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
	p.attempt.Chose(out.Decision)
	return out, err
}

func (p *pushOrder) ensureDeliveryAddress(ctx workflow.Context, customer activities.UpsertCustomerResult) (activities.EnsureDeliveryAddressResult, error) {
	var out activities.EnsureDeliveryAddressResult
	in := activities.EnsureDeliveryAddressInput{Attempt: p.attempt, CustomerNumber: customer.CustomerNumber}
	err := p.do(ctx, "EnsureDeliveryAddress", p.attempt.Pace, customers.EnsureDeliveryAddress, in, &out)
	p.attempt.Chose(out.Decision)
	return out, err
}

func (p *pushOrder) verifyProducts(ctx workflow.Context) error {
	return p.do(ctx, "VerifyProducts", p.attempt.Pace, products.VerifyProducts, p.attempt, nil)
}

// foundFor is what the steps before found in the books for the order.
type foundFor struct {
	customer activities.UpsertCustomerResult
	address  activities.EnsureDeliveryAddressResult
}

func (p *pushOrder) updateOrder(ctx workflow.Context, found foundFor) (PushOrderResult, error) {
	return p.write(ctx, "UpdateOrder", orders.UpdateOrder, found)
}

func (p *pushOrder) replaceLines(ctx workflow.Context, found foundFor) (PushOrderResult, error) {
	return p.write(ctx, "ReplaceLines", orders.ReplaceLines, found)
}

func (p *pushOrder) counterOrder(ctx workflow.Context, found foundFor) (PushOrderResult, error) {
	return p.write(ctx, "CounterOrder", orders.CounterOrder, found)
}

func (p *pushOrder) confirmOrder(ctx workflow.Context, found foundFor) (PushOrderResult, error) {
	return p.write(ctx, "ConfirmOrder", orders.ConfirmOrder, found)
}

func (p *pushOrder) write(ctx workflow.Context, step string, activity any, found foundFor) (PushOrderResult, error) {
	var out activities.ConfirmOrderResult
	in := activities.ConfirmOrderInput{Attempt: p.attempt, CustomerNumber: found.customer.CustomerNumber, AddressCode: found.address.AddressCode}
	err := p.do(ctx, step, p.attempt.Pace, activity, in, &out)
	if out.NewerMarker > 0 { // the order changed while it was on its way: nothing was written
		p.Marker = max(p.Marker, out.NewerMarker)
	}
	p.again, p.mark = out.Again, out.Mark
	return PushOrderResult{Outcome: out.Outcome, TargetID: out.TargetID, Document: p.attempt.Document}, err
}

// markOrder comes after the order stands in the books, and never takes it out again.
func (p *pushOrder) markOrder(ctx workflow.Context, targetID string) error {
	in := activities.MarkOrderInput{Attempt: p.attempt, TargetID: targetID}
	return p.do(ctx, "MarkOrder", p.attempt.Pace, orders.MarkOrder, in, nil)
}

func (p *pushOrder) do(ctx workflow.Context, step string, pace activities.Pace, activity, in, out any) error {
	p.step = step
	return workflow.ExecuteActivity(remoteWrite(ctx, p.Integration, pace), activity, in).Get(ctx, out)
}
