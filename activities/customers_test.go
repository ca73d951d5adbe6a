package activities_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

func (d *desk) upsert(a activities.Attempt) (string, error) {
	out, err := run[activities.UpsertCustomerResult](d, (&activities.Customers{Desk: d.Desk}).UpsertCustomer, a)
	return out.CustomerNumber, err
}

func TestUpsertCustomer_OrdersOfOneNewCustomerMakeOneDebtor(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	const together = 6
	for i := range together {
		d.arrive(sale(fmt.Sprint("2026.", i), int64(i+1)))
	}
	numbers := make([]string, together)
	var wg sync.WaitGroup
	for i := range together {
		wg.Go(func() {
			for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); {
				number, err := d.upsert(attempt(fmt.Sprint("2026.", i), int64(i+1)))
				if err == nil {
					numbers[i] = number
					return
				}
			}
		})
	}
	wg.Wait()
	require.Len(t, d.books.customers, 1)
	for _, number := range numbers {
		require.Equal(t, d.books.customers[0].Number, number)
	}
	require.Equal(t, 1, d.books.writes)
}

func TestUpsertCustomer_AKnownCustomerCostsNoCall(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(sale("2026.1", 1))
	first, err := d.upsert(attempt("2026.1", 1))
	require.NoError(t, err)
	calls := d.books.calls
	again, err := d.upsert(attempt("2026.1", 1))
	require.NoError(t, err)
	require.Equal(t, first, again)
	require.Equal(t, calls, d.books.calls)
}

func TestUpsertCustomer_GoesDownTheChainAndNeverAsksForBlank(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	order := sale("2026.1", 1)
	order.Customer.Email = ""
	d.arrive(order)
	_, err := d.upsert(attempt("2026.1", 1))
	require.NoError(t, err)
	require.Equal(t, []string{"external_number=77"}, d.books.looks)
}

func TestUpsertCustomer_WhoCannotBeChosenIsForAPerson(t *testing.T) {
	t.Parallel()
	for code, found := range map[string][]connectors.CustomerRecord{
		"customer_ambiguous": {{Number: "1", ExternalNumber: "77"}, {Number: "2", ExternalNumber: "77"}},
		"customer_blocked":   {{Number: "1", ExternalNumber: "77", Blocked: true}},
	} {
		d := newDesk(t)
		d.arrive(sale("2026.1", 1))
		d.books.customers = found
		_, err := d.upsert(attempt("2026.1", 1))
		app, f := failure(t, err)
		require.Equal(t, code, f.Code)
		require.True(t, app.NonRetryable())
		require.Zero(t, d.books.writes)
	}
}

func TestUpsertCustomer_ASaleWithoutCustomerGoesToTheDefaultDebtor(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	now := time.Now()
	d.Now = func() time.Time { return now }
	order := sale("2026.1", 1)
	order.Customer = domain.Customer{}
	d.arrive(order)
	for _, c := range []struct {
		later time.Duration
		looks int
		why   string
	}{
		{0, 1, "the books are asked whether they have it"},
		{4 * time.Minute, 1, "the next sale costs no call"},
		{2 * time.Minute, 2, "it may be gone by now"},
	} {
		now = now.Add(c.later)
		number, err := d.upsert(attempt("2026.1", 1))
		require.NoError(t, err)
		require.Equal(t, "10000", number)
		require.Len(t, d.books.looks, c.looks, c.why)
	}
	require.Equal(t, "number=10000", d.books.looks[0])
	require.Zero(t, d.books.writes)
}

func TestUpsertCustomer_ADefaultDebtorThatTheBooksWouldRefuseIsForAPerson(t *testing.T) {
	t.Parallel()
	for code, counter := range map[string]*connectors.CustomerRecord{
		"default_debtor_absent": nil, "customer_blocked": {Number: "10000", Blocked: true},
	} {
		d := newDesk(t)
		order := sale("2026.1", 1)
		order.Customer = domain.Customer{}
		d.arrive(order)
		right := d.books.counter
		d.books.counter = counter
		_, err := d.upsert(attempt("2026.1", 1))
		app, f := failure(t, err)
		require.Equal(t, code, f.Code)
		require.Equal(t, "10000", f.About)
		require.True(t, app.NonRetryable())
		require.False(t, f.StopsEverything())

		out, err := d.dryRun(activities.DryRunOrdersInput{Keys: []string{"2026.1"}})
		require.NoError(t, err)
		told := answer[activities.DryRunAnswer](d, out.Results).Orders[0]
		require.Equal(t, activities.OutcomeParked, told.Outcome)
		require.Equal(t, "UpsertCustomer", told.Step)
		require.Equal(t, code, told.Reason.Code)

		d.books.counter = right
		_, err = d.upsert(attempt("2026.1", 1))
		require.NoError(t, err, "what was not there is looked for again at once")
	}
}

func TestUpsertCustomer_AnUnclearWriteThatLandedIsFound(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(sale("2026.1", 1))
	d.books.write(fault.Uncertain, true)
	_, err := d.upsert(attempt("2026.1", 1))
	require.Error(t, err)
	d.books.fails = nil
	require.Eventually(t, func() bool {
		number, err := d.upsert(attempt("2026.1", 1))
		return err == nil && number == "20001"
	}, 10*time.Second, 20*time.Millisecond)
	require.Equal(t, 1, d.books.writes)
}

func TestUpsertCustomer_AStaleOrderDoesNotUndoALaterOne(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	old, recent := sale("2026.1", 1), sale("2026.2", 2)
	recent.Customer.Email = "new@example.nl"
	d.arrive(old)
	d.arrive(recent)
	_, err := d.upsert(attempt("2026.2", 2))
	require.NoError(t, err)
	calls := d.books.calls
	_, err = d.upsert(attempt("2026.1", 1))
	require.NoError(t, err)
	require.Equal(t, calls, d.books.calls)
}

func TestUpsertCustomer_WhatSomebodyElseChangedIsLeftAndGoesOnWhenOursIsBack(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.apply(document + `
mapping:
  customer:
    - {target: DEB_NR, source: customer.id}
    - {target: CITY, source: customer.city, policy: if_unchanged}
    - {target: MAIL_BUS, source: customer.email}
`)
	number, marker := "", int64(0)
	visit := func(city, email string) {
		marker++
		order := sale(fmt.Sprint("2026.", marker), marker)
		order.Customer.Address.City, order.Customer.Email = city, email
		d.arrive(order)
		a := attempt(order.Number, marker)
		a.Document = 2
		var err error
		number, err = d.upsert(a)
		require.NoError(t, err)
	}
	visit("Utrecht", "a@example.nl")
	require.Equal(t, "Utrecht", d.books.holds(number, "CITY"))

	visit("Zeist", "b@example.nl")
	require.Equal(t, "Zeist", d.books.holds(number, "CITY"), "nobody else touched it")

	d.books.types(number, "CITY", "Bunnik")
	visit("Doorn", "c@example.nl")
	require.Equal(t, "Bunnik", d.books.holds(number, "CITY"), "the bookkeeper's own")
	require.Equal(t, "c@example.nl", d.books.holds(number, "MAIL_BUS"), "the others go on")

	d.books.types(number, "CITY", "Zeist")
	visit("Doorn", "d@example.nl")
	require.Equal(t, "Doorn", d.books.holds(number, "CITY"), "what we wrote last is back")
}
