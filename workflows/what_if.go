package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/domain"
)

// WhatIfInput asks what another version of the document would make of the orders
// of a period.
type WhatIfInput struct {
	activities.Ask
	From  domain.Date // first day, by the orders' own date
	Until domain.Date // last day
	Tally WhatIfTally
}

// WhatIfTally is what a continued run goes on with.
type WhatIfTally struct {
	Schemas string
	State   string
	After   time.Time
	AfterID string
	Seen    int
	Tally   activities.Tally
}

// WhatIfResult counts what would differ, and says where the fields and amounts
// are kept, encrypted.
type WhatIfResult struct {
	Outcome string // done, unavailable or failed
	Results []string
	Tally   activities.Tally
	Failure activities.Failure
	Under   activities.Versions // of the document
}

// WhatIf maps the stored orders of a period again, under another version of the
// document, and tells what would differ. The books are asked once, what fields
// they have; the till is not asked at all.
func WhatIf(ctx workflow.Context, in WhatIfInput) (WhatIfResult, error) {
	w := &whatIf{request: request{Ask: in.Ask, tally: in.Tally.Tally}, from: in.From, until: in.Until, at: in.Tally}
	w.progress.Done = in.Tally.Seen
	if err := w.setup(ctx); err != nil {
		return WhatIfResult{}, err
	}
	err := w.run(ctx)
	if workflow.IsContinueAsNewError(err) {
		return WhatIfResult{}, err
	}
	outcome, why, err := w.end(ctx, err)
	return WhatIfResult{Outcome: outcome, Results: w.results, Tally: w.tally, Failure: why, Under: w.under()}, err
}

type whatIf struct {
	request
	from, until domain.Date
	at          WhatIfTally
}

func (w *whatIf) run(ctx workflow.Context) error {
	if w.at.Schemas == "" {
		if err := w.readSchemas(ctx); err != nil {
			return err
		}
	}
	w.progress.Step = "CompareOrders"
	for {
		more, err := w.page(ctx)
		if err != nil || !more {
			return err
		}
		if workflow.GetInfo(ctx).GetContinueAsNewSuggested() {
			w.at.Seen, w.at.Tally = w.progress.Done, w.tally
			return workflow.NewContinueAsNewError(ctx, WhatIf, WhatIfInput{Ask: w.Ask, From: w.from, Until: w.until, Tally: w.at})
		}
	}
}

func (w *whatIf) readSchemas(ctx workflow.Context) error {
	w.progress.Step = "ReadSchemas"
	var out activities.ReadSchemasResult
	err := workflow.ExecuteActivity(remoteRead(ctx, QueueAccountView, w.Integration), previews.ReadSchemas, w.Ask).Get(ctx, &out)
	if err != nil {
		return err
	}
	w.at.Schemas, w.Ask = out.Schemas, w.Under(out.Under)
	return nil
}

func (w *whatIf) page(ctx workflow.Context) (bool, error) {
	at := &w.at
	var out activities.CompareOrdersResult
	in := activities.CompareOrdersInput{
		Ask: w.Ask, From: w.from, Until: w.until, Schemas: at.Schemas, State: at.State, After: at.After, AfterID: at.AfterID,
	}
	if err := workflow.ExecuteActivity(ourOwn(ctx, w.Integration), previews.CompareOrders, in).Get(ctx, &out); err != nil {
		return false, err
	}
	at.State, at.After, at.AfterID = out.State, out.After, out.AfterID
	w.tally = w.tally.Plus(out.Tally)
	w.progress.Done += out.Seen
	if out.Results != "" {
		w.results = []string{out.Results}
	}
	return out.More, nil
}
