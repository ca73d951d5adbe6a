package domain

import "github.com/shopspring/decimal"

// StockLevel is how much there is of an article, in the quantities that the
// books name. Which of them a till shows is a formula of the document. A
// quantity that these books do not keep is zero.
type StockLevel struct {
	SKU      string // article code of the books: text, zeros kept
	Number   string // its article number at the till, from who asks; empty: not known
	Location string // warehouse of the books; empty: all of them together

	Physical  decimal.Decimal // units on the shelf
	Available decimal.Decimal // units the books call available
	Reserved  decimal.Decimal // units promised on sales orders of the books
	OnOrder   decimal.Decimal // units ordered at suppliers
	Free      decimal.Decimal // units the books call free

	// TillUnbooked are units that the till has sold and the books have not booked
	// yet: the books still count them as there.
	TillUnbooked decimal.Decimal

	Custom map[string]string // every other column of the article, as Product.Custom
}
