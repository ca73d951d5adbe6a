package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/activities"
)

// SyncCatalogInput asks for one run of a flow from the books to the till.
type SyncCatalogInput struct {
	Integration string
	Keys        []string `json:",omitempty"` // keys of records in the books; none: all that changed
	Full        bool     `json:",omitempty"` // compare everything, whether it is due or not
	ApproveGone bool     `json:",omitempty"` // a person says that what the books no longer have may go, however much it is
	DryRun      bool     `json:",omitempty"` // count what would be done, and do nothing

	Result SyncCatalogResult       // of the run so far
	Place  activities.CatalogPlace // where it stands
	Named  int                     `json:",omitempty"` // keys gone through
}

// keysAtOnce is how many named records one page carries.
const keysAtOnce = 200

// SyncCatalogResult says how the run ended.
type SyncCatalogResult struct {
	Outcome  string // done, unavailable or busy
	Mode     activities.CatalogMode
	Pages    int
	Count    activities.CatalogCount
	Gone     int  `json:",omitempty"` // records that the till has and the books no more
	Swept    int  `json:",omitempty"` // of those, dealt with
	AsksGone bool `json:",omitempty"` // there are too many of them: a person is asked
	Document int  // version of the document it went under; 0 when none could be opened
	Failure  activities.Failure
}

// SyncCategories carries article groups of the books into the till's tree.
func SyncCategories(ctx workflow.Context, in SyncCatalogInput) (SyncCatalogResult, error) {
	return syncCatalog(ctx, in, catalogRun{flow: FlowCategories, self: SyncCategories, carry: catalog.CarryCategories})
}

// SyncProducts carries articles of the books to the till.
func SyncProducts(ctx workflow.Context, in SyncCatalogInput) (SyncCatalogResult, error) {
	return syncCatalog(ctx, in, catalogRun{flow: FlowProducts, self: SyncProducts, carry: catalog.CarryProducts})
}

// SyncCustomers carries debtors of the books to the till.
func SyncCustomers(ctx workflow.Context, in SyncCatalogInput) (SyncCatalogResult, error) {
	return syncCatalog(ctx, in, catalogRun{flow: FlowCustomers, self: SyncCustomers, carry: catalog.CarryCustomers})
}

// SyncStock carries stock of the books to the till.
func SyncStock(ctx workflow.Context, in SyncCatalogInput) (SyncCatalogResult, error) {
	return syncCatalog(ctx, in, catalogRun{flow: FlowStock, self: SyncStock, carry: catalog.CarryStock})
}

// SyncPrices carries prices of the books that do not hold for everybody to the till.
func SyncPrices(ctx workflow.Context, in SyncCatalogInput) (SyncCatalogResult, error) {
	return syncCatalog(ctx, in, catalogRun{flow: FlowPrices, self: SyncPrices, carry: catalog.CarryPrices})
}

// catalogRun is one run of one of the flows.
type catalogRun struct {
	SyncCatalogInput
	flow  string
	self  any  // the workflow, to go on as
	carry any  // the activity that carries one page
	load  bool // it is an initial load
	most  int  // records in a page, at most; 0: as the document says
}

// CatalogProgress is how far a run has come, for the person who looks.
type CatalogProgress struct {
	Mode  activities.CatalogMode
	Pages int
	After string // the last record carried
	Count activities.CatalogCount
}

// syncCatalog carries page after page until there is none. An outage ends the run
// as done; only what a person must solve fails it, and then the schedule is paused.
func syncCatalog(ctx workflow.Context, in SyncCatalogInput, r catalogRun) (SyncCatalogResult, error) {
	r.SyncCatalogInput = in
	if err := workflow.SetQueryHandler(ctx, QueryProgress, r.progress); err != nil {
		return r.Result, err
	}
	if err := r.run(ctx); err != nil {
		return r.Result, err
	}
	return r.Result, upsertOutcome(ctx, r.Result.Outcome)
}

func (r *catalogRun) progress() (CatalogProgress, error) {
	return CatalogProgress{Mode: r.Place.Mode, Pages: r.Place.Pages, After: r.Place.After, Count: r.Result.Count}, nil
}

func (r *catalogRun) run(ctx workflow.Context) error {
	for {
		page, err := r.page(ctx)
		if err != nil {
			return r.endWith(ctx, err)
		}
		r.add(page)
		if !page.More && r.Named >= len(r.Keys) {
			return r.finish(ctx, page)
		}
		if workflow.GetInfo(ctx).GetContinueAsNewSuggested() {
			return workflow.NewContinueAsNewError(ctx, r.self, r.SyncCatalogInput)
		}
	}
}

func (r *catalogRun) page(ctx workflow.Context) (activities.CarryResult, error) {
	var page activities.CarryResult
	in := activities.CarryInput{
		Integration: r.Integration, Keys: r.Keys[r.Named:min(r.Named+keysAtOnce, len(r.Keys))], Full: r.Full || r.ApproveGone,
		ApproveGone: r.ApproveGone, DryRun: r.DryRun, Load: r.load, Most: r.most, Place: r.Place,
	}
	err := workflow.ExecuteActivity(remotePage(ctx, r.Integration, r.Place.Pace), r.carry, in).Get(ctx, &page)
	return page, err
}

func (r *catalogRun) add(page activities.CarryResult) {
	r.Place = page.Place
	r.Named = min(r.Named+keysAtOnce, len(r.Keys))
	r.Result.Count = r.Result.Count.Plus(page.Count)
	r.Result.Mode, r.Result.Pages, r.Result.Document = page.Place.Mode, page.Place.Pages, page.Place.Document
}

// finish deals with what the books no longer have, when the run met everything.
func (r *catalogRun) finish(ctx workflow.Context, last activities.CarryResult) error {
	r.Result.Outcome, r.Result.Gone = OutcomeDone, last.Gone
	if last.Gone == 0 && !last.Asked {
		return nil
	}
	var swept activities.SweepGoneResult
	in := activities.SweepGoneInput{
		Integration: r.Integration, Flow: r.flow, Place: r.Place, Gone: last.Gone, Known: last.Known, Approved: r.ApproveGone,
	}
	err := workflow.ExecuteActivity(remotePage(ctx, r.Integration, r.Place.Pace), catalog.SweepGone, in).Get(ctx, &swept)
	if err != nil {
		return r.endWith(ctx, err)
	}
	r.Result.Swept, r.Result.AsksGone = swept.Swept, swept.Asks
	return nil
}

// endWith decides what a failed page means for the run.
func (r *catalogRun) endWith(ctx workflow.Context, err error) error {
	if temporal.IsCanceledError(err) {
		return err
	}
	r.Result.Failure = failureOf(err)
	switch {
	case r.Result.Failure.Code == activities.CodeAnotherRunReads:
		r.Result.Outcome = OutcomeBusy
		return nil
	case r.Result.Failure.StopsEverything():
		if pauseErr := pauseFlow(ctx, r.Integration, r.flow, r.Result.Failure); pauseErr != nil {
			return pauseErr
		}
		return err
	default:
		r.Result.Outcome = OutcomeUnavailable
		return nil
	}
}

// remotePage is for one page on its way from the books to the till: long, with a
// beat after every call. An outage ends it after a few tries: the next tick of the
// schedule goes over the same ground, and what was written is seen to stand.
func remotePage(ctx workflow.Context, integration string, pace activities.Pace) workflow.Context {
	call := max(pace.CallTimeout, activities.FirstPace.CallTimeout/10)
	if pace.CallTimeout == 0 {
		call = activities.FirstPace.CallTimeout
	}
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		TaskQueue:           QueueMplus,
		StartToCloseTimeout: 4 * time.Hour,
		HeartbeatTimeout:    2*call + time.Minute,
		RetryPolicy:         &temporal.RetryPolicy{InitialInterval: time.Second, BackoffCoefficient: 2, MaximumInterval: 30 * time.Second, MaximumAttempts: 6},
		Priority:            fairly(integration),
	})
}

// Nil on purpose: it only names activities.
var catalog *activities.Catalog
