package activities_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
)

// A person who made the change in the books by hand ends the order; only what
// changes after that asks for a person again.
func TestSkipOrder_SettlesTheVersionAPersonDealtWith(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(sale("2026.1", 1))
	d.books.orders = []connectors.OrderRecord{{ID: "9", Reference: "MPLUS 2026.1"}}
	_, err := d.check(attempt("2026.1", 1))
	require.NoError(t, err)
	park := func(marker int64, reference string) {
		t.Helper()
		changed := sale("2026.1", marker)
		changed.Reference = reference
		d.arrive(changed)
		_, err := d.check(attempt("2026.1", marker))
		_, f := failure(t, err)
		require.Equal(t, "changed_after_booking", f.Code)
		_, err = run[struct{}](d, d.orders().ParkOrder, activities.ParkOrderInput{Attempt: attempt("2026.1", marker), Failure: f})
		require.NoError(t, err)
	}
	skip := func(marker int64) {
		t.Helper()
		in := activities.SkipOrderInput{Attempt: attempt("2026.1", marker), Reason: domain.SkipDoneByHand}
		for range 2 { // an activity may run twice
			_, err := run[struct{}](d, d.orders().SkipOrder, in)
			require.NoError(t, err)
		}
		open, err := db.Q.ParkedCountOpen(context.Background(), d.pool)
		require.NoError(t, err)
		require.Empty(t, open)
	}

	park(2, "please wrap")
	skip(2)
	out, err := d.check(attempt("2026.1", 2))
	require.NoError(t, err)
	require.Equal(t, activities.OutcomeUnchanged, out.Outcome)
	var code string
	require.NoError(t, d.pool.QueryRow(t.Context(), "select code from outcome where outcome = 'skipped'").Scan(&code))
	require.Equal(t, domain.SkipDoneByHand, code)

	park(3, "in red paper")
	skip(2) // of an older version: the newer one was not judged
	_, err = d.check(attempt("2026.1", 3))
	_, f := failure(t, err)
	require.Equal(t, "changed_after_booking", f.Code)
}
