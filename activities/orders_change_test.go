package activities_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
)

// push takes an order through the steps once, as its workflow does. An empty
// outcome means that the workflow would look again.
func (d *desk) push(number string) (activities.ConfirmOrderResult, error) {
	check, err := d.check(activities.Attempt{Integration: "shop", OrderID: "id-" + number, Number: number})
	if err != nil || check.Outcome != "" {
		return activities.ConfirmOrderResult{Outcome: check.Outcome, TargetID: check.TargetID}, err
	}
	in := activities.ConfirmOrderInput{Attempt: check.Attempt}
	if in.Change == reconcile.StepTakeBack {
		return run[activities.ConfirmOrderResult](d, d.orders().CounterOrder, in)
	}
	if in.CustomerNumber, err = d.upsert(in.Attempt); err != nil {
		return activities.ConfirmOrderResult{}, err
	}
	switch in.Change {
	case reconcile.StepHeader:
		return run[activities.ConfirmOrderResult](d, d.orders().UpdateOrder, in)
	case reconcile.StepLines:
		return run[activities.ConfirmOrderResult](d, d.orders().ReplaceLines, in)
	case reconcile.StepCounter:
		countered, err := run[activities.ConfirmOrderResult](d, d.orders().CounterOrder, in)
		if err != nil || countered.Outcome == "" {
			return countered, err
		}
	}
	return run[activities.ConfirmOrderResult](d, d.orders().ConfirmOrder, in)
}

// follow pushes an order until it ends, however often a step has to be tried.
func (d *desk) follow(number string) activities.ConfirmOrderResult {
	d.t.Helper()
	for deadline := time.Now().Add(40 * time.Second); time.Now().Before(deadline); {
		out, err := d.push(number)
		if err == nil && out.Outcome != "" {
			return out
		}
		if err != nil {
			app, f := failure(d.t, err)
			require.Falsef(d.t, app.NonRetryable() && f.Code != "told_to", "parked: %s", f.Code)
		}
	}
	require.Fail(d.t, "the order does not end")
	return activities.ConfirmOrderResult{}
}

// changed is the sale with more of what it sells.
func changed(number string, marker, quantity int64) domain.Order {
	o := sale(number, marker)
	n := decimal.NewFromInt(quantity)
	o.Lines[0].Quantity = n
	o.Lines[0].TotalIncl, o.Lines[0].TotalExcl = o.TotalIncl.Mul(n), o.TotalExcl.Mul(n)
	o.VATGroups[0].Excl, o.VATGroups[0].VAT = o.VATGroups[0].Excl.Mul(n), o.VATGroups[0].VAT.Mul(n)
	o.TotalIncl, o.TotalExcl = o.TotalIncl.Mul(n), o.TotalExcl.Mul(n)
	return o
}

// references are those of the books' orders, each with the quantity it holds.
func (b *books) references() map[string]string {
	b.mu.Lock()
	defer b.mu.Unlock()
	all := map[string]string{}
	for _, order := range b.orders {
		quantity, _ := b.held[order.ID].Lines[0].Get("ORD_QTY")
		all[order.Reference] += quantity.Number.String()
	}
	return all
}

// holds is a field of the header of an order.
func (b *books) field(id, name string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	value, _ := b.held[id].Get(name)
	return value.Words()
}

func (d *desk) ends() []string {
	d.t.Helper()
	var all []string
	require.NoError(d.t, d.pool.QueryRow(d.t.Context(), "select array_agg(trim(outcome || ' ' || code) order by id) from outcome").Scan(&all))
	return all
}

func TestChange_AnOrderChangedThreeTimesStandsThereAsItIsNow(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for i, quantity := range []int64{1, 3, 2, 5} {
		d.arrive(changed("2026.1", int64(i+1), quantity))
		require.Equal(t, "delivered", d.follow("2026.1").Outcome)
	}
	require.Equal(t, map[string]string{
		"MPLUS 2026.1": "1", "MPLUS 2026.1 C1": "-1", "MPLUS 2026.1 V2": "3", "MPLUS 2026.1 C2": "-3",
		"MPLUS 2026.1 V3": "2", "MPLUS 2026.1 C3": "-2", "MPLUS 2026.1 V4": "5",
	}, d.books.references())
	require.Equal(t, []string{
		"delivered", "countered countered_for_change", "delivered", "countered countered_for_change", "delivered", "countered countered_for_change", "delivered",
	}, d.ends())
	d.arrive(changed("2026.1", 9, 5)) // saved again
	writes := d.books.writes
	require.Equal(t, "unchanged", d.follow("2026.1").Outcome)
	require.Equal(t, writes, d.books.writes)
}

func TestChange_ACounterHasThePricesAsWrittenAndTheDateOfNow(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(sale("2026.1", 1))
	d.follow("2026.1")
	later := changed("2026.1", 2, 2)
	later.Date.Day = 25
	d.arrive(later)
	d.follow("2026.1")
	require.Len(t, d.books.orders, 3)
	first, counter := d.books.held[d.books.orders[0].ID], d.books.held[d.books.orders[1].ID]
	for _, f := range first.Lines[0].Fields {
		was, _ := counter.Lines[0].Get(f.Name)
		if f.Name == "ORD_QTY" {
			require.True(t, was.Number.Equal(f.Value.Number.Neg()))
			continue
		}
		require.True(t, was.Equal(f.Value), f.Name)
	}
	date, _ := counter.Get("ORD_DATE")
	require.Equal(t, "2026-11-25", date.Words())
}

func TestChange_TheHeaderIsChangedInPlace(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.books.allows.Header = true
	d.arrive(sale("2026.1", 1))
	first := d.follow("2026.1")
	for i, day := range []int{1, 2} {
		o := sale("2026.1", int64(i+2))
		o.DeliveryDate = domain.Date{Year: 2026, Month: 12, Day: day}
		d.arrive(o)
		out := d.follow("2026.1")
		require.Equal(t, "updated", out.Outcome)
		require.Equal(t, first.TargetID, out.TargetID)
		require.Equal(t, o.DeliveryDate.String(), d.books.field(first.TargetID, "DEL_DATE"))
	}
	require.Len(t, d.books.orders, 1)

	d.arrive(changed("2026.1", 5, 2)) // and then it is sold otherwise: without a date to deliver
	require.Equal(t, "delivered", d.follow("2026.1").Outcome)
	require.Equal(t, map[string]string{"MPLUS 2026.1": "1", "MPLUS 2026.1 C1": "-1", "MPLUS 2026.1 V2": "2"}, d.books.references())
}

// Neither where the books allow no change, nor where a person is to decide of it.
func TestChange_OfWhatTheBooksDoNotHoldIsNoWrite(t *testing.T) {
	t.Parallel()
	for _, setting := range []string{"changes: {header: update}", "changes: {header: park}"} {
		d := newDesk(t)
		d.setOrders(setting)
		d.arrive(sale("2026.1", 1))
		d.follow("2026.1")
		writes := d.books.writes
		o := sale("2026.1", 2)
		o.Lines[0].Text = "in red"
		d.arrive(o)
		require.Equal(t, "unchanged", d.follow("2026.1").Outcome)
		o.Version.Marker = 3
		d.arrive(o)
		require.Equal(t, "unchanged", d.follow("2026.1").Outcome)
		require.Equal(t, writes, d.books.writes)
		require.Len(t, d.books.orders, 1)
	}
}

// The order was processed in the books, or a field of it is fixed there.
func TestChange_AHeaderThatTheBooksRefuseGoesAsLinesDo(t *testing.T) {
	t.Parallel()
	for name, prepare := range map[string]func(d *desk, id string){
		"moved to history": func(d *desk, id string) { d.books.moved = map[string]bool{id: true} },
		"never allowed":    func(d *desk, _ string) { d.books.allows.Header = false },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.books.allows.Header = true
			d.arrive(sale("2026.1", 1))
			prepare(d, d.follow("2026.1").TargetID)
			o := sale("2026.1", 2)
			o.DeliveryDate = domain.Date{Year: 2026, Month: 12, Day: 1}
			d.arrive(o)
			require.Equal(t, "delivered", d.follow("2026.1").Outcome)
			require.Equal(t, map[string]string{"MPLUS 2026.1": "1", "MPLUS 2026.1 C1": "-1", "MPLUS 2026.1 V2": "1"}, d.books.references())
		})
	}
}

func TestChange_LinesAreReplacedWhereTheInstallationCan(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.setOrders("changes: {lines: row_actions}")
	d.arrive(sale("2026.1", 1))
	first := d.follow("2026.1")
	d.arrive(changed("2026.1", 2, 3))
	_, err := d.push("2026.1")
	_, f := failure(t, err)
	require.Equal(t, "change_not_allowed", f.Code)
	require.Equal(t, first.TargetID, f.About)

	d.books.allows = connectors.AllowedChanges{Header: true, Lines: true}
	require.Equal(t, "updated", d.follow("2026.1").Outcome)
	require.Equal(t, map[string]string{"MPLUS 2026.1": "3"}, d.books.references())
	cancelled := changed("2026.1", 3, 3)
	cancelled.Cancelled = true
	d.arrive(cancelled)
	require.Equal(t, "countered", d.follow("2026.1").Outcome)
	require.Equal(t, map[string]string{"MPLUS 2026.1": "3", "MPLUS 2026.1 C1": "-3"}, d.books.references(), "what was written last is taken back")
}

func TestChange_ACancelledSaleIsTakenBackAndComesBack(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(sale("2026.1", 1))
	d.follow("2026.1")
	cancelled := sale("2026.1", 2)
	cancelled.Cancelled = true
	d.arrive(cancelled)
	require.Equal(t, "countered", d.follow("2026.1").Outcome)
	require.Equal(t, map[string]string{"MPLUS 2026.1": "1", "MPLUS 2026.1 C1": "-1"}, d.books.references())
	cancelled.Version.Marker = 3
	d.arrive(cancelled)
	writes := d.books.writes
	require.Equal(t, "countered", d.follow("2026.1").Outcome, "saved again: nothing is left to do")
	require.Equal(t, writes, d.books.writes)
	d.arrive(sale("2026.1", 4))
	require.Equal(t, "delivered", d.follow("2026.1").Outcome)
	require.Equal(t, map[string]string{"MPLUS 2026.1": "1", "MPLUS 2026.1 C1": "-1", "MPLUS 2026.1 V2": "1"}, d.books.references())
}

func TestChange_EachSettingThatLeavesTheBooksAlone(t *testing.T) {
	t.Parallel()
	cancelled := sale("2026.1", 2)
	cancelled.Cancelled = true
	wrapped := sale("2026.1", 2)
	wrapped.DeliveryDate = domain.Date{Year: 2026, Month: 12, Day: 1}
	inPart := sale("2026.1", 2)
	inPart.CancelState = domain.CancelledInPart
	for setting, c := range map[string]struct {
		then    domain.Order
		outcome string
		code    string
	}{
		"changes: {header: park}":            {wrapped, "", "changed_after_booking"},
		"changes: {lines: park}":             {changed("2026.1", 2, 3), "", "changed_after_booking"},
		"changes: {cancelled: park}":         {cancelled, "", "cancelled_after_booking"},
		"changes: {partly_cancelled: park}":  {inPart, "", "cancelled_in_part"},
		"changes: {partly_cancelled: leave}": {inPart, "unchanged", ""},
		"changes: {cancelled: leave}":        {cancelled, "unchanged cancelled_stays", ""},
	} {
		t.Run(setting, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.setOrders(setting)
			d.books.allows = connectors.AllowedChanges{Header: true, Lines: true}
			d.arrive(sale("2026.1", 1))
			first := d.follow("2026.1")
			writes := d.books.writes
			d.arrive(c.then)
			_, err := d.push("2026.1")
			if c.code != "" {
				app, f := failure(t, err)
				require.True(t, app.NonRetryable())
				require.Equal(t, c.code, f.Code)
				require.Equal(t, first.TargetID, f.About, "a person finds it by this")
			} else {
				require.NoError(t, err)
				require.Equal(t, []string{"delivered", c.outcome}, d.ends())
			}
			require.Equal(t, writes, d.books.writes)
		})
	}
}

// What cannot be booked anew is not taken back either: a person sees it first.
func TestChange_WhatCannotBeBookedAnewStaysAsItIs(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(sale("2026.1", 1))
	d.follow("2026.1")
	wrong := changed("2026.1", 2, 3)
	wrong.VATGroups[0].VAT = wrong.VATGroups[0].VAT.Add(decimal.New(1, -2))
	d.arrive(wrong)
	_, err := d.push("2026.1")
	_, f := failure(t, err)
	require.Equal(t, "vat_differs", f.Code)
	require.Equal(t, map[string]string{"MPLUS 2026.1": "1"}, d.books.references())
}

func TestChange_APersonWhoTookOverIsNotFollowedBlindly(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(sale("2026.1", 1))
	d.follow("2026.1")
	d.arrive(changed("2026.1", 2, 3))
	_, err := run[struct{}](d, d.orders().SkipOrder, activities.SkipOrderInput{Attempt: attempt("2026.1", 2), Reason: domain.SkipDoneByHand})
	require.NoError(t, err)
	require.Equal(t, "unchanged", d.follow("2026.1").Outcome)
	d.arrive(changed("2026.1", 3, 4))
	_, err = d.push("2026.1")
	_, f := failure(t, err)
	require.Equal(t, "changed_after_booking", f.Code)
	require.Equal(t, map[string]string{"MPLUS 2026.1": "1"}, d.books.references())
}

// The worker dies between taking back and booking anew: the steps run again.
func TestChange_KilledBetweenTheCounterAndTheNewOrder(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(sale("2026.1", 1))
	d.follow("2026.1")
	d.arrive(changed("2026.1", 2, 3))
	check, err := d.check(attempt("2026.1", 2))
	require.NoError(t, err)
	in := activities.ConfirmOrderInput{Attempt: check.Attempt, CustomerNumber: "20001"}
	for range 2 { // its answer may be lost too
		out, err := run[activities.ConfirmOrderResult](d, d.orders().CounterOrder, in)
		require.NoError(t, err)
		require.Equal(t, "countered", out.Outcome)
	}
	d.arrive(changed("2026.1", 3, 4)) // and meanwhile it changes once more
	require.Equal(t, "delivered", d.follow("2026.1").Outcome)
	require.Equal(t, map[string]string{"MPLUS 2026.1": "1", "MPLUS 2026.1 C1": "-1", "MPLUS 2026.1 V2": "4"}, d.books.references())
}

func TestChange_EachUnclearAnswerLeavesOneOfEach(t *testing.T) {
	t.Parallel()
	for _, landed := range []bool{true, false} {
		for unclear := 1; unclear <= 2; unclear++ { // which of the writes does not answer
			d := newDesk(t)
			d.arrive(sale("2026.1", 1))
			d.follow("2026.1")
			d.arrive(changed("2026.1", 2, 3))
			left := unclear
			d.books.fails = func(op string) (error, bool) {
				if op == "write" {
					if left--; left == 0 {
						return fault.New(fault.Uncertain, "told_to", op), landed
					}
				}
				return nil, true
			}
			require.Contains(t, []string{"delivered", "unchanged"}, d.follow("2026.1").Outcome)
			require.Equal(t, map[string]string{"MPLUS 2026.1": "1", "MPLUS 2026.1 C1": "-1", "MPLUS 2026.1 V2": "3"}, d.books.references())
		}
	}
}

// The write that takes back gives no answer, and then the sale is as it was.
func TestChange_ChangedBackWhileTheCounterWasUnclear(t *testing.T) {
	t.Parallel()
	for _, landed := range []bool{true, false} {
		d := newDesk(t)
		d.arrive(sale("2026.1", 1))
		d.follow("2026.1")
		d.arrive(changed("2026.1", 2, 3))
		d.books.write(fault.Uncertain, landed)
		_, err := d.push("2026.1")
		require.Error(t, err)
		d.books.fails = nil
		d.arrive(sale("2026.1", 3))
		out := d.follow("2026.1")
		if landed {
			require.Equal(t, "delivered", out.Outcome)
			require.Equal(t, map[string]string{"MPLUS 2026.1": "1", "MPLUS 2026.1 C1": "-1", "MPLUS 2026.1 V2": "1"}, d.books.references())
		} else {
			require.Equal(t, "unchanged", out.Outcome)
			require.Equal(t, map[string]string{"MPLUS 2026.1": "1"}, d.books.references())
		}
	}
}

// The change of the header gives no answer, and then the header is as it was.
func TestChange_ChangedBackWhileTheHeaderWasUnclear(t *testing.T) {
	t.Parallel()
	for _, landed := range []bool{true, false} {
		d := newDesk(t)
		d.books.allows.Header = true
		first := sale("2026.1", 1)
		first.DeliveryDate = domain.Date{Year: 2026, Month: 12, Day: 1}
		d.arrive(first)
		id := d.follow("2026.1").TargetID
		second := first
		second.Version.Marker, second.DeliveryDate.Day = 2, 5
		d.arrive(second)
		d.books.write(fault.Uncertain, landed)
		_, err := d.push("2026.1")
		require.Error(t, err)
		d.books.fails = nil
		first.Version.Marker = 3
		d.arrive(first)
		require.Equal(t, "updated", d.follow("2026.1").Outcome, "it may stand there otherwise")
		require.Equal(t, "2026-12-01", d.books.field(id, "DEL_DATE"))
	}
}

// An attempt that everybody gave up, and that read the sale before it changed.
func TestChange_AnAttemptUnderAnOlderVersionTakesNothingBack(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(sale("2026.1", 1))
	d.follow("2026.1")
	d.arrive(changed("2026.1", 2, 3))
	check, err := d.check(attempt("2026.1", 2))
	require.NoError(t, err)
	d.arrive(sale("2026.1", 3))
	require.Equal(t, "unchanged", d.follow("2026.1").Outcome)
	out, err := run[activities.ConfirmOrderResult](d, d.orders().CounterOrder, activities.ConfirmOrderInput{Attempt: check.Attempt, CustomerNumber: "20001"})
	require.NoError(t, err)
	require.EqualValues(t, 3, out.NewerMarker)
	require.Equal(t, map[string]string{"MPLUS 2026.1": "1"}, d.books.references())
}

func TestChange_WhatWasForgottenIsForAPerson(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(sale("2026.1", 1))
	d.follow("2026.1")
	_, err := d.pool.Exec(t.Context(), "update booking set changed_at = now() - interval '900 days'")
	require.NoError(t, err)
	out, err := run[activities.ForgetRecordsResult](d, d.housekeeping().ForgetRecords, activities.ForgetRecordsInput{Integration: "shop", Before: db.MonthOf(time.Now())})
	require.NoError(t, err)
	require.Equal(t, 1, out.Bookings)
	d.arrive(changed("2026.1", 2, 3))
	_, err = d.push("2026.1")
	_, f := failure(t, err)
	require.Equal(t, "changed_after_booking", f.Code)
}
