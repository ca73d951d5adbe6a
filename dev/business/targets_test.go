package business

import (
	"slices"

	"github.com/koppel/koppel/settings"
)

// targets is what a sale becomes, by rule, and whom it is sold to when nobody is named.
var targets = group{
	name: "targets",
	document: func(d *settings.Document) {
		asInvoices(d)
		otherwise(d, "target", "sales_order")
		row(d, "target", "journal", "*", "2", "*", "*", "*")        // Gent invoices
		row(d, "target", "none", "*", "*", "2", "*", "*")           // in progress: not yet
		row(d, "target", "journal", "order", "*", "*", "paid", "*") // what is paid is invoiced at once
		d.Flows.Orders.DefaultDebtor = "10060"
		row(d, "default_debtor", "10059", "*", "PIN", "*")
		row(d, "default_debtor", "10058", "2", "*", "*")
		row(d, "default_debtor", "10057", "*", "*", "cafeteria")
		d.Flows.Orders.Fill.Reference = "Winkelverkoop"
		word := d.Mapping.Order[0]
		word.Target, word.Source = "DEL_CP", "order.reference"
		d.Mapping.Order = append(slices.Clone(d.Mapping.Order), word)
		d.Flows.Orders.Fill.DeliveryDate, d.Flows.Orders.Fill.DeliveryDays = settings.DeliveryDateOfSale, 3
		d.Flows.Orders.Fill.SelectionCode = "KASSA"
	},
	header: fields{"DEL_DATE": inDays(3), "ORD_EXPN": "KASSA", "DEL_CP": "Winkelverkoop"},
	stories: []story{
		{
			name: "an order that is not paid becomes an order",
			sale: sale{RelationNumber: 1, Lines: oneSkillet},
			want: want{debtor: "10001", documents: skilletOrder, why: []string{asOrder, "customer_found 10001 number"}},
		},
		{
			name: "an order of a branch that invoices becomes an invoice",
			sale: sale{RelationNumber: 2, Branch: 2, Lines: oneSkillet},
			want: want{debtor: "10002", why: []string{"target journal (lookups.target, row 1)", "customer_found 10002 number"}, documents: []booked{{
				header: fields{"DEL_DATE": "", "ORD_EXPN": "", "DEL_CP": ""}, entries: []entry{{"8000", "-28.88", "1", "-6.07", nil}},
			}}},
		},
		{
			name: "an order in a step that stays out, and then moves on",
			sale: sale{RelationNumber: 3, Category: 2, Lines: oneSkillet},
			want: want{timeline: []string{"skipped no_target"}},
			then: []chapter{{
				name: "it is ready", do: changes(sale{Category: 3}), want: want{debtor: "10003", documents: skilletOrder},
			}},
		},
		{
			name: "delivered on the day that was agreed",
			sale: sale{RelationNumber: 4, DeliveryDate: inDays(9), Lines: oneSkillet},
			want: want{debtor: "10005", documents: []booked{{header: fields{"DEL_DATE": inDays(9)}, lines: skilletOrder[0].lines}}},
		},
		{
			name: "nobody named, paid by card",
			sale: sale{PaymentMethod: "PIN", Lines: oneSkillet},
			want: want{debtor: "10059", documents: skilletOrder, why: []string{asOrder, "default_debtor 10059 (lookups.default_debtor, row 1)"}},
		},
		{
			name: "nobody named, of the other branch",
			sale: sale{Branch: 2, Lines: oneSkillet},
			want: want{debtor: "10058", documents: []booked{{
				header: fields{"DEL_DATE": "", "ORD_EXPN": "", "DEL_CP": ""}, entries: []entry{{"8000", "-28.88", "1", "-6.07", nil}},
			}}},
		},
		{
			name: "nobody named, paid in cash",
			sale: sale{PaymentMethod: "CASH", Lines: oneSkillet},
			want: want{debtor: "10060", documents: skilletOrder},
		},
		{
			name: "with a word of the seller",
			sale: sale{RelationNumber: 6, Reference: "Voor oma", Lines: oneSkillet},
			want: want{debtor: "10007", documents: []booked{{header: fields{"DEL_CP": "Voor oma"}, lines: pieces("1")}}},
		},
		{
			name: "rung up by somebody else",
			sale: sale{RelationNumber: 5, EmployeeNumber: 3, Lines: oneSkillet},
			want: want{debtor: "10006", documents: []booked{{header: fields{"EMP_NR": "12"}, lines: skilletOrder[0].lines}}},
		},
	},
}
