package activities_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

func (d *desk) preview(in activities.PreviewOrdersInput) activities.PreviewAnswer {
	d.t.Helper()
	in.Integration = "shop"
	out, err := run[activities.PreviewOrdersResult](d, d.previews().PreviewOrders, in)
	require.NoError(d.t, err)
	return answer[activities.PreviewAnswer](d, out.Results)
}

func (d *desk) previewOne(in activities.PreviewOrdersInput) activities.PreviewedOrder {
	d.t.Helper()
	got := d.preview(in)
	require.Len(d.t, got.Orders, 1)
	return got.Orders[0]
}

func field(t *testing.T, o activities.PreviewedOrder, entity, name string) activities.PreviewedField {
	t.Helper()
	for _, r := range o.Records {
		for _, f := range r.Fields {
			if f.Entity == entity && f.Field == name {
				return f
			}
		}
	}
	t.Fatalf("no field %s of %s in %+v", name, entity, o.Records)
	return activities.PreviewedField{}
}

func toElsewhere(number string, marker int64) domain.Order {
	o := sale(number, marker)
	o.DeliveryAddress = domain.Address{Name: "Loods", Street: "Kade 1", Postcode: "1234 AB", City: "Ede"}
	return o
}

func TestPreview_ShowsEveryFormOfAnOrderAndWhereEachFieldComesFrom(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.tell(toElsewhere("2026.1", 1))
	_, err := d.pull()
	require.NoError(t, err)
	before, calls := d.kept(), d.books.calls
	got := d.previewOne(activities.PreviewOrdersInput{Keys: []string{"2026.1"}})

	require.Equal(t, "inbox", got.From)
	require.Equal(t, "<order>Jansen</order>", got.Source)
	require.Equal(t, "Jansen", got.Canonical.Customer.Name)
	require.Len(t, got.Records, 3)
	require.Equal(t, "created", got.Flow.Outcome)
	require.True(t, got.VAT.Proved)

	vat := field(t, got, "order_line", "VAT_CODE")
	require.Equal(t, 1, vat.Line)
	require.Equal(t, "1", vat.Value)
	require.Contains(t, vat.Source, "lookup('vat_code', line.vat_key)")
	require.Equal(t, []activities.PreviewedLookup{
		{Table: "vat_rule", Keys: []string{"2", "21", "inclusive", "NL", "consumer"}, Row: -1}, {Table: "vat_code", Keys: []string{"2"}, Row: 0, Value: "1"},
	}, vat.Lookups)
	require.Equal(t, "12.10", field(t, got, "order_line", "ART_PX").Value, "money has two decimals")
	control := field(t, got, "customer", "ACCT_NR")
	require.Equal(t, "on_create", control.Policy)
	require.Equal(t, "1300", control.Value)
	require.False(t, field(t, got, "customer", "TEL_BUS").Given)
	require.Equal(t, "Loods", field(t, got, "delivery_address", "DEL_NAME").Value)
	require.Equal(t, got.Flow.Customer, field(t, got, "order", "RPL_INV").Value)
	require.Equal(t, got.Flow.Address, field(t, got, "order", "DEL_CODE").Value)

	require.Zero(t, d.books.writes)
	require.Equal(t, before, d.kept())
	require.Greater(t, d.books.calls, calls, "the books were looked in")
}

func TestPreview_OfABookedOrderShowsTheNumbersItGotAndWhatTheFlowThinks(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(toElsewhere("2026.1", 1))
	require.NoError(t, d.deliver(attempt("2026.1", 1)))
	got := d.previewOne(activities.PreviewOrdersInput{Last: 1})
	require.Equal(t, "unchanged", got.Flow.Outcome)
	require.Equal(t, d.books.customers[0].Number, field(t, got, "order", "RPL_INV").Value)
	require.Empty(t, got.Flow.Writes)
}

func TestPreview_ReadsFromTheTillWhatIsNotKept(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.tell(sale("2026.1", 1))
	got := d.preview(activities.PreviewOrdersInput{Keys: []string{"2026.1", "2026.9"}})
	require.Equal(t, "till", got.Orders[0].From)
	require.Equal(t, []string{"2026.9"}, got.Unknown)

	_, err := d.pull()
	require.NoError(t, err)
	_, err = d.pool.Exec(t.Context(), "delete from payload where id in (select payload_id from inbox)")
	require.NoError(t, err)
	require.Equal(t, "till", d.previewOne(activities.PreviewOrdersInput{Last: 3}).From)
}

func TestPreview_SaysWhyAnOrderCannotBeMapped(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	order := sale("2026.1", 1)
	order.Lines[0].VATCode = "7"
	d.tell(order)
	got := d.previewOne(activities.PreviewOrdersInput{Keys: []string{"2026.1"}})
	last := got.Records[len(got.Records)-1]
	require.Equal(t, "unmapped_vat_code", last.Reason.Code)
	require.Contains(t, last.Reason.About, "7")
	require.Equal(t, "parked", got.Flow.Outcome)
	require.Equal(t, "ConfirmOrder", got.Flow.Step)
	require.Nil(t, got.VAT)
}

func TestPreview_VATThatDiffersIsSaidInEuros(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	order := sale("2026.1", 1)
	order.VATGroups[0].VAT = order.VATGroups[0].VAT.Add(order.VATGroups[0].VAT)
	d.tell(order)
	got := d.previewOne(activities.PreviewOrdersInput{Keys: []string{"2026.1"}})
	require.False(t, got.VAT.Proved)
	require.Contains(t, got.VAT.Differences[0], "4.20 VAT")
}

func TestPreview_AnOrderThatWasNotUnderstoodIsShownAsItCame(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	bad := connectors.SourceOrder{Raw: []byte("<order>?</order>"), Fault: fault.New(fault.Invalid, "order_not_understood", "")}
	bad.Order.ID, bad.Order.Number, bad.Order.Version.Marker = "id-2026.1", "2026.1", 1
	d.books.pages = []connectors.OrderPage{{Orders: []connectors.SourceOrder{bad}, Marker: 1}}
	got := d.previewOne(activities.PreviewOrdersInput{Keys: []string{"2026.1"}})
	require.Equal(t, "<order>?</order>", got.Source)
	require.Equal(t, "order_not_understood", got.Flow.Reason.Code)
	require.Empty(t, got.Records)
}

func TestPreview_UnderADraft(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.tell(sale("2026.1", 1))
	draft := d.draft(strings.Replace(document, `value: "1"`, `value: "5"`, 1))
	got := d.previewOne(activities.PreviewOrdersInput{Ask: activities.Ask{Draft: draft}, Keys: []string{"2026.1"}})
	require.Equal(t, "5", field(t, got, "order_line", "VAT_CODE").Value)
}
