package main

import (
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/server/api"
)

func TestSideBySide_KeepsColumnsApartAndLosesNothing(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	long := strings.Repeat("x", columnWidth) + "rest"
	sideBySide(&out, column{"LEFT", []string{long, "a\x1b[31mb"}}, column{"RIGHT", []string{"1"}})
	rows := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	require.Len(t, rows, 4)
	require.Equal(t, "LEFT"+strings.Repeat(" ", columnWidth-4)+" | RIGHT", rows[0])
	require.Equal(t, strings.Repeat("x", columnWidth)+" | 1", rows[1])
	require.Equal(t, "  rest", rows[2])
	require.NotContains(t, out.String(), "\x1b", "what came from outside moves no cursor")
}

func TestSideBySide_BreaksAtTagsAndWords(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{
		"    <description>Olijfolie extra vergine uit Kreta ",
		"      0,75 liter in blik</description>",
		"<aVeryLongNameOfAnElement>aVeryLongTextOfIt",
		"  </aVeryLongNameOfAnElement>",
	}, wrapped([]string{
		"    <description>Olijfolie extra vergine uit Kreta 0,75 liter in blik</description>",
		"<aVeryLongNameOfAnElement>aVeryLongTextOfIt</aVeryLongNameOfAnElement>",
	}))
}

func TestCanonical_NamesValuesAsExpressionsDo(t *testing.T) {
	t.Parallel()
	d := decimal.RequireFromString
	order := domain.Order{ID: "17", Number: "2026.1", Date: domain.Date{Year: 2026, Month: 1, Day: 2}, TotalIncl: d("12.1"), Cancelled: true}
	order.Version.Marker = 5
	order.Customer.Name, order.Customer.Address = "Jansen", domain.Address{Name: "Loods", City: "Ede"}
	order.Customer.Custom = map[string]string{"soort": "a"}
	order.DeliveryAddress.Postcode = "1234 AB"
	order.Lines = []domain.OrderLine{
		{SKU: "1001", Quantity: d("1.5"), TotalIncl: d("12.1"), UnitPriceIncl: d("8.0667"), VATPercent: d("21")},
		{Text: "Veel plezier"},
		{SKU: "1002", Quantity: d("1"), TotalIncl: d("0.00")},
	}
	order.VATGroups = []domain.VATGroup{{Code: "2", Percent: d("5.5"), Excl: d("10"), VAT: d("2.1")}}
	require.Equal(t, []string{
		"order.id: 17", "order.number: 2026.1", "version marker: 5", "order.date: 2026-01-02", "cancelled: true",
		"order.delivery_address.postcode: 1234 AB", "order.total_incl: 12.10",
		"customer.name: Jansen", "customer address name: Loods", "customer.city: Ede", "customer.custom['soort']: a",
		"line 1 sku: 1001", "line 1 quantity: 1.5", "line 1 unit_price_incl: 8.0667", "line 1 total_incl: 12.10", "line 1 vat_percent: 21",
		"other line text: Veel plezier", "line 2 sku: 1002", "line 2 quantity: 1",
		"VAT group 2 percent: 5.5", "VAT group 2 excl: 10.00", "VAT group 2 vat: 2.10",
	}, canonical(order))
}

func TestShowDryRun_SaysOfEachOrderWhatWouldHappenAndAddsUp(t *testing.T) {
	t.Parallel()
	was, becomes, empty := "old", "new", ""
	order := func(number, outcome string) activities.RehearsedOrder {
		return activities.RehearsedOrder{Number: number, Outcome: outcome, Total: decimal.NewFromInt(10), Step: "VerifyProducts", TargetID: "50001", Customer: "NEW-1"}
	}
	created, parked := order("2026.1", "created"), order("2026.2", "parked")
	created.Writes = []activities.ShownWrite{
		{Entity: "customer", Action: "update", Number: "10001", Changes: []activities.ShownChange{{Field: "CITY", Before: &was, After: &becomes}, {Field: "X", After: &becomes}, {Field: "Y", Before: &empty, After: &becomes}}},
		{Entity: "order", Action: "create", Number: "NEW-2", Fields: []activities.ShownField{{Field: "COMMENT1", Value: "MPLUS 2026.1"}}, Lines: [][]activities.ShownField{{{Field: "ART_CODE", Value: "1001"}}}},
	}
	parked.Reason = &activities.ShownReason{Code: "product_missing", About: "1001", Words: "Words.", Details: "one\ntwo", Fix: "Fix."}
	var out strings.Builder
	require.NoError(t, showDryRun(&out, activities.DryRunAnswer{Orders: []activities.RehearsedOrder{
		created, parked, order("2026.3", "adopted"), order("2026.4", "unchanged"), order("2026.5", "skipped"), order("2026.6", "waits"),
	}, Unknown: []string{"2026.9"}}))
	for _, told := range []string{
		"2026.1  EUR 10.00  would be created for debtor NEW-1\n  update customer 10001\n    CITY: old -> new\n    X: (nothing) -> new\n    Y: (empty) -> new\n",
		"    COMMENT1 = MPLUS 2026.1\n    line 1: ART_CODE = 1001\n",
		"would be parked at VerifyProducts\n  product_missing: Words. (1001)\n  one\n  two\n  Fix.\n",
		"as 50001: it would be linked", "nothing changed that concerns them", "would be skipped", "the flow is at work on it",
		"2026.9  not known to the till", "6 orders; nothing was written", "created       1  EUR 10.00",
	} {
		require.Contains(t, out.String(), told)
	}
}

func TestShowWhatIf_SaysFieldsEurosAndReasons(t *testing.T) {
	t.Parallel()
	one, five := "1", "5"
	var out strings.Builder
	require.NoError(t, showWhatIf(&out, activities.WhatIfAnswer{
		From: "2026-01-01", Until: "2026-01-31", Orders: 10, Differ: 2, DifferTotal: decimal.RequireFromString("24.2"), Gone: 3,
		Fields: []activities.WhatIfField{{Entity: "order_line", Field: "VAT_CODE", Orders: 2, Examples: []activities.WhatIfExample{
			{Number: "2026.1", Change: activities.ShownChange{Before: &one, After: &five}},
		}}},
		Amounts: []activities.WhatIfAmount{{Code: "5", Orders: 2, Excl: decimal.NewFromInt(20), VAT: decimal.RequireFromString("4.2")}, {Code: "1", Orders: 2, Excl: decimal.NewFromInt(-20)}},
		Stopped: []activities.WhatIfStopped{{Code: "no_customer", Words: "Words.", Newly: 1, Examples: []string{"2026.3"}}},
	}))
	for _, told := range []string{
		"2 of 10 orders would differ, EUR 24.20 in all", "not compared: 3 are no longer kept", "order line VAT_CODE: 2 orders\n  2026.1: 1 -> 5",
		"VAT code 5 of the books: +20.00 EUR excl. VAT, +4.20 EUR VAT in 2 orders", "-20.00 EUR excl. VAT", "no_customer: 1 more would not reach the books, 0 fewer (2026.3)",
	} {
		require.Contains(t, out.String(), told)
	}
}

func TestShowPreview_TellsWhereEachFieldComesFrom(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	require.NoError(t, showPreview(&out, activities.PreviewAnswer{Orders: []activities.PreviewedOrder{{
		From: "inbox", Source: "<order>\n  <number>1</number>\n</order>", Canonical: domain.Order{Number: "2026.1"},
		Records: []activities.PreviewedRecord{{Entity: "order", Fields: []activities.PreviewedField{
			{Entity: "order_line", Line: 1, Field: "VAT_CODE", Given: true, Value: "5", Row: 3, Source: "lookup('vat_code', line.vat_key)", Policy: "always", Lookups: []activities.PreviewedLookup{{Table: "vat_code", Keys: []string{"2"}, Row: 1, Value: "5"}}},
			{Entity: "order", Field: "DEL_CODE", Row: 5, Source: "address_code", Policy: "always", Lookups: []activities.PreviewedLookup{{Table: "x", Row: -1}, {Table: "y", Row: -2}}},
		}, Reason: &activities.ShownReason{Words: "No row.", Fix: "Add it."}}},
		VAT: &activities.PreviewedVAT{Differences: []string{"VAT code 2: off"}}, Flow: activities.RehearsedOrder{Number: "2026.1", Outcome: "created", Customer: "NEW-1"},
	}}, Unknown: []string{"2026.9"}}))
	for _, told := range []string{
		"Order 2026.1, as it arrived", "SOURCE", "CANONICAL", "TARGET", "line 1 VAT_CODE = 5", "mapping.order_line[3]", "lookup('vat_code', line.vat_key)",
		"lookups.vat_code.rows[1]: 2 -> 5", "(not sent)", "lookups.x default", "lookups.y: no code", "cannot be mapped: No row.", "would not agree with the till\n  VAT code 2: off",
		"The flow: would be created for debtor NEW-1", "2026.9: neither arrived nor known to the till",
	} {
		require.Contains(t, out.String(), told)
	}
}

func TestWarnings_StandInTheAnswersOfApply(t *testing.T) {
	t.Parallel()
	const line = "warning: lookups.vat_code: 1 row has a value that the other system does not know: 5\n"
	warnings := []string{"lookups.vat_code: 1 row has a value that the other system does not know: 5"}
	var out strings.Builder
	require.NoError(t, tell(&out, api.Applied{Integration: "shop", Version: 2, Made: true, Warnings: warnings}))
	require.Equal(t, "shop: version 2 is in force\n"+line, out.String())
	out.Reset()
	showChecked(&out, api.Checked{Integration: "shop", InForce: 2, Before: []byte("another"), Warnings: warnings})
	require.Equal(t, "shop: nothing is wrong; it would be version 3\n"+line, out.String())
	out.Reset()
	showVerdict(&out, activities.RehearsedOrder{Outcome: activities.OutcomeCreated, Customer: "10001", Warnings: []string{"a\x1bb"}})
	require.Equal(t, "would be created for debtor 10001\n  warning: a b\n", out.String())
	out.Reset()
	require.NoError(t, showWhatIf(&out, activities.WhatIfAnswer{Warnings: []activities.WhatIfWarning{{Words: "VAT_CODE is 5", Orders: 2, Examples: []string{"2026.1"}}}}))
	require.Contains(t, out.String(), "warning, in 2 orders (2026.1): VAT_CODE is 5\n")
}

func TestDayGiven_SaysHowADayIsWritten(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"31-01-2026", "2026-13-01", ""} {
		_, err := dayGiven("--from", text)
		require.EqualError(t, err, "--from: a day is written as 2026-01-31", text)
	}
	day, err := dayGiven("--from", "2026-01-31")
	require.NoError(t, err)
	require.Equal(t, "2026-01-31", day.String())
}

func TestShowLists_SaysWhatThereIsAndHowLongAFieldIs(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	require.NoError(t, showListAges(&out, []db.ListingAge{{Kind: domain.ListBooksFields, Items: 412, FetchedAt: time.Date(2026, 7, 1, 10, 0, 0, 0, time.UTC)}}))
	require.Regexp(t, `accountview.fields +412 +2026-07-01 12:00:00 CEST`, out.String())
	require.Regexp(t, `mplus.branches +- +not yet`, out.String())
	out.Reset()
	require.NoError(t, showList(&out, []domain.ListedItem{{Code: "SO_HDR.COMMENT2", Name: "Opmerking", Detail: "text, 40 characters"}, {Code: "x", Inactive: true}}))
	require.Regexp(t, `SO_HDR.COMMENT2 +Opmerking +text, 40 characters +yes`, out.String())
	require.Regexp(t, `x +no`, out.String())
}

func TestMany_CountsAsPeopleSayIt(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{"0 orders", "1 order", "2 orders"}, []string{many(0, "order", "orders"), many(1, "order", "orders"), many(2, "order", "orders")})
}

func TestVerdict_HasWordsForEachWayToEnd(t *testing.T) {
	t.Parallel()
	for outcome, want := range map[string]string{
		activities.OutcomeUpdated: "would be changed", activities.OutcomeCountered: "would be taken back", activities.OutcomeGathered: "the total of its day",
	} {
		var out strings.Builder
		showVerdict(&out, activities.RehearsedOrder{
			Outcome: outcome, TargetID: "50001", Decisions: []domain.Decision{{Code: domain.DecidedTarget, About: "journal (lookups.target, row 2)"}},
		})
		require.Contains(t, out.String(), want)
		require.NotContains(t, out.String(), "parked")
		require.Contains(t, out.String(), "What it becomes in the books: journal (lookups.target, row 2)")
	}
}
