package activities_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
)

// lists stores the VAT codes of the books as a connection test would.
func (d *desk) lists(codes ...string) {
	d.t.Helper()
	items := []domain.ListedItem{}
	for _, code := range codes {
		items = append(items, domain.ListedItem{Code: code})
	}
	require.NoError(d.t, d.Listings.Put(d.t.Context(), "shop", domain.Listings{domain.ListBooksVATCodes: items}))
}

// warned gives the warnings of one order, by a dry run and by a preview.
func (d *desk) warned(number string) (dry, preview []string) {
	d.t.Helper()
	out, err := d.dryRun(activities.DryRunOrdersInput{Keys: []string{number}})
	require.NoError(d.t, err)
	shown := d.previewOne(activities.PreviewOrdersInput{Keys: []string{number}})
	return answer[activities.DryRunAnswer](d, out.Results).Orders[0].Warnings, shown.Flow.Warnings
}

func TestWarnings_NameWhatTheBooksListLacks(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	order := sale("2026.1", 1)
	second := order.Lines[0]
	second.ID = "2"
	order.Lines = append(order.Lines, second)
	d.tell(order)
	told := []string{"lines 1, 2 VAT_CODE is 1 from lookups.vat_code.rows[0], which is no VAT code of the books by the list last fetched"}

	dry, preview := d.warned("2026.1")
	require.Empty(t, dry, "no list was fetched")
	require.Empty(t, preview)
	d.lists("1", "2")
	dry, preview = d.warned("2026.1")
	require.Empty(t, dry, "the list has it")
	require.Empty(t, preview)
	d.lists("2", "3")
	dry, preview = d.warned("2026.1")
	require.Equal(t, told, dry)
	require.Equal(t, told, preview)

	d.books.orders = []connectors.OrderRecord{{ID: "50001", Reference: "MPLUS 2026.1"}}
	dry, preview = d.warned("2026.1")
	require.Empty(t, dry, "the books have the order: they will be sent nothing")
	require.Empty(t, preview)
}

func TestWarnings_OfAWhatIfCountOrders(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrived(sale("2026.1", 1), sale("2026.2", 2))
	require.Empty(t, d.whatIf(under(d.draft(document))).Warnings)
	d.lists("2")
	require.Equal(t, []activities.WhatIfWarning{{
		Words:  "VAT_CODE is 1 from lookups.vat_code.rows[0], which is no VAT code of the books by the list last fetched",
		Orders: 2, Examples: []string{"2026.1", "2026.2"},
	}}, d.whatIf(under(d.draft(document))).Warnings)
}
