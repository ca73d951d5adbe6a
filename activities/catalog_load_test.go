package activities_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
)

var catalogActivities *activities.Catalog

// carrying is a run as workflows make it: page after page.
func carrying(ctx workflow.Context, in activities.CarryInput) (activities.CatalogCount, error) {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	var count activities.CatalogCount
	for {
		var page activities.CarryResult
		if err := workflow.ExecuteActivity(ctx, catalogActivities.CarryProducts, in).Get(ctx, &page); err != nil {
			return count, err
		}
		count, in.Place = count.Plus(page.Count), page.Place
		if !page.More {
			return count, nil
		}
	}
}

// atOnce runs several runs at the same time, each under a name of its own.
func (s *shelf) atOnce(ins ...activities.CarryInput) []activities.CatalogCount {
	s.t.Helper()
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestWorkflowEnvironment()
	env.SetTestTimeout(2 * time.Minute)
	env.RegisterActivity(&activities.Catalog{Desk: s.Desk})
	env.RegisterWorkflow(carrying)
	counts := make([]activities.CatalogCount, len(ins))
	all := func(ctx workflow.Context) error {
		futures := make([]workflow.ChildWorkflowFuture, len(ins))
		for i, in := range ins {
			in.Integration = "shop"
			child := workflow.WithChildOptions(ctx, workflow.ChildWorkflowOptions{WorkflowID: fmt.Sprintf("run-%d", i)})
			futures[i] = workflow.ExecuteChildWorkflow(child, carrying, in)
		}
		for i, f := range futures {
			if err := f.Get(ctx, &counts[i]); err != nil {
				return err
			}
		}
		return nil
	}
	env.RegisterWorkflow(all)
	env.ExecuteWorkflow(all)
	require.NoError(s.t, env.GetWorkflowError())
	return counts
}

func TestLoad_BesideTheFlowWritesEachRecordOnce(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "page_size: 25")
	const all = 300
	s.put(morning, goods(1, all)...)
	var mu sync.Mutex
	created := map[string]int{}
	s.fails = func(op, about string) (error, bool) { //nolint:revive // as the fake asks
		if op == "create" {
			mu.Lock()
			created[about]++
			mu.Unlock()
		}
		return nil, true
	}
	counts := s.atOnce(activities.CarryInput{Load: true, Most: 10}, activities.CarryInput{Full: true})
	require.Len(t, created, all)
	for sku, n := range created {
		require.Equal(t, 1, n, sku)
	}
	require.Equal(t, all, counts[0].Created+counts[1].Created)
	require.Len(t, s.held, all)
	for n := range counts {
		require.Equal(t, all, counts[n].Read)
		require.Zero(t, counts[n].Parked)
	}

	writes := s.writes
	count, _ := s.carry(activities.CarryInput{})
	require.Equal(t, writes, s.writes, "the flow goes on from there and has nothing to write")
	require.Zero(t, count.Deferred)
}

func TestLoad_CountsBeforehandInWhatItGoesThrough(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "page_size: 10")
	s.put(morning, goods(1, 25)...)
	counted, err := run[activities.CountRecordsResult](s.desk, (&activities.Catalog{Desk: s.Desk}).CountRecords,
		activities.CountRecordsInput{Integration: "shop", Flow: domain.FlowProducts})
	require.NoError(t, err)
	require.Equal(t, 25, counted.Records)
	none, err := run[activities.CountRecordsResult](s.desk, (&activities.Catalog{Desk: s.Desk}).CountRecords,
		activities.CountRecordsInput{Integration: "shop", Flow: domain.FlowPrices})
	require.NoError(t, err)
	require.Zero(t, none.Records, "not known beforehand")

	passed := 0
	in := activities.CarryInput{Integration: "shop", Load: true, Most: 4}
	for more := true; more; {
		page, err := run[activities.CarryResult](s.desk, (&activities.Catalog{Desk: s.Desk}).CarryProducts, in)
		require.NoError(t, err)
		require.LessOrEqual(t, page.Count.Read, 4)
		passed, in.Place, more = passed+page.Passed, page.Place, page.More
	}
	require.Equal(t, 25, passed)
}

func TestLoad_WhatItParksIsOneMessageForEachCause(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	park := func(from, through int, code string) {
		_, err := n.pool.Exec(t.Context(), `insert into parked (integration, flow, entity, source_id, number, code, document)
			select 'shop', 'products', 'product', $3 || i, 'A' || i, $3, 1 from generate_series($1::integer, $2::integer) as i`, from, through, code)
		require.NoError(t, err)
	}
	for hundred := range 50 { // a load parks on and on, and people are told every quarter of an hour
		park(hundred*10+1, hundred*10+10, "number_taken")
		n.Now = func() time.Time { return time.Now().Add(time.Duration(hundred) * 15 * time.Minute) }
		require.Empty(t, n.tick())
	}
	require.Len(t, n.heard("desk"), 1, "500 records of one cause are one message")
	park(1, 3, "barcode_invalid")
	require.Empty(t, n.tick())
	heard := n.heard("desk")
	require.Len(t, heard, 1)
	require.Equal(t, "barcode_invalid", heard[0].News[0].Code)
}

func TestLoad_ThatStandsStillIsToldUntilItGoesOnOrIsEnded(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	note := func(code string) {
		_, err := run[struct{}](n.desk, (&activities.Catalog{Desk: n.Desk}).NoteLoad, activities.NoteLoadInput{
			Integration: "shop", Flow: domain.FlowProducts, Failure: activities.Failure{Code: code},
		})
		require.NoError(t, err)
	}
	n.schedules.loads = true
	note("till_credentials_refused")
	require.Empty(t, n.tick())
	require.Empty(t, n.tick())
	heard := n.heard("desk")
	require.Len(t, heard, 1)
	require.Equal(t, domain.SubjectLoad, heard[0].News[0].Subject)

	note("")
	require.Empty(t, n.tick())
	require.Len(t, n.heard("desk")[0].Solved, 1)

	note("till_credentials_refused")
	n.tick()
	n.heard("desk")
	n.schedules.loads = false // somebody terminated it, and it could say nothing
	n.tick()
	require.Len(t, n.heard("desk")[0].Solved, 1)
	open, err := db.Q.IncidentListOpen(t.Context(), n.pool, "shop")
	require.NoError(t, err)
	require.Empty(t, open)
}
