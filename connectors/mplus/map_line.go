package mplus

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

var hundred = decimal.NewFromInt(100)

// lines maps all lines. Components of a line (preparationList) are not lines of
// their own: the line's amounts include them.
func (r *reading) lines(list []line, method domain.VATMethod, groups []domain.VATGroup) []domain.OrderLine {
	lines := make([]domain.OrderLine, 0, len(list))
	for i, w := range list {
		r.in(fmt.Sprintf("lineList/%d", i+1), func() {
			l := r.orderLineFromLine(w, method, groups)
			if l.ID == "" {
				l.ID = fmt.Sprintf("#%d", i+1)
			}
			lines = append(lines, l)
		})
	}
	return lines
}

func (r *reading) orderLineFromLine(w line, method domain.VATMethod, groups []domain.VATGroup) domain.OrderLine {
	l := domain.OrderLine{ID: trimmed(w.LineID), Text: trimmed(w.Text)}
	if !r.sells(w.LineKind) {
		return l
	}
	l.SKU = r.number("articleNumber", w.ArticleNumber)
	if w.Data == nil {
		return l
	}
	r.in("data", func() {
		d := *w.Data
		l.VATCode = r.vatCode(d.VatCode)
		l.VATPercent = r.linePercent(d, l.VATCode, groups)
		l.TurnoverGroup = r.number("turnoverGroup", d.TurnoverGroup)
		l.Kind = r.lineKind(d)
		l.Quantity = r.quantity("quantity", d.Quantity, d.DecimalPlaces)
		r.price(&l, d, method)
	})
	return l
}

// sells reads LineKind: headers and subtotals repeat what other lines sell.
func (r *reading) sells(kind wireEnum) bool {
	switch trimmed(string(kind)) {
	case "", "LINE-KIND-DEFAULT":
		return true
	case "LINE-KIND-SUBTOTAL", "LINE-KIND-HEADER", "LINE-KIND-SECONDARY-HEADER":
		return false
	default:
		r.fail("lineKind", "is not one that is known")
		return false
	}
}

// linePercent is the line's own VAT percentage or, when it is silent, that of
// the order's group with its code.
func (r *reading) linePercent(d lineData, code string, groups []domain.VATGroup) decimal.Decimal {
	if d.VatPercentage.given() {
		return r.percent("vatPercentage", d.VatPercentage)
	}
	for _, g := range groups {
		if g.Code == code {
			return g.Percent
		}
	}
	return decimal.Zero
}

// price fills the amounts. What the till says stands; only what it leaves out is
// worked out from the rest.
func (r *reading) price(l *domain.OrderLine, d lineData, method domain.VATMethod) {
	if r.linePrice == PriceByVATMethod && (method == domain.VATExclusive || method == domain.VATShifted) && !d.PriceExcl.given() {
		d.Price, d.PriceExcl = "", d.Price
	}
	vat := vatFactor(l.VATPercent, method)
	l.UnitPriceIncl, l.UnitPriceExcl = r.bothSides("price", d.Price, "priceExcl", d.PriceExcl, vat)
	discountIncl, discountExcl := r.discount(*l, d, vat)
	l.DiscountIncl = discountIncl
	switch {
	case d.TotalInclAmount.given() || d.TotalExclAmount.given():
		l.TotalIncl, l.TotalExcl = r.bothSides("totalInclAmount", d.TotalInclAmount, "totalExclAmount", d.TotalExclAmount, vat)
	case d.PriceExcl.given() && (method != domain.VATInclusive || !d.Price.given()):
		l.TotalExcl = domain.RoundCents(l.Quantity.Mul(l.UnitPriceExcl)).Sub(discountExcl)
		l.TotalIncl = domain.RoundCents(l.TotalExcl.Mul(vat))
	default:
		l.TotalIncl = domain.RoundCents(l.Quantity.Mul(l.UnitPriceIncl)).Sub(discountIncl)
		l.TotalExcl = withoutVAT(l.TotalIncl, vat)
	}
}

// discount is the line's whole discount, incl. and excl. VAT.
func (r *reading) discount(l domain.OrderLine, d lineData, vat decimal.Decimal) (incl, excl decimal.Decimal) {
	if !d.DiscountAmount.given() && !d.DiscountAmountExcl.given() {
		share := r.percent("discountPercentage", d.DiscountPercentage).Div(hundred)
		incl = domain.RoundCents(l.Quantity.Mul(l.UnitPriceIncl).Mul(share))
		return incl, domain.RoundCents(l.Quantity.Mul(l.UnitPriceExcl).Mul(share))
	}
	incl, excl = r.bothSides("discountAmount", d.DiscountAmount, "discountAmountExcl", d.DiscountAmountExcl, vat)
	if r.discountAmount == DiscountPerUnit {
		incl, excl = domain.RoundCents(incl.Mul(l.Quantity)), domain.RoundCents(excl.Mul(l.Quantity))
	}
	return incl, excl
}

// bothSides reads an amount with and without VAT and works out the side that is
// missing.
func (r *reading) bothSides(inclName string, incl wireInt, exclName string, excl wireInt, vat decimal.Decimal) (with, without decimal.Decimal) {
	with, without = r.euros(inclName, incl), r.euros(exclName, excl)
	switch {
	case incl.given() && !excl.given():
		without = withoutVAT(with, vat)
	case excl.given() && !incl.given():
		with = domain.RoundCents(without.Mul(vat))
	}
	return with, without
}

// vatFactor is what an amount without VAT is multiplied by: 1.21 at 21 %. A
// shifted or absent VAT adds nothing.
func vatFactor(percent decimal.Decimal, method domain.VATMethod) decimal.Decimal {
	if method == domain.VATShifted || method == domain.VATNone || percent.IsNegative() {
		return decimal.NewFromInt(1)
	}
	return decimal.NewFromInt(1).Add(percent.Div(hundred))
}

func withoutVAT(incl, vat decimal.Decimal) decimal.Decimal { return incl.DivRound(vat, 2) }
