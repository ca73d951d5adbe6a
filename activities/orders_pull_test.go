package activities_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/fault"
)

func (d *desk) pull() (activities.PullOrdersResult, error) {
	return run[activities.PullOrdersResult](d, d.orders().PullOrders, activities.PullOrdersInput{Integration: "shop"})
}

func TestPullOrders_AnEmptyPageEndsTheRunAndAFailedReadSkipsNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(sale("2026.1", 4))
	out, err := d.pull()
	require.NoError(t, err)
	require.Equal(t, activities.PullOrdersResult{Waiting: 1, Document: 1}, out)

	d.books.fails = func(op string) (error, bool) { return fault.New(fault.Unavailable, "away", op), false }
	_, err = d.pull()
	require.Error(t, err)
	d.books.fails = nil
	d.arrive(sale("2026.2", 9))
}

func TestPullOrders_AnotherRunThatReadsIsToldApart(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	_, err := d.pool.Exec(context.Background(), `insert into cursor (integration, flow, lease_holder, lease_until)
		values ('shop', 'orders', 'orders/shop-other', now() + interval '1 minute')`)
	require.NoError(t, err)
	_, err = d.pull()
	_, f := failure(t, err)
	require.Equal(t, activities.CodeAnotherRunReads, f.Code)
}

func TestPullOrders_ARunKeepsTheVersionItBeganWith(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	first, err := d.pull()
	require.NoError(t, err)
	d.apply(strings.Replace(document, "settle_time: 150ms", "settle_time: 170ms", 1))

	goesOn, err := run[activities.PullOrdersResult](d, d.orders().PullOrders,
		activities.PullOrdersInput{Integration: "shop", Document: first.Document})
	require.NoError(t, err)
	require.Equal(t, 1, goesOn.Document)
	next, err := d.pull()
	require.NoError(t, err)
	require.Equal(t, 2, next.Document)
}

// starter starts nothing and may refuse.
type starter struct {
	started []string
	woken   []string
	refuse  error
}

func (s *starter) StartOrder(_ context.Context, order activities.OrderToStart) error {
	if s.refuse == nil {
		s.started = append(s.started, order.Number)
	}
	return s.refuse
}

func (s *starter) WakeOrder(_ context.Context, order activities.OrderToStart, cause string) error {
	if s.refuse == nil {
		s.woken = append(s.woken, order.Number+" "+cause)
	}
	return s.refuse
}

func TestStartOrders_WhatCouldNotBeStartedIsStartedByTheNextRun(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(sale("2026.1", 1))
	s := &starter{refuse: errors.New("no Temporal")}
	orders := d.orders()
	orders.Starter = s
	in := activities.StartOrdersInput{Integration: "shop"}
	_, err := run[activities.StartOrdersResult](d, orders.StartOrders, in)
	require.Error(t, err)
	s.refuse = nil
	for _, started := range []int{1, 0} {
		out, err := run[activities.StartOrdersResult](d, orders.StartOrders, in)
		require.NoError(t, err)
		require.Equal(t, started, out.Started)
	}
	require.Equal(t, []string{"2026.1"}, s.started)
}

func TestParkOrder_IsClosedByTheOrderThatPasses(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(sale("2026.1", 1))
	in := activities.ParkOrderInput{Attempt: attempt("2026.1", 1), Failure: activities.Failure{Kind: "Invalid", Code: "vat_differs"}}
	for range 2 {
		_, err := run[struct{}](d, d.orders().ParkOrder, in)
		require.NoError(t, err)
	}
	open, err := db.Q.ParkedCountOpen(context.Background(), d.pool)
	require.NoError(t, err)
	require.Len(t, open, 1)
	require.EqualValues(t, 1, open[0].Records)
	require.EqualValues(t, 1210, open[0].TotalCents)
	_, err = d.confirm(attempt("2026.1", 1))
	require.NoError(t, err)
	open, err = db.Q.ParkedCountOpen(context.Background(), d.pool)
	require.NoError(t, err)
	require.Empty(t, open)
}
