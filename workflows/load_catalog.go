package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/activities"
)

// LoadCatalogInput asks for an initial load: everything of a flow from the books to
// the till, beside the flow itself.
type LoadCatalogInput struct {
	Integration string
	Flow        string // one of domain.CatalogFlows
	PerMinute   int    `json:",omitempty"` // records; 0: as fast as the limits of both systems allow

	Load LoadState // how far it is
}

// LoadState is what an initial load keeps from run to run.
type LoadState struct {
	Began  time.Time
	Place  activities.CatalogPlace
	Result SyncCatalogResult // so far

	Counted bool // it was tried to count beforehand
	Total   int  // records to go through; 0: not known
	Done    int  // of those, gone through

	Paused   bool               `json:",omitempty"`
	PausedBy string             `json:",omitempty"` // who; empty: the load itself, for the failure
	PausedAt time.Time          // when
	Failure  activities.Failure // why it is paused, or what it waits out
	Told     bool               `json:",omitempty"` // people are told that it stands still
	Tries    int                `json:",omitempty"` // in a row that an outage ended
	Laps     []LoadLap          `json:",omitempty"` // the last pages, to tell the speed by
	Due      time.Time          // when the next page may go, by the pace
}

// LoadLap is how long one page took, with the wait that the pace asks for.
type LoadLap struct {
	Began   time.Time
	Took    time.Duration
	Records int
}

// LoadCatalogResult says how an initial load ended.
type LoadCatalogResult struct {
	Outcome string // done
	Total   int
	Done    int
	Took    time.Duration
	Result  SyncCatalogResult
}

// loadCatalog is an initial load at work.
type loadCatalog struct {
	LoadCatalogInput
	run catalogRun

	changed bool // somebody decided something since it was last looked at
}

// LoadCatalog brings everything of a flow to the till: page after page, at a pace,
// until a person pauses it. It waits out outages; what a person must solve pauses
// it. The flow itself may run beside it: no record is written by both.
func LoadCatalog(ctx workflow.Context, in LoadCatalogInput) (LoadCatalogResult, error) {
	l := &loadCatalog{LoadCatalogInput: in}
	if err := l.setup(ctx); err != nil {
		return LoadCatalogResult{}, err
	}
	return l.work(ctx)
}

func (l *loadCatalog) setup(ctx workflow.Context) error {
	flow, known := FlowNamed(l.Flow)
	if !known || flow.Carry == nil {
		return temporal.NewNonRetryableApplicationError("there is no such flow from the books to the till", "NoSuchFlow", nil)
	}
	l.run = catalogRun{
		SyncCatalogInput: SyncCatalogInput{Integration: l.Integration, Place: l.Load.Place, Result: l.Load.Result},
		flow:             l.Flow, carry: flow.Carry, load: true,
	}
	if l.Load.Began.IsZero() {
		l.Load.Began = workflow.Now(ctx)
	}
	return l.listen(ctx)
}

func (l *loadCatalog) work(ctx workflow.Context) (LoadCatalogResult, error) {
	if err := l.count(ctx); err != nil {
		return l.result(ctx), l.stopped(ctx, err)
	}
	for {
		more, err := l.page(ctx)
		if err != nil {
			return l.result(ctx), l.stopped(ctx, err)
		}
		if !more {
			return l.end(ctx)
		}
		if workflow.GetInfo(ctx).GetContinueAsNewSuggested() && workflow.AllHandlersFinished(ctx) {
			return l.result(ctx), workflow.NewContinueAsNewError(ctx, LoadCatalog, l.carried())
		}
	}
}

// carried is what the next run goes on with.
func (l *loadCatalog) carried() LoadCatalogInput {
	l.Load.Place, l.Load.Result = l.run.Place, l.run.Result
	return l.LoadCatalogInput
}

// count asks beforehand how many records there are, for flows that can tell.
func (l *loadCatalog) count(ctx workflow.Context) error {
	if l.Load.Counted {
		return nil
	}
	in := activities.CountRecordsInput{Integration: l.Integration, Flow: l.Flow}
	err := l.patiently(ctx, func() error {
		var counted activities.CountRecordsResult
		err := workflow.ExecuteActivity(remotePage(ctx, l.Integration, l.run.Place.Pace), catalog.CountRecords, in).Get(ctx, &counted)
		if err == nil {
			l.Load.Counted, l.Load.Total = true, counted.Records
		}
		return err
	})
	return err
}

// page carries one page when it may, and says whether there is more.
func (l *loadCatalog) page(ctx workflow.Context) (more bool, err error) {
	err = l.patiently(ctx, func() error {
		began := workflow.Now(ctx)
		l.run.most = l.pageSize()
		page, err := l.run.page(ctx)
		if err != nil {
			return err
		}
		l.run.add(page)
		l.Load.Done += page.Passed
		l.lap(ctx, began, page.Count.Read, page.Passed)
		if more = page.More; !more {
			l.run.Result.Gone = page.Gone
		}
		return nil
	})
	return more, err
}

// end says how it went. What the books no longer have is left to the next full
// compare of the flow: a load takes nothing away.
func (l *loadCatalog) end(ctx workflow.Context) (LoadCatalogResult, error) {
	l.run.Result.Outcome = OutcomeDone
	if err := upsertOutcome(ctx, OutcomeDone); err != nil {
		return l.result(ctx), err
	}
	return l.result(ctx), workflow.Await(ctx, func() bool { return workflow.AllHandlersFinished(ctx) })
}

func (l *loadCatalog) result(ctx workflow.Context) LoadCatalogResult {
	return LoadCatalogResult{
		Outcome: l.run.Result.Outcome, Total: l.Load.Total, Done: l.Load.Done, Took: workflow.Now(ctx).Sub(l.Load.Began), Result: l.run.Result,
	}
}

// stopped takes back what people were told, when somebody stops a load that stands still.
func (l *loadCatalog) stopped(ctx workflow.Context, err error) error {
	if l.Load.Told {
		beside, _ := workflow.NewDisconnectedContext(ctx)
		if tellErr := l.tell(beside, activities.Failure{}); tellErr != nil {
			return tellErr
		}
	}
	return err
}

// LoadWorkflowID is the one initial load of a flow.
func LoadWorkflowID(flow, integration string) string { return "load/" + flow + "/" + integration }
