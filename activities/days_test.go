package activities_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
)

const daysDocument = `
integration: shop
accountview: {base_url: "http://127.0.0.1:1/api/v3", company_id: 7d3f1c52-90ab-4c6e-8f57-2b1e6a0d4c11, client_id: koppel-sandbox, timeout: 1s}
mplus: {base_url: "http://127.0.0.1:2"}
flows: {orders: {settle_time: 150ms, default_debtor: "10000", day_totals: {enabled: true, after: 3h, cash_account: "4990"}}}
lookups: {vat_code: {rows: [{key: "2", value: "1", percent: 21}]}}
`

// gather lets a receipt of the tuesday arrive that was told to count in its day.
func (d *desk) gather(number string, marker, cents int64) {
	d.t.Helper()
	r := sale(number, marker)
	r.Source, r.Branch, r.Customer = domain.SourceReceipt, "1", domain.Customer{}
	r.TotalIncl = domain.Euros(cents)
	r.TotalExcl = r.TotalIncl.Div(decimal.RequireFromString("1.21")).Round(2)
	r.Lines[0].TotalIncl, r.Lines[0].TotalExcl = r.TotalIncl, r.TotalExcl
	r.VATGroups[0].Excl, r.VATGroups[0].VAT = r.TotalExcl, r.TotalIncl.Sub(r.TotalExcl)
	r.Payments = []domain.Payment{{Method: "PIN", Kind: domain.PaymentMoney, Amount: r.TotalIncl}}
	d.arrive(r)
	require.NoError(d.t, db.Q.DayReceiptPut(d.t.Context(), d.pool, store.DayReceiptPutParams{
		Integration: "shop", SourceID: "id-" + number, Branch: "1", Day: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), Marker: marker,
	}))
}

func (d *desk) closeDays() activities.CloseDaysResult {
	d.t.Helper()
	out, err := run[activities.CloseDaysResult](d, (&activities.Days{Desk: d.Desk}).CloseDays, activities.CloseDaysInput{Integration: "shop"})
	require.NoError(d.t, err)
	return out
}

// day reads the total as the inbox holds it.
func (d *desk) day() (kept struct {
	Order domain.Order
	Fault string
}, row store.Inbox,
) {
	d.t.Helper()
	row, err := db.Q.InboxGet(d.t.Context(), d.pool, store.InboxGetParams{Integration: "shop", Entity: "order", SourceID: "day-1-2026-11-24"})
	require.NoError(d.t, err)
	plain, err := d.Payloads.Get(d.t.Context(), "shop", db.PayloadRef{Month: row.PayloadMonth, ID: row.PayloadID})
	require.NoError(d.t, err)
	require.NoError(d.t, json.Unmarshal(plain, &kept))
	return kept, row
}

func newDays(t *testing.T, now string) *desk {
	t.Helper()
	d := newDesk(t)
	d.apply(daysDocument)
	at, err := time.Parse(time.RFC3339, now)
	require.NoError(t, err)
	d.Now = func() time.Time { return at }
	return d
}

func TestCloseDays_ADayIsAddedUpOnceItIsOver(t *testing.T) {
	t.Parallel()
	d := newDays(t, "2026-11-25T01:59:00Z") // 02:59 in Amsterdam
	d.gather("B1-1-2026.1", 1, 1210)
	d.gather("B1-1-2026.2", 2, 242)
	require.Zero(t, d.closeDays().Days, "the day is over at 03:00")
	d.Now = func() time.Time { return time.Date(2026, 11, 25, 2, 0, 0, 0, time.UTC) }
	require.Equal(t, activities.CloseDaysResult{Days: 1, Stored: 1, Waiting: 3, Document: 2}, d.closeDays())
	require.Zero(t, d.closeDays().Days, "running again adds nothing up")
	kept, row := d.day()
	require.Equal(t, "14.52", kept.Order.TotalIncl.StringFixed(2))
	require.Equal(t, "D1.2026-11-24", row.Number)
	require.EqualValues(t, 1452, row.TotalCents)
}

func TestCloseDays_AReceiptThatComesLateMakesAnotherTotalAndTheSameOneNothing(t *testing.T) {
	t.Parallel()
	d := newDays(t, "2026-11-26T12:00:00Z")
	d.gather("B1-1-2026.1", 1, 1210)
	d.closeDays()
	_, first := d.day()
	d.gather("B1-1-2026.2", 2, 121)
	require.Equal(t, 1, d.closeDays().Stored)
	kept, second := d.day()
	require.Equal(t, first.Marker+1, second.Marker, "a newer version of the same sale")
	require.Equal(t, "13.31", kept.Order.TotalIncl.StringFixed(2))
	d.gather("B1-1-2026.2", 3, 121) // touched at the till, and nothing else
	out := d.closeDays()
	require.Equal(t, 1, out.Days)
	require.Zero(t, out.Stored)
}

func TestCloseDays_WhatCannotBeAddedUpIsShownAndAddedUpAgain(t *testing.T) {
	t.Parallel()
	d := newDays(t, "2026-11-26T12:00:00Z")
	day := domain.Date{Year: 2026, Month: 11, Day: 24}
	d.books.counts = []domain.CashCount{{Branch: "1", Date: day}, {Branch: "2", Date: day}}
	d.gather("B1-1-2026.1", 1, 1210)
	require.Equal(t, 1, d.closeDays().Stored)
	kept, _ := d.day()
	require.Equal(t, "day_uncounted", kept.Fault)
	a := activities.Attempt{Integration: "shop", OrderID: "day-1-2026-11-24", Number: "D1.2026-11-24", Marker: 1, Document: 2}
	_, err := d.check(a)
	_, f := failure(t, err)
	require.Equal(t, "day_uncounted", f.Code)
	_, err = run[struct{}](d, d.orders().ParkOrder, activities.ParkOrderInput{Attempt: a, Failure: f})
	require.NoError(t, err)
	require.Zero(t, d.closeDays().Stored, "nothing changed at the till")
	d.books.counts = []domain.CashCount{{Branch: "1", Date: day, Final: true, Differences: []domain.CashDifference{{Method: "PIN", Amount: domain.Euros(-100)}}}}
	require.Equal(t, 1, d.closeDays().Stored)
	kept, _ = d.day()
	require.Empty(t, kept.Fault)
	require.Len(t, kept.Order.Lines, 4)
}

func TestCheckOrder_AReceiptOfADayStaysWithItsDay(t *testing.T) {
	t.Parallel()
	d := newDays(t, "2026-11-26T12:00:00Z")
	text := strings.Replace(daysDocument, "lookups: {", `lookups: {target: {keys: [source, customer], unmapped: default, default: sales_order, rows: [{key: [receipt, none], value: day_total}]}, `, 1)
	d.apply(text)
	r := sale("B1-1-2026.1", 1)
	r.Source, r.Branch, r.Customer = domain.SourceReceipt, "1", domain.Customer{}
	d.arrive(r)
	out, err := d.check(attempt("B1-1-2026.1", 1))
	require.NoError(t, err)
	require.Equal(t, activities.OutcomeGathered, out.Outcome)

	r.Customer, r.Version.Marker = domain.Customer{ID: "77"}, 2 // picked at the till afterwards
	d.arrive(r)
	out, err = d.check(attempt("B1-1-2026.1", 2))
	require.NoError(t, err)
	require.Equal(t, activities.OutcomeGathered, out.Outcome, "booked by itself too, it would count twice")
	require.Equal(t, 1, d.closeDays().Days)
}
