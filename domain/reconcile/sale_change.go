package reconcile

import (
	"encoding/json"

	"github.com/koppel/koppel/domain"
)

// SaleChange is what became different of a sale.
type SaleChange int

const (
	// SaleSame: nothing that the books would hold.
	SaleSame SaleChange = iota
	// SaleHeader: something else than what was sold: where it goes, a date, a text.
	SaleHeader
	// SaleSold: what was sold, for what, or to whom.
	SaleSold
)

// ChangeOf compares two versions of a sale.
func ChangeOf(before, after domain.Order) SaleChange {
	switch {
	case before.ContentHash() == after.ContentHash():
		return SaleSame
	case soldOf(before) == soldOf(after):
		return SaleHeader
	default:
		return SaleSold
	}
}

// soldOf is what was sold, for what and to whom, and nothing else. Whatever is not
// named here counts as sold: what nobody thought of must not pass as a text.
func soldOf(o domain.Order) string {
	o = o.Content()
	o.ID, o.Number, o.Type, o.Branch = "", "", "", ""
	o.Date, o.DeliveryDate, o.Reference = domain.Date{}, domain.Date{}, ""
	o.DeliveryMethod, o.PaymentMethod = "", ""
	o.InvoiceAddress, o.DeliveryAddress = domain.Address{}, domain.Address{}
	o.OrderIDs, o.Credits, o.CancelState = nil, "", ""
	o.Customer = domain.Customer{ID: o.Customer.ID}
	lines := o.Lines
	o.Lines = nil
	for _, l := range lines {
		if l.Sells() {
			l.ID, l.Text = "", ""
			o.Lines = append(o.Lines, l)
		}
	}
	encoded, err := json.Marshal(o)
	if err != nil { // only unsupported types fail, and Order has none
		return ""
	}
	return string(encoded)
}
