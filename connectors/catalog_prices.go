package connectors

import (
	"context"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// PriceSource gives the prices of the books that do not hold for everybody always.
type PriceSource interface {
	// Prices reads a page of prices, one list of the books after the other.
	Prices(ctx context.Context, part Part) (Page[PriceRecord], error)
	// PricesOf reads all prices of a scope.
	PricesOf(ctx context.Context, of PriceScope) ([]PriceRecord, error)
	// ArticlesWith reads a page of the codes of the articles of a group, or of those
	// that have an attribute.
	ArticlesWith(ctx context.Context, of ArticleSet, part Part) (Page[string], error)
}

// PriceScope says which prices are asked for: those for any of these, and of any
// of these.
type PriceScope struct {
	// For whom. None: for anybody.
	Customers, PriceLists, CustomerGroups []string
	Everybody                             bool // those that hold for everybody

	// Of what. None: of anything.
	SKUs, ArticleGroups []string
	Attributes          []domain.Attribute
	Everything          bool // those of all that is sold
}

// ArticleSet names articles by what they have in common: one of the two.
type ArticleSet struct {
	Group     string
	Attribute domain.Attribute
}

// PriceRecord is a price of the books.
type PriceRecord struct {
	ID    string // of the row in the books: object and key
	Price domain.Price
	Fault error // set when this one could not be understood; Price then has what could be
}

// PriceSink takes prices into the till. The till keeps them in lists: those of a
// customer with the customer, those of a price group and of a promotion with the
// article. A list is read whole and written whole.
type PriceSink interface {
	// PriceSchema describes what a row of a list may hold. The fields that cannot be
	// changed say which row it is.
	PriceSchema(ctx context.Context) (domain.Schema, error)
	// HeldPrices reads the lists of customers or articles, by their number at the
	// till. One that the till does not know is not in the answer.
	HeldPrices(ctx context.Context, of PriceHolder, numbers []string) ([]HeldPrices, error)
	// WritePrices puts these rows in the place of all rows of a customer or article.
	// It does not say that they stand there now: read them.
	WritePrices(ctx context.Context, to HeldPrices, rows []domain.Draft) error
	// PriceLevels reads what rows may refer to and no call can make: the till's price
	// groups and promotions, by the field of a row that names one.
	PriceLevels(ctx context.Context) (map[string][]PriceLevel, error)
	// Charged asks what the till charges for an article, in one line.
	Charged(ctx context.Context, question PriceQuestion) (PriceAnswer, error)
}

// PriceHolder is a kind of record of the till that holds prices.
type PriceHolder string

const (
	// HolderCustomer holds the prices of one customer.
	HolderCustomer PriceHolder = "customer"
	// HolderArticle holds the prices of one article in price groups and promotions.
	HolderArticle PriceHolder = "article"
)

// HeldPrices are the prices that the till holds of one customer or article.
type HeldPrices struct {
	Of     PriceHolder
	Number string
	Parent string         // of an article: the product it is written through
	Group  string         // of a customer: the price group that the till has it in
	Rows   []domain.Draft // in the till's own field names
	Base   BasePrice      // of an article: its usual price
}

// BasePrice is the usual price of an article at the till.
type BasePrice struct {
	Incl, Excl    decimal.Decimal
	DiscountGroup string // that the article is in; empty: none
}

// PriceLevel is a price group or a promotion of the till.
type PriceLevel struct {
	Number string
	Name   string
}

// PriceQuestion is one article that one customer would buy.
type PriceQuestion struct {
	Customer          string // number at the till; empty: nobody in particular
	Article           string // number at the till
	Quantity          decimal.Decimal
	On                domain.Date
	Branch, Workplace int
}

// PriceAnswer is what the till charges. Amounts are for the whole quantity, after
// discount.
type PriceAnswer struct {
	PriceIncl, PriceExcl   decimal.Decimal // of one unit, before discount
	AmountIncl, AmountExcl decimal.Decimal
	DiscountPercent        decimal.Decimal
	Why                    string // which kind of price it is, in the till's words
}
