package domain

// PriceConflict is what happens when several rows of the books say different
// things of the same price: for the same customer or price list, of the same
// article, from the same quantity on.
type PriceConflict string

const (
	// ConflictMostSpecific takes the row that says most closely of what it is.
	ConflictMostSpecific PriceConflict = "most_specific"
	// ConflictLowest takes the lowest price.
	ConflictLowest PriceConflict = "lowest"
	// ConflictPark lets a person decide.
	ConflictPark PriceConflict = "park"
)

// Help says what the choice means.
func (c PriceConflict) Help() string {
	return map[PriceConflict]string{
		ConflictMostSpecific: "The row of the article itself goes before one of an attribute, and that before one of an article group; of two alike, the one that began last. Two that began on one day park the list.",
		ConflictLowest:       "The lowest price for the customer.",
		ConflictPark:         "The list of prices waits until a person has corrected the books.",
	}[c]
}

// ForeignPrices is what happens to prices of the till that the books never had.
type ForeignPrices string

const (
	// ForeignKeep leaves them.
	ForeignKeep ForeignPrices = "keep"
	// ForeignRemove takes them away.
	ForeignRemove ForeignPrices = "remove"
)

// Help says what the choice means.
func (f ForeignPrices) Help() string {
	return map[ForeignPrices]string{
		ForeignKeep:   "They stay.",
		ForeignRemove: "They go, once the books have prices of that customer or article.",
	}[f]
}

// PricePrecedence is how the till chooses between prices that all fit.
type PricePrecedence string

const (
	// SpecificFirst takes the price of the customer for the article, then for its
	// discount group, then of the price group, then of a promotion, and the article's
	// own less the customer's percentage last.
	SpecificFirst PricePrecedence = "specific_first"
	// LowestFirst takes the lowest of them.
	LowestFirst PricePrecedence = "lowest"
)

// Help says what the choice means.
func (p PricePrecedence) Help() string {
	return map[PricePrecedence]string{
		SpecificFirst: "A price of the customer for the article goes first, then one for its discount group, then the price group, then a promotion, and at last the article's own price less the customer's percentage. Of several with a minimum, the greatest that the quantity reaches.",
		LowestFirst:   "The lowest of those.",
	}[p]
}
