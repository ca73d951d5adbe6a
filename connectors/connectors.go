// Package connectors holds the roles that outside systems play. Flows know
// roles only; each system's own package implements those it can play.
//
// Every method returns a *fault.Error for what goes wrong outside. A method
// that writes may return a fault of kind Uncertain: the work may be done, now
// or within the settle time, so the caller must look before it writes again.
package connectors

import (
	"context"
	"time"

	"github.com/koppel/koppel/domain"
)

// OrderSource gives the orders of a till.
type OrderSource interface {
	// OrdersAfter reads at most limit orders changed after the marker, in
	// whatever order the till gives them. An empty page means there is no more.
	OrdersAfter(ctx context.Context, marker int64, limit int) (OrderPage, error)
	// OrdersByNumber reads orders by what people call them ("2026.123"). An
	// unknown number is simply not in the answer.
	// Sales of every kind are understood, whatever kind this source is of.
	OrdersByNumber(ctx context.Context, numbers []string) ([]SourceOrder, error)
	// TakesOrder tells whether a sales order is one that comes by OrdersAfter
	// sooner or later: of a type and a branch that are taken. An unknown one is not.
	TakesOrder(ctx context.Context, id domain.OrderID) (bool, error)
	// CurrentMarker is the marker of the latest change: for a flow that begins
	// with what happens from now on.
	CurrentMarker(ctx context.Context) (int64, error)
}

// MarkerBoard is an OrderSource that tells the latest markers of all kinds of sale in
// one call: what did not move since needs no call of its own.
type MarkerBoard interface {
	// Markers gives those that the source knows.
	Markers(ctx context.Context) (map[domain.SourceKind]int64, error)
}

// OrderPage is one page of changed orders.
type OrderPage struct {
	Orders []SourceOrder
	Marker int64 // the highest marker seen on this page, or the one asked from
}

// SourceOrder is an order with what its source really sent.
type SourceOrder struct {
	Order domain.Order
	Raw   []byte // as it came over the wire; personal data, to be stored encrypted only
	Fault error  // set when this one order could not be understood; Order then has its ID, Number and Version only
}

// OrderSink takes sales orders into the books.
type OrderSink interface {
	// OrderSchema describes what an order and its lines may hold.
	OrderSchema(ctx context.Context) (domain.Schema, error)
	// FindOrders looks orders up by our reference: among open orders and, when
	// asked, among those already processed. More than one is a double.
	FindOrders(ctx context.Context, reference string, history History) ([]OrderRecord, error)
	// CreateOrder writes the order once and gives its number in the books. An order
	// that stands there unfinished is completed.
	CreateOrder(ctx context.Context, draft domain.Draft) (OrderRecord, error)
	// OrdersWrittenSince lists references of orders changed since then, oldest
	// bound included: for the sweep that looks for doubles.
	OrdersWrittenSince(ctx context.Context, since time.Time) ([]OrderRecord, error)
}

// History says whether a look-up also searches orders already processed.
type History string

const (
	// OpenOrdersOnly searches open orders.
	OpenOrdersOnly History = "open"
	// WithHistory searches open and processed orders.
	WithHistory History = "history"
)

// OrderRecord is an order found or written in the books.
type OrderRecord struct {
	ID        string // its number in the books
	Reference string // ours
	// Unfinished says that some of its lines are not written yet: CreateOrder, asked
	// again for the same order, completes it. It must not be taken for the order.
	Unfinished bool
}

// CustomerSink takes customers into the books.
type CustomerSink interface {
	// CustomerSchema describes what a customer may hold.
	CustomerSchema(ctx context.Context) (domain.Schema, error)
	// FindCustomers looks customers up by one key. Text is compared without
	// regard to case and surrounding blanks. A blank key finds nothing.
	FindCustomers(ctx context.Context, by CustomerKey, value string) ([]CustomerRecord, error)
	// CreateCustomer writes the customer once and gives its number.
	CreateCustomer(ctx context.Context, draft domain.Draft) (CustomerRecord, error)
	// UpdateCustomer changes the fields of the draft and leaves the others.
	UpdateCustomer(ctx context.Context, number string, draft domain.Draft) error
	// CustomersWrittenSince lists customers changed since then that carry an
	// external number: for the sweep that looks for doubles.
	CustomersWrittenSince(ctx context.Context, since time.Time) ([]CustomerRecord, error)
}

// CustomerKey is what a customer is looked up by.
type CustomerKey string

const (
	// ByNumber is the customer's own number in the books.
	ByNumber CustomerKey = "number"
	// ByExternalNumber is the number we wrote: the customer's number at the till.
	ByExternalNumber CustomerKey = "external_number"
	// ByVATNumber is the VAT number.
	ByVATNumber CustomerKey = "vat_number"
	// ByEmail is the e-mail address.
	ByEmail CustomerKey = "email"
)

// CustomerRecord is a customer found or written in the books.
type CustomerRecord struct {
	Number         string
	ExternalNumber string
	Blocked        bool
	Fields         []domain.Field // as the books hold them, in the books' own names
}

// AddressSink takes delivery addresses into the books.
type AddressSink interface {
	// AddressSchema describes what a delivery address may hold.
	AddressSchema(ctx context.Context) (domain.Schema, error)
	// Addresses lists the delivery addresses of a customer.
	Addresses(ctx context.Context, customerNumber string) ([]AddressRecord, error)
	// CreateAddress writes the address once and gives its code.
	CreateAddress(ctx context.Context, draft domain.Draft) (AddressRecord, error)
}

// AddressRecord is a delivery address found or written in the books.
type AddressRecord struct {
	Code    string
	Address domain.Address
}

// ProductIndex tells which products the books know.
type ProductIndex interface {
	// MissingProducts gives those of the product codes that the books do not
	// know. Codes are compared without regard to case.
	MissingProducts(ctx context.Context, skus []string) ([]string, error)
}
