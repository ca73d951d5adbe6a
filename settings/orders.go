package settings

import "strconv"

// Orders are the settings of the flow that brings orders of the till to the
// books as sales orders.
type Orders struct {
	Enabled         bool      `yaml:"enabled"`
	Every           Duration  `yaml:"every" min:"1s" max:"24h"`          // how often the till is asked for changes
	PageSize        int       `yaml:"page_size" min:"1" max:"1000"`      // orders asked for per call
	RetryHorizon    Duration  `yaml:"retry_horizon" min:"1s" max:"720h"` // how long an outage is waited out before an order is parked
	SettleTime      Duration  `yaml:"settle_time" min:"100ms" max:"1h"`  // after an unclear answer: longer than the books may still be working
	StartFrom       StartFrom `yaml:"start_from" required:"true"`        // where a new integration begins: all, now, or a sync marker of the till
	History         History   `yaml:"history" enum:"open|history"`       // where an order is looked for before it is written
	OrderTypes      []string  `yaml:"order_types" unique:"true"`         // the till's order types that are taken; none listed: the till's own choice
	ReferencePrefix string    `yaml:"reference_prefix" maxlen:"20"`      // our reference in the books is this and the order number
	Prices          Prices    `yaml:"prices" enum:"incl|excl"`           // whether order lines in the books are priced including VAT

	DefaultDebtor   string          `yaml:"default_debtor" maxlen:"10"`                                           // debtor of a sale without customer; empty: such an order is parked
	CustomerMatch   []CustomerMatch `yaml:"customer_match" enum:"external_number|vat_number|email" unique:"true"` // keys by which a customer is looked up, strongest first
	DeliveryAddress DeliveryAddress `yaml:"delivery_address" enum:"record|none"`                                  // what becomes of an address to deliver to
	ControlAccount  string          `yaml:"control_account" maxlen:"10"`                                          // ledger account that collects what new debtors owe
	Sweep           Sweep           `yaml:"sweep"`
}

// Sweep looks for doubles that a late write may have made.
type Sweep struct {
	Every  Duration `yaml:"every" min:"1s" max:"168h"`   // how often
	Window Duration `yaml:"window" min:"1s" max:"2160h"` // how far back
}

// ReferenceLength is how long our reference may be: what the reference field of
// an order in the books holds.
const ReferenceLength = 40

// OrderReference is the reference under which an order of the till stands in
// the books. It is what a look-up before each write asks for.
func (o Orders) OrderReference(orderNumber string) string { return o.ReferencePrefix + orderNumber }

// StartFrom is where a new integration begins to read: "all", "now", or a sync
// marker of the till.
type StartFrom string

const (
	// StartAll reads every order the till has.
	StartAll StartFrom = "all"
	// StartNow reads what changes from the first run on.
	StartNow StartFrom = "now"
)

// Marker is the sync marker to begin from, when one is named.
func (s StartFrom) Marker() (int64, bool) {
	marker, err := strconv.ParseInt(string(s), 10, 64)
	return marker, err == nil && marker >= 0
}

// History says where an order is looked for before it is written.
type History string

const (
	// HistoryOpen looks among open orders only.
	HistoryOpen History = "open"
	// HistoryAll also looks among orders that the books have processed.
	HistoryAll History = "history"
)

// Prices says whether order lines in the books are priced including VAT.
type Prices string

const (
	// PricesIncl: prices include VAT.
	PricesIncl Prices = "incl"
	// PricesExcl: VAT comes on top.
	PricesExcl Prices = "excl"
)

// CustomerMatch is a key by which a customer is looked up in the books.
type CustomerMatch string

const (
	// MatchExternalNumber is the till's customer number on the debtor.
	MatchExternalNumber CustomerMatch = "external_number"
	// MatchVATNumber is the VAT number.
	MatchVATNumber CustomerMatch = "vat_number"
	// MatchEmail is the e-mail address.
	MatchEmail CustomerMatch = "email"
)

// DeliveryAddress says what becomes of an address to deliver to.
type DeliveryAddress string

const (
	// DeliveryAddressRecord finds or makes an address record of the debtor.
	DeliveryAddressRecord DeliveryAddress = "record"
	// DeliveryAddressNone leaves delivery addresses out of the books.
	DeliveryAddressNone DeliveryAddress = "none"
)
