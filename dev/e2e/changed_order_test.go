package e2e

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/dev/outside"
	"github.com/koppel/koppel/dev/stack"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
)

func TestOrderChanged_BeforeItIsWritten_ArrivesInItsLastVersion(t *testing.T) {
	b := setup(t)
	b.line.cut()
	order := b.ringUp(oneLadle(knownCustomer))
	b.awaitAttempts(order, 1) // its workflow is at work, under the first version
	b.change(order, of(ladle, "3"), of(pan, "1"))
	eventually(t, func() string {
		if versions := b.count("select count(*) from payload"); versions < 2 {
			return fmt.Sprintf("%d versions arrived", versions)
		}
		return ""
	})
	b.line.mend()
	b.awaitDelivered(order)
	lines := b.bookedOf(order)[0].Lines
	require.Len(t, lines, 2)
	require.Equal(t, "3", lines[0].Quantity.String())
	require.Equal(t, fmt.Sprint(pan), lines[1].Article)
	require.Zero(t, b.everParked())
}

// papersOf are the documents of an order in the books: what stands under its
// reference and those made of it, with article and quantity of each line.
func (b *bundle) papersOf(order saved) map[string]string {
	b.t.Helper()
	papers := map[string]string{}
	for _, o := range b.booked() {
		mark, ours := strings.CutPrefix(o.Reference, "MPLUS "+order.Number)
		if !ours {
			continue
		}
		var lines []string
		for _, l := range o.Lines {
			lines = append(lines, l.Quantity.String()+"x"+l.Article)
		}
		require.NotContains(b.t, papers, mark, "one document for each reference")
		papers[strings.TrimSpace(mark)] = strings.Join(lines, " ")
	}
	return papers
}

func (b *bundle) awaitPapers(order saved, want map[string]string) {
	b.t.Helper()
	eventually(b.t, func() string {
		if have := b.papersOf(order); !maps.Equal(have, want) {
			return fmt.Sprintf("the books hold %v; parked: %v", have, codes(b.parked()))
		}
		if open := b.count("select count(*) from inbox where finished_marker < marker and number = $1", order.Number); open > 0 {
			return "the order is still under way"
		}
		return ""
	})
}

func TestOrderChanged_AfterBooking_IsTakenBackAndBookedAnewEachTime(t *testing.T) {
	b := setup(t)
	order := b.ringUp(oneLadle(knownCustomer))
	b.awaitDelivered(order)
	want := map[string]string{"": fmt.Sprint("1x", ladle)}
	for i, lines := range [][]saleLine{{of(ladle, "5")}, {of(ladle, "2"), of(pan, "1")}, {of(pan, "3")}} {
		was := want[[]string{"", "V2", "V3"}[i]]
		b.change(order, lines...)
		var back, now []string
		for _, l := range strings.Fields(was) {
			back = append(back, "-"+l)
		}
		for _, l := range lines {
			now = append(now, fmt.Sprintf("%sx%d", l.Quantity, l.Article))
		}
		want[fmt.Sprint("C", i+1)], want[fmt.Sprint("V", i+2)] = strings.Join(back, " "), strings.Join(now, " ")
		b.awaitPapers(order, want)
	}
	require.Zero(t, b.everParked())
	require.Equal(t, []string{"delivered", "countered", "delivered", "countered", "delivered", "countered", "delivered"}, b.outcomes(order.Number))
}

func TestOrderChanged_ItsDeliveryDate_ChangesTheOrderInTheBooks(t *testing.T) {
	b := setup(t)
	b.books.post("/_sandbox/options", map[string]string{"order_updates": "on"}, nil)
	order := b.ringUp(oneLadle(knownCustomer))
	b.awaitDelivered(order)
	booked := b.bookedOf(order)
	b.till.put("/_sandbox/orders/"+order.OrderID, sale{DeliveryDate: "2026-12-24"}, nil)
	eventually(t, func() string {
		if outcomes := b.outcomes(order.Number); outcomes[len(outcomes)-1] != "updated" {
			return fmt.Sprint(outcomes, codes(b.parked()))
		}
		return ""
	})
	require.Equal(t, booked, b.bookedOf(order), "the lines and the number are as they were")
	rows, err := b.Shop().Books().Rows(t.Context(), "SO1")
	require.NoError(t, err)
	dates := map[any]any{}
	for _, row := range rows["SO_HDR"] {
		dates[row["ORD_NR"]] = row["DEL_DATE"]
	}
	require.Contains(t, fmt.Sprint(dates[booked[0].Number]), "2026-12-24")
}

func TestOrderCancelled_AfterBooking_IsTakenBack(t *testing.T) {
	b := setup(t)
	order := b.ringUp(oneLadle(knownCustomer))
	b.awaitDelivered(order)
	require.NoError(t, b.Shop().Till().Cancel(t.Context(), order.OrderID))
	b.awaitPapers(order, map[string]string{"": fmt.Sprint("1x", ladle), "C1": fmt.Sprint("-1x", ladle)})
	require.Equal(t, []string{"delivered", "countered"}, b.outcomes(order.Number))
	require.Zero(t, b.everParked())
}

// By setting a change is for a person, who makes it by hand and ends the order.
func TestOrderChanged_AfterBooking_ParksWhereTheDocumentSaysSo(t *testing.T) {
	b := setup(t, withDocument(func(d *settings.Document) { d.Flows.Orders.Changes.Lines = domain.LinesPark }))
	order := b.ringUp(oneLadle(knownCustomer))
	b.awaitDelivered(order)
	booked := b.bookedOf(order)
	b.books.forgetsCalls()

	b.change(order, saleLine{Article: ladle, Quantity: "5"})
	eventually(t, func() string {
		if len(b.parked()) == 0 {
			return "the change is not parked"
		}
		return ""
	})
	require.Equal(t, []string{order.Number + " changed_after_booking"}, codes(b.parked()))
	require.Equal(t, booked[0].Number, b.parked()[0].About, "a person finds the order in the books by this number")
	require.Equal(t, booked, b.bookedOf(order))
	require.Zero(t, b.books.calls().Writes)

	b.koppel("", "parked", "skip", order.Number, "-i", stack.Integration, "--reason", "done_by_hand")
	eventually(t, func() string {
		if outcomes := b.outcomes(order.Number); outcomes[len(outcomes)-1] != "skipped" {
			return fmt.Sprint(outcomes)
		}
		return ""
	})
	require.Empty(t, b.parked(), "a person made the change by hand and ended it")
	require.Zero(t, b.books.calls().Writes)
}

func TestOrderSavedAgain_Unchanged_WritesAndParksNothing(t *testing.T) {
	b := setup(t)
	order := b.ringUp(oneLadle(knownCustomer))
	b.awaitDelivered(order)
	b.books.forgetsCalls()
	marker := b.count("select marker from inbox where number = $1", order.Number)

	b.resave(order)
	eventually(t, func() string {
		if b.count("select finished_marker from inbox where number = $1", order.Number) <= marker {
			return "the new version is not dealt with"
		}
		return ""
	})
	require.Equal(t, []string{"delivered", "unchanged"}, b.outcomes(order.Number))
	require.Len(t, b.bookedOf(order), 1)
	require.Zero(t, b.books.calls().Writes)
	require.Zero(t, b.books.calls().Reads, "our own link is enough to know")
	require.Zero(t, b.everParked())
}

// A receipt is brought back: the credit bears the number that its original has in
// the books.
func TestReceiptReturned_IsLinkedToItsOriginal(t *testing.T) {
	b := setup(t, withDocument(func(d *settings.Document) {
		d.Flows.Orders.Sources = []domain.SourceKind{domain.SourceReceipt}
	}))
	till := b.Shop().Till()
	ring := func(s sale) saved {
		t.Helper()
		rung, err := till.RingUp(t.Context(), outside.Receipts, s)
		require.NoError(t, err)
		return rung
	}
	cash := []outside.Payment{{Method: "CASH"}}
	bought := ring(sale{RelationNumber: knownCustomer, Lines: []saleLine{of(ladle, "2")}, Payments: cash})
	eventually(t, func() string {
		if len(b.booked()) == 0 {
			return fmt.Sprint("the receipt is not in the books: ", codes(b.parked()))
		}
		return ""
	})
	original := b.booked()[0].Number
	ring(sale{RelationNumber: knownCustomer, Type: "credit-receipt", Credits: bought.OrderID, Lines: []saleLine{of(ladle, "-1")}, Payments: cash})
	eventually(t, func() string {
		if len(b.booked()) < 2 {
			return fmt.Sprint("the return is not in the books: ", codes(b.parked()))
		}
		return ""
	})
	rows, err := b.Shop().Books().Rows(t.Context(), "SO1")
	require.NoError(t, err)
	notes := ""
	for _, row := range rows["SO_HDR"] {
		notes += fmt.Sprintln(row["COMMENT3"])
	}
	require.Contains(t, notes, "Retour van "+original)
	require.NotContains(t, fmt.Sprint(codes(b.parked())), "original_not_booked")
}
