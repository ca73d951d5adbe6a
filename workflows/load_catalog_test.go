package workflows_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/mock"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/workflows"
)

var catalog *activities.Catalog

// loading is a load of a shop with so many products, in pages.
type loading struct {
	*testsuite.TestWorkflowEnvironment
	t        *testing.T
	products int
	done     int
	pages    []time.Time // when each began
	most     []int
	fails    func(page int) error // page: from 1, retries of the workflow counted
	tells    []string             // codes that people are told
	tries    int
	updates  int
}

func newLoad(t *testing.T, products int) *loading {
	t.Helper()
	var suite testsuite.WorkflowTestSuite
	l := &loading{TestWorkflowEnvironment: suite.NewTestWorkflowEnvironment(), t: t, products: products}
	l.SetTestTimeout(time.Minute)
	l.RegisterWorkflow(workflows.LoadCatalog)
	l.RegisterActivity(catalog)
	l.OnActivity(catalog.CountRecords, mock.Anything, mock.Anything).Return(activities.CountRecordsResult{Records: products}, nil).Maybe()
	l.OnActivity(catalog.NoteLoad, mock.Anything, mock.Anything).Return(func(_ context.Context, in activities.NoteLoadInput) error {
		l.tells = append(l.tells, in.Failure.Code)
		return nil
	}).Maybe()
	l.OnActivity(catalog.CarryProducts, mock.Anything, mock.Anything).Return(l.carry).Maybe()
	return l
}

func (l *loading) carry(_ context.Context, in activities.CarryInput) (activities.CarryResult, error) {
	l.tries++
	if !in.Load || in.Integration != "shop" || in.DryRun || len(in.Keys) > 0 {
		return activities.CarryResult{}, errors.New("no page of a load")
	}
	if l.fails != nil {
		if err := l.fails(l.tries); err != nil {
			return activities.CarryResult{}, err
		}
	}
	if in.Place.Pages != len(l.pages) {
		return activities.CarryResult{}, errors.New("it does not go on where it was")
	}
	l.pages, l.most = append(l.pages, l.Now()), append(l.most, in.Most)
	n := min(in.Most, l.products-l.done)
	l.done += n
	out := activities.CarryResult{Place: in.Place, Count: activities.CatalogCount{Read: n, Created: n}, Passed: n, More: l.done < l.products}
	out.Place.Pages++
	out.Place.Mode = activities.ModeFull
	return out, nil
}

func (l *loading) run(in workflows.LoadCatalogInput) workflows.LoadCatalogResult {
	l.t.Helper()
	in.Integration, in.Flow = "shop", workflows.FlowProducts
	l.ExecuteWorkflow(workflows.LoadCatalog, in)
	require.True(l.t, l.IsWorkflowCompleted())
	require.NoError(l.t, l.GetWorkflowError())
	var out workflows.LoadCatalogResult
	require.NoError(l.t, l.GetWorkflowResult(&out))
	return out
}

func (l *loading) progress() workflows.LoadProgress {
	l.t.Helper()
	value, err := l.QueryWorkflow(workflows.QueryProgress)
	require.NoError(l.t, err)
	var p workflows.LoadProgress
	require.NoError(l.t, value.Get(&p))
	return p
}

// decide sends an update at a moment; why it was refused is known when all is over.
func (l *loading) decide(after time.Duration, name string, in any) *error {
	var refused error
	l.updates++
	id := fmt.Sprint(l.updates)
	l.RegisterDelayedCallback(func() {
		l.UpdateWorkflow(name, id, &testsuite.TestUpdateCallback{
			OnReject: func(err error) { refused = err }, OnAccept: func() {}, OnComplete: func(_ any, err error) { refused = errors.Join(refused, err) },
		}, in)
	}, after)
	return &refused
}

func away(int) error {
	return temporal.NewApplicationError("connection_refused", string(fault.Unavailable), activities.Failure{Kind: string(fault.Unavailable), Code: "connection_refused"})
}

func TestLoadCatalog_BringsEverythingPageByPageAndLeavesWhatIsGone(t *testing.T) {
	t.Parallel()
	l := newLoad(t, 1234)
	out := l.run(workflows.LoadCatalogInput{})
	require.Equal(t, []int{500, 500, 500}, l.most, "a pause waits for the end of a page: so it is not a long one")
	require.Equal(t, workflows.OutcomeDone, out.Outcome)
	require.Equal(t, 1234, out.Done)
	require.Equal(t, 1234, out.Total)
	require.Equal(t, 1234, out.Result.Count.Created)
	require.Equal(t, workflows.LoadDone, l.progress().State)
	l.AssertNotCalled(t, "SweepGone")
}

func TestLoadCatalog_KeepsItsPaceAndTellsWhenItIsDone(t *testing.T) {
	t.Parallel()
	l := newLoad(t, 600)
	var halfway workflows.LoadProgress
	l.RegisterDelayedCallback(func() { halfway = l.progress() }, 5*time.Minute)
	out := l.run(workflows.LoadCatalogInput{PerMinute: 60})
	require.Equal(t, 15, l.most[0], "a slow pace does not come in one gulp")
	require.GreaterOrEqual(t, out.Took, 9*time.Minute+30*time.Second)
	require.LessOrEqual(t, out.Took, 11*time.Minute)
	require.InDelta(t, 300, halfway.Done, 20)
	require.InDelta(t, 60, halfway.PerMinute, 2)
	require.InDelta(t, 5, halfway.Left.Minutes(), 0.5)
	require.Equal(t, 60, halfway.Pace)
	require.Equal(t, workflows.LoadRunning, halfway.State)
}

func TestLoadCatalog_APaceCanBeSetOnTheWay(t *testing.T) {
	t.Parallel()
	l := newLoad(t, 6000)
	negative := l.decide(time.Minute, workflows.UpdateSetPace, workflows.SetPace{PerMinute: -1})
	wild := l.decide(2*time.Minute, workflows.UpdateSetPace, workflows.SetPace{PerMinute: workflows.MostPerMinute + 1})
	good := l.decide(10*time.Minute+time.Second, workflows.UpdateSetPace, workflows.SetPace{PerMinute: 6000, By: "ann"})
	out := l.run(workflows.LoadCatalogInput{PerMinute: 6})
	require.ErrorContains(t, *negative, "the pace is 0")
	require.Error(t, *wild)
	require.NoError(t, *good)
	require.Less(t, out.Took, 13*time.Minute, "it does not wait out what the slow pace asked for")
	require.Equal(t, 500, l.most[len(l.most)-2])
}

func TestLoadCatalog_StandsStillWhilePausedAndSaysByWhom(t *testing.T) {
	t.Parallel()
	l := newLoad(t, 600)
	early := l.decide(time.Minute, workflows.UpdateResume, workflows.ResumeLoad{})
	nameless := l.decide(90*time.Second, workflows.UpdatePause, workflows.PauseLoad{By: "a\nb"})
	good := l.decide(2*time.Minute, workflows.UpdatePause, workflows.PauseLoad{By: "ann"})
	twice := l.decide(150*time.Second, workflows.UpdatePause, workflows.PauseLoad{By: "bob"})
	var before, after workflows.LoadProgress
	l.RegisterDelayedCallback(func() { before = l.progress() }, 3*time.Minute)
	l.RegisterDelayedCallback(func() { after = l.progress() }, 29*time.Hour)
	resumed := l.decide(30*time.Hour, workflows.UpdateResume, workflows.ResumeLoad{By: "bob"})
	out := l.run(workflows.LoadCatalogInput{PerMinute: 60})
	require.ErrorContains(t, *early, "not paused")
	require.Error(t, *nameless)
	require.NoError(t, *good)
	require.ErrorContains(t, *twice, "paused already")
	require.NoError(t, *resumed)
	require.Equal(t, before, after, "nothing moved in between")
	require.Equal(t, workflows.LoadPaused, before.State)
	require.Equal(t, "ann", before.PausedBy)
	require.Zero(t, before.Left, "nobody knows when it is done")
	require.Equal(t, 600, out.Done)
	require.Empty(t, l.tells, "who pauses it knows")
	require.InDelta(t, 60, l.progress().PerMinute, 5, "the time that it stood still does not count")
}

func TestLoadCatalog_AnOutageIsWaitedOutHoweverLong(t *testing.T) {
	t.Parallel()
	l := newLoad(t, 1000)
	up := time.Time{}
	l.fails = func(page int) error {
		if page > 1 && l.Now().Before(up) {
			return away(page)
		}
		return nil
	}
	var waiting workflows.LoadProgress
	l.RegisterDelayedCallback(func() { waiting = l.progress() }, 10*time.Hour)
	up = l.Now().Add(48 * time.Hour)
	out := l.run(workflows.LoadCatalogInput{})
	require.Equal(t, 1000, out.Done)
	require.Equal(t, workflows.LoadWaiting, waiting.State)
	require.Equal(t, "connection_refused", waiting.Failure.Code)
	require.GreaterOrEqual(t, out.Took, 48*time.Hour)
	require.Less(t, out.Took, 48*time.Hour+10*time.Minute, "it looks every few minutes")
	require.Less(t, l.tries, 48*60*2)
	require.Empty(t, l.tells)
}

func TestLoadCatalog_WhatAPersonMustSolvePausesItAndIsTold(t *testing.T) {
	t.Parallel()
	l := newLoad(t, 1000)
	l.fails = func(page int) error {
		if page == 2 {
			f := activities.Failure{Kind: string(fault.Unauthorized), Code: "till_credentials_refused"}
			return temporal.NewNonRetryableApplicationError(f.Code, f.Kind, nil, f)
		}
		return nil
	}
	var stands workflows.LoadProgress
	l.RegisterDelayedCallback(func() { stands = l.progress() }, 5*time.Hour)
	l.decide(6*time.Hour, workflows.UpdateResume, workflows.ResumeLoad{By: "ann"})
	out := l.run(workflows.LoadCatalogInput{})
	require.Equal(t, workflows.LoadPaused, stands.State)
	require.Empty(t, stands.PausedBy, "nobody did: it did itself")
	require.Equal(t, "till_credentials_refused", stands.Failure.Code)
	require.Equal(t, []string{"till_credentials_refused", ""}, l.tells, "people are told, and that it is solved")
	require.Equal(t, 1000, out.Done)
}

func TestLoadCatalog_StoppedWhileItStandsTakesBackWhatWasTold(t *testing.T) {
	t.Parallel()
	l := newLoad(t, 1000)
	l.fails = func(int) error {
		f := activities.Failure{Kind: string(fault.Misconfigured), Code: "document_refused"}
		return temporal.NewNonRetryableApplicationError(f.Code, f.Kind, nil, f)
	}
	l.RegisterDelayedCallback(l.CancelWorkflow, time.Hour)
	l.ExecuteWorkflow(workflows.LoadCatalog, workflows.LoadCatalogInput{Integration: "shop", Flow: workflows.FlowProducts})
	require.True(t, temporal.IsCanceledError(l.GetWorkflowError()))
	require.Equal(t, []string{"document_refused", ""}, l.tells)
}

func TestLoadCatalog_ContinuedItGoesOnAsItWas(t *testing.T) {
	t.Parallel()
	l := newLoad(t, 100_000)
	l.SetContinueAsNewSuggested(true)
	l.ExecuteWorkflow(workflows.LoadCatalog, workflows.LoadCatalogInput{Integration: "shop", Flow: workflows.FlowProducts, PerMinute: 600})
	var next *workflow.ContinueAsNewError
	require.ErrorAs(t, l.GetWorkflowError(), &next)
	var in workflows.LoadCatalogInput
	require.NoError(t, converter.GetDefaultDataConverter().FromPayloads(next.Input, &in))
	require.Equal(t, 100_000, in.Load.Total)
	require.Equal(t, 150, in.Load.Done)
	require.Equal(t, 1, in.Load.Place.Pages)

	again := newLoad(t, 100_000)
	again.SetStartTime(l.Now())
	again.done, again.pages = in.Load.Done, make([]time.Time, in.Load.Place.Pages)
	again.products = 600
	var p workflows.LoadProgress
	again.RegisterDelayedCallback(func() { p = again.progress() }, time.Second)
	out := again.run(in)
	require.Equal(t, 600, out.Done, "counted from where it was")
	require.Equal(t, 100_000, out.Total, "counted once only")
	require.GreaterOrEqual(t, again.pages[1].Sub(in.Load.Laps[0].Began), 15*time.Second, "the pace holds over the seam")
	require.Equal(t, 150, p.Done)
}

func TestLoadCatalog_PausedStaysPausedInTheNextRun(t *testing.T) {
	t.Parallel()
	l := newLoad(t, 1000)
	l.decide(5*time.Hour, workflows.UpdateResume, workflows.ResumeLoad{})
	out := l.run(workflows.LoadCatalogInput{Load: workflows.LoadState{Began: l.Now(), Counted: true, Total: 1000, Paused: true, PausedBy: "ann"}})
	require.GreaterOrEqual(t, out.Took, 5*time.Hour)
}

func TestLoadCatalog_OfNoFlowFromTheBooksFails(t *testing.T) {
	t.Parallel()
	l := newLoad(t, 1)
	l.ExecuteWorkflow(workflows.LoadCatalog, workflows.LoadCatalogInput{Integration: "shop", Flow: workflows.FlowOrders})
	require.ErrorContains(t, l.GetWorkflowError(), "no such flow from the books")
}

func TestCatalog_EveryFlowFromTheBooksNamesWhatCarriesItsPages(t *testing.T) {
	t.Parallel()
	for _, flow := range workflows.Catalog {
		require.Equal(t, flow.FromBooks(), flow.Carry != nil, "flow %s: set Carry to the activity that its run uses", flow.Name)
	}
}
