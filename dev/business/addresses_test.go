package business

// addresses is where goods go.
var addresses = group{
	name: "addresses",
	stories: []story{
		{
			name:   "an address that the debtor has, written otherwise",
			before: keepsAddress("10001", "Magazijn", "Loskade 5", "1019 AB", "Amsterdam", "NL"),
			sale: sale{RelationNumber: 1, Lines: oneSkillet, DeliveryMethod: "BEZORGEN", DeliveryAddress: &place{
				Name: "Magazijn", Address: "loskade  5", Zipcode: "1019ab", City: "AMSTERDAM", Country: "Nederland",
			}},
			want: want{debtor: "10001", documents: skilletOrder, why: []string{asOrder, "customer_found 10001 number", "address_found "}, addresses: 1, address: fields{
				"DEL_NAME": "Magazijn", "ADDRESS1": "Loskade 5", "POST_CODE": "1019 AB", "CITY": "Amsterdam", "CNT_CODE": "NL",
			}},
		},
		{
			name: "an address that the debtor does not have yet",
			sale: sale{RelationNumber: 2, Lines: oneSkillet, DeliveryMethod: "POST", DeliveryAddress: &place{
				Name: "Bijkeuken", Address: "Nieuwegracht 9", Zipcode: "3512LB", City: "Utrecht", Country: "NL",
			}},
			want: want{debtor: "10002", documents: skilletOrder, why: []string{asOrder, "customer_found 10002 number", "address_created "}, addresses: 1, address: fields{
				"DEL_NAME": "Bijkeuken", "ADDRESS1": "Nieuwegracht 9", "POST_CODE": "3512 LB", "CITY": "Utrecht", "CNT_CODE": "NL",
				"MAIL_BUS": "info@bistrohoekje.example", "TEL_BUS": "030-5550102",
			}},
		},
		{
			name: "the debtor's own address",
			sale: sale{RelationNumber: 3, Lines: oneSkillet, DeliveryMethod: "BEZORGEN", DeliveryAddress: &place{
				Name: "Hotel Zeezicht N.V.", Address: "boulevard 12", Zipcode: "2042AC", City: "Zandvoort", Country: "Nederland",
			}},
			want: want{debtor: "10003", documents: skilletOrder},
		},
		{
			name: "two orders to one new address, the first",
			sale: sale{RelationNumber: 4, Lines: oneSkillet, DeliveryMethod: "BEZORGEN", DeliveryAddress: party},
			want: want{debtor: "10005", documents: skilletOrder, addresses: 1, address: partyRecord},
		},
		{
			name: "two orders to one new address, the second",
			sale: sale{RelationNumber: 4, Lines: lines(of(100102, "1")), DeliveryMethod: "BEZORGEN", DeliveryAddress: party},
			want: want{debtor: "10005", documents: one(line{"100102", "1", "44.95", "1", nil}), addresses: 1, address: partyRecord},
		},
		{
			name: "an address abroad",
			sale: sale{RelationNumber: 5, Lines: oneSkillet, DeliveryMethod: "POST", DeliveryAddress: &place{
				Name: "Ferienhaus", Address: "Hauptstraße 3", Zipcode: "47533", City: "Kleve", Country: "Deutschland",
			}},
			want: want{debtor: "10006", documents: skilletOrder, addresses: 1, address: fields{
				"DEL_NAME": "Ferienhaus", "ADDRESS1": "Hauptstraße 3", "POST_CODE": "47533", "CITY": "Kleve", "CNT_CODE": "DE",
				"MAIL_BUS": "h.brouwer@groenoost.example", "TEL_BUS": "0570-555106",
			}},
		},
		{
			name:   "the same street in another town is another address",
			before: keepsAddress("10007", "Filiaal", "Dorpsstraat 1", "1121 BW", "Landsmeer", "NL"),
			sale: sale{RelationNumber: 6, Lines: oneSkillet, DeliveryMethod: "BEZORGEN", DeliveryAddress: &place{
				Name: "Filiaal", Address: "Dorpsstraat 1", Zipcode: "1566 AA", City: "Assendelft", Country: "NL",
			}},
			want: want{debtor: "10007", documents: skilletOrder, addresses: 2, address: fields{
				"DEL_NAME": "Filiaal", "ADDRESS1": "Dorpsstraat 1", "POST_CODE": "1566 AA", "CITY": "Assendelft", "CNT_CODE": "NL", "TEL_BUS": "020-5550107",
			}},
		},
	},
}

var party = &place{Name: "Feestzaal", Address: "Coolsingel 40", Zipcode: "3011 AD", City: "Rotterdam", Country: "Nederland"}

var partyRecord = fields{
	"DEL_NAME": "Feestzaal", "ADDRESS1": "Coolsingel 40", "POST_CODE": "3011 AD", "CITY": "Rotterdam", "CNT_CODE": "NL",
	"MAIL_BUS": "orders@cateringvdmeer.example", "TEL_BUS": "010-5550105",
}
