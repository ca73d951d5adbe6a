package reconcile

import (
	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// SaleLine is one line of a sale as it is to stand on an order of the books.
type SaleLine struct {
	domain.OrderLine // of the till; one that closes a VAT group has its code and percentage only
	Role             domain.LineRole
	Article          string          // of the books; empty: the line's own
	Price            decimal.Decimal // of one, incl. or excl. VAT as the rules say
	DiscountPercent  decimal.Decimal // that the books take off the price
}

// percentDecimals is how many decimals a discount percentage of the books has.
const percentDecimals = 2

// OrderLines gives the lines of an order of the books for a sale: its own, with
// discounts as the rules say, and then for each VAT group what closes it. Every
// euro of a group stands on a line that says what it is, or the VAT proof will
// show what is missing. The error is a SaleRefused.
func OrderLines(o domain.Order, rules domain.SaleRules) ([]SaleLine, error) {
	sold, sure, err := soldLines(o, rules, rules.Articles)
	if err != nil {
		return nil, err
	}
	var lines []SaleLine
	for _, l := range sold {
		lines = append(lines, priced(l, rules)...)
	}
	booked := make([]decimal.Decimal, len(o.VATGroups)) // by group
	for _, l := range lines {
		if i := groupOf(o.VATGroups, l.OrderLine); i >= 0 {
			booked[i] = booked[i].Add(l.total())
		}
	}
	for i, g := range o.VATGroups {
		if gap := side(g.Incl(), g.Excl, rules.PricesInclusive).Sub(booked[i]); sure && !gap.IsZero() {
			if role, name := closing(gap, booked[i], rules, rules.Articles); name != "" {
				lines = append(lines, closingLine(role, name, gap, domain.OrderLine{VATCode: g.Code, VATPercent: g.Percent}))
			}
		}
	}
	return lines, nil
}

// priced gives a line of the till its price, and the line beside it that takes
// its discount off where the rules ask for one.
func priced(sold soldLine, rules domain.SaleRules) []SaleLine {
	l := SaleLine{OrderLine: sold.OrderLine, Role: sold.role, Article: sold.name}
	listed := side(l.UnitPriceIncl, l.UnitPriceExcl, rules.PricesInclusive).Round(PriceDecimals)
	total := side(l.TotalIncl, l.TotalExcl, rules.PricesInclusive)
	l.Price = NetUnitPrice(total, l.Quantity, listed)
	full := domain.RoundCents(l.Quantity.Mul(listed))
	if l.DiscountIncl.IsZero() || full.IsZero() || full.Equal(total) {
		return []SaleLine{l}
	}
	switch {
	case rules.Discounts == domain.DiscountsPercentage && full.Sub(total).Sign() == full.Sign():
		l.Price, l.DiscountPercent = listed, hundred.Mul(full.Sub(total)).DivRound(full, percentDecimals)
	case rules.Discounts == domain.DiscountsLine && rules.Articles.Discount != "":
		l.Price = listed
		of := domain.OrderLine{ID: l.ID + "-", Text: l.Text, VATCode: l.VATCode, VATPercent: l.VATPercent, TurnoverGroup: l.TurnoverGroup}
		return []SaleLine{l, closingLine(domain.RoleDiscount, rules.Articles.Discount, total.Sub(full), of)}
	}
	return []SaleLine{l}
}

// closingLine is a line of one amount. What it takes off is a negative quantity,
// as with goods that come back: a price is never negative.
func closingLine(role domain.LineRole, article string, amount decimal.Decimal, of domain.OrderLine) SaleLine {
	if of.ID == "" {
		of.ID = string(role) + "-" + of.VATCode
	}
	of.Quantity = decimal.NewFromInt(int64(amount.Sign()))
	return SaleLine{OrderLine: of, Role: role, Article: article, Price: amount.Abs()}
}

// total is the line's amount as the books compute it.
func (l SaleLine) total() decimal.Decimal {
	return BookedLine{Quantity: l.Quantity, UnitPrice: l.Price, DiscountPercent: l.DiscountPercent}.total()
}

// side picks the amount that counts.
func side(incl, excl decimal.Decimal, inclusive bool) decimal.Decimal {
	if inclusive {
		return incl
	}
	return excl
}
