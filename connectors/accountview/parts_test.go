package accountview_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/connectors/accountview"
	"github.com/koppel/koppel/connectors/accountview/sandbox"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/sandboxkit"
)

// inBatches opens books that take no more than so many lines in a call.
func inBatches(t *testing.T, lines int, rowActions bool) opened {
	t.Helper()
	options := sandbox.Options{OrderUpdates: sandbox.On, OrderLineUpdates: "add", MaxLines: lines}
	if rowActions {
		options.OrderLineUpdates = "row_action"
	}
	return openSandboxWith(t, options, func(s *accountview.Settings) {
		s.OrderLineBatch = lines
		if rowActions {
			withRowActions(s)
		}
	})
}

// longOrder has so many lines, each of another quantity.
func (o opened) longOrder(reference string, lines int) domain.Draft {
	d := order(reference)
	d.Lines = nil
	articles := o.articles(50)
	for i := range lines {
		line := withNumber(draft(domain.EntityOrderLine, "ART_CODE", articles[i%50], "ART_DESC1", "Regel met een naam"), "ORD_QTY", fmt.Sprint(i+1))
		d.Lines = append(d.Lines, withNumber(line, "ART_PX", "1.21"))
	}
	return d
}

// requireWhole demands the one order, with every line once and in order.
func (o opened) requireWhole(t *testing.T, d domain.Draft, made connectors.OrderRecord) {
	t.Helper()
	orders := o.sandbox.Orders()
	require.Len(t, orders, 1)
	require.Equal(t, made.ID, orders[0].Number)
	require.Equal(t, d.Key, orders[0].Reference)
	require.Len(t, orders[0].Lines, len(d.Lines))
	for i, l := range orders[0].Lines {
		quantity, _ := d.Lines[i].Get("ORD_QTY")
		require.Equal(t, quantity.Number.String(), l.Quantity.String(), "line %d", i+1)
	}
	found, err := o.books.FindOrders(t.Context(), d.Key, connectors.WithHistory)
	require.NoError(t, err)
	require.Equal(t, []connectors.OrderRecord{made}, found)
}

func TestParts_FiveHundredLinesAHundredAtATime(t *testing.T) {
	t.Parallel()
	for _, rowActions := range []bool{false, true} {
		t.Run(fmt.Sprintf("row actions %t", rowActions), func(t *testing.T) {
			t.Parallel()
			o := inBatches(t, 100, rowActions)
			d := o.longOrder("MPLUS 2026.500", 500)
			made, err := o.books.CreateOrder(t.Context(), d)
			require.NoError(t, err)
			o.requireWhole(t, d, made)
			calls := o.sandbox.Calls().Report().Operations
			require.Equal(t, 1, calls["POST SO1"])
			require.Equal(t, 5, calls["PUT SO1"], "four parts, and the mark taken off")
		})
	}
}

func TestParts_EachBreakIsMended(t *testing.T) {
	t.Parallel()
	for kind, late := range map[sandboxkit.Kind]bool{
		sandboxkit.DropBefore: false, sandboxkit.DropAfter: false, sandboxkit.Cut: false, sandboxkit.Late: true,
		sandboxkit.ServerError: false, sandboxkit.BadGateway: false, sandboxkit.ErrorIn200: false, sandboxkit.TooMany: false,
	} {
		for _, at := range []struct {
			operation string
			skip      int
		}{{"POST SO1", 0}, {"PUT SO1", 0}, {"PUT SO1", 2}, {"PUT SO1", 4}, {"GET SO1", 2}} {
			t.Run(fmt.Sprintf("%s at %s %d", kind, at.operation, at.skip), func(t *testing.T) {
				t.Parallel()
				o := inBatches(t, 10, false)
				d := o.longOrder("MPLUS 2026.501", 50)
				require.NoError(t, o.sandbox.Faults().Add(sandboxkit.Rule{Kind: kind, Operation: at.operation, Skip: at.skip, Calls: 1, Seconds: 1}))
				made, err := o.books.CreateOrder(t.Context(), d)
				if err != nil {
					f, ok := fault.As(err)
					require.True(t, ok, "%v", err)
					require.True(t, f.Kind == fault.Uncertain || at.operation != "PUT SO1", "%v", err)
					if late {
						time.Sleep(1100 * time.Millisecond) // the flow's settle time
					}
					made, err = o.lookAndCreate(t, d)
				}
				require.NoError(t, err)
				o.requireWhole(t, d, made)
			})
		}
	}
}

// lookAndCreate does what the flow does after an unclear answer.
func (o opened) lookAndCreate(t *testing.T, d domain.Draft) (connectors.OrderRecord, error) {
	t.Helper()
	found, err := o.books.FindOrders(t.Context(), d.Key, connectors.WithHistory)
	require.NoError(t, err)
	if len(found) == 1 && !found[0].Unfinished {
		return found[0], nil
	}
	return o.books.CreateOrder(t.Context(), d)
}

func TestParts_KilledBetweenTwo(t *testing.T) {
	t.Parallel()
	o := inBatches(t, 100, false)
	d := o.longOrder("MPLUS 2026.502", 500)
	require.NoError(t, o.sandbox.Faults().Add(sandboxkit.Rule{Kind: sandboxkit.Hang, Operation: "PUT SO1", Skip: 1, Calls: 1, Seconds: 1}))
	ctx, cancel := context.WithTimeout(t.Context(), 700*time.Millisecond)
	defer cancel()
	_, err := o.books.CreateOrder(ctx, d)
	require.Error(t, err)

	part := o.sandbox.Orders()[0]
	require.Equal(t, "MPLUS 2026.502 (onvolledig)", part.Reference, "nobody takes it for the order")
	require.Less(t, len(part.Lines), 500)
	found, err := o.books.FindOrders(t.Context(), d.Key, connectors.WithHistory)
	require.NoError(t, err)
	require.Equal(t, []connectors.OrderRecord{{ID: part.Number, Reference: d.Key, Unfinished: true}}, found)
	since, err := o.books.OrdersWrittenSince(t.Context(), time.Now().Add(-time.Hour))
	require.NoError(t, err)
	require.Equal(t, found, since)

	made, err := o.books.CreateOrder(t.Context(), d)
	require.NoError(t, err)
	o.requireWhole(t, d, made)
}

func TestParts_TheSaleChangedMeanwhile(t *testing.T) {
	t.Parallel()
	half := func(t *testing.T, rowActions bool) (opened, domain.Draft) {
		o := inBatches(t, 10, rowActions)
		d := o.longOrder("MPLUS 2026.503", 30)
		require.NoError(t, o.sandbox.Faults().Add(sandboxkit.Rule{Kind: sandboxkit.DropBefore, Operation: "PUT SO1", Skip: 1, Calls: 1}))
		_, err := o.books.CreateOrder(t.Context(), d)
		require.True(t, fault.Is(err, fault.Uncertain), "%v", err)
		require.Len(t, o.sandbox.Orders()[0].Lines, 20)
		return o, d
	}
	t.Run("shorter, its beginning the same", func(t *testing.T) {
		t.Parallel()
		o, d := half(t, false)
		d.Lines = d.Lines[:20]
		made, err := o.books.CreateOrder(t.Context(), d)
		require.NoError(t, err)
		o.requireWhole(t, d, made)
	})
	t.Run("other lines, by row actions", func(t *testing.T) {
		t.Parallel()
		o, d := half(t, true)
		d.Lines = d.Lines[5:8]
		made, err := o.books.CreateOrder(t.Context(), d)
		require.NoError(t, err)
		o.requireWhole(t, d, made)
	})
	t.Run("other lines, without them", func(t *testing.T) {
		t.Parallel()
		o, d := half(t, false)
		d.Lines = d.Lines[5:8]
		_, err := o.books.CreateOrder(t.Context(), d)
		requireFault(t, err, fault.Conflict, "order_unfinished")
		require.Len(t, o.sandbox.Orders()[0].Lines, 20, "it is for a person")
	})
}

func TestParts_WhereOrdersMayNotBeChangedNothingIsSent(t *testing.T) {
	t.Parallel()
	o := openSandboxWith(t, sandbox.Options{}, func(s *accountview.Settings) { s.OrderLineBatch = 10 })
	d := o.longOrder("MPLUS 2026.504", 11)
	_, err := o.books.CreateOrder(t.Context(), d)
	requireFault(t, err, fault.Invalid, "too_many_lines")
	_, err = o.books.RehearseCreate(t.Context(), d)
	requireFault(t, err, fault.Invalid, "too_many_lines")
	require.Zero(t, o.writes())
	_, err = o.books.CreateOrder(t.Context(), o.longOrder("MPLUS 2026.505", 10))
	require.NoError(t, err)
}

func TestParts_WhatTheBooksRefuseHalfWayIsForAPerson(t *testing.T) {
	t.Parallel()
	o := inBatches(t, 10, false)
	d := o.longOrder("MPLUS 2026.506", 20)
	d.Lines[15] = withNumber(draft(domain.EntityOrderLine, "ART_CODE", "NOSUCH"), "ORD_QTY", "1")
	_, err := o.books.CreateOrder(t.Context(), d)
	requireFault(t, err, fault.Conflict, "order_unfinished")
	f, _ := fault.As(err)
	require.Equal(t, o.sandbox.Orders()[0].Number, f.Key)
	require.Contains(t, f.Detail(), "NOSUCH")
}

func TestParts_AReferenceWithoutRoomForTheMark(t *testing.T) {
	t.Parallel()
	o := openSandboxWith(t, sandbox.Options{OrderUpdates: sandbox.On, OrderLineUpdates: "add"}, func(s *accountview.Settings) {
		s.OrderLineBatch, s.OrderLinesTable = 10, "SO_LINE"
	})
	long := strings.Repeat("x", 30)
	_, err := o.books.CreateOrder(t.Context(), o.longOrder(long, 11))
	requireFault(t, err, fault.Invalid, "field_rules") // no room for the mark
	require.Zero(t, o.writes())
}
