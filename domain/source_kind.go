package domain

import "strings"

// SourceKind is which document of the till a sale came as. The till keeps three,
// each with numbers and a sync marker of its own.
type SourceKind string

const (
	// SourceOrder is a sales order.
	SourceOrder SourceKind = "order"
	// SourceReceipt is a sale over the counter.
	SourceReceipt SourceKind = "receipt"
	// SourceInvoice is a sale on account.
	SourceInvoice SourceKind = "invoice"
	// SourceDayTotal is no document of the till: all receipts of a branch and a
	// financial day that were told to count in its total, added up.
	SourceDayTotal SourceKind = "day_total"
)

// SaleID is the id of a sale of this kind, from the till's own. Receipts and invoices
// have the kind before it.
func SaleID(kind SourceKind, own string) OrderID {
	if own == "" || kind == SourceOrder || kind == "" {
		return OrderID(own)
	}
	return OrderID(string(kind) + "-" + own)
}

// Kind is which document of the till an id is of.
func (id OrderID) Kind() SourceKind {
	for _, kind := range []SourceKind{SourceReceipt, SourceInvoice, SourceDayTotal} {
		if strings.HasPrefix(string(id), string(kind)+"-") {
			return kind
		}
	}
	return SourceOrder
}

// SourceKinds lists those that the till keeps. Where a sale stands in two of them, the earlier one is
// what goes to the books.
func SourceKinds() []SourceKind { return []SourceKind{SourceOrder, SourceInvoice, SourceReceipt} }

// Help says what the value means.
func (k SourceKind) Help() string {
	return map[SourceKind]string{
		SourceOrder:    "Sales orders (bestellingen).",
		SourceReceipt:  "Sales over the counter (bonnen).",
		SourceInvoice:  "Sales on account (facturen).",
		SourceDayTotal: "Days (dagtotalen) that receipts were added up to.",
	}[k]
}
