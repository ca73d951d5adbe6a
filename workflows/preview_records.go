package workflows

import (
	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/domain"
)

// PreviewRecordsInput names the records to look at.
type PreviewRecordsInput struct {
	activities.Ask
	Entity domain.Entity // order, or relation: a customer of the till
	Keys   []string      // order numbers, none: the last ones that arrived; or debtor numbers
	Last   int           // how many of those
}

// PreviewRecordsResult says where the preview is kept, encrypted.
type PreviewRecordsResult struct {
	Outcome string // done, unavailable or failed
	Results []string
	Tally   activities.Tally
	Failure activities.Failure
	Under   activities.Versions // of the document
}

// PreviewRecords shows some records in every form they take on their way to the
// other system, and writes nothing.
func PreviewRecords(ctx workflow.Context, in PreviewRecordsInput) (PreviewRecordsResult, error) {
	p := &previewRecords{request: request{Ask: in.Ask}, in: in}
	if err := p.setup(ctx); err != nil {
		return PreviewRecordsResult{}, err
	}
	outcome, why, err := p.end(ctx, p.run(ctx))
	return PreviewRecordsResult{Outcome: outcome, Results: p.results, Tally: p.tally, Failure: why, Under: p.under()}, err
}

type previewRecords struct {
	request
	in PreviewRecordsInput
}

func (p *previewRecords) run(ctx workflow.Context) error {
	if p.in.Entity == domain.EntityRelation {
		return p.customers(ctx)
	}
	p.progress.Step = "PreviewOrders"
	var out activities.PreviewOrdersResult
	in := activities.PreviewOrdersInput{Ask: p.Ask, Keys: p.in.Keys, Last: p.in.Last}
	if err := workflow.ExecuteActivity(remoteRead(ctx, QueueAccountView, p.Integration), previews.PreviewOrders, in).Get(ctx, &out); err != nil {
		return err
	}
	p.Ask = p.Under(out.Under)
	p.results, p.tally, p.progress.Done = []string{out.Results}, out.Tally, out.Tally.Orders()
	return nil
}

// customers previews debtors of the books as customers of the till.
func (p *previewRecords) customers(ctx workflow.Context) error {
	p.progress.Step = "PreviewCustomers"
	var out activities.PreviewCustomersResult
	in := activities.PreviewCustomersInput{Ask: p.Ask, Keys: p.in.Keys}
	if err := workflow.ExecuteActivity(remoteRead(ctx, QueueAccountView, p.Integration), previews.PreviewCustomers, in).Get(ctx, &out); err != nil {
		return err
	}
	p.Ask = p.Under(out.Under)
	p.results, p.tally, p.progress.Done = []string{out.Results}, out.Tally, len(p.in.Keys)
	return nil
}
