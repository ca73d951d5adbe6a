package mplus

import "github.com/koppel/koppel/domain"

// lineKind tells what a line counts as. A reason for own use (bpeId) goes before
// the turnover group; a price that is put on a gift card is one before it too.
func (r *reading) lineKind(d lineData) domain.LineKind {
	if id := trimmed(d.BpeID); id != "" && id != noID {
		return domain.LineOwnUse
	}
	if trimmed(string(d.PriceType)) == "PRICE-TYPE-GIFT-CARD" {
		return domain.LineBalance
	}
	switch trimmed(string(d.TurnoverGroupType)) {
	case "", "TURNOVER-GROUP-TYPE-TURNOVER", "TURNOVER-GROUP-TYPE-UNKNOWN":
		return domain.LineSale
	case "TURNOVER-GROUP-TYPE-PAYMENT":
		return domain.LinePayment
	case "TURNOVER-GROUP-TYPE-SUSPENSE":
		return domain.LineSuspense
	case "TURNOVER-GROUP-TYPE-CASH-INFLOW", "TURNOVER-GROUP-TYPE-CASH-OUTFLOW":
		return domain.LineCash
	case "TURNOVER-GROUP-TYPE-BALANCE-UPGRADE":
		return domain.LineBalance
	case "TURNOVER-GROUP-TYPE-REFUNDABLE-DEPOSIT":
		return domain.LineDeposit
	default:
		r.fail("turnoverGroupType", "is not one that is known")
		return domain.LineSale
	}
}
