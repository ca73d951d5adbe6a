package domain

import "github.com/shopspring/decimal"

// SaleRules say how the euros of a sale stand in the books. Each is a setting of
// the document.
type SaleRules struct {
	PricesInclusive bool // lines of orders are priced including VAT
	Discounts       Discounts
	OwnUse          OwnUse
	GiftCards       GiftCards
	RoundingMost    decimal.Decimal // euros incl. VAT; more than this is no rounding
	Articles        SaleNames       // of the books, on lines of orders
	Accounts        SaleNames       // of the books, on lines of invoices
}

// SaleNames are the names under which the books keep what is on no line of the
// till, or is no turnover. Empty: the document gives none.
type SaleNames struct {
	Rounding string
	Discount string
	Shipping string
	GiftCard string
	Deposit  string
	Prepaid  string // of totals of days: what was paid in advance
	Cash     string // of totals of days: what drawers held more or less
	Movement string // of totals of days: what was put into drawers or taken out of them
}

// Discounts says how a discount on a line stands in the books.
type Discounts string

// What Discounts may be.
const (
	DiscountsNetPrice   Discounts = "net_price"
	DiscountsPercentage Discounts = "percentage"
	DiscountsLine       Discounts = "line"
)

// Help says what the value means.
func (d Discounts) Help() string {
	return map[Discounts]string{
		DiscountsNetPrice:   "In the price of the line.",
		DiscountsPercentage: "As a percentage beside the price; what the percentage cannot say exactly is rounding.",
		DiscountsLine:       "On a line of its own, under discount_article.",
	}[d]
}

// OwnUse says what becomes of a sale that the shop used itself.
type OwnUse string

// What OwnUse may be.
const (
	OwnUsePark     OwnUse = "park"
	OwnUseLeaveOut OwnUse = "leave_out"
	OwnUseBook     OwnUse = "book"
)

// Help says what the value means.
func (o OwnUse) Help() string {
	return map[OwnUse]string{
		OwnUsePark:     "It is parked, so that a person decides.",
		OwnUseLeaveOut: "It stays out of the books, and is told as skipped.",
		OwnUseBook:     "It is booked as turnover, because a person chose so.",
	}[o]
}

// GiftCards says what becomes of a line that sells a gift card.
type GiftCards string

// What GiftCards may be.
const (
	GiftCardsPark    GiftCards = "park"
	GiftCardsAccount GiftCards = "account"
	GiftCardsBook    GiftCards = "book"
)

// Help says what the value means.
func (g GiftCards) Help() string {
	return map[GiftCards]string{
		GiftCardsPark:    "The sale is parked, so that a person decides.",
		GiftCardsAccount: "It goes to gift_card_account or gift_card_article.",
		GiftCardsBook:    "It is booked as turnover, because a person chose so.",
	}[g]
}
