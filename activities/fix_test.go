package activities_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/settings"
)

// fix stores a fix for a version of an order and has it checked.
func (d *desk) fix(number string, marker int64, kind string, content any) (string, activities.CheckFixResult, error) {
	d.t.Helper()
	text, err := json.Marshal(content)
	require.NoError(d.t, err)
	id, err := d.fixes().Put(d.t.Context(), store.FixPutParams{
		Integration: "shop", Entity: "order", SourceID: "id-" + number, Number: number, Kind: kind, Marker: marker, Author: "jan",
	}, text)
	require.NoError(d.t, err)
	out, err := d.checkFix(number, marker, id.String())
	return id.String(), out, err
}

func (d *desk) checkFix(number string, marker int64, id string) (activities.CheckFixResult, error) {
	orders := d.orders()
	orders.Rows = rows{d}
	return run[activities.CheckFixResult](d, orders.CheckFix, activities.CheckFixInput{Attempt: attempt(number, marker), FixID: id})
}

func (d *desk) fixes() db.Fixes { return db.Fixes{DB: d.pool, Box: d.Payloads.Box} }

// rows puts documents in force as package app does, without its checks of lists.
type rows struct{ *desk }

func (r rows) WithRow(ctx context.Context, integration string, fix activities.RowFix) ([]byte, int, error) {
	inForce, err := db.Documents{DB: r.pool}.Current(ctx, integration)
	if err != nil {
		return nil, 0, err
	}
	text, err := db.Documents{DB: r.pool}.Get(ctx, integration, inForce)
	if err != nil {
		return nil, 0, err
	}
	doc, err := settings.Parse(text)
	if err != nil {
		return nil, 0, err
	}
	table := doc.Lookups[fix.Table]
	table.Rows = append(table.Rows, fix.Row)
	doc.Lookups[fix.Table] = table
	whole, err := settings.Marshal(doc)
	if err != nil {
		return nil, 0, err
	}
	_, err = settings.Parse(whole)
	return whole, inForce, err
}

func (r rows) AddRow(ctx context.Context, integration string, fix activities.RowFix, _ int, author string) (int, error) {
	text, _, err := r.WithRow(ctx, integration, fix)
	if err != nil {
		return 0, err
	}
	return db.Documents{DB: r.pool}.Put(ctx, integration, text, author, fix.Note)
}

// differing is a sale whose VAT groups are a cent off.
func differing(number string, marker int64) domain.Order {
	order := sale(number, marker)
	order.VATGroups[0].Excl, order.VATGroups[0].VAT = decimal.RequireFromString("9.99"), decimal.RequireFromString("2.11")
	return order
}

func TestCheckFix_AnEditedSaleTakesTheTillsPlaceAndIsWritten(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(differing("2026.1", 1))
	_, err := d.confirm(attempt("2026.1", 1))
	_, f := failure(t, err)
	require.Equal(t, "vat_differs", f.Code)
	require.Zero(t, d.books.writes)

	edited := sale("2026.1", 1)
	edited.Customer.Name = "De Vries"
	id, out, err := d.fix("2026.1", 1, db.FixPayload, edited)
	require.NoError(t, err)
	require.Equal(t, activities.CheckFixResult{Kind: "payload"}, out)
	require.Zero(t, d.books.writes, "checking writes nothing to the books")
	require.Equal(t, []string{"fixed sale_edited"}, d.timeline("2026.1"))

	var by, stored string
	require.NoError(t, d.pool.QueryRow(t.Context(), "select edited_by::text, (select state from fix where id = edited_by and sealed = '') from inbox").Scan(&by, &stored))
	require.Equal(t, id, by)
	require.Equal(t, "accepted", stored, "nothing is left of what it held")

	again, err := d.checkFix("2026.1", 1, id)
	require.NoError(t, err)
	require.Equal(t, out, again)
	require.Equal(t, []string{"fixed sale_edited"}, d.timeline("2026.1"), "one fix takes effect once")

	_, err = d.confirm(attempt("2026.1", 1))
	require.NoError(t, err)
	require.Len(t, d.books.orders, 1)
}

func TestCheckFix_ANewerVersionOfTheTillWinsOverAnEdit(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(differing("2026.1", 1))
	_, _, err := d.fix("2026.1", 1, db.FixPayload, sale("2026.1", 1))
	require.NoError(t, err)
	d.arrive(differing("2026.1", 2))
	var edits int
	require.NoError(t, d.pool.QueryRow(t.Context(), "select count(*) from inbox where edited_by is not null").Scan(&edits))
	require.Zero(t, edits)

	_, _, err = d.fix("2026.1", 1, db.FixPayload, sale("2026.1", 1)) // made from the version of before
	_, f := failure(t, err)
	require.Equal(t, "fix_outdated", f.Code)
}

func TestCheckFix_ARefusedEditChangesNothing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		edit    func(o *domain.Order)
		prepare func(d *desk)
		code    string
	}{
		"another total":  {edit: func(o *domain.Order) { o.TotalIncl = decimal.RequireFromString("12.11") }, code: "fix_changes_total"},
		"another sale":   {edit: func(o *domain.Order) { o.Number = "2026.2" }, code: "fix_changes_identity"},
		"groups are off": {edit: func(o *domain.Order) { o.VATGroups[0].VAT = decimal.RequireFromString("2.09") }, code: "fix_groups_differ"},
		"cannot be proved": {edit: func(o *domain.Order) {
			o.VATGroups[0].Excl, o.VATGroups[0].VAT = decimal.RequireFromString("10.01"), decimal.RequireFromString("2.09")
			o.TotalExcl = decimal.RequireFromString("10.01")
		}, code: "vat_differs"},
		"a code without a row": {edit: func(o *domain.Order) { o.Lines[0].VATCode, o.VATGroups[0].Code = "9", "9" }, code: "unmapped_vat_code"},
		"an article is missing": {
			edit: func(*domain.Order) {}, prepare: func(d *desk) { d.books.missing = []string{"1001"} }, code: "product_missing",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.arrive(differing("2026.1", 1))
			edited := sale("2026.1", 1)
			c.edit(&edited)
			if c.prepare != nil {
				c.prepare(d)
			}
			before := d.payloadID("2026.1")
			id, _, err := d.fix("2026.1", 1, db.FixPayload, edited)
			_, f := failure(t, err)
			require.Equal(t, c.code, f.Code)
			require.Equal(t, before, d.payloadID("2026.1"))
			require.Empty(t, d.timeline("2026.1"))
			kept, err := d.fixes().Get(t.Context(), "shop", id)
			require.NoError(t, err)
			require.Equal(t, "refused", kept.State)
			require.Equal(t, c.code, kept.Code)
		})
	}
}

func (d *desk) payloadID(number string) string {
	d.t.Helper()
	var id string
	require.NoError(d.t, d.pool.QueryRow(d.t.Context(), "select payload_id::text from inbox where number = $1", number).Scan(&id))
	return id
}

func TestCheckFix_WhatIsNoSaleOrNoFixIsRefusedWithoutItsWords(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(sale("2026.1", 1))
	d.arrive(sale("2026.2", 2))
	_, _, err := d.fix("2026.1", 1, db.FixPayload, map[string]string{"Jansen": "typed"})
	_, f := failure(t, err)
	require.Equal(t, "fix_not_understood", f.Code)
	require.NotEmpty(t, f.Words, "what is wrong with it is kept, sealed")

	id, _, err := d.fix("2026.2", 2, db.FixPayload, sale("2026.2", 2))
	require.NoError(t, err)
	for _, other := range []string{id, "01a210fa-9033-7af2-ad1f-1bd1eb26acc6", "nonsense"} {
		_, err = d.checkFix("2026.1", 1, other)
		_, f = failure(t, err)
		require.Equal(t, "fix_unknown", f.Code, "a fix is of one order")
	}
}

func TestCheckFix_ARowBecomesAVersionWhenTheOrderGetsPastIt(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	order := sale("2026.1", 1)
	order.Lines[0].VATCode, order.VATGroups[0].Code = "9", "9"
	d.arrive(order)
	_, err := d.confirm(attempt("2026.1", 1))
	_, f := failure(t, err)
	require.Equal(t, "unmapped_vat_code", f.Code)
	require.Equal(t, []string{string(domain.WaitForRow("vat_code", domain.LookupKey{"9"}))}, f.Awaits)
	d.parkAgain("2026.1", 1, 1, f)

	percent := decimal.NewFromInt(21)
	row := func(key, value string) activities.RowFix {
		return activities.RowFix{Table: "vat_code", Row: domain.LookupRow{Key: domain.LookupKey{key}, Value: value, Percent: &percent}, Note: "for 2026.1"}
	}
	_, _, err = d.fix("2026.1", 1, db.FixLookup, row("8", "1"))
	_, f = failure(t, err)
	require.Equal(t, "unmapped_vat_code", f.Code, "the row does not help this order")
	_, _, err = d.fix("2026.1", 1, db.FixLookup, row("2", "1"))
	_, f = failure(t, err)
	require.Equal(t, "fix_refused_by_document", f.Code, "the row is there already")
	require.Equal(t, 1, d.version())

	_, out, err := d.fix("2026.1", 1, db.FixLookup, row("9", "1"))
	require.NoError(t, err)
	require.Equal(t, activities.CheckFixResult{Kind: "lookup", Document: 2}, out)
	require.Equal(t, 2, d.version())
	require.Equal(t, []string{"parked unmapped_vat_code", "fixed row_added"}, d.timeline("2026.1"))
	a := attempt("2026.1", 1)
	a.Document = 2
	_, err = d.confirm(a)
	require.NoError(t, err)
}

func TestCheckFix_ABrokenBooksRefusesNothingForGood(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(differing("2026.1", 1))
	d.books.fails = func(string) (error, bool) { return fault.New(fault.Unavailable, "connection_refused", "read"), false }
	id, _, err := d.fix("2026.1", 1, db.FixPayload, sale("2026.1", 1))
	require.Error(t, err)
	d.books.fails = nil
	_, err = d.checkFix("2026.1", 1, id)
	require.NoError(t, err)
}

func TestForgetRecords_ForgetsFixesWithThePayloadsAndDecisionsWithTheRecords(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(differing("2026.1", 1))
	_, _, err := d.fix("2026.1", 1, db.FixPayload, map[string]string{})
	require.Error(t, err)
	require.NoError(t, db.Q.InterventionPut(t.Context(), d.pool, store.InterventionPutParams{Integration: "shop", Entity: "order", SourceID: "id-2026.1", Action: "skip", Who: "jan"}))
	_, err = d.pool.Exec(t.Context(), "update fix set made_at = now() - interval '300 days'; update intervention set at = now() - interval '3000 days'")
	require.NoError(t, err)
	out, err := run[activities.ForgetRecordsResult](d, d.housekeeping().ForgetRecords, activities.ForgetRecordsInput{Integration: "shop", Before: d.keep().Before})
	require.NoError(t, err)
	require.Equal(t, 1, out.Fixes)
	require.Equal(t, 1, out.Interventions)
}

func (d *desk) version() int {
	d.t.Helper()
	version, err := db.Documents{DB: d.pool}.Current(d.t.Context(), "shop")
	require.NoError(d.t, err)
	return version
}
