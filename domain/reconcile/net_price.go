// Package reconcile holds pure decisions about records of two systems: whether
// they agree, which one is meant, and what a price must be for totals to agree.
package reconcile

import (
	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// PriceDecimals is how many decimals a unit price in the books can hold.
const PriceDecimals = 4

// NetUnitPrice gives the price of one for which quantity times price rounds to
// total, so that a discount spread over the line loses no cent. The listed
// price is taken when it already fits, then the price with the fewest decimals.
//
// Where no price of four decimals fits, the nearest is given, and the VAT proof
// shows the difference. For quantity zero there is no price to compute: it is
// the listed one.
func NetUnitPrice(total, quantity, listed decimal.Decimal) decimal.Decimal {
	if quantity.IsZero() {
		return listed.Round(PriceDecimals)
	}
	price := listed.Round(PriceDecimals)
	if domain.RoundCents(price.Mul(quantity)).Equal(total) {
		return price
	}
	for places := int32(2); places <= PriceDecimals; places++ {
		price = total.DivRound(quantity, places)
		if domain.RoundCents(price.Mul(quantity)).Equal(total) {
			break
		}
	}
	return price
}
