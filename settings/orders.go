package settings

import (
	"strconv"

	"github.com/koppel/koppel/domain"
)

// Orders are the settings of the flow that brings orders of the till to the
// books as sales orders.
type Orders struct {
	Enabled    bool                `yaml:"enabled" title:"On" help:"Whether the flow runs by itself."`
	Direction  Direction           `yaml:"direction" enum:"till_to_books" title:"Direction" help:"Which way orders travel."`
	Every      Duration            `yaml:"every" min:"1s" max:"24h" title:"Interval" help:"How often the till is asked for changes. A webhook is faster."`
	Sources    []domain.SourceKind `yaml:"sources" enum:"order|receipt|invoice" unique:"true" title:"Sources" help:"Which documents of the till go to the books. A receipt or an invoice of a sales order that is taken counts once, as the order."`
	Only       Only                `yaml:"only" title:"Only" help:"Which sales go to the books, by plain choice. The filter below says what these cannot."`
	Filter     string              `yaml:"filter" maxlen:"1000" title:"Filter" help:"Which orders (bestellingen) go to the books: an expression over the order that is true for those, such as order.branch == '1'. One that is left out is skipped, and looked at again when it changes at the till. Empty: all."`
	MostPerRun int                 `yaml:"most_per_run" min:"0" max:"100000" title:"Most per run" unit:"orders" help:"So many orders are handed to the books in one run; the next run goes on with the rest. 0: no limit."`
	PageSize   int                 `yaml:"page_size" min:"1" max:"1000" title:"Page" unit:"orders" help:"Orders asked for per call."`

	RetryHorizon Duration  `yaml:"retry_horizon" min:"1s" max:"720h" title:"Patience" help:"How long an outage is waited out before an order in it is parked."`
	SettleTime   Duration  `yaml:"settle_time" min:"100ms" max:"1h" title:"Settle time" help:"How long the books may still be working on a write that gave no clear answer. Longer is safer: after it, the order is looked for and, if not there, written again."`
	StartFrom    StartFrom `yaml:"start_from" required:"true" title:"Start from" unit:"all, now or a sync marker" help:"Where a new integration begins. all reads every order that the till has, now reads what changes from the first run on, a sync marker of the till reads what changed after it."`
	History      History   `yaml:"history" enum:"open|history" title:"Look in history" help:"Where an order is looked for before it is written."`
	OrderTypes   []string  `yaml:"order_types" unique:"true" title:"Order types" unit:"order types of the till" help:"The till's order types that are taken. None listed: the till's own choice, its sales orders."`

	Wait      Wait      `yaml:"wait" title:"Wait" help:"How long a sale rests before it goes to the books."`
	Fill      Fill      `yaml:"fill" title:"Missing data" help:"What stands in the place of what a sale does not say."`
	Dates     Dates     `yaml:"dates" title:"Dates" help:"Which date a sale has in the books."`
	VAT       OrdersVAT `yaml:"vat" title:"VAT" help:"What is checked of VAT codes beside the sums."`
	Amounts   Amounts   `yaml:"amounts" title:"Amounts" help:"How the euros of a sale stand in the books."`
	Changes   Changes   `yaml:"changes" title:"Changes" help:"What happens to a sale that changes after it stands in the books."`
	Mark      Mark      `yaml:"mark" title:"Mark at the till" help:"How the till shows that an order stands in the books."`
	DayTotals DayTotals `yaml:"day_totals" title:"Day totals" help:"How sales that only count in a day's total are booked."`

	ReferencePrefix string          `yaml:"reference_prefix" maxlen:"20" title:"Reference" help:"Our reference (onze referentie) on an order in the books is this and the order number. Orders are found again by it: never change it to one that another program uses."`
	Prices          Prices          `yaml:"prices" enum:"incl|excl" title:"Prices in the books" help:"Whether lines of sales orders in the books are priced including VAT (btw)."`
	DefaultDebtor   string          `yaml:"default_debtor" maxlen:"10" title:"Default debtor" unit:"debtor number" help:"Debtor (debiteur) of a sale without customer. Empty, or a debtor that the books do not have: such an order is parked."`
	CustomerMatch   []CustomerMatch `yaml:"customer_match" enum:"external_number|vat_number|email" unique:"true" title:"Find customers by" help:"By what a customer of the till is looked up among the debtors, strongest first."`
	DeliveryAddress DeliveryAddress `yaml:"delivery_address" enum:"record|order|none" title:"Delivery addresses" help:"What becomes of an address to deliver to (afleveradres)."`
	ControlAccount  string          `yaml:"control_account" maxlen:"10" title:"Control account" unit:"ledger account" help:"Ledger account (grootboekrekening) that collects what new debtors owe."`
	Wake            Wake            `yaml:"wake" title:"Wake" help:"How parked orders go on by themselves when what they wait for comes."`
	Sweep           Sweep           `yaml:"sweep" title:"Sweep for doubles" help:"A look at what was written lately, for records that stand in the books twice."`
}

// Sweep looks for doubles that a late write may have made.
type Sweep struct {
	Every  Duration `yaml:"every" min:"1s" max:"168h" title:"Interval" help:"How often is looked."`
	Window Duration `yaml:"window" min:"1s" max:"2160h" title:"Look back" help:"How far back is looked. Not less than the interval."`
}

// ReferenceLength is how long our reference may be: what the reference field of
// an order in the books holds.
const ReferenceLength = 40

// OrderReference is the reference under which an order of the till stands in
// the books. It is what a look-up before each write asks for.
func (o Orders) OrderReference(orderNumber string) string { return o.ReferencePrefix + orderNumber }

// Direction is which way a flow carries records.
type Direction string

// TillToBooks is the direction of orders.
const TillToBooks Direction = "till_to_books"

// Help says what the value means.
func (d Direction) Help() string {
	return map[Direction]string{TillToBooks: "From MplusKASSA to AccountView.", BooksToTill: "From AccountView to MplusKASSA."}[d]
}

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

// What History may be.
const (
	HistoryOpen History = "open"
	HistoryAll  History = "history"
)

// Help says what the value means.
func (h History) Help() string {
	return map[History]string{
		HistoryOpen: "Among open orders only. Needs fewer rights; an order that was processed already could be written again.",
		HistoryAll:  "Also among orders that the books have processed.",
	}[h]
}

// Prices says whether prices in the books include VAT.
type Prices string

// What Prices may be.
const (
	PricesIncl Prices = "incl"
	PricesExcl Prices = "excl"
)

// Help says what the value means.
func (p Prices) Help() string {
	return map[Prices]string{
		PricesIncl: "Prices include VAT.",
		PricesExcl: "VAT comes on top.",
	}[p]
}

// CustomerMatch is a key by which a customer is looked up in the books.
type CustomerMatch string

// What CustomerMatch may be.
const (
	MatchExternalNumber CustomerMatch = "external_number"
	MatchVATNumber      CustomerMatch = "vat_number"
	MatchEmail          CustomerMatch = "email"
)

// Help says what the value means.
func (c CustomerMatch) Help() string {
	return map[CustomerMatch]string{
		MatchExternalNumber: "The till's customer number, as it stands on the debtor.",
		MatchVATNumber:      "The VAT number (btw-nummer).",
		MatchEmail:          "The e-mail address.",
	}[c]
}

// DeliveryAddress says what becomes of an address to deliver to.
type DeliveryAddress string

// What DeliveryAddress may be.
const (
	DeliveryAddressRecord DeliveryAddress = "record"
	DeliveryAddressOrder  DeliveryAddress = "order"
	DeliveryAddressNone   DeliveryAddress = "none"
)

// Help says what the value means.
func (d DeliveryAddress) Help() string {
	return map[DeliveryAddress]string{
		DeliveryAddressOrder:  "It is written on the order itself.",
		DeliveryAddressRecord: "It is found among the debtor's addresses, or added to them.",
		DeliveryAddressNone:   "It stays out of the books.",
	}[d]
}
