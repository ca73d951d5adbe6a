package activities_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
)

// resting puts a document in force under which sales rest.
func resting(t *testing.T, wait string) *desk {
	t.Helper()
	d := newDesk(t)
	d.apply(withOrders("wait: " + wait))
	return d
}

// withOrders is the document with more settings of the flow.
func withOrders(more string) string {
	return `
integration: shop
accountview: {base_url: "http://127.0.0.1:1/api/v3", company_id: 7d3f1c52-90ab-4c6e-8f57-2b1e6a0d4c11, client_id: koppel-sandbox, timeout: 1s}
mplus: {base_url: "http://127.0.0.1:2"}
flows: {orders: {settle_time: 150ms, default_debtor: "10000", ` + more + `}}
lookups: {vat_code: {rows: [{key: "2", value: "1", percent: 21}]}}
`
}

// later moves the clock.
func (d *desk) later(by time.Duration) {
	d.Now = func() time.Time { return time.Now().Add(by) }
}

func (d *desk) timeline(number string) []string {
	d.t.Helper()
	rows, err := d.pool.Query(d.t.Context(), "select trim(outcome || ' ' || code) from outcome where number = $1 order by id", number)
	require.NoError(d.t, err)
	defer rows.Close()
	var all []string
	for rows.Next() {
		var one string
		require.NoError(d.t, rows.Scan(&one))
		all = append(all, one)
	}
	return all
}

func TestCheckOrderExists_ASaleRestsAfterItsLastChange(t *testing.T) {
	t.Parallel()
	d := resting(t, "{after_change: 10m}")
	d.arrive(sale("2026.1", 1))
	first, err := d.check(attempt("2026.1", 1))
	require.NoError(t, err)
	require.Empty(t, first.Outcome)
	require.Equal(t, "rests_after_change", first.Rest.Cause)
	require.InDelta(t, 10*time.Minute, first.Rest.Left, float64(time.Minute))
	_, err = d.check(attempt("2026.1", 1))
	require.NoError(t, err)
	require.Equal(t, []string{"waits rests_after_change"}, d.timeline("2026.1"), "it is said once")

	d.later(11 * time.Minute)
	rested, err := d.check(attempt("2026.1", 1))
	require.NoError(t, err)
	require.Zero(t, rested.Rest)
}

func TestCheckOrderExists_APersonSendsAVersionNowAndNoOther(t *testing.T) {
	t.Parallel()
	d := resting(t, "{after_change: 10m}")
	d.arrive(sale("2026.1", 1))
	now := attempt("2026.1", 1)
	now.SendNow = 1
	out, err := d.check(now)
	require.NoError(t, err)
	require.Zero(t, out.Rest)
	require.Empty(t, d.timeline("2026.1"))

	d.arrive(sale("2026.1", 2))
	out, err = d.check(now)
	require.NoError(t, err)
	require.Equal(t, "rests_after_change", out.Rest.Cause, "nobody saw the version that came since")
}

func TestCheckOrderExists_ASaleWaitsUntilItIsPaidButNotForEver(t *testing.T) {
	t.Parallel()
	d := resting(t, "{until_paid: true, at_most: 24h}")
	order := sale("2026.1", 1)
	d.arrive(order)
	out, err := d.check(attempt("2026.1", 1))
	require.NoError(t, err)
	require.Equal(t, "rests_until_paid", out.Rest.Cause)

	d.later(25 * time.Hour)
	_, err = d.check(attempt("2026.1", 1))
	_, f := failure(t, err)
	require.Equal(t, activities.Failure{Kind: "Invalid", Code: "not_paid_in_time", Op: "wait", About: "2026.1"}, f)

	order.FullyPaid, order.Version.Marker = true, 2
	d.arrive(order)
	out, err = d.check(attempt("2026.1", 2))
	require.NoError(t, err)
	require.Zero(t, out.Rest)
}

func TestCheckOrderExists_OnlyAChangeOfWhatIsBookedRests(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	order := sale("2026.1", 1)
	d.arrive(order)
	require.NoError(t, d.deliver(attempt("2026.1", 1)))
	d.apply(withOrders("wait: {after_change: 10m, until_paid: true}"))

	order.Version.Marker = 2 // saved again, nothing changed
	d.arrive(order)
	out, err := d.check(attempt("2026.1", 2))
	require.NoError(t, err)
	require.Equal(t, "unchanged", out.Outcome)

	order.Version.Marker, order.Lines[0].Quantity = 3, decimal.NewFromInt(2)
	d.arrive(order)
	out, err = d.check(attempt("2026.1", 3))
	require.NoError(t, err)
	require.Equal(t, "rests_after_change", out.Rest.Cause)
}

func TestCheckOrderExists_WhatIsNotForTheBooksWaitsForNothing(t *testing.T) {
	t.Parallel()
	d := resting(t, "{after_change: 10m}")
	order := sale("2026.1", 1)
	order.Cancelled = true
	d.arrive(order)
	out, err := d.check(attempt("2026.1", 1))
	require.NoError(t, err)
	require.Equal(t, "skipped", out.Outcome)
}

func TestDryRun_TellsWhatItWouldWaitForAndWhatThen(t *testing.T) {
	t.Parallel()
	d := resting(t, "{until_paid: true}")
	d.tell(sale("2026.1", 1))
	out, err := d.dryRun(activities.DryRunOrdersInput{Keys: []string{"2026.1"}})
	require.NoError(t, err)
	got := answer[activities.DryRunAnswer](d, out.Results).Orders[0]
	require.Equal(t, "created", got.Outcome)
	require.Equal(t, "rests_until_paid", got.Rest.Code)
}
