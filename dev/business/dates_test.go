package business

import (
	"time"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
)

// lateNight is a shop whose day goes on past midnight.
var lateNight = group{
	name: "past midnight",
	document: func(d *settings.Document) {
		d.Flows.Orders.Dates.Date, d.Flows.Orders.Dates.DayEnds = settings.DateEntered, "04:00"
	},
	clock:  func() time.Time { return midday().Add(-10*time.Hour - 30*time.Minute) }, // half past one at night
	header: fields{"ORD_DATE": inDays(-1)},
	stories: []story{
		{
			name: "rung up at half past one at night",
			sale: sale{RelationNumber: 1, Lines: oneSkillet},
			want: want{debtor: "10001", documents: skilletOrder},
		},
	},
}

// midday is noon of today in Amsterdam.
func midday() time.Time {
	day, err := time.ParseInLocation(time.DateOnly, today(), domain.Amsterdam())
	if err != nil {
		return time.Time{}
	}
	return day.Add(12 * time.Hour)
}
