package activities_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// tell lets the till have a version of an order that nobody pulled yet.
func (d *desk) tell(orders ...domain.Order) {
	d.books.mu.Lock()
	defer d.books.mu.Unlock()
	page := connectors.OrderPage{}
	for _, o := range orders {
		page.Orders = append(page.Orders, connectors.SourceOrder{Order: o, Raw: []byte("<order>" + o.Customer.Name + "</order>")})
		page.Marker = max(page.Marker, o.Version.Marker)
	}
	d.books.pages = append(d.books.pages, page)
}

func (d *desk) previews() *activities.Previews { return &activities.Previews{Desk: d.Desk} }

func (d *desk) dryRun(in activities.DryRunOrdersInput) (activities.DryRunOrdersResult, error) {
	in.Integration = "shop"
	if in.Most == 0 {
		in.Most = 100
	}
	return run[activities.DryRunOrdersResult](d, d.previews().DryRunOrders, in)
}

// answer opens what a dry run kept for who asked.
func answer[T any](d *desk, reference string) T {
	d.t.Helper()
	ref, err := db.ParsePayloadRef(reference)
	require.NoError(d.t, err)
	plain, err := d.Payloads.Get(d.t.Context(), "shop", ref)
	require.NoError(d.t, err)
	var out T
	require.NoError(d.t, json.Unmarshal(plain, &out))
	return out
}

// kept is every row of the tables that the flow writes down in.
func (d *desk) kept() string {
	d.t.Helper()
	var all strings.Builder
	for _, table := range []string{"link", "booking", "outcome", "parked", "inbox", "cursor"} {
		var rows string
		require.NoError(d.t, d.pool.QueryRow(d.t.Context(), "select coalesce(json_agg(t order by t::text), '[]')::text from "+table+" t").Scan(&rows))
		all.WriteString(table + " " + rows + "\n")
	}
	return all.String()
}

func TestDryRun_TellsWhatWouldBeMadeAndWritesNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.tell(sale("2026.1", 1), sale("2026.2", 2))
	before := d.kept()

	out, err := d.dryRun(activities.DryRunOrdersInput{})
	require.NoError(t, err)
	got := answer[activities.DryRunAnswer](d, out.Results)
	require.Len(t, got.Orders, 2)
	first, second := got.Orders[0], got.Orders[1]
	require.Equal(t, activities.OutcomeCreated, first.Outcome)
	require.Equal(t, "ConfirmOrder", first.Step)
	require.Len(t, first.Writes, 2)
	require.Equal(t, "customer", first.Writes[0].Entity)
	require.Equal(t, "create", first.Writes[0].Action)
	require.Contains(t, first.Writes[0].Fields, activities.ShownField{Field: "MAIL_BUS", Value: "jansen@example.nl"})
	require.Equal(t, "order", first.Writes[1].Entity)
	require.Contains(t, first.Writes[1].Fields, activities.ShownField{Field: "RPL_INV", Value: first.Customer})
	require.Len(t, second.Writes, 1, "the second order of one customer finds the one that would be made")
	require.Equal(t, first.Customer, second.Customer)

	require.ElementsMatch(t, activities.Tally{
		{Entity: "order", Outcome: "created", Records: 2, Cents: 2420}, {Entity: "customer", Outcome: "created", Records: 1},
	}, out.Tally)
	require.Equal(t, map[domain.SourceKind]int64{domain.SourceOrder: 2}, out.Markers)
	require.True(t, out.More)
	require.Zero(t, d.books.writes)
	require.Equal(t, before, d.kept())

	_, err = d.pull()
	require.NoError(t, err)
	require.NoError(t, d.deliver(attempt("2026.1", 1)), "the flow goes its way afterwards")
	require.Len(t, d.books.customers, 1)
}

func TestDryRun_ALaterPageKnowsWhatAnEarlierOneMadeUp(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.tell(sale("2026.1", 1))
	d.tell(sale("2026.2", 2))
	first, err := d.dryRun(activities.DryRunOrdersInput{})
	require.NoError(t, err)
	second, err := d.dryRun(activities.DryRunOrdersInput{Markers: first.Markers, State: first.State})
	require.NoError(t, err)
	require.Equal(t, activities.Tally{{Entity: "order", Outcome: "created", Records: 1, Cents: 1210}}, second.Tally)
	last, err := d.dryRun(activities.DryRunOrdersInput{Markers: second.Markers, State: second.State})
	require.NoError(t, err)
	require.False(t, last.More)
	require.Empty(t, last.Tally)
}

func TestDryRun_GoesOnWhereTheFlowIsAndLeavesItsCursor(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(sale("2026.1", 1))
	d.tell(sale("2026.2", 2))
	before := d.kept()
	out, err := d.dryRun(activities.DryRunOrdersInput{})
	require.NoError(t, err)
	require.Equal(t, "2026.2", answer[activities.DryRunAnswer](d, out.Results).Orders[0].Number)
	require.Equal(t, before, d.kept())
}

func TestDryRun_EachEndOfAnOrder(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		prepare       func(d *desk) domain.Order
		outcome, step string
		code, details string
	}{
		"in the books under our reference": {func(d *desk) domain.Order {
			d.books.orders = []connectors.OrderRecord{{ID: "50001", Reference: "MPLUS 2026.1"}}
			return sale("2026.1", 1)
		}, "adopted", "CheckOrderExists", "", ""},
		"booked, and saved again": {func(d *desk) domain.Order {
			d.arrive(sale("2026.1", 1))
			require.NoError(d.t, d.deliver(attempt("2026.1", 1)))
			return sale("2026.1", 2)
		}, "unchanged", "CheckOrderExists", "", ""},
		"booked, and changed": {func(d *desk) domain.Order {
			d.arrive(sale("2026.1", 1))
			require.NoError(d.t, d.deliver(attempt("2026.1", 1)))
			o := sale("2026.1", 2)
			o.Lines[0].SKU = "1002"
			return o
		}, "created", "ConfirmOrder", "", ""},
		"booked, and changed in its header": {func(d *desk) domain.Order {
			d.books.allows.Header = true
			d.arrive(sale("2026.1", 1))
			require.NoError(d.t, d.deliver(attempt("2026.1", 1)))
			o := sale("2026.1", 2)
			o.DeliveryDate = domain.Date{Year: 2026, Month: 12, Day: 1}
			return o
		}, "updated", "UpdateOrder", "", ""},
		"booked, and cancelled": {func(d *desk) domain.Order {
			d.arrive(sale("2026.1", 1))
			require.NoError(d.t, d.deliver(attempt("2026.1", 1)))
			o := sale("2026.1", 2)
			o.Cancelled = true
			return o
		}, "countered", "CounterOrder", "", ""},
		"found in the books, and changed": {func(d *desk) domain.Order {
			d.arrive(sale("2026.1", 1))
			d.books.orders = []connectors.OrderRecord{{ID: "50001", Reference: "MPLUS 2026.1"}}
			require.NoError(d.t, d.deliver(attempt("2026.1", 1)))
			o := sale("2026.1", 2)
			o.Lines[0].SKU = "1002"
			return o
		}, "parked", "CheckOrderExists", "changed_after_booking", ""},
		"cancelled": {func(*desk) domain.Order {
			o := sale("2026.1", 1)
			o.Cancelled = true
			return o
		}, "skipped", "CheckOrderExists", "cancelled_at_till", ""},
		"a customer that is there twice": {func(d *desk) domain.Order {
			d.books.customers = []connectors.CustomerRecord{{Number: "1", ExternalNumber: "77"}, {Number: "2", ExternalNumber: "77"}}
			return sale("2026.1", 1)
		}, "parked", "UpsertCustomer", "customer_ambiguous", ""},
		"a product that is missing": {func(d *desk) domain.Order {
			d.books.missing = []string{"1001"}
			return sale("2026.1", 1)
		}, "parked", "VerifyProducts", "product_missing", ""},
		"VAT that differs": {func(*desk) domain.Order {
			o := sale("2026.1", 1)
			o.VATGroups[0].VAT = o.VATGroups[0].VAT.Add(o.VATGroups[0].VAT)
			return o
		}, "parked", "ConfirmOrder", "vat_differs", "VAT code 2 of the till"},
		"a write of the flow that gave no answer": {func(d *desk) domain.Order {
			d.arrive(sale("2026.1", 1))
			d.books.write(fault.Unknown, false) // announced, and nobody knows: its lease is long
			_, err := d.confirm(attempt("2026.1", 1))
			require.Error(d.t, err)
			d.books.fails = nil
			return sale("2026.1", 1)
		}, "waits", "ConfirmOrder", "settling", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			order := c.prepare(d)
			d.books.pages = nil
			d.tell(order)
			before, writes := d.kept(), d.books.writes
			out, err := d.dryRun(activities.DryRunOrdersInput{Keys: []string{"2026.1"}})
			require.NoError(t, err)
			got := answer[activities.DryRunAnswer](d, out.Results).Orders[0]
			require.Equal(t, c.outcome, got.Outcome)
			require.Equal(t, c.step, got.Step)
			if c.code == "" {
				require.Nil(t, got.Reason)
			} else {
				require.Equal(t, c.code, got.Reason.Code)
				require.NotEmpty(t, got.Reason.Words)
				require.Contains(t, got.Reason.Details, c.details)
			}
			require.Equal(t, c.code, out.Tally[0].Code)
			require.Equal(t, writes, d.books.writes)
			require.Equal(t, before, d.kept())
		})
	}
}

func TestDryRun_AnUpdateShowsBothValues(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.books.customers = []connectors.CustomerRecord{{Number: "20001", ExternalNumber: "77", Fields: []domain.Field{
		{Name: "MAIL_BUS", Value: domain.TextValue("old@example.nl")},
	}}}
	d.tell(sale("2026.1", 1))
	out, err := d.dryRun(activities.DryRunOrdersInput{})
	require.NoError(t, err)
	got := answer[activities.DryRunAnswer](d, out.Results).Orders[0]
	require.Equal(t, "20001", got.Customer)
	require.Equal(t, "update", got.Writes[0].Action)
	was, becomes := "old@example.nl", "jansen@example.nl"
	require.Equal(t, []activities.ShownChange{{Entity: "customer", Field: "MAIL_BUS", Before: &was, After: &becomes}}, got.Writes[0].Changes)
	require.Zero(t, d.books.writes)
}

func TestDryRun_TakesNoLockThatTheFlowWouldMeet(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(sale("2026.1", 1))
	d.books.fails = func(op string) (error, bool) {
		if op != "find" {
			return nil, true
		}
		// In the midst of the dry run the flow itself comes by, for the same order and customer.
		d.books.fails = nil
		d.books.mu.Unlock()
		defer d.books.mu.Lock()
		require.NoError(t, d.deliver(attempt("2026.1", 1)), "a lock of the dry run would refuse it")
		return nil, true
	}
	out, err := d.dryRun(activities.DryRunOrdersInput{Keys: []string{"2026.1"}})
	require.NoError(t, err)
	require.NotEmpty(t, out.Tally)
	require.Len(t, d.books.orders, 1)
}

func TestDryRun_ASystemThatIsAwayIsNoAnswer(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.tell(sale("2026.1", 1))
	d.books.fails = func(op string) (error, bool) { return fault.New(fault.Unavailable, "away", op), op != "find" }
	_, err := d.dryRun(activities.DryRunOrdersInput{})
	app, f := failure(t, err)
	require.False(t, app.NonRetryable())
	require.Equal(t, "away", f.Code)
}

func TestDryRun_UnderADraftAndUnderAnEarlierVersion(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.tell(sale("2026.1", 1))
	draft := d.draft(strings.Replace(document, "flows: {orders: {", `flows: {orders: {reference_prefix: "DRAFT ", `, 1))
	d.books.versions = nil
	out, err := d.dryRun(activities.DryRunOrdersInput{Ask: activities.Ask{Draft: draft}})
	require.NoError(t, err)
	order := answer[activities.DryRunAnswer](d, out.Results).Orders[0]
	require.Contains(t, order.Writes[1].Fields, activities.ShownField{Field: "COMMENT1", Value: "DRAFT 2026.1"})
	for _, version := range d.books.versions {
		require.Equal(t, 1, version, "systems are opened as the document in force says")
	}
	d.apply(strings.Replace(document, "flows: {orders: {", `flows: {orders: {reference_prefix: "NEW ", `, 1))
	out, err = d.dryRun(activities.DryRunOrdersInput{Ask: activities.Ask{Document: 1}})
	require.NoError(t, err)
	order = answer[activities.DryRunAnswer](d, out.Results).Orders[0]
	require.Contains(t, order.Writes[1].Fields, activities.ShownField{Field: "COMMENT1", Value: "MPLUS 2026.1"})

	for text, code := range map[string]string{
		"integration: shop\nnonsense: 1\n":                                          "document_refused",
		strings.Replace(document, "integration: shop", "integration: elsewhere", 1): "draft_of_another",
	} {
		_, err = d.dryRun(activities.DryRunOrdersInput{Ask: activities.Ask{Draft: d.draft(text)}})
		_, f := failure(t, err)
		require.Equal(t, code, f.Code)
	}
	_, err = d.dryRun(activities.DryRunOrdersInput{Ask: activities.Ask{Document: 9}})
	_, f := failure(t, err)
	require.Equal(t, "no_such_version", f.Code)
}

// draft keeps the text of a draft as who asks does.
func (d *desk) draft(text string) string {
	d.t.Helper()
	ref, err := d.Payloads.Prepare(d.t.Context(), "shop", time.Now())
	require.NoError(d.t, err)
	require.NoError(d.t, d.Payloads.Put(d.t.Context(), d.pool, "shop", ref, []byte(text)))
	return ref.String()
}

func TestDryRun_NamesWhatTheTillDoesNotKnow(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.tell(sale("2026.1", 1))
	out, err := d.dryRun(activities.DryRunOrdersInput{Keys: []string{"2026.1", "2026.9"}})
	require.NoError(t, err)
	require.Equal(t, []string{"2026.9"}, answer[activities.DryRunAnswer](d, out.Results).Unknown)
	require.Contains(t, out.Tally, activities.TallyLine{Entity: "order", Outcome: "unknown", Records: 1})
	require.False(t, out.More)
}

// The order of the steps stands in PushOrder and in the dry run. For the same
// orders both must come to the same.
func TestDryRun_ComesToTheSameAsTheFlowForTheSameOrders(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	noVAT, noCustomer, cancelled := sale("2026.3", 3), sale("2026.4", 4), sale("2026.5", 5)
	noVAT.Lines[0].VATCode = "7"
	noCustomer.Customer = domain.Customer{}
	cancelled.Cancelled = true
	orders := []domain.Order{sale("2026.1", 1), sale("2026.2", 2), noVAT, noCustomer, cancelled}
	d.tell(orders...)
	out, err := d.dryRun(activities.DryRunOrdersInput{})
	require.NoError(t, err)
	_, err = d.pull()
	require.NoError(t, err)
	for i, told := range answer[activities.DryRunAnswer](d, out.Results).Orders {
		outcome, code := d.flow(attempt(orders[i].Number, orders[i].Version.Marker))
		if told.Outcome == activities.OutcomeCreated {
			told.Outcome = activities.OutcomeDelivered
		}
		require.Equal(t, outcome, told.Outcome, told.Number)
		if code != "" {
			require.Equal(t, code, told.Reason.Code, told.Number)
		}
	}
	require.Equal(t, 3, len(d.books.orders))
}

// flow takes an order through the steps as PushOrder does, once.
func (d *desk) flow(a activities.Attempt) (outcome, code string) {
	d.t.Helper()
	parked := func(err error) (string, string) {
		_, f := failure(d.t, err)
		return activities.OutcomeParked, f.Code
	}
	checked, err := d.check(a)
	if err != nil {
		return parked(err)
	}
	if checked.Outcome != "" {
		return checked.Outcome, ""
	}
	customer, err := run[activities.UpsertCustomerResult](d, (&activities.Customers{Desk: d.Desk}).UpsertCustomer, checked.Attempt)
	if err != nil {
		return parked(err)
	}
	address, err := run[activities.EnsureDeliveryAddressResult](d, (&activities.Customers{Desk: d.Desk}).EnsureDeliveryAddress,
		activities.EnsureDeliveryAddressInput{Attempt: checked.Attempt, CustomerNumber: customer.CustomerNumber})
	if err != nil {
		return parked(err)
	}
	if _, err := run[struct{}](d, (&activities.Products{Desk: d.Desk}).VerifyProducts, checked.Attempt); err != nil {
		return parked(err)
	}
	done, err := run[activities.ConfirmOrderResult](d, d.orders().ConfirmOrder, activities.ConfirmOrderInput{
		Attempt: checked.Attempt, CustomerNumber: customer.CustomerNumber, AddressCode: address.AddressCode,
	})
	if err != nil {
		return parked(err)
	}
	return done.Outcome, ""
}
