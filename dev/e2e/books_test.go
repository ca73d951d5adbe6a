package e2e

import (
	"fmt"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/dev/outside"
)

// What the books show on their own pages.
type (
	bookedOrder struct {
		Number    string `json:"number"`
		Debtor    string `json:"debtor"`
		Reference string `json:"reference"`
		Address   string `json:"delivery_address"`
		Lines     []struct {
			Article  string          `json:"article"`
			Quantity decimal.Decimal `json:"quantity"`
		} `json:"lines"`
	}
	debtor struct {
		Number    string `json:"number"`
		External  string `json:"external_number"`
		Name      string `json:"name"`
		Addresses []struct {
			Street string `json:"street"`
		} `json:"addresses"`
	}
)

// booked lists every order in the books.
func (b *bundle) booked() []bookedOrder {
	b.t.Helper()
	var page struct{ Orders []bookedOrder }
	b.books.get("/_sandbox/orders", &page)
	return page.Orders
}

// bookedOf lists the orders that stand in the books for one of the till.
func (b *bundle) bookedOf(order saved) []bookedOrder {
	b.t.Helper()
	var found []bookedOrder
	for _, o := range b.booked() {
		if o.Reference == "MPLUS "+order.Number {
			found = append(found, o)
		}
	}
	return found
}

// debtorsOf lists the debtors that stand in the books for a customer of the till.
func (b *bundle) debtorsOf(relation int64) []debtor {
	b.t.Helper()
	var page struct{ Debtors []debtor }
	b.books.get("/_sandbox/debtors", &page)
	var found []debtor
	for _, d := range page.Debtors {
		if d.External == fmt.Sprint(relation) {
			found = append(found, d)
		}
	}
	return found
}

// awaitDelivered waits until the attempts of all these orders ended and each
// stands in the books, and demands that it stands there once.
func (b *bundle) awaitDelivered(orders ...saved) {
	b.t.Helper()
	eventually(b.t, func() string {
		in := map[string]int{}
		for _, o := range b.booked() {
			in[o.Reference]++
		}
		for _, o := range orders {
			if in["MPLUS "+o.Number] == 0 {
				return fmt.Sprintf("order %s is not in the books; parked: %v", o.Number, codes(b.parked()))
			}
		}
		if open := b.count("select count(*) from inbox where finished_marker < marker and number = any($1)", numbers(orders)); open > 0 {
			return fmt.Sprintf("%d orders are still under way; parked: %v", open, codes(b.parked()))
		}
		return ""
	})
	for _, o := range orders {
		require.Len(b.t, b.bookedOf(o), 1, "order %s", o.Number)
		require.Equal(b.t, 1, b.count("select count(*) from link where entity = 'order' and state = 'linked' and source_id = $1 and target_id = $2",
			o.OrderID, b.bookedOf(o)[0].Number), "order %s is linked", o.Number)
	}
}

func numbers(orders []saved) []string {
	all := make([]string, len(orders))
	for i, o := range orders {
		all[i] = o.Number
	}
	return all
}

// enterByHand writes a record into the books as a person would: with a token of
// one's own, past Koppel. Columns come in threes: name, letter, value.
func (b *bundle) enterByHand(object, table string, columns ...string) map[string]any {
	b.t.Helper()
	var row []outside.Column
	for i := 0; i+2 < len(columns); i += 3 {
		row = append(row, outside.Column{Name: columns[i], Letter: columns[i+1], Value: columns[i+2]})
	}
	entered, err := b.Shop().Books().Enter(b.t.Context(), object, table, row, "")
	require.NoError(b.t, err)
	return entered
}

// enterOrderByHand writes a sales order of one ladle under a reference.
func (b *bundle) enterOrderByHand(debtorNumber, reference string) string {
	b.t.Helper()
	row, err := b.Shop().Books().Enter(b.t.Context(), "SO1", "SO_HDR", []outside.Column{
		{Name: "RPL_INV", Letter: "C", Value: debtorNumber}, {Name: "COMMENT1", Letter: "C", Value: reference},
	}, "SO_LINE", []outside.Column{{Name: "ART_CODE", Letter: "C", Value: fmt.Sprint(ladle)}, {Name: "ORD_QTY", Letter: "N", Value: 1}})
	require.NoError(b.t, err)
	return row["ORD_NR"].(string)
}
