package activities_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
)

// closedBooks are books whose days through one are closed, and that count how often
// they were asked.
type closedBooks struct {
	*books
	through domain.Date
	asked   int
}

func (c *closedBooks) Calendar(context.Context, string, int) (connectors.Calendar, error) {
	return c, nil
}

func (c *closedBooks) OpenFrom(_ context.Context, day domain.Date) (domain.Date, error) {
	c.asked++
	if day.After(c.through) {
		return day, nil
	}
	return c.through.AddDays(1), nil
}

func dayOfNovember(day int) domain.Date { return domain.Date{Year: 2026, Month: 11, Day: day} }

func (d *desk) delivers(number string, document int) (activities.ConfirmOrderResult, error) {
	a := attempt(number, 1)
	a.Document = document
	return d.confirm(a)
}

func TestDates_ASaleOfAClosedDayIsParkedOrMoved(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	closed := &closedBooks{books: d.books, through: dayOfNovember(26)}
	d.Connections = closed
	d.arrive(sale("2026.1", 1)) // of the 24th
	_, err := d.delivers("2026.1", 1)
	_, f := failure(t, err)
	require.Equal(t, "period_closed", f.Code)
	require.Equal(t, "2026.1 2026-11-24", f.About)
	require.Zero(t, d.books.writes)

	d.setOrders("dates: {closed_period: next_open}")
	_, err = d.delivers("2026.1", 2)
	require.NoError(t, err)
	date, _ := d.books.drafts[0].Get("ORD_DATE")
	require.Equal(t, dayOfNovember(27), date.Date)
	was, _ := d.books.drafts[0].Get("COMMENT3")
	require.Equal(t, "Verkocht op 24-11-2026", was.Text)
	var decisions string
	require.NoError(t, d.pool.QueryRow(t.Context(), "select decisions::text from outcome where outcome = 'delivered'").Scan(&decisions))
	require.Contains(t, decisions, "2026-11-24 to 2026-11-27")
}

func TestDates_WhatADocumentClosesIsClosedWhateverTheBooksSay(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.setOrders("dates: {closed_through: 2026-11-30, closed_period: next_open}")
	d.arrive(sale("2026.1", 1))
	_, err := d.delivers("2026.1", 2)
	require.NoError(t, err)
	date, _ := d.books.drafts[0].Get("ORD_DATE")
	require.Equal(t, domain.Date{Year: 2026, Month: 12, Day: 1}, date.Date)
}

// TestDates_AnOpenDayIsAskedForOnce, and a closed one again: somebody may have
// opened it meanwhile.
func TestDates_AnOpenDayIsAskedForOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	closed := &closedBooks{books: d.books}
	d.Connections = closed
	for _, number := range []string{"2026.1", "2026.2", "2026.3"} {
		d.arrive(sale(number, int64(len(d.books.pages)+1)))
		a := attempt(number, int64(len(d.books.pages)))
		_, err := d.confirm(a)
		require.NoError(t, err)
	}
	require.Equal(t, 1, closed.asked)

	parks := newDesk(t)
	closed = &closedBooks{books: parks.books, through: dayOfNovember(24)}
	parks.Connections = closed
	parks.arrive(sale("2026.1", 1))
	_, err := parks.delivers("2026.1", 1)
	require.Error(t, err)
	closed.through = dayOfNovember(1)
	_, err = parks.delivers("2026.1", 1)
	require.NoError(t, err)
}

func (d *desk) customer(a activities.Attempt) (activities.UpsertCustomerResult, error) {
	return run[activities.UpsertCustomerResult](d, (&activities.Customers{Desk: d.Desk}).UpsertCustomer, a)
}

func TestDefaultDebtor_EachIsLookedForAndStandsOnTheTimeline(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.setOrders(`amounts: {rounding_most: 0.05}`)
	d.apply(strings.Replace(document, "lookups: {", `lookups: {default_debtor: {keys: [branch, payment_method, order_type], unmapped: default, rows: [{key: ["2", "*", "*"], value: "10002"}]}, `, 1))
	counter, branch := sale("2026.1", 1), sale("2026.2", 2)
	counter.Customer, branch.Customer, branch.Branch = domain.Customer{}, domain.Customer{}, "2"
	d.arrive(counter)
	d.arrive(branch)
	a := attempt("2026.1", 1)
	a.Document = 3
	out, err := d.customer(a)
	require.NoError(t, err)
	require.Equal(t, "10000", out.CustomerNumber)
	a = attempt("2026.2", 2)
	a.Document = 3
	_, err = d.customer(a)
	_, f := failure(t, err)
	require.Equal(t, "default_debtor_absent", f.Code, "that one was seen says nothing of another")
	require.Equal(t, "10002", f.About)
	d.books.counter.Number = "10002"
	out, err = d.customer(a)
	require.NoError(t, err)
	require.Equal(t, domain.Decision{Code: domain.DecidedDefaultDebtor, About: "10002 (lookups.default_debtor, row 1)"}, out.Decision)
}

// TestDates_WhatTakesBackFallsInTheOpenPeriod: the day of the sale was closed after
// it was booked.
func TestDates_WhatTakesBackFallsInTheOpenPeriod(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	closed := &closedBooks{books: d.books}
	d.Connections = closed
	d.apply(strings.Replace(targeted("journal"), "flows: {orders: {", "flows: {orders: {dates: {closed_period: next_open}, ", 1))
	d.arrive(sale("2026.1", 1))
	require.Equal(t, activities.OutcomeDelivered, d.follow("2026.1").Outcome)
	period, _ := d.books.drafts[0].Get("PERIOD")
	require.Equal(t, "11", period.Words())

	closed.through = dayOfNovember(30)
	d.Documents = &activities.Documents{Store: d.Documents.Store} // as another worker, which has yet to ask
	cancelled := sale("2026.1", 2)
	cancelled.Cancelled = true
	d.arrive(cancelled)
	require.Equal(t, activities.OutcomeCountered, d.follow("2026.1").Outcome)
	back := d.books.drafts[1]
	for field, want := range map[string]string{"TRN_DATE": "2026-12-01", "PERIOD": "12", "HDR_DESC": "MPLUS 2026.1 C1", "COMMENT1": "Verkocht op 24-11-2026"} {
		value, _ := back.Get(field)
		require.Equal(t, want, value.Words(), field)
	}
	amount, _ := back.Lines[0].Get("AMOUNT")
	require.Equal(t, "-10", amount.Words())
}

func TestDates_APreviewShowsTheDayThatItWouldGet(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.Connections = &closedBooks{books: d.books, through: dayOfNovember(26)}
	d.setOrders("dates: {closed_period: next_open}")
	d.arrive(sale("2026.1", 1))
	got := d.previewOne(activities.PreviewOrdersInput{Keys: []string{"2026.1"}})
	require.Equal(t, "2026-11-27", field(t, got, "order", "ORD_DATE").Value)
	require.Contains(t, got.Flow.Decisions, domain.Decision{Code: domain.DecidedDateMoved, About: "2026-11-24 to 2026-11-27"})
}
