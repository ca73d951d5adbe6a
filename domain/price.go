package domain

import "github.com/shopspring/decimal"

// Price is a price or a discount that does not hold for everybody: for one
// customer, for a price list, or for a group of customers; of one article, or
// of a group of articles; from a quantity on; during some time.
type Price struct {
	// One of these says for whom. None: for everybody, as a price of a season is.
	Customer      string // customer number in the books
	PriceList     string // code of a price list of the books
	CustomerGroup string // code of a group of customers of the books
	Promotion     string // of a price for everybody: code of the promotion it belongs to; may be empty

	// One of these says of what. None: of everything that is sold.
	SKU          string    // article code of the books
	Number       string    // article number at the till of the SKU, from who asks; empty: not known
	ArticleGroup string    // article group code of the books
	Attribute    Attribute // the articles that have this attribute

	MinQuantity decimal.Decimal // holds from this number of units on; zero: from the first

	// One of these is what is agreed; PriceBasis says which price it is.
	PriceIncl       decimal.Decimal // of one unit, incl. VAT, in Currency
	PriceExcl       decimal.Decimal // of one unit, excl. VAT, in Currency
	PriceBasis      PriceBasis      // empty: a discount was agreed, no price
	DiscountPercent decimal.Decimal // 12.5 means 12.5 % off the usual price

	Currency   string // ISO 4217; empty means EUR
	ValidFrom  Date   // first day; no date: since ever
	ValidUntil Date   // last day, included; no date: for ever
}

// Attribute is an item attribute and a value of it: brand and Lodge.
type Attribute struct {
	Name  string // as the document calls it: colour, size, brand
	Value string
}

// String is how the books and the document write it: brand:Lodge.
func (a Attribute) String() string {
	if a == (Attribute{}) {
		return ""
	}
	return a.Name + ":" + a.Value
}

// Everybody reports whether the price holds for every customer.
func (p Price) Everybody() bool { return p.Customer+p.PriceList+p.CustomerGroup == "" }

// Everything reports whether the price holds of all that is sold.
func (p Price) Everything() bool { return p.SKU+p.ArticleGroup == "" && p.Attribute == (Attribute{}) }

// HoldsOn reports whether the price holds on a day.
func (p Price) HoldsOn(day Date) bool {
	return (p.ValidFrom.IsZero() || p.ValidFrom.String() <= day.String()) &&
		(p.ValidUntil.IsZero() || day.String() <= p.ValidUntil.String())
}

// Agreed is the price that was agreed; zero when a discount was.
func (p Price) Agreed() decimal.Decimal {
	if p.PriceBasis == PriceBasisExcl {
		return p.PriceExcl
	}
	return p.PriceIncl
}

// Key names the price for people and logs: for whom, of what, from how many.
func (p Price) Key() string {
	key := p.Customer + p.PriceList + p.CustomerGroup + p.Promotion + "/" + p.SKU + p.ArticleGroup + p.Attribute.String()
	if p.MinQuantity.IsPositive() {
		key += "/" + p.MinQuantity.String()
	}
	return key
}
