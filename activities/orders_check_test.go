package activities_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
)

func TestCheckOrderExists_AdoptsOneAndStopsAtTwo(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(sale("2026.1", 1))
	out, err := d.check(attempt("2026.1", 1))
	require.NoError(t, err)
	require.Empty(t, out.Outcome, "new")

	record := connectors.OrderRecord{ID: "9", Reference: "MPLUS 2026.1"}
	d.books.orders = []connectors.OrderRecord{record, {ID: "10", Reference: record.Reference}}
	_, err = d.check(attempt("2026.1", 1))
	_, f := failure(t, err)
	require.Equal(t, "order_double", f.Code)

	d.books.orders = d.books.orders[:1]
	out, err = d.check(attempt("2026.1", 1))
	require.NoError(t, err)
	require.Equal(t, activities.OutcomeAdopted, out.Outcome)
	out, err = d.check(attempt("2026.1", 1))
	require.NoError(t, err)
	require.Equal(t, activities.OutcomeUnchanged, out.Outcome)

	changed := sale("2026.1", 2)
	changed.Reference = "please wrap"
	d.arrive(changed)
	_, err = d.check(attempt("2026.1", 2))
	_, f = failure(t, err)
	require.Equal(t, "changed_after_booking", f.Code)
}

func TestCheckOrderExists_ACancelledOrderWithAnUnclearWriteIsLookedFor(t *testing.T) {
	t.Parallel()
	for _, landed := range []bool{true, false} {
		d := newDesk(t)
		d.arrive(sale("2026.1", 1))
		d.books.write(fault.Uncertain, landed)
		_, err := d.confirm(attempt("2026.1", 1))
		require.Error(t, err)
		cancelled := sale("2026.1", 2)
		cancelled.Cancelled = true
		d.arrive(cancelled)
		d.books.fails = func(string) (error, bool) { return fault.New(fault.Unavailable, "away", "find"), false }
		require.Eventually(t, func() bool { // the look fails once the settle time is over, and must not forget the write
			_, err := d.check(attempt("2026.1", 2))
			_, f := failure(t, err)
			return f.Code == "away"
		}, 10*time.Second, 20*time.Millisecond)

		d.books.fails = nil
		out, err := d.check(attempt("2026.1", 2))
		require.NoError(t, err)
		if landed {
			require.Empty(t, out.Outcome)
			require.Equal(t, reconcile.StepTakeBack, out.Attempt.Change, "what stands there is known, and is to be taken back")
		} else {
			require.Equal(t, activities.OutcomeSkipped, out.Outcome)
		}
		require.Equal(t, 1, d.books.writes)
	}
}

func TestCheckOrderExists_AnOrderWithoutNumberIsNotTakenForAnother(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(sale("", 1))
	d.books.orders = []connectors.OrderRecord{{ID: "9", Reference: "MPLUS "}}
	_, err := d.check(attempt("", 1))
	_, f := failure(t, err)
	require.Equal(t, "reference_required", f.Code)
}

func TestCheckOrderExists_TheFilterLeavesOrdersOutUntilTheyChange(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.setOrders("filter: order.fully_paid")
	d.arrive(sale("2026.1", 1))
	d.books.fails = func(op string) (error, bool) { return fault.New(fault.Unavailable, "asked", op), false } // nobody asks the books
	out, err := d.check(attempt("2026.1", 1))
	require.NoError(t, err)
	require.Equal(t, activities.OutcomeSkipped, out.Outcome)
	var code string
	require.NoError(t, d.pool.QueryRow(context.Background(), "select code from outcome where outcome = 'skipped'").Scan(&code))
	require.Equal(t, "filtered", code)
	require.NotEqual(t, domain.ReasonFor("unforeseen").Words, domain.ReasonFor("filtered").Words)
	d.books.fails = nil

	paid := sale("2026.1", 2)
	paid.FullyPaid = true
	d.arrive(paid)
	out, err = d.check(attempt("2026.1", 2))
	require.NoError(t, err)
	require.Empty(t, out.Outcome, "on its way to the books")
	_, err = d.confirm(attempt("2026.1", 2))
	require.NoError(t, err)
	require.Equal(t, 1, d.books.writes)

	d.arrive(sale("2026.1", 3)) // no longer passes, but it is in the books
	out, err = d.check(attempt("2026.1", 3))
	require.NoError(t, err)
	require.Equal(t, activities.OutcomeUnchanged, out.Outcome)
}

func TestCheckOrderExists_AFilteredOrderWithAnUnclearWriteIsLookedFor(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(sale("2026.1", 1))
	d.books.write(fault.Uncertain, true)
	_, err := d.confirm(attempt("2026.1", 1))
	require.Error(t, err)
	d.books.fails = nil
	d.setOrders("filter: order.fully_paid")
	var out activities.CheckOrderExistsResult
	require.Eventually(t, func() bool { // once the settle time is over
		out, err = d.check(attempt("2026.1", 1))
		return err == nil
	}, 10*time.Second, 20*time.Millisecond)
	require.Equal(t, activities.OutcomeAdopted, out.Outcome, "the write took effect: the order is in the books")
	require.Equal(t, 1, d.books.writes)
}

func TestCheckOrderExists_AFilterThatFailsOnAnOrderStopsIt(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.setOrders(`filter: "order.lines[5].sku == 'x'"`)
	d.arrive(sale("2026.1", 1))
	_, err := d.check(attempt("2026.1", 1))
	_, f := failure(t, err)
	require.Equal(t, "mapping_failed", f.Code)
}
