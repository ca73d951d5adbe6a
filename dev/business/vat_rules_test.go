package business

import (
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
)

// vatRules are books whose VAT codes go by country, buyer, method and day.
var vatRules = group{
	name: "VAT rules",
	document: func(d *settings.Document) {
		d.Lookups["vat_code"] = domain.Lookup{Unmapped: domain.UnmappedPark}
		vatRow(d, "vat_rule", "4", 0, "*", "*", "shifted", "BE", "business")
		vatRow(d, "vat_rule", "4", 0, "*", "*", "shifted", "DE", "*")
		vatRow(d, "vat_rule", "1", 21, "2", "21", "*", "NL", "*")
		vatRow(d, "vat_rule", "1", 21, "2", "21", "inclusive", "BE", "consumer")
		low := vatRow(d, "vat_rule", "2", 9, "1", "*", "*", "*", "*")
		low.ValidFrom = dateOf(thisYear("01-01"))
	},
	stories: []story{
		{
			name: "a Belgian company, VAT shifted",
			sale: sale{RelationNumber: 10, VATMethod: "shifted", Lines: lines(at(100101, "1", 5000))},
			want: want{debtor: "10013", documents: one(line{"100101", "1", "50", "4", nil})},
		},
		{
			name: "a Dutch company, VAT shifted: no rule",
			sale: sale{RelationNumber: 1, VATMethod: "shifted", Lines: lines(at(100101, "1", 5000))},
			want: want{timeline: []string{"parked unmapped_vat_code"}},
		},
		{
			name: "a Belgian consumer",
			sale: sale{RelationNumber: 21, Lines: oneSkillet},
			want: want{debtor: "10027", documents: skilletOrder},
		},
		{
			name: "a Belgian company that pays Dutch VAT: no rule",
			sale: sale{RelationNumber: 11, Lines: oneSkillet},
			want: want{timeline: []string{"parked unmapped_vat_code"}},
		},
		{
			name: "the low rate of before the rule holds",
			sale: sale{RelationNumber: 3, FinancialDate: lastYear("12-31"), Lines: lines(of(101401, "1"))},
			want: want{timeline: []string{"parked unmapped_vat_code"}},
		},
		{
			name: "the low rate since",
			sale: sale{RelationNumber: 4, FinancialDate: thisYear("01-01"), Lines: lines(of(101401, "1"))},
			want: want{debtor: "10005", documents: []booked{{
				header: fields{"ORD_DATE": thisYear("01-01")}, lines: []line{{"101401", "1", "6.95", "2", nil}},
			}}},
		},
		{
			name: "sold under German VAT",
			sale: sale{RelationNumber: 24, VATCountry: "DEU", Lines: oneSkillet},
			want: want{timeline: []string{"parked unmapped_vat_code"}, about: "vat_code DEU:2"},
			then: []chapter{{
				name: "a row for it is added", do: applied(func(d *settings.Document) { vatRow(d, "vat_code", "1", 21, "DEU:2") }),
				want: want{timeline: wokenByRow, debtor: "10031", documents: skilletOrder},
			}},
		},
	},
}

// domestic are books that ask about a domestic code on a foreign debtor.
var domestic = group{
	name:     "domestic VAT",
	document: func(d *settings.Document) { d.Flows.Orders.VAT.DomesticCodes = []string{"1"} },
	stories: []story{
		{
			name: "a Belgian company that fetches its goods here",
			sale: sale{RelationNumber: 12, Lines: oneSkillet, DeliveryAddress: &place{
				Name: "Traiteur De Zwaan", Address: "Markt 1", Zipcode: "4551 AA", City: "Sas van Gent", Country: "Nederland",
			}},
			want: want{timeline: []string{"parked domestic_vat_foreign_debtor"}},
			then: []chapter{{
				name: "the bookkeeper finds that right",
				do:   applied(func(d *settings.Document) { d.Flows.Orders.VAT.Foreign = settings.ForeignDebtorAllow }),
				want: want{timeline: wokenByDocument, debtor: "10015", documents: skilletOrder, addresses: 1, address: fields{
					"DEL_NAME": "Traiteur De Zwaan", "ADDRESS1": "Markt 1", "POST_CODE": "4551 AA", "CITY": "Sas van Gent", "CNT_CODE": "NL",
					"MAIL_BUS": "katrien@dezwaan.example", "TEL_BUS": "+32 9 5550115",
				}},
			}},
		},
	},
}
