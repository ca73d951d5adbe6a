package reconcile

import (
	"time"

	"github.com/koppel/koppel/domain"
)

// SaleDate is the day that a sale counts for: the till's financial date or, where
// the document says so, the day in Amsterdam on which it was entered. What is
// entered before the business day ends, by the clock on the wall, belongs to the
// day before.
func SaleDate(o domain.Order, said domain.SaleDefaults) domain.Date {
	if !said.Entered || o.EnteredAt.IsZero() {
		return o.Date
	}
	local := o.EnteredAt.In(domain.Amsterdam())
	day := domain.DateIn(local, local.Location())
	clock := time.Duration(local.Hour())*time.Hour + time.Duration(local.Minute())*time.Minute
	if clock < said.DayEnds {
		return day.AddDays(-1)
	}
	return day
}
