package business

import (
	"time"

	"github.com/koppel/koppel/dev/outside"
	"github.com/koppel/koppel/settings"
)

const day = settings.Duration(24 * time.Hour)

type (
	sale  = outside.Sale
	place = outside.Place
)

// group is the stories that are told under one document.
type group struct {
	name        string
	document    func(*settings.Document) // what differs from the demo document
	books, till map[string]any           // switches of the sandboxes
	codes       vatCodes                 // nil: those of the demo document
	header      fields                   // what differs on all its orders from a plain one
	articles    []string                 // that the books have beside those of the shop
	clock       func() time.Time         // of the sandboxes; nil: noon and after
	stories     []story
}

// story is one case: what is rung up, what must come of it, and what follows.
type story struct {
	name      string
	as        string       // what it is saved as; empty: a sales order
	before    func(*visit) // what people did in the systems beforehand
	sale      sale
	meanwhile func(*visit) // what happened at the till before the flow read it
	want      want
	then      []chapter
}

// chapter is what happens after everything before it is dealt with.
type chapter struct {
	name string
	do   func(*visit)
	want want
}

// want is what must have come of a story by the end of a chapter.
type want struct {
	// timeline is how the attempts of this chapter ended, oldest first, each with
	// its code. None: it was delivered. quiet: nothing happened.
	timeline []string
	parked   string // why it is parked now, when the timeline does not end with that
	waits    bool   // it is not dealt with yet, and nobody need do anything
	about    string // what a person is pointed to, of what is parked

	why []string // how the choices of the chapter begin, in order; none given: they are not looked at

	debtor    string   // number of the debtor in the books; empty: a new one; M#: a new one of our numbering
	party     fields   // of the debtor: what it has now, beside what it had or what every new one has
	address   fields   // of the delivery address record; nil: the order names none
	addresses int      // delivery addresses that the debtor has now
	history   bool     // the books delivered it: it is no order any more
	behind    bool     // the books do not follow the till yet
	documents []booked // for this sale, in the order of their references; none: it is not in the books
}

// quiet is a timeline in which nothing happened.
var quiet = []string{}

// booked is a document in the books: a sales order, or a page of a daybook when
// it has entries.
type booked struct {
	suffix  string // of our reference; empty for the first document of a sale
	header  fields // what differs from a plain one
	lines   []line
	entries []entry
}

// line is a line of an order.
type line struct {
	article, quantity, price, vatCode string
	more                              fields // what differs from a plain line
}

// entry is a line of a page. What is sold is negative: credit.
type entry struct {
	account, excl, vatCode, vat string
	more                        fields // what differs from a plain line
}

// fields are fields of the books, by their names there. Empty: it is not filled.
type fields map[string]string

// vatCodes are the books' VAT code of each code of the till, as the test reads
// the document: "shifted" and "none" for sales without VAT.
type vatCodes map[string]string

var demoCodes = vatCodes{"1": "2", "2": "1", "3": "3", "shifted": "4"}

// one is the order that most sales become.
func one(lines ...line) []booked { return []booked{{lines: lines}} }

// invoice is the page of a daybook that some sales become.
func invoice(entries ...entry) []booked { return []booked{{entries: entries}} }

// of is a line that sells an article at its own price.
func of(article int64, quantity string) outside.SaleLine { return outside.Of(article, quantity) }

// at is a line at a price of its own, in cents.
func at(article int64, quantity string, cents int64) outside.SaleLine {
	return outside.SaleLine{Article: article, Quantity: quantity, PriceCents: &cents}
}

// less takes a discount off a line, in cents over the whole line.
func less(l outside.SaleLine, cents int64) outside.SaleLine {
	l.DiscountCents = &cents
	return l
}

func lines(l ...outside.SaleLine) []outside.SaleLine { return l }
