package reconcile

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// PriceRank is in which order the till looks at prices that fit.
type PriceRank int

// The ranks, the first one first.
const (
	RankCustomerArticle PriceRank = iota + 1 // of the customer, for the article
	RankCustomerGroup                        // of the customer, for the article's discount group
	RankPriceGroup                           // of the price group that the customer is in
	RankPromotion                            // of everybody, now
	RankOwn                                  // the article's own, less the customer's percentage
)

// RankedPrice is a price that the till holds and that fits.
type RankedPrice struct {
	JudgedPrice
	Rank PriceRank
}

// Charge is what a customer pays for a quantity.
type Charge struct {
	Of       *RankedPrice      // the price that was taken; nil: the article's own
	Basis    domain.PriceBasis // the side of VAT on which the price was agreed: the amounts are exact on that side
	Unit     decimal.Decimal   // price of one, before discount
	Discount decimal.Decimal   // in percent
	Amount   decimal.Decimal   // of the whole quantity, after discount
}

// ChargePrice chooses between prices that fit, and works out what is to be paid. A
// price with a minimum that the quantity does not reach does not fit; of several of
// one rank the greatest minimum counts. Percentages are off the usual price with VAT.
func ChargePrice(prices []RankedPrice, quantity decimal.Decimal, usual BasePrice, precedence domain.PricePrecedence) Charge {
	var offers []Charge
	flat := decimal.Zero
	var flatRow *RankedPrice
	for rank := RankCustomerArticle; rank < RankOwn; rank++ {
		if best := bestOfRank(prices, rank, quantity); best != nil {
			offers = append(offers, charge(best, best.Price, quantity, usual))
		}
	}
	if best := bestOfRank(prices, RankOwn, quantity); best != nil {
		flat, flatRow = best.Price.DiscountPercent, best
	}
	offers = append(offers, charge(flatRow, domain.Price{DiscountPercent: flat}, quantity, usual))
	if precedence != domain.LowestFirst {
		return offers[0]
	}
	return slices.MinFunc(offers, func(a, b Charge) int { return a.withVAT(usual).Cmp(b.withVAT(usual)) })
}

func bestOfRank(prices []RankedPrice, rank PriceRank, quantity decimal.Decimal) *RankedPrice {
	var best *RankedPrice
	for i, p := range prices {
		if p.Rank != rank || p.State != PriceStands || p.Price.MinQuantity.GreaterThan(quantity.Abs()) {
			continue
		}
		if best == nil || p.Price.MinQuantity.GreaterThan(best.Price.MinQuantity) {
			best = &prices[i]
		}
	}
	return best
}

func charge(of *RankedPrice, p domain.Price, quantity decimal.Decimal, usual BasePrice) Charge {
	c := Charge{Of: of, Basis: p.PriceBasis, Unit: domain.RoundCents(p.Agreed())}
	if p.PriceBasis == "" {
		c.Basis, c.Unit, c.Discount = domain.PriceBasisIncl, usual.Incl, p.DiscountPercent
	}
	gross := domain.RoundCents(c.Unit.Mul(quantity))
	c.Amount = gross.Sub(domain.RoundCents(gross.Mul(c.Discount).Shift(-2)))
	return c
}

// withVAT is the amount including VAT, as far as the usual price tells its rate.
func (c Charge) withVAT(usual BasePrice) decimal.Decimal {
	if c.Basis != domain.PriceBasisExcl || !usual.Excl.IsPositive() {
		return c.Amount
	}
	return c.Amount.Mul(usual.Incl).DivRound(usual.Excl, 2)
}
