package activities

import (
	"context"
	"fmt"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/settings"
)

// bookDate is the day that a sale counts for in the books: its own, or where that
// is closed the first open one, if the document wants it so. What the books say of
// a day is remembered for a while, so that a sale costs no call of its own.
func (o *Orders) bookDate(ctx context.Context, doc *Document, a *Attempt, order domain.Order) (domain.Date, error) {
	day := doc.Mapper.SaleDate(order)
	if day.IsZero() {
		return day, nil
	}
	dates := doc.Flows.Orders.Dates
	from := day
	if !from.After(dates.ClosedThrough) {
		from = dates.ClosedThrough.AddDays(1)
	}
	open, known := doc.openDays.get(from, o.Now())
	if !known {
		calendar, err := o.Connections.Calendar(ctx, a.Integration, a.Document)
		if err != nil {
			return day, err
		}
		if open, err = calendar.OpenFrom(ctx, from); err != nil {
			return day, err
		}
		beat(ctx, "asked which days are open")
		if open == from { // a closed day is asked for again: somebody may open it
			doc.openDays.put(from, open, o.Now())
		}
	}
	switch {
	case open == day:
		return day, nil
	case open.IsZero() || dates.ClosedPeriod == settings.ClosedPark:
		return day, fault.New(fault.Conflict, "period_closed", "choose date").About(fmt.Sprintf("%s %s", a.Number, day))
	default:
		a.Chose(domain.Decision{Code: domain.DecidedDateMoved, About: fmt.Sprintf("%s to %s", day, open)})
		return open, nil
	}
}
