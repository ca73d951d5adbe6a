package reconcile

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// Codes of SaleRefused.
const (
	// CodeOwnUse: the shop used the goods itself, in whole or in part.
	CodeOwnUse = "own_use"
	// CodeGiftCardSold: a line sells a gift card, which is no turnover.
	CodeGiftCardSold = "gift_card_sold"
	// CodePaymentLine: a line stands for a payment, which is no turnover.
	CodePaymentLine = "payment_line"
	// CodeSuspenseLine: a line is to be settled later, which is no turnover.
	CodeSuspenseLine = "suspense_line"
	// CodePrepaidUnnamed: a day was paid with what customers had paid in advance,
	// and no account is named for that.
	CodePrepaidUnnamed = "prepaid_unnamed"
	// CodeCashUnnamed: money was moved in the drawers of a day, and the document
	// names no ledger account for it.
	CodeCashUnnamed = "cash_unnamed"
	// CodeCashLine: a line moves money into the drawer or out of it.
	CodeCashLine = "cash_line"
)

// SaleRefused is a sale that the rules keep out of the books: it holds what must
// not become turnover by accident.
type SaleRefused struct{ Reason string }

// Error is the code; its explanation stands in package domain.
func (r SaleRefused) Error() string { return r.Reason }

// Code is the key of the explanation.
func (r SaleRefused) Code() string { return r.Reason }

// OwnUse reports whether anything of a sale was used by the shop itself, and
// whether all of it was.
func OwnUse(o domain.Order) (some, all bool) {
	paid := decimal.Zero
	for _, p := range o.Payments {
		if p.Kind == domain.PaymentOwnUse {
			some, paid = true, paid.Add(p.Amount)
		}
	}
	if some && paid.Equal(o.TotalIncl) {
		return true, true
	}
	all = true
	for _, l := range o.Lines {
		if l.Sells() {
			own := l.Kind == domain.LineOwnUse
			some, all = some || own, all && own
		}
	}
	return some, some && all
}

// soldLine is a line of the till that goes to the books, and what it stands for.
type soldLine struct {
	domain.OrderLine
	role domain.LineRole
	name string // article or account of the books; empty: the line's own
}

// soldLines picks the lines that go to the books. Sure is false when the sale
// has an amount on a line that cannot go: what its VAT groups hold beyond the
// other lines must then not be taken for shipping or a discount.
func soldLines(o domain.Order, rules domain.SaleRules, names domain.SaleNames) (lines []soldLine, sure bool, err error) {
	if some, all := OwnUse(o); some && rules.OwnUse != domain.OwnUseBook && (!all || rules.OwnUse == domain.OwnUsePark) {
		return nil, false, SaleRefused{CodeOwnUse}
	}
	sure = true
	for _, l := range o.Lines {
		if !l.Sells() || l.Quantity.IsZero() {
			sure = sure && l.TotalIncl.IsZero() && l.TotalExcl.IsZero()
			if !l.Sells() {
				continue
			}
		}
		sold := soldLine{OrderLine: l, role: domain.RoleSale}
		switch l.Kind {
		case domain.LineBalance:
			if rules.GiftCards == domain.GiftCardsAccount && names.GiftCard != "" {
				sold.role, sold.name = domain.RoleGiftCard, names.GiftCard
			} else if rules.GiftCards != domain.GiftCardsBook {
				return nil, false, SaleRefused{CodeGiftCardSold}
			}
		case domain.LineDeposit:
			sold.role, sold.name = domain.RoleDeposit, names.Deposit
		case domain.LinePayment:
			if o.Source != domain.SourceDayTotal {
				return nil, false, SaleRefused{CodePaymentLine}
			}
			if sold.role = domain.RolePayment; paidInAdvance(o, l.PaymentMethod) {
				if sold.name = names.Prepaid; sold.name == "" {
					return nil, false, SaleRefused{CodePrepaidUnnamed}
				}
			}
		case domain.LineSuspense:
			return nil, false, SaleRefused{CodeSuspenseLine}
		case domain.LineCash:
			if o.Source != domain.SourceDayTotal {
				return nil, false, SaleRefused{CodeCashLine}
			}
			if sold.role, sold.name = domain.RoleCash, names.Cash; l.PaymentMethod == "" {
				sold.name = names.Movement
			}
			if sold.name == "" {
				return nil, false, SaleRefused{CodeCashUnnamed}
			}
		}
		lines = append(lines, sold)
	}
	return lines, sure, nil
}

// paidInAdvance reports whether a payment method of a day settles what customers
// had paid before.
func paidInAdvance(day domain.Order, method string) bool {
	return slices.ContainsFunc(day.Payments, func(p domain.Payment) bool {
		return p.Method == method && p.Kind == domain.PaymentDeposit
	})
}

// closing says what a gap between a VAT group of the till and the lines of the
// books is: what the group holds and the lines do not. Nothing: it is not known,
// or the document has no name for it.
func closing(gap, lines decimal.Decimal, rules domain.SaleRules, names domain.SaleNames) (role domain.LineRole, name string) {
	switch {
	case gap.Abs().LessThanOrEqual(rules.RoundingMost):
		role, name = domain.RoleRounding, names.Rounding
	case lines.IsZero() || gap.Sign() == lines.Sign(): // more than what was sold
		role, name = domain.RoleShipping, names.Shipping
	default: // less; of goods that come back, less is given back
		role, name = domain.RoleDiscount, names.Discount
	}
	if name == "" {
		return "", ""
	}
	return role, name
}

// chargedPercent is the percentage that the till charged on a group or a line:
// none where VAT is shifted or does not apply.
func chargedPercent(o domain.Order, percent decimal.Decimal) decimal.Decimal {
	if o.VATMethod == domain.VATShifted || o.VATMethod == domain.VATNone {
		return decimal.Zero
	}
	return percent
}

func groupOf(groups []domain.VATGroup, l domain.OrderLine) int {
	return slices.IndexFunc(groups, func(g domain.VATGroup) bool { return g.Code == l.VATCode && g.Percent.Equal(l.VATPercent) })
}
