package workflows

import (
	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/activities"
)

// RequestPrice is the kind of the request for a price.
const RequestPrice = "price"

// ExplainPriceInput asks what a customer pays for an article: a debtor number, an
// article code, a quantity and a day.
type ExplainPriceInput struct {
	activities.Ask
	Customer string
	SKU      string
	Quantity string
	On       string `json:",omitempty"` // empty: today
}

// ExplainPriceResult says where the answer is kept, encrypted.
type ExplainPriceResult struct {
	Outcome string // done, unavailable or failed
	Results []string
	Failure activities.Failure
	Under   activities.Versions // of the document
}

// ExplainPrice says what a customer pays for an article and why, beside what the till
// would charge. It writes nothing.
func ExplainPrice(ctx workflow.Context, in ExplainPriceInput) (ExplainPriceResult, error) {
	p := &explainPrice{request: request{Ask: in.Ask}, in: in}
	if err := p.setup(ctx); err != nil {
		return ExplainPriceResult{}, err
	}
	outcome, why, err := p.end(ctx, p.run(ctx))
	return ExplainPriceResult{Outcome: outcome, Results: p.results, Failure: why, Under: p.under()}, err
}

type explainPrice struct {
	request
	in ExplainPriceInput
}

func (p *explainPrice) run(ctx workflow.Context) error {
	p.progress.Step = "ExplainPrice"
	var out activities.ExplainPriceResult
	in := activities.ExplainPriceInput{Ask: p.Ask, Customer: p.in.Customer, SKU: p.in.SKU, Quantity: p.in.Quantity, On: p.in.On}
	if err := workflow.ExecuteActivity(remoteRead(ctx, QueueAccountView, p.Integration), previews.ExplainPrice, in).Get(ctx, &out); err != nil {
		return err
	}
	p.Ask = p.Under(out.Under)
	p.results, p.progress.Done = []string{out.Results}, 1
	return nil
}
