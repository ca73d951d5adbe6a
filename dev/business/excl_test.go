package business

import "github.com/koppel/koppel/settings"

// exclusive are books that price their orders without VAT.
var exclusive = group{
	name:     "prices excluding VAT",
	document: func(d *settings.Document) { d.Flows.Orders.Prices = settings.PricesExcl },
	books:    map[string]any{"gross_prices": "off"},
	header:   fields{"GROSS_FLG": ""},
	stories: []story{
		{
			name: "sold over the counter at prices with VAT",
			sale: sale{RelationNumber: 1, Lines: lines(of(100101, "2"), of(101401, "3"))},
			want: want{debtor: "10001", documents: one(line{"100101", "2", "28.885", "1", nil}, line{"101401", "3", "6.377", "2", nil})},
		},
		{
			name: "sold at prices without VAT",
			sale: sale{RelationNumber: 2, VATMethod: "exclusive", Lines: lines(at(100101, "7", 2888), less(at(101401, "3", 638), 100))},
			want: want{debtor: "10002", documents: one(line{"100101", "7", "28.88", "1", nil}, line{"101401", "3", "6.047", "2", nil})},
		},
		{
			name: "VAT shifted",
			sale: sale{RelationNumber: 10, VATMethod: "shifted", Lines: lines(at(100101, "2", 2888))},
			want: want{debtor: "10013", documents: one(line{"100101", "2", "28.88", "4", nil})},
		},
	},
}
