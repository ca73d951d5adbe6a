package mplus

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// Numbers of receipts and invoices say their kind, since the till counts each kind
// for itself: order 2026.12 and invoice 2026.12 are two sales.
const (
	receiptNumbers = "B" // bon
	invoiceNumbers = "F" // factuur
)

// noID is how the till writes that there is no id.
const noID = "00000000-0000-0000-0000-000000000000"

// saleNumber is what a person calls a sale, or the id of a receipt or invoice.
type saleNumber struct {
	kind              domain.SourceKind
	branch, workplace int // receipts only
	yearNumberID
	id string // without its kind; empty when it is a number
}

// String writes the number as people do.
func (n saleNumber) String() string {
	yearNumber := fmt.Sprintf("%d.%d", n.Year, n.Number)
	switch n.kind {
	case domain.SourceReceipt:
		return fmt.Sprintf("%s%d-%d-%s", receiptNumbers, n.branch, n.workplace, yearNumber)
	case domain.SourceInvoice:
		return invoiceNumbers + yearNumber
	default:
		return yearNumber
	}
}

// parseSaleNumber reads what people call a sale: 2026.123 an order, F2026.123 an
// invoice, B1-2-2026.123 a receipt of branch 1 and workplace 2. One sale has one
// spelling, without leading zeros, so one key.
func parseSaleNumber(text string) (saleNumber, error) {
	if kind := domain.OrderID(text).Kind(); kind != domain.SourceOrder {
		if own := strings.TrimPrefix(text, string(kind)+"-"); isOrderID(own) {
			return saleNumber{kind: kind, id: own}, nil
		}
	}
	n := saleNumber{kind: domain.SourceOrder}
	ok := true
	if rest, is := strings.CutPrefix(text, receiptNumbers); is {
		n.kind = domain.SourceReceipt
		branch, rest, _ := strings.Cut(rest, "-")
		workplace, rest, _ := strings.Cut(rest, "-")
		text = rest
		var branchOK, workplaceOK bool
		n.branch, branchOK = plainNumber(branch)
		n.workplace, workplaceOK = plainNumber(workplace)
		ok = branchOK && workplaceOK
	} else if rest, is := strings.CutPrefix(text, invoiceNumbers); is {
		n.kind, text = domain.SourceInvoice, rest
	}
	var err error
	if n.yearNumberID, err = parseOrderNumber(text); err != nil || !ok {
		return saleNumber{}, fault.New(fault.Invalid, "order_number_malformed", opGetOrders.op()) // the text itself may be anything, so it is not repeated
	}
	return n, nil
}

// plainNumber reads a branch or workplace: 0 is one too, leading zeros are not.
func plainNumber(s string) (int, bool) {
	if s != "0" && !isPlainNumber(s) {
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 32)
	return int(n), err == nil
}

// ownID is the till's own id of the sale, whatever its kind.
func (w wireSale) ownID() string {
	switch w.kind {
	case domain.SourceReceipt:
		return trimmed(w.ReceiptID)
	case domain.SourceInvoice:
		return trimmed(w.InvoiceID)
	default:
		return trimmed(w.OrderID)
	}
}

// idOf writes an id of the till as ours, which says the kind.
func idOf(kind domain.SourceKind, own string) domain.OrderID {
	if own == noID {
		return ""
	}
	return domain.SaleID(kind, own)
}

// yearAndNumber is the number of an order or invoice; zero when it cannot be read.
func (w wireSale) yearAndNumber() yearNumberID {
	sent := w.OrderNumber
	if w.kind == domain.SourceInvoice {
		sent = w.InvoiceNumber
	}
	if sent == nil {
		return yearNumberID{}
	}
	year, yearErr := sent.Year.parse()
	number, numberErr := sent.Number.parse()
	if yearErr != nil || numberErr != nil {
		return yearNumberID{}
	}
	return yearNumberID{Year: int(year), Number: number}
}

// number is what people call the sale, and empty when the till does not say.
func (w wireSale) number() string { return (&reading{}).numberOf(w) }

func (r *reading) numberOf(w wireSale) string {
	switch w.kind {
	case domain.SourceReceipt:
		return r.receiptNumber(w.ReceiptNumber)
	case domain.SourceInvoice:
		if number := r.yearNumber("invoiceNumber", w.InvoiceNumber); number != "" {
			return invoiceNumbers + number
		}
		return ""
	default:
		return r.yearNumber("orderNumber", w.OrderNumber)
	}
}

func (r *reading) receiptNumber(w *workplaceYearNumber) (text string) {
	if w == nil {
		return ""
	}
	r.in("receiptNumber", func() {
		branch, workplace := r.integer("branchNumber", w.BranchNumber), r.integer("workplaceNumber", w.WorkplaceNumber)
		if branch < 0 || workplace < 0 {
			r.fail("branchNumber", "or workplaceNumber is negative")
		}
		if number := r.yearNumber("", &w.yearNumber); number != "" {
			text = fmt.Sprintf("%s%d-%d-%s", receiptNumbers, branch, workplace, number)
		}
	})
	return text
}
