package business

import (
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
)

// closed are books of which the document says that last year is closed.
var closed = group{
	name:     "closed periods",
	document: func(d *settings.Document) { d.Flows.Orders.Dates.ClosedThrough = dateOf(lastYear("12-31")) },
	stories: []story{
		{
			name: "a sale of a day that is closed",
			sale: sale{RelationNumber: 1, FinancialDate: lastYear("12-30"), Lines: oneSkillet},
			want: want{timeline: []string{"parked period_closed"}},
			then: []chapter{{
				name: "the document opens the year again",
				do:   applied(func(d *settings.Document) { d.Flows.Orders.Dates.ClosedThrough = domain.Date{} }),
				want: want{timeline: wokenByDocument, debtor: "10001", documents: []booked{{header: fields{"ORD_DATE": lastYear("12-30")}, lines: skilletOrder[0].lines}}},
			}},
		},
		{
			name: "a sale of the first day after it",
			sale: sale{RelationNumber: 2, FinancialDate: thisYear("01-01"), Lines: oneSkillet},
			want: want{debtor: "10002", documents: []booked{{header: fields{"ORD_DATE": thisYear("01-01")}, lines: skilletOrder[0].lines}}},
		},
	},
}

// moved are such books, that closed January of this year themselves, and take a
// sale on the next day that is open.
var moved = group{
	name: "closed periods that move",
	document: func(d *settings.Document) {
		asInvoices(d)
		otherwise(d, "target", "sales_order")
		row(d, "target", "journal", "*", "2", "*", "*", "*")
		d.AccountView.Assumptions.Periods.ClosedField = "PER_BLK"
		d.Flows.Orders.Dates.ClosedThrough, d.Flows.Orders.Dates.ClosedPeriod = dateOf(lastYear("12-31")), settings.ClosedNextOpen
	},
	stories: []story{
		{
			name: "an order of a day that is closed",
			sale: sale{RelationNumber: 1, FinancialDate: lastYear("12-30"), Lines: oneSkillet},
			want: want{debtor: "10001", why: []string{asOrder, "customer_found 10001 number", "date_moved " + lastYear("12-30") + " to " + thisYear("02-01")}, documents: []booked{{
				header: fields{"ORD_DATE": thisYear("02-01"), "COMMENT3": "Verkocht op 30-12-" + lastYear("12-30")[:4]}, lines: skilletOrder[0].lines,
			}}},
		},
		{
			name: "an invoice of a day that is closed",
			sale: sale{RelationNumber: 2, Branch: 2, FinancialDate: lastYear("11-02"), Lines: oneSkillet},
			want: want{debtor: "10002", documents: []booked{{
				header:  fields{"TRN_DATE": thisYear("02-01"), "COMMENT1": "Verkocht op 02-11-" + lastYear("11-02")[:4]},
				entries: []entry{{"8000", "-28.88", "1", "-6.07", nil}},
			}}},
		},
		{
			name: "a period that the books themselves closed",
			before: func(v *visit) {
				require.NoError(v, v.books.Post(v.Context(), "/_sandbox/periods", map[string]string{"closed_through": thisYear("01-31")}, nil))
			},
			sale: sale{RelationNumber: 3, Branch: 2, FinancialDate: thisYear("01-15"), Lines: oneSkillet},
			want: want{debtor: "10003", documents: []booked{{
				header:  fields{"TRN_DATE": thisYear("02-01"), "COMMENT1": "Verkocht op 15-01-" + thisYear("01-15")[:4]},
				entries: []entry{{"8000", "-28.88", "1", "-6.07", nil}},
			}}},
		},
	},
}

// lateNight is a shop whose day goes on past midnight.
var lateNight = group{
	name: "past midnight",
	document: func(d *settings.Document) {
		d.Flows.Orders.Dates.Date, d.Flows.Orders.Dates.DayEnds = settings.DateEntered, "04:00"
	},
	clock:  func() time.Time { return shopHours().Add(-10*time.Hour - 30*time.Minute) }, // half past one at night
	header: fields{"ORD_DATE": inDays(-1)},
	stories: []story{
		{
			name: "rung up at half past one at night",
			sale: sale{RelationNumber: 1, Lines: oneSkillet},
			want: want{debtor: "10001", documents: skilletOrder},
		},
	},
}
