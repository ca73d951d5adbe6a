package workflows

import (
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/activities"
)

// SyncOrdersInput asks for one run of the order flow.
type SyncOrdersInput struct {
	Integration string
	Keys        []string // order numbers; none means: all that changed
	Tally       SyncOrdersResult
}

// SyncOrdersResult says how the run ended.
type SyncOrdersResult struct {
	Outcome  string // done, unavailable or busy
	Pulled   int    // orders that were new or changed
	Started  int    // orders handed to their workflow
	Document int    // version of the document it went under; 0 when none could be opened
	Failure  activities.Failure
}

// Outcomes of a run.
const (
	// OutcomeDone: everything there was has been read and handed on.
	OutcomeDone = "done"
	// OutcomeUnavailable: the till could not be read; the next run tries again.
	OutcomeUnavailable = "unavailable"
	// OutcomeBusy: another run of this flow is reading.
	OutcomeBusy = "busy"
)

// SyncOrders reads what changed at the till and hands each order to its own
// PushOrder. An outage ends the run as done; only what a person must solve
// (credentials, settings) fails it, and then the schedule is paused.
func SyncOrders(ctx workflow.Context, in SyncOrdersInput) (SyncOrdersResult, error) {
	s := &syncOrders{SyncOrdersInput: in}
	if err := s.run(ctx); err != nil {
		return s.Tally, err
	}
	return s.Tally, upsertOutcome(ctx, s.Tally.Outcome)
}

type syncOrders struct {
	SyncOrdersInput
	held bool // the run has started as many orders as it may
}

func (s *syncOrders) run(ctx workflow.Context) error {
	for {
		page, err := s.pull(ctx)
		if err != nil {
			return s.endWith(ctx, err)
		}
		s.Tally.Pulled += page.Stored
		s.Tally.Document = page.Document
		if page.Waiting > 0 && !s.held {
			if err := s.start(ctx, page.OrderIDs); err != nil {
				return s.endWith(ctx, err)
			}
		}
		if !page.More {
			s.Tally.Outcome = OutcomeDone
			return nil
		}
		if workflow.GetInfo(ctx).GetContinueAsNewSuggested() {
			return workflow.NewContinueAsNewError(ctx, SyncOrders, s.SyncOrdersInput)
		}
	}
}

func (s *syncOrders) pull(ctx workflow.Context) (activities.PullOrdersResult, error) {
	var out activities.PullOrdersResult
	in := activities.PullOrdersInput{Integration: s.Integration, Keys: s.Keys, Document: s.Tally.Document}
	err := workflow.ExecuteActivity(remoteRead(ctx, QueueMplus, s.Integration), orders.PullOrders, in).Get(ctx, &out)
	return out, err
}

func (s *syncOrders) start(ctx workflow.Context, ids []string) error {
	var out activities.StartOrdersResult
	in := activities.StartOrdersInput{Integration: s.Integration, OrderIDs: ids, Started: s.Tally.Started, Document: s.Tally.Document}
	err := workflow.ExecuteActivity(database(ctx, s.Integration), orders.StartOrders, in).Get(ctx, &out)
	s.Tally.Started += out.Started
	s.held = out.Held
	return err
}

// endWith decides what a failed step means for the run.
func (s *syncOrders) endWith(ctx workflow.Context, err error) error {
	if temporal.IsCanceledError(err) {
		return err
	}
	s.Tally.Failure = failureOf(err)
	switch {
	case s.Tally.Failure.Code == activities.CodeAnotherRunReads:
		s.Tally.Outcome = OutcomeBusy
		return nil
	case s.Tally.Failure.StopsEverything():
		if pauseErr := pauseFlow(ctx, s.Integration, FlowOrders, s.Tally.Failure); pauseErr != nil {
			return pauseErr
		}
		return err
	default:
		s.Tally.Outcome = OutcomeUnavailable
		return nil
	}
}

// pauseFlow stops a flow's schedule, with a note that says what to do.
func pauseFlow(ctx workflow.Context, integration, flow string, why activities.Failure) error {
	in := activities.PauseFlowInput{Integration: integration, Flow: flow, Failure: why}
	return workflow.ExecuteActivity(database(ctx, integration), housekeeping.PauseFlow, in).Get(ctx, nil)
}

func upsertOutcome(ctx workflow.Context, outcome string) error {
	return workflow.UpsertTypedSearchAttributes(ctx, AttributeOutcome.ValueSet(outcome))
}

// Nil on purpose: they only name activities.
var (
	orders       *activities.Orders
	customers    *activities.Customers
	products     *activities.Products
	days         *activities.Days
	probes       *activities.Probes
	housekeeping *activities.Housekeeping
	alerts       *activities.Alerts
)
