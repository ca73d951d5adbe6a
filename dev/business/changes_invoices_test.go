package business

import "github.com/koppel/koppel/settings"

// numbered are invoices that the books number themselves.
var numbered = group{
	name: "changes of numbered invoices",
	document: func(d *settings.Document) {
		asInvoices(d)
		d.Flows.Orders.Fill.Daybook, d.Flows.Orders.Fill.InvoiceNumber = "700", settings.InvoiceNumberBooks
	},
	header: fields{"DJ_CODE": "700", "INV_NR": numberedByBooks},
	stories: []story{
		{
			name: "cancelled after it was booked",
			sale: sale{RelationNumber: 1, Lines: lines(of(100101, "1"), of(101401, "3"))},
			want: want{debtor: "10001", documents: invoice(entry{"8000", "-28.88", "1", "-6.07", nil}, entry{"8010", "-19.13", "2", "-1.72", nil})},
			then: []chapter{{
				name: "the customer does not want it", do: isCancelled,
				want: want{timeline: []string{"countered"}, debtor: "10001", documents: []booked{
					{entries: []entry{{"8000", "-28.88", "1", "-6.07", nil}, {"8010", "-19.13", "2", "-1.72", nil}}},
					{suffix: "C1", entries: []entry{{"8000", "28.88", "1", "6.07", takesBack}, {"8010", "19.13", "2", "1.72", takesBack}}},
				}},
			}},
		},
	},
}

// changedInvoices are sales that change after they stand in the books as invoices.
var changedInvoices = group{
	name:     "changes of invoices",
	document: asInvoices,
	stories: []story{
		{
			name: "to three pieces",
			sale: sale{RelationNumber: 1, Lines: oneSkillet},
			want: want{debtor: "10001", documents: invoice(entry{"8000", "-28.88", "1", "-6.07", nil})},
			then: []chapter{{
				name: "the till says so", do: changes(sale{Lines: lines(of(100101, "3"))}),
				want: want{timeline: again, debtor: "10001", documents: []booked{
					{entries: []entry{{"8000", "-28.88", "1", "-6.07", nil}}},
					{suffix: "C1", entries: []entry{{"8000", "28.88", "1", "6.07", takesBack}}},
					{suffix: "V2", entries: []entry{{"8000", "-86.65", "1", "-18.2", nil}}},
				}},
			}},
		},
	},
}

// takesBack marks a line whose text names the document that it takes back.
var takesBack = fields{"TRN_DESC": ownReference}
