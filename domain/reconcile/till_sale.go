package reconcile

import (
	"time"

	"github.com/koppel/koppel/domain"
)

// TillSale is what is known of goods that the till sold, and of the document of
// that sale.
type TillSale struct {
	Age       time.Duration // since it was sold
	Travels   bool          // documents of this kind go to the books
	Arrived   bool          // we have the document
	Open      bool          // and are not done with it
	Booked    domain.Target // what it became in the books; empty: nothing
	Processed bool          // the books have delivered what it became
}

// Counts reports whether a sale comes off the stock that the books tell: they still
// count the goods as there. Nobody tells us of a sale that the books come to know
// by another way, or as an amount of money only: such a one counts for a while.
func (s TillSale) Counts(rule domain.TillSales, elsewhere time.Duration) bool {
	switch {
	case rule == domain.TillSalesNone:
		return false
	case s.Booked == domain.TargetSalesOrder:
		return rule == domain.TillSalesNotProcessed && !s.Processed
	case s.Travels && s.Arrived && s.Open && s.Booked == "":
		return true
	default:
		return s.Age < elsewhere
	}
}

// Settled reports whether a sale that does not count never will again.
func (s TillSale) Settled(rule domain.TillSales, elsewhere time.Duration) bool {
	return rule != domain.TillSalesNone && !s.Counts(rule, elsewhere)
}
