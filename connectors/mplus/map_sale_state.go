package mplus

import (
	"slices"
	"strings"

	"github.com/koppel/koppel/domain"
)

// The states of the schema, without what their names begin with, as the canonical
// model spells them.
var states = map[string]string{
	"": "", "NOTHING": "nothing", "PARTIAL": "partial", "PARTIAL-DELIVERY-PENDING": "partial_delivery_pending", "COMPLETE": "complete",
}

// state reads how much of an order is delivered, cancelled or complete.
func (r *reading) state(element string, w wireEnum, prefix string) string {
	sent := trimmed(string(w))
	state, known := states[strings.TrimPrefix(sent, prefix)]
	if !known || sent != "" && !strings.HasPrefix(sent, prefix) {
		r.fail(element, "is not one that is known")
	}
	return state
}

// cancelled: an order cancelled in part still stands.
func (r *reading) cancelled(w wireEnum) bool {
	return trimmed(string(w)) == "ORDER-CANCEL-STATE-COMPLETE"
}

// fullyPaid reads what an order says of itself, and of a receipt or invoice its state.
func (r *reading) fullyPaid(w wireSale) bool {
	if w.kind == domain.SourceOrder || w.kind == "" {
		return r.yes("fullyPaid", w.FullyPaid, false)
	}
	_, state, _ := strings.Cut(trimmed(string(w.State)), "-STATE-")
	switch state {
	case "PAID", "HANDLED":
		return true
	case "OUTSTANDING", "PARTLY-PAID", "OUTSTANDING-CREDIT":
		return false
	case "":
		return w.PaidAmount.given() && r.integer("paidAmount", w.PaidAmount) == r.integer("totalInclAmount", w.TotalInclAmount)
	default:
		r.fail("state", "is not one that is known")
		return false
	}
}

// credits is the sale that a credit takes back.
func (r *reading) credits(w wireSale) domain.OrderID {
	own := trimmed(w.CreditedReceiptID)
	if w.kind == domain.SourceInvoice {
		own = trimmed(w.CreditedInvoiceID)
	}
	if own != "" && !isOrderID(own) {
		r.fail("creditedId", "is not an identifier")
		return ""
	}
	return idOf(w.kind, own)
}

// orderIDs are the orders that a receipt or invoice belongs to.
func orderIDs(sent []string) []domain.OrderID {
	var ids []domain.OrderID
	for _, own := range sent {
		if id := idOf(domain.SourceOrder, trimmed(own)); isOrderID(string(id)) && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// cashMovement gives the lines of a receipt that is no sale: money put into the
// drawer, taken out of it, or moved between ways to pay. All it has is the drawer's,
// and there is a line that says so, also where the till sends none.
func cashMovement(w wireSale, o domain.Order) []domain.OrderLine {
	switch o.Type {
	case "RECEIPT-TYPE-CASH-INFLOW", "RECEIPT-TYPE-CASH-OUTFLOW", "RECEIPT-TYPE-PAYMENT-METHOD-TRANSFER":
	default:
		return nil
	}
	if len(o.Lines) == 0 {
		return []domain.OrderLine{{ID: "#1", Text: trimmed(w.Reference), TotalIncl: o.TotalIncl, TotalExcl: o.TotalExcl, Kind: domain.LineCash}}
	}
	lines := slices.Clone(o.Lines)
	for i := range lines {
		lines[i].Kind = domain.LineCash
	}
	return lines
}
