package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/settings"
)

// A person edits a parked sale on the command line: a fix that would not do
// changes nothing, one that does lets the order pass, once.
func TestParkedFix_AnEditedSalePassesAndARowServesAllThatWaitForIt(t *testing.T) {
	b := setup(t, withDocument(func(d *settings.Document) {
		table := d.Lookups["vat_code"]
		table.Rows = table.Rows[1:] // nothing for the low rate
		d.Lookups["vat_code"] = table
	}))
	b.newTillArticle(990017) // the books do not have it
	missing := b.ringUp(sale{RelationNumber: knownCustomer, Lines: []saleLine{{Article: 990017, Quantity: "1"}}})
	b.awaitParked("product_missing", missing.Number)

	edited := b.types(typed{line: "parked show " + missing.Number + " --payload -i"})
	require.Contains(t, edited, "990017")
	b.types(typed{
		line: "parked fix " + missing.Number + " --payload - -i", input: strings.Replace(edited, `"Number": "`, `"Number": "9`, 1), refused: true,
		says: []string{"fix_changes_identity"},
	})
	b.types(typed{line: "parked fix " + missing.Number + " --payload - -i", input: edited, refused: true, says: []string{"product_missing"}})
	require.Empty(t, b.bookedOf(missing))
	b.types(typed{
		line: "parked fix " + missing.Number + " --payload - -i", input: strings.ReplaceAll(edited, "990017", "100101"),
		says: []string{"the edited sale took effect"},
	})
	b.awaitDelivered(missing)
	require.Equal(t, "100101", b.bookedOf(missing)[0].Lines[0].Article)
	b.types(typed{line: "timeline " + missing.Number + " -i", says: []string{"fixed", "sale_edited", "delivered"}})

	first := b.ringUp(sale{RelationNumber: knownCustomer, Lines: []saleLine{{Article: 101401, Quantity: "1"}}})
	second := b.ringUp(sale{RelationNumber: knownCustomer, Lines: []saleLine{{Article: 101401, Quantity: "2"}}})
	b.awaitParked("unmapped_vat_code", first.Number)
	b.awaitParked("unmapped_vat_code", second.Number)
	b.types(typed{line: "parked fix " + first.Number + " --lookup vat_code --key 1 --value 1 --percent 21 -i", refused: true, says: []string{"vat_differs"}})
	b.types(typed{
		line: "parked fix " + first.Number + " --lookup vat_code --key 1 --value 2 --percent 9 --note low -i",
		says: []string{`the row is version \d+ of the document`},
	})
	b.awaitDelivered(first, second) // nobody named the second
	require.Empty(t, b.parked())
}

// awaitParked waits until an order waits for a person, for this reason.
func (b *bundle) awaitParked(code, number string) {
	b.t.Helper()
	eventually(b.t, func() string {
		if now := codes(b.parked()); !slices.Contains(now, number+" "+code) {
			return fmt.Sprintf("%s is not parked for %s: %v", number, code, now)
		}
		return ""
	})
}
