package domain

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"github.com/shopspring/decimal"
)

// OrderID is the till's own identifier of an order.
type OrderID string

// Order is a sale as the till holds it: a sales order, a receipt or an invoice.
type Order struct {
	ID      OrderID
	Source  SourceKind `json:",omitempty"` // empty: a sales order that arrived before there were others
	Number  string     // what people call it: "2026.123"; receipts and invoices have a letter before it
	Version OrderVersion

	Type          string // the till's order type
	Branch        string
	Workplace     string
	Employee      string
	EnteredAt     time.Time
	Date          Date // the financial date: Amsterdam, and the date the books must use
	DeliveryDate  Date
	Reference     string // free text of the seller
	Category      string // the till's own workflow step
	Cancelled     bool   // cancelled as a whole
	DeliveryState string `json:",omitempty"` // nothing, partial or complete; empty: the till does not say
	CancelState   string `json:",omitempty"` // likewise
	CompleteState string `json:",omitempty"` // likewise, or partial_delivery_pending
	FullyPaid     bool
	PrepaidAmount decimal.Decimal // euros incl. VAT
	Payments      []Payment       `json:",omitempty"`

	OrderIDs []OrderID `json:",omitempty"` // of a receipt or invoice: the sales orders that it belongs to
	Credits  OrderID   `json:",omitempty"` // of a credit: the sale that it takes back

	Customer        Customer
	InvoiceAddress  Address
	DeliveryAddress Address
	DeliveryMethod  string
	PaymentMethod   string

	VATMethod  VATMethod
	VATCountry string // ISO 3166 alpha-3 when the till sold under foreign VAT
	Lines      []OrderLine
	VATGroups  []VATGroup
	TotalIncl  decimal.Decimal // euros incl. VAT
	TotalExcl  decimal.Decimal // euros excl. VAT
}

// CancelledInPart is the CancelState of an order of which some lines are cancelled.
const CancelledInPart = "partial"

// OrderVersion orders the states of one order in time.
type OrderVersion struct {
	Marker  int64 // the till's sync marker: rises at every change of any kind
	Change  int   // the order's own change counter
	Version int   // rises at important changes
}

// OrderLine is one line of an order. A line without SKU is text only.
type OrderLine struct {
	ID            string
	SKU           string
	Text          string
	Quantity      decimal.Decimal // negative for what is returned
	UnitPriceIncl decimal.Decimal // euros incl. VAT, before discount
	UnitPriceExcl decimal.Decimal // euros excl. VAT, before discount
	TotalIncl     decimal.Decimal // euros incl. VAT, after discount: what the customer pays
	TotalExcl     decimal.Decimal // euros excl. VAT, after discount
	DiscountIncl  decimal.Decimal // euros incl. VAT over the whole line
	VATCode       string          // the till's VAT code
	VATPercent    decimal.Decimal // 21 means 21 %
	TurnoverGroup string
	PaymentMethod string   `json:",omitempty"` // of a line that stands for a payment: how
	Kind          LineKind `json:",omitempty"`
}

// IsText reports whether the line only says something and sells nothing.
func (l OrderLine) IsText() bool { return l.SKU == "" }

// Sells reports whether the line sells anything: it is no text, and of something
// or for something. Lines of an order are counted over those.
func (l OrderLine) Sells() bool {
	return !l.IsText() && !(l.Quantity.IsZero() && l.TotalIncl.IsZero() && l.TotalExcl.IsZero())
}

// MovesCash reports whether this is no sale at all: all its lines are money put into
// the drawer, taken out of it or moved between ways to pay.
func (o Order) MovesCash() bool {
	return len(o.Lines) > 0 && !slices.ContainsFunc(o.Lines, func(l OrderLine) bool { return l.Kind != LineCash })
}

// Content is what the books should hold of this order: without what the till only
// notes about it, such as that it was paid, delivered or looked at.
func (o Order) Content() Order {
	o.Version, o.EnteredAt, o.Category, o.FullyPaid, o.PrepaidAmount = OrderVersion{}, time.Time{}, "", false, decimal.Zero
	o.Employee, o.Workplace, o.Payments = "", "", nil
	o.DeliveryState, o.CompleteState = "", ""
	if o.CancelState != CancelledInPart { // as a whole: Cancelled says so
		o.CancelState = ""
	}
	if o.Source == SourceOrder { // what was booked before there were other kinds stays the same sale
		o.Source = ""
	}
	return o
}

// ContentHash identifies what the books should hold of this order. It stays the
// same when the till only marks the order as paid, delivered or looked at, so
// such a change is not taken for a change of the sale.
func (o Order) ContentHash() string {
	encoded, err := json.Marshal(o.Content())
	if err != nil { // only unsupported types fail, and Order has none
		return ""
	}
	sum := sha256.Sum256(encoded)
	return hex.EncodeToString(sum[:])
}
