package business

import (
	"github.com/koppel/koppel/dev/outside"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
)

// asInvoices books sales as pages of the sales daybook that takes our numbers.
func asInvoices(d *settings.Document) {
	orders := &d.Flows.Orders
	orders.Fill.Daybook, orders.Fill.InvoiceNumber = "710", settings.InvoiceNumberTill
	orders.Amounts.RoundingAccount, orders.Amounts.DiscountAccount, orders.Amounts.ShippingAccount = "8900", "8200", "8100"
	otherwise(d, "target", "journal")
	row(d, "revenue_account", "8000", "*", "2", "*")
	row(d, "revenue_account", "8010", "*", "1", "*")
	row(d, "revenue_account", "8020", "*", "3", "*")
	row(d, "revenue_account", "8000", "NL", "2", "20") // tableware, in the Netherlands
	row(d, "revenue_account", "8020", "BE", "2", "*")
}

// invoices are sales that the books get as invoices.
var invoices = group{
	name: "invoices",
	document: func(d *settings.Document) {
		asInvoices(d)
		row(d, "payment_term", "00", "PIN")
		d.Flows.Orders.Amounts.GiftCards, d.Flows.Orders.Amounts.GiftCardAccount = domain.GiftCardsAccount, "1710"
		d.Flows.Orders.Amounts.DepositAccount = "1730"
	},
	stories: []story{
		{
			name: "high and low VAT",
			sale: sale{RelationNumber: 1, Lines: lines(of(100101, "2"), of(101401, "3"))},
			want: want{debtor: "10001", documents: invoice(entry{"8000", "-57.77", "1", "-12.13", nil}, entry{"8010", "-19.13", "2", "-1.72", nil})},
		},
		{
			name: "two turnover groups under one rate share its VAT to the cent",
			sale: sale{RelationNumber: 2, Lines: lines(of(100101, "1"), of(100601, "3"), of(101001, "1"))},
			want: want{debtor: "10002", documents: invoice(
				entry{"8000", "-28.88", "1", "-6.07", nil}, entry{"8000", "-32.11", "1", "-6.74", nil}, entry{"8000", "-37.15", "1", "-7.8", nil},
			)},
		},
		{
			name: "what is sold without VAT",
			sale: sale{RelationNumber: 3, Lines: lines(of(102008, "2"))},
			want: want{debtor: "10003", documents: invoice(entry{"8020", "-3", "3", "", nil})},
		},
		{
			name: "a Belgian company, VAT shifted",
			sale: sale{RelationNumber: 10, VATMethod: "shifted", Lines: lines(at(100101, "2", 10000))},
			want: want{debtor: "10013", documents: invoice(entry{"8020", "-200", "4", "", nil})},
		},
		{
			name: "paid by card: its payment term",
			sale: sale{RelationNumber: 4, PaymentMethod: "PIN", Lines: oneSkillet},
			want: want{debtor: "10005", documents: []booked{{
				header: fields{"DISC_CODE": "00"}, entries: []entry{{"8000", "-28.88", "1", "-6.07", nil}},
			}}},
		},
		{
			name: "goods that come back",
			sale: sale{RelationNumber: 5, Lines: lines(of(100101, "-1"), of(100102, "1"), of(101401, "-2"))},
			want: want{debtor: "10006", documents: invoice(entry{"8000", "-8.26", "1", "-1.74", nil}, entry{"8010", "12.75", "2", "1.15", nil})},
		},
		{
			name: "prices without VAT",
			sale: sale{RelationNumber: 6, VATMethod: "exclusive", Lines: lines(at(100101, "3", 3333), less(at(101401, "1", 1000), 50))},
			want: want{debtor: "10007", documents: invoice(entry{"8000", "-99.99", "1", "-21", nil}, entry{"8010", "-9.5", "2", "-0.86", nil})},
		},
		{
			name: "a discount on the whole sale, and what delivery costs",
			sale: sale{RelationNumber: 8, Lines: lines(of(100101, "2"), of(101401, "3")), Beside: []outside.Beside{{VATCode: 2, Cents: -699}, {VATCode: 1, Cents: 495}}},
			want: want{debtor: "10010", documents: invoice(
				entry{"8000", "-57.77", "1", "-12.13", nil}, entry{"8010", "-19.13", "2", "-1.72", nil},
				entry{"8100", "-4.54", "2", "-0.41", fields{"TRN_DESC": "Verzendkosten " + ownReference}},
				entry{"8200", "5.78", "1", "1.21", fields{"TRN_DESC": "Korting " + ownReference}},
			)},
		},
		{
			name: "a gift card and a crate are debts",
			sale: sale{RelationNumber: 9, Lines: lines(of(100101, "1"), outside.SaleLine{Article: 102002, Quantity: "1", TurnoverGroup: 91}, outside.SaleLine{Article: 102008, Quantity: "2", TurnoverGroup: 92})},
			want: want{debtor: "10011", documents: invoice(
				entry{"8000", "-28.88", "1", "-6.07", nil}, entry{"1710", "-25", "3", "", nil}, entry{"1730", "-3", "3", "", nil},
			)},
		},
		{
			name: "a turnover group without a ledger account",
			sale: sale{RelationNumber: 7, VATMethod: "none", Lines: oneSkillet},
			want: want{timeline: []string{"parked unmapped_vat_code"}},
		},
	},
}
