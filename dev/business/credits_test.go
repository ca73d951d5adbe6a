package business

import (
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/dev/outside"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
)

// allSources takes orders and receipts as orders, and invoices as invoices.
func allSources(d *settings.Document) {
	asInvoices(d)
	otherwise(d, "target", "sales_order")
	row(d, "target", "journal", "invoice", "*", "*", "*", "*")
	d.Flows.Orders.Sources, d.Flows.Orders.StartFrom = domain.SourceKinds(), settings.StartAll
	counter(d)
}

var overTheCounter = fields{"SHIP_MTH": ""}

// credits are sales that take something back.
var credits = group{
	name: "credits",
	document: func(d *settings.Document) {
		allSources(d)
		d.Flows.Orders.Only.From = dateOf(thisYear("01-01"))
	},
	stories: []story{
		{
			name: "a receipt", as: outside.Receipts,
			sale: sale{RelationNumber: 1, Lines: lines(of(100101, "3")), Payments: cash},
			want: want{debtor: "10001", documents: []booked{{header: overTheCounter, lines: pieces("3")}}},
			then: []chapter{{
				name: "one of three comes back", do: isTakenBack(sale{RelationNumber: 1, Type: "credit-receipt", Lines: lines(of(100101, "-1")), Payments: cash}),
				want: want{debtor: "10001", documents: []booked{{
					header: fields{"SHIP_MTH": "", "COMMENT3": "Retour van " + original}, lines: pieces("-1"),
				}}},
			}},
		},
		{
			name: "an invoice", as: outside.Invoices,
			sale: sale{RelationNumber: 2, Lines: lines(of(100101, "1"), of(101401, "3"))},
			want: want{debtor: "10002", documents: invoice(entry{"8000", "-28.88", "1", "-6.07", nil}, entry{"8010", "-19.13", "2", "-1.72", nil})},
			then: []chapter{{
				name: "it is credited as a whole", do: isTakenBack(sale{RelationNumber: 2, Type: "credit-invoice", Lines: lines(of(100101, "-1"), of(101401, "-3"))}),
				want: want{debtor: "10002", documents: []booked{{
					header:  fields{"COMMENT1": "Retour van 710/" + original},
					entries: []entry{{"8000", "28.88", "1", "6.07", nil}, {"8010", "19.13", "2", "1.72", nil}},
				}}},
			}},
		},
		{
			name: "a receipt that stays out", as: outside.Receipts,
			sale: sale{RelationNumber: 3, Lines: oneSkillet, Payments: cash, FinancialDate: lastYear("12-31")},
			want: want{timeline: []string{"skipped filtered_date"}},
			then: []chapter{{
				name: "it is taken back", do: isTakenBack(sale{RelationNumber: 3, Type: "credit-receipt", Lines: lines(of(100101, "-1")), Payments: cash}),
				want: want{timeline: []string{"parked original_not_booked"}},
			}},
		},
		{
			name: "goods that come back, of nobody knows which sale", as: outside.Receipts,
			sale: sale{RelationNumber: 4, Type: "credit-receipt", Lines: lines(of(100101, "-1")), Payments: cash},
			want: want{debtor: "10005", documents: []booked{{header: overTheCounter, lines: pieces("-1")}}},
		},
	},
}

// creditsByHand are books in which a person books what comes back.
var creditsByHand = group{
	name: "credits by hand", document: func(d *settings.Document) { d.Flows.Orders.Changes.Credits = domain.CreditsPark },
	stories: []story{
		{
			name: "an order of what comes back",
			sale: sale{RelationNumber: 1, Lines: lines(of(100101, "-1"))},
			want: want{timeline: []string{"parked credit_for_a_person"}},
		},
		{
			name: "an exchange is one order",
			sale: sale{RelationNumber: 2, Lines: lines(of(100102, "-1"), of(100101, "1"))},
			want: want{debtor: "10002", documents: one(line{"100102", "-1", "44.95", "1", nil}, line{"100101", "1", "34.95", "1", nil})},
		},
	},
}

var cash = []outside.Payment{{Method: "CASH"}}

// original stands for the number that the sale before has in the books.
const original = "{original}"

// isTakenBack rings up what takes the sale back, and goes on with that.
func isTakenBack(credit sale) func(*visit) {
	return func(v *visit) {
		credit.Credits = v.order.ID
		for _, d := range v.documentsOf()[v.reference()] {
			v.before = d.header["ORD_NR"] + d.header["PAGE_NR"]
		}
		v.sale, v.told = credit, 0
		v.ringUp()
		require.NotEmpty(v, v.number)
	}
}
