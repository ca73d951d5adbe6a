package business

import (
	"github.com/koppel/koppel/dev/outside"
	"github.com/koppel/koppel/settings"
)

// ownNumbers are books in which Koppel numbers the debtors, and an order says
// itself where it goes.
var ownNumbers = group{
	name: "debtors of our own",
	document: func(d *settings.Document) {
		d.AccountView.Assumptions.DebtorNumbering = settings.NumberingClient
		d.Flows.Orders.DeliveryAddress = settings.DeliveryAddressOrder
		row(d, "debtor_payment_term", "30", "REKENING")
		row(d, "debtor_price_list", "HOREC", "1", "*")
		row(d, "payment_term", "14", "REKENING")
	},
	books: map[string]any{"debtor_numbering": "client"},
	stories: []story{
		{
			name: "a new company that buys on account",
			sale: sale{Lines: oneSkillet, PaymentMethod: "REKENING", NewCustomer: &outside.Customer{
				Name: "Kantine", Company: "Kantine", Contact: "Ans", Address: "Werkweg 8", Zipcode: "3542 AD", City: "Utrecht", Country: "Nederland",
				Email: "ans@kantine.example", VATNumber: "NL001234567B01",
			}},
			want: want{debtor: "M#", documents: []booked{{header: fields{"DISC_CODE": "14"}, lines: pieces("1")}}, party: fields{
				"ACCT_NAME": "Kantine", "SRC_CODE": "KANTINE", "MAIN_CONT": "Ans", "ADDRESS1": "Werkweg 8", "POST_CODE": "3542 AD", "CITY": "Utrecht",
				"CNT_CODE": "NL", "MAIL_BUS": "ans@kantine.example", "VAT_NR": "NL001234567B01", "DISC_CODE": "30", "APX_LIST": "HOREC",
			}},
		},
		{
			name: "an address that stands on the order itself",
			sale: sale{RelationNumber: 2, Lines: oneSkillet, DeliveryMethod: "BEZORGEN", DeliveryAddress: &place{
				Name: "Bijkeuken", Address: "Nieuwegracht 9", Zipcode: "3512LB", City: "Utrecht", Country: "Nederland",
			}},
			want: want{debtor: "10002", why: []string{asOrder, "customer_found 10002 number", "address_on_order"}, documents: []booked{{
				header: fields{"ACCT_NAME": "Bijkeuken", "ADDRESS1": "Nieuwegracht 9", "POST_CODE": "3512 LB", "CITY": "Utrecht", "CNT_CODE": "NL"},
				lines:  pieces("1"),
			}}},
		},
		{
			name: "the debtor's own address stands nowhere else",
			sale: sale{RelationNumber: 3, Lines: oneSkillet, DeliveryMethod: "BEZORGEN"},
			want: want{debtor: "10003", documents: skilletOrder},
		},
	},
}

// fewLines are books that take short orders only, and no delivery addresses.
var fewLines = group{
	name: "short orders",
	document: func(d *settings.Document) {
		d.AccountView.Assumptions.OrderLineBatch = 3
		d.Flows.Orders.DeliveryAddress = settings.DeliveryAddressNone
	},
	stories: []story{
		{
			name: "longer than an order may be",
			sale: sale{RelationNumber: 1, Lines: lines(of(100101, "1"), of(100102, "1"), of(100103, "1"), of(100104, "1"))},
			want: want{timeline: []string{"parked too_many_lines"}},
		},
		{
			name: "an address that stays out of the books",
			sale: sale{RelationNumber: 2, Lines: oneSkillet, DeliveryMethod: "BEZORGEN", DeliveryAddress: party},
			want: want{debtor: "10002", documents: skilletOrder},
		},
		{
			name: "a deposit on an order that is booked changes nothing",
			sale: sale{RelationNumber: 3, Lines: oneSkillet},
			want: want{debtor: "10003", documents: skilletOrder},
			then: []chapter{{name: "it is paid in part", do: pays(1000), want: want{timeline: []string{"unchanged"}, debtor: "10003", documents: skilletOrder}}},
		},
	},
}
