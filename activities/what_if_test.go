package activities_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// november is the month of the sales of these tests.
var november = activities.CompareOrdersInput{
	From: domain.Date{Year: 2026, Month: 11, Day: 1}, Until: domain.Date{Year: 2026, Month: 11, Day: 30},
}

// arrived puts orders into the inbox as if they came in that month.
func (d *desk) arrived(orders ...domain.Order) {
	d.t.Helper()
	for _, o := range orders {
		d.arrive(o)
	}
	_, err := d.pool.Exec(d.t.Context(), "update inbox set arrived_at = '2026-11-24 12:00+00'")
	require.NoError(d.t, err)
}

func (d *desk) compare(in activities.CompareOrdersInput) (activities.CompareOrdersResult, error) {
	d.t.Helper()
	in.Integration = "shop"
	schemas, err := run[activities.ReadSchemasResult](d, d.previews().ReadSchemas, in.Ask)
	require.NoError(d.t, err)
	in.Schemas = schemas.Schemas
	return run[activities.CompareOrdersResult](d, d.previews().CompareOrders, in)
}

func (d *desk) whatIf(in activities.CompareOrdersInput) activities.WhatIfAnswer {
	d.t.Helper()
	out, err := d.compare(in)
	require.NoError(d.t, err)
	require.False(d.t, out.More)
	return answer[activities.WhatIfAnswer](d, out.Results)
}

func under(draft string) activities.CompareOrdersInput {
	in := november
	in.Draft = draft
	return in
}

func TestWhatIf_NothingDiffersUnderTheSameDocument(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrived(sale("2026.1", 1), sale("2026.2", 2))
	got := d.whatIf(under(d.draft(document)))
	require.Equal(t, 2, got.Orders)
	require.Zero(t, got.Differ)
	require.Empty(t, got.Fields)
}

func TestWhatIf_TellsWhichFieldsAndHowManyEurosWouldDiffer(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	other := sale("2026.2", 2)
	other.Customer.ID = ""
	d.arrived(sale("2026.1", 1), other)
	before, calls := d.kept(), d.books.calls
	got := d.whatIf(under(d.draft(strings.NewReplacer(`value: "1"`, `value: "5"`, `default_debtor: "10000"`, `default_debtor: "10009"`).Replace(document))))

	require.Equal(t, 2, got.Differ)
	require.Equal(t, "24.2", got.DifferTotal.String())
	fields := map[string]activities.WhatIfField{}
	for _, f := range got.Fields {
		fields[f.Entity+" "+f.Field] = f
	}
	require.Equal(t, 2, fields["order_line VAT_CODE"].Orders)
	require.Equal(t, "1", *fields["order_line VAT_CODE"].Examples[0].Change.Before)
	require.Equal(t, "5", *fields["order_line VAT_CODE"].Examples[0].Change.After)
	require.Equal(t, "2026.2", fields["order RPL_INV"].Examples[0].Number)
	require.Equal(t, 1, fields["order RPL_INV"].Orders)
	require.Len(t, got.Amounts, 2)
	require.Equal(t, []string{"1", "-20", "-4.2"}, []string{got.Amounts[0].Code, got.Amounts[0].Excl.String(), got.Amounts[0].VAT.String()})
	require.Equal(t, []string{"5", "20", "4.2"}, []string{got.Amounts[1].Code, got.Amounts[1].Excl.String(), got.Amounts[1].VAT.String()})
	require.Equal(t, before, d.kept())
	require.Equal(t, calls, d.books.calls, "no system was asked for a record")
}

func TestWhatIf_ComparesWithTheVersionEachOrderWasBookedUnder(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrived(sale("2026.1", 1), sale("2026.2", 2))
	require.NoError(t, d.deliver(attempt("2026.1", 1)))
	changed := strings.Replace(document, `value: "1"`, `value: "5"`, 1)
	d.apply(changed)
	got := d.whatIf(under(d.draft(changed)))
	require.Equal(t, 2, got.Orders)
	require.Equal(t, 1, got.Differ, "the one that was booked before the change")
	require.Equal(t, "2026.1", got.Fields[0].Examples[0].Number)

	in := november
	in.Document = 1
	got = d.whatIf(in)
	require.Equal(t, 1, got.Differ, "the one that would go under the version in force")
	require.Equal(t, "2026.2", got.Fields[0].Examples[0].Number)
}

func TestWhatIf_TellsWhatWouldBeginAndCeaseToBeStopped(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	unmapped, nobody := sale("2026.2", 2), sale("2026.3", 3)
	unmapped.Lines[0].VATCode, unmapped.VATGroups[0].Code = "7", "7"
	nobody.Customer = domain.Customer{}
	d.arrived(sale("2026.1", 1), unmapped, nobody)
	got := d.whatIf(under(d.draft(strings.NewReplacer(`{key: "2",`, `{key: "7",`, `, default_debtor: "10000"`, "").Replace(document))))
	require.Equal(t, 3, got.Differ)
	parked := map[string][2]int{}
	for _, p := range got.Stopped {
		parked[p.Code] = [2]int{p.Newly, p.NoLonger}
		require.NotEmpty(t, p.Words)
	}
	require.Equal(t, map[string][2]int{"unmapped_vat_code": {1, 1}, "no_customer": {1, 0}}, parked)

	got = d.whatIf(under(d.draft(strings.Replace(document, "flows: {orders: {", `flows: {orders: {filter: "order.number != '2026.1'", `, 1))))
	require.Equal(t, 1, got.Differ)
	require.Equal(t, "filtered", got.Stopped[0].Code)
	require.Equal(t, []string{"2026.1"}, got.Stopped[0].Examples)
}

func TestWhatIf_TakesThePeriodByTheOrdersOwnDateAndCountsWhatIsGone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	earlier, cancelled := sale("2026.1", 1), sale("2026.2", 2)
	earlier.Date.Month = 10
	cancelled.Cancelled = true
	d.arrived(earlier, cancelled, sale("2026.3", 3), sale("2026.4", 4))
	bad := connectors.SourceOrder{Fault: fault.New(fault.Invalid, "order_not_understood", "")}
	bad.Order.ID, bad.Order.Number, bad.Order.Version.Marker = "id-2026.5", "2026.5", 5
	d.books.pages = append(d.books.pages, connectors.OrderPage{Orders: []connectors.SourceOrder{bad}, Marker: 5})
	_, err := d.pull()
	require.NoError(t, err)
	_, err = d.pool.Exec(t.Context(), "delete from payload where id = (select payload_id from inbox where number = '2026.4')")
	require.NoError(t, err)
	got := d.whatIf(under(d.draft(document)))
	require.Equal(t, []int{1, 1, 1, 1}, []int{got.Orders, got.Cancelled, got.Gone, got.Unread})
}

func TestWhatIf_GoesOnAfterThePageBefore(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	const many = 501
	page := connectors.OrderPage{}
	for i := range many {
		o := sale(fmt.Sprint("2026.", i), int64(i+1))
		page.Orders, page.Marker = append(page.Orders, connectors.SourceOrder{Order: o}), int64(i+1)
	}
	d.books.pages = append(d.books.pages, page)
	_, err := d.pull()
	require.NoError(t, err)
	in := under(d.draft(strings.Replace(document, `value: "1"`, `value: "5"`, 1)))
	first, err := d.compare(in)
	require.NoError(t, err)
	require.True(t, first.More)
	require.Empty(t, first.Results)
	require.Equal(t, 500, first.Seen)
	in.State, in.After, in.AfterID = first.State, first.After, first.AfterID
	got := d.whatIf(in)
	require.Equal(t, many, got.Orders, "all arrived in one moment, and each is counted once")
	require.Equal(t, many, got.Fields[0].Orders)
	examples := []string{}
	for _, e := range got.Fields[0].Examples {
		examples = append(examples, e.Number)
	}
	require.Equal(t, []string{"2026.0", "2026.1", "2026.2", "2026.3", "2026.4"}, examples, "of all pages, the first as people count")
}

// An order that changes at the till while pages are gone through arrives anew.
func TestWhatIf_CountsAnOrderOnceThatChangesMeanwhile(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	const many = 501
	page := connectors.OrderPage{}
	for i := range many {
		o := sale(fmt.Sprint("2026.", i), int64(i+1))
		page.Orders, page.Marker = append(page.Orders, connectors.SourceOrder{Order: o}), int64(i+1)
	}
	d.books.pages = append(d.books.pages, page)
	_, err := d.pull()
	require.NoError(t, err)
	_, err = d.pool.Exec(t.Context(), "update inbox set arrived_at = now() - interval '1 day' + marker * interval '1 second'")
	require.NoError(t, err)
	in := under(d.draft(strings.Replace(document, `value: "1"`, `value: "5"`, 1)))
	first, err := d.compare(in)
	require.NoError(t, err)
	_, err = d.pool.Exec(t.Context(), "update inbox set arrived_at = now() where number in ('2026.0', '2026.100', '2026.500')")
	require.NoError(t, err)
	in.State, in.After, in.AfterID = first.State, first.After, first.AfterID
	got := d.whatIf(in)
	require.Equal(t, []int{many, many}, []int{got.Orders, got.Differ})

	in.After = time.Now() // an earlier build was half-way when this one took over
	first, err = d.compare(in)
	require.NoError(t, err)
	require.Equal(t, 500, first.Seen, "it is begun anew")
	in.State, in.After, in.AfterID = first.State, first.After, first.AfterID
	require.Equal(t, many, d.whatIf(in).Orders)
}

func TestWhatIf_ADraftThatIsRefusedComparesNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ask := activities.Ask{Integration: "shop", Draft: d.draft("integration: shop\n")}
	_, err := run[activities.ReadSchemasResult](d, d.previews().ReadSchemas, ask)
	app, f := failure(t, err)
	require.True(t, app.NonRetryable())
	require.Equal(t, "document_refused", f.Code)
	require.NotEmpty(t, f.Words, "every problem is kept for who asked")
}
