package reconcile

import (
	"slices"

	"github.com/koppel/koppel/domain"
)

// IsCredit reports whether a sale takes back another one, or has only lines that
// take something back. An exchange, which sells something too, is no credit.
func IsCredit(o domain.Order) bool {
	if o.Credits != "" {
		return true
	}
	sells := func(l domain.OrderLine) bool { return l.Sells() && !l.Quantity.IsNegative() }
	return slices.ContainsFunc(o.Lines, domain.OrderLine.Sells) && !slices.ContainsFunc(o.Lines, sells)
}
