package activities_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/fault"
)

func TestConfirmOrder_WritesOnceAndRepeatsItsAnswer(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(sale("2026.1", 1))
	first, err := d.confirm(attempt("2026.1", 1))
	require.NoError(t, err)
	again, err := d.confirm(attempt("2026.1", 1))
	require.NoError(t, err)
	require.Equal(t, first, again)
	require.Equal(t, "delivered", first.Outcome)
	require.Equal(t, 1, d.books.writes)
}

func TestConfirmOrder_EachEndOfTheWriteLeavesOneOrder(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind   fault.Kind
		effect bool
		final  bool
		writes int
	}{
		{fault.Uncertain, true, false, 1},
		{fault.Uncertain, false, false, 2},
		{fault.Unknown, true, false, 1},
		{fault.Unavailable, false, false, 2},
		{fault.Throttled, false, false, 2},
		{fault.Rejected, false, true, 2},
	} {
		t.Run(string(c.kind), func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.arrive(sale("2026.1", 1))
			d.books.write(c.kind, c.effect)
			_, err := d.confirm(attempt("2026.1", 1))
			app, f := failure(t, err)
			require.Equal(t, c.final, app.NonRetryable())
			require.Equal(t, string(c.kind), f.Kind)
			require.NotEmpty(t, f.Words, "what the books said is kept, elsewhere")
			d.books.fails = nil
			require.Eventually(t, func() bool {
				_, err := d.confirm(attempt("2026.1", 1))
				return err == nil
			}, 10*time.Second, 20*time.Millisecond)
			require.Len(t, d.books.orders, 1)
			require.Equal(t, c.writes, d.books.writes)
		})
	}
}

func TestConfirmOrder_AnAttemptWorksUnderOneVersionWhateverIsAppliedMeanwhile(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(sale("2026.1", 1))
	checked, err := d.check(activities.Attempt{Integration: "shop", OrderID: "id-2026.1", Number: "2026.1"})
	require.NoError(t, err)
	d.books.versions = nil
	d.apply(strings.Replace(document, "flows: {orders: {", `flows: {orders: {reference_prefix: "NEW ", `, 1))

	_, err = d.upsert(checked.Attempt)
	require.NoError(t, err)
	_, err = run[struct{}](d, (&activities.Products{Desk: d.Desk}).VerifyProducts, checked.Attempt)
	require.NoError(t, err)
	_, err = d.confirm(checked.Attempt)
	require.NoError(t, err)

	require.NotEmpty(t, d.books.versions)
	for _, version := range d.books.versions {
		require.Equal(t, 1, version)
	}
	require.Equal(t, "MPLUS 2026.1", d.books.orders[0].Reference)
	var under int
	require.NoError(t, d.pool.QueryRow(t.Context(), "select document from outcome where source_id = 'id-2026.1'").Scan(&under))
	require.Equal(t, 1, under)
	next, err := d.check(activities.Attempt{Integration: "shop", OrderID: "id-2026.1", Number: "2026.1"})
	require.NoError(t, err)
	require.Equal(t, 2, next.Attempt.Document)
}

func TestConfirmOrder_NobodyLooksBeforeTheSettleTimeIsOver(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(sale("2026.1", 1))
	d.books.write(fault.Uncertain, false)
	_, err := d.confirm(attempt("2026.1", 1))
	app, _ := failure(t, err)
	require.GreaterOrEqual(t, app.NextRetryDelay(), settle)
	calls := d.books.calls
	_, err = d.confirm(attempt("2026.1", 1))
	_, f := failure(t, err)
	require.Equal(t, "settling", f.Code)
	require.Equal(t, calls, d.books.calls)
}

func TestConfirmOrder_ANewerVersionIsNotWrittenUnseen(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(sale("2026.1", 1))
	d.arrive(sale("2026.1", 5))
	out, err := d.confirm(attempt("2026.1", 1))
	require.NoError(t, err)
	require.EqualValues(t, 5, out.NewerMarker)
	require.Zero(t, d.books.writes)
}

func TestConfirmOrder_VATThatDiffersIsNotWritten(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	order := sale("2026.1", 1)
	order.VATGroups[0].VAT = order.VATGroups[0].VAT.Add(order.VATGroups[0].VAT)
	d.arrive(order)
	_, err := d.confirm(attempt("2026.1", 1))
	_, f := failure(t, err)
	require.Equal(t, "vat_differs", f.Code)
	require.Zero(t, d.books.writes)
}

func TestConfirmOrder_ACodeWithoutARowIsShownAndAPersonIsNot(t *testing.T) {
	t.Parallel()
	for key, shown := range map[string]string{"order.branch": "region 7", "customer.city": "region"} {
		d := newDesk(t)
		d.apply(strings.Replace(document, "lookups: {", "lookups: {region: {unmapped: park, rows: []}, ", 1) + `
mapping:
  order:
    - {target: COMMENT1, source: reference}
    - {target: X, source: "lookup('region', ` + key + `)"}
`)
		order := sale("2026.1", 1)
		order.Branch, order.Customer.Address.City = "7", "Plantedstad"
		d.arrive(order)
		a := attempt("2026.1", 1)
		a.Document = 2
		_, err := d.confirm(a)
		app, f := failure(t, err)
		require.Equal(t, "unmapped_region", f.Code)
		require.Equal(t, shown, f.About)
		require.NotContains(t, app.Error()+f.Op, "Plantedstad")
		ref, err := db.ParsePayloadRef(f.Words)
		require.NoError(t, err)
		words, err := d.Payloads.Get(t.Context(), "shop", ref)
		require.NoError(t, err)
		require.Contains(t, string(words), map[string]string{"order.branch": "7", "customer.city": "Plantedstad"}[key], "who looks at the details sees it")
	}
}
