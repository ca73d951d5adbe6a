package activities_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
)

// halfWritten leaves a part of order 2026.1 in the books and lets the settle time pass.
func halfWritten(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	d.arrive(sale("2026.1", 1))
	d.books.half = true
	d.books.write(fault.Uncertain, true)
	_, err := d.confirm(attempt("2026.1", 1))
	require.Error(t, err)
	d.books.fails = nil
	return d
}

func (d *desk) stands() []connectors.OrderRecord {
	d.books.mu.Lock()
	defer d.books.mu.Unlock()
	return d.books.orders
}

func TestConfirmOrder_APartOfAnOrderIsCompletedAndNotAdopted(t *testing.T) {
	t.Parallel()
	d := halfWritten(t)
	require.True(t, d.stands()[0].Unfinished)
	var out activities.ConfirmOrderResult
	require.Eventually(t, func() bool {
		var err error
		out, err = d.confirm(attempt("2026.1", 1))
		return err == nil
	}, 10*time.Second, 20*time.Millisecond)
	require.Equal(t, activities.OutcomeDelivered, out.Outcome)
	require.Equal(t, []connectors.OrderRecord{{ID: out.TargetID, Reference: "MPLUS 2026.1"}}, d.stands(), "one order, whole")
}

func TestCheckOrderExists_AnAnnouncedPartIsCompletedBeforeAnythingElse(t *testing.T) {
	t.Parallel()
	d := halfWritten(t)
	cancelled := sale("2026.1", 2)
	cancelled.Cancelled = true
	d.arrive(cancelled)
	var out activities.CheckOrderExistsResult
	require.Eventually(t, func() bool {
		var err error
		out, err = d.check(attempt("2026.1", 2))
		return err == nil
	}, 10*time.Second, 20*time.Millisecond)
	require.Equal(t, reconcile.StepTakeBack, out.Attempt.Change, "it stands whole, and is then taken back")
	require.Len(t, d.stands(), 1)
	require.False(t, d.stands()[0].Unfinished)
}

func TestCheckOrderExists_APartThatNobodyAnnouncedGoesOnToTheWrite(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(sale("2026.1", 1))
	d.books.orders = []connectors.OrderRecord{{ID: "9", Reference: "MPLUS 2026.1", Unfinished: true}}
	out, err := d.check(attempt("2026.1", 1))
	require.NoError(t, err)
	require.Empty(t, out.Outcome)
	made, err := d.confirm(attempt("2026.1", 1))
	require.NoError(t, err)
	require.Equal(t, "9", made.TargetID)
	require.Len(t, d.stands(), 1)
}

func TestCheckOrderExists_APartBesideTheWholeIsADouble(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(sale("2026.1", 1))
	d.books.orders = []connectors.OrderRecord{{ID: "9", Reference: "MPLUS 2026.1", Unfinished: true}, {ID: "8", Reference: "MPLUS 2026.1"}}
	_, err := d.check(attempt("2026.1", 1))
	_, f := failure(t, err)
	require.Equal(t, "order_double", f.Code)
}
