package business

import (
	"github.com/koppel/koppel/dev/outside"
)

// sources are all three documents of the till.
var sources = group{
	name: "sources", document: allSources,
	stories: []story{
		{
			name: "a receipt over the counter", as: outside.Receipts,
			sale: sale{Lines: lines(of(100101, "1"), of(101401, "2")), Payments: []outside.Payment{{Method: "PIN"}}},
			want: want{debtor: "10060", documents: []booked{{
				header: fields{"SHIP_MTH": ""}, lines: []line{{"100101", "1", "34.95", "1", nil}, {"101401", "2", "6.95", "2", nil}},
			}}},
		},
		{
			name: "an invoice to a company", as: outside.Invoices,
			sale: sale{RelationNumber: 1, Lines: lines(of(100101, "2"))},
			want: want{debtor: "10001", documents: invoice(entry{"8000", "-57.77", "1", "-12.13", nil})},
		},
		{
			name: "a receipt to a customer who is known", as: outside.Receipts,
			sale: sale{RelationNumber: 16, Lines: oneSkillet, Payments: []outside.Payment{{Method: "CASH"}}},
			want: want{debtor: "10021", documents: []booked{{header: fields{"SHIP_MTH": ""}, lines: pieces("1")}}},
		},
		{
			name: "an order whose receipt and invoice follow counts once",
			sale: sale{RelationNumber: 2, Lines: oneSkillet},
			meanwhile: func(v *visit) {
				for _, as := range []string{outside.Receipts, outside.Invoices} {
					v.rings(as, sale{RelationNumber: 2, Lines: oneSkillet, OrderIDs: []string{v.order.ID}})
				}
			},
			want: want{debtor: "10002", documents: skilletOrder},
		},
		{
			name: "the receipt of an order", as: outside.Receipts,
			before: belongsToAnOrder(3),
			sale:   sale{RelationNumber: 3, Lines: oneSkillet},
			want:   want{timeline: []string{"skipped belongs_to_order"}},
		},
		{
			name: "the invoice of an order", as: outside.Invoices,
			before: belongsToAnOrder(4),
			sale:   sale{RelationNumber: 4, Lines: oneSkillet},
			want:   want{timeline: []string{"skipped belongs_to_order"}},
		},
		{
			name: "a receipt that takes goods back", as: outside.Receipts,
			sale: sale{RelationNumber: 5, Type: "credit-receipt", Lines: lines(of(100101, "-1")), Payments: []outside.Payment{{Method: "CASH"}}},
			want: want{debtor: "10006", documents: []booked{{header: fields{"SHIP_MTH": ""}, lines: pieces("-1")}}},
		},
	},
}

// belongsToAnOrder makes the sale a part of an order that goes to the books.
func belongsToAnOrder(relation int64) func(*visit) {
	return func(v *visit) {
		order := v.rings(outside.Orders, sale{RelationNumber: relation, Lines: oneSkillet})
		v.sale.OrderIDs = []string{order.ID}
	}
}
