package business

import "github.com/koppel/koppel/settings"

// vatMixes are sales under the rates and methods that a till knows.
var vatMixes = group{
	name: "VAT", document: func(d *settings.Document) { vatRow(d, "vat_code", "3", 0, "none") },
	codes: vatCodes{"1": "2", "2": "1", "3": "3", "shifted": "4", "none": "3"},
	stories: []story{
		{
			name: "low and high VAT in one order",
			sale: sale{RelationNumber: 1, Lines: lines(of(100101, "2"), of(101401, "3"))},
			want: want{debtor: "10001", documents: one(line{"100101", "2", "34.95", "1", nil}, line{"101401", "3", "6.95", "2", nil})},
		},
		{
			name: "all three rates in one order",
			sale: sale{RelationNumber: 2, Lines: lines(of(100405, "1"), of(101701, "2"), of(102007, "12"))},
			want: want{debtor: "10002", documents: one(
				line{"100405", "1", "32.95", "1", nil}, line{"101701", "2", "3.79", "2", nil}, line{"102007", "12", "0.25", "3", nil},
			)},
		},
		{
			name: "only what has no VAT",
			sale: sale{RelationNumber: 3, Lines: lines(of(102008, "4"))},
			want: want{debtor: "10003", documents: one(line{"102008", "4", "1.5", "3", nil})},
		},
		{
			name: "one rate on many lines, whose cents do not add up line by line",
			sale: sale{RelationNumber: 4, Lines: lines(at(100101, "1", 5), at(100102, "1", 5), at(100103, "1", 5), at(100104, "1", 5), at(100105, "1", 5))},
			want: want{debtor: "10005", documents: one(
				line{"100101", "1", "0.05", "1", nil}, line{"100102", "1", "0.05", "1", nil}, line{"100103", "1", "0.05", "1", nil},
				line{"100104", "1", "0.05", "1", nil}, line{"100105", "1", "0.05", "1", nil},
			)},
		},
		{
			name: "a company that buys excluding VAT",
			sale: sale{RelationNumber: 5, VATMethod: "exclusive", Lines: lines(at(100101, "3", 10000), at(101401, "2", 500))},
			want: want{debtor: "10006", documents: one(line{"100101", "3", "121", "1", nil}, line{"101401", "2", "5.45", "2", nil})},
		},
		{
			name: "a Belgian company with a valid VAT number, VAT shifted",
			sale: sale{RelationNumber: 10, VATMethod: "shifted", Lines: lines(at(100101, "2", 10000), at(101401, "1", 595))},
			want: want{debtor: "10013", documents: one(line{"100101", "2", "100", "4", nil}, line{"101401", "1", "5.95", "4", nil})},
		},
		{
			name: "a German company, VAT shifted",
			sale: sale{RelationNumber: 13, VATMethod: "shifted", Lines: lines(at(100201, "1", 5781))},
			want: want{debtor: "10017", documents: one(line{"100201", "1", "57.81", "4", nil})},
		},
		{
			name: "a German consumer pays Dutch VAT at the counter",
			sale: sale{RelationNumber: 24, Lines: lines(of(101404, "1"), of(101301, "1"))},
			want: want{debtor: "10031", documents: one(line{"101404", "1", "9.95", "2", nil}, line{"101301", "1", "8.99", "1", nil})},
		},
		{
			name: "sold without VAT at all",
			sale: sale{RelationNumber: 6, VATMethod: "none", Lines: lines(at(100101, "1", 5000))},
			want: want{debtor: "10007", documents: one(line{"100101", "1", "50", "3", nil})},
		},
	},
}
