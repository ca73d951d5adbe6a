package business

import "github.com/koppel/koppel/settings"

// course is what happens to a sale at the till before it stands in the books, and
// which sales are for the books at all.
var course = group{
	name: "course",
	document: func(d *settings.Document) {
		d.Flows.Orders.Filter = "order.branch == '1' and order.reference != 'offerte'"
	},
	stories: []story{
		{
			name:      "changed three times before it is read",
			sale:      sale{RelationNumber: 1, Lines: oneSkillet},
			meanwhile: all(changes(sale{Lines: lines(of(100101, "2"))}), changes(sale{Lines: lines(of(100102, "1"))}), changes(sale{Lines: lines(of(100102, "3"), of(101401, "1"))})),
			want:      want{debtor: "10001", documents: one(line{"100102", "3", "44.95", "1", nil}, line{"101401", "1", "6.95", "2", nil})},
		},
		{
			name:      "cancelled before it is read",
			sale:      sale{RelationNumber: 2, Lines: oneSkillet},
			meanwhile: isCancelled,
			want:      want{timeline: []string{"skipped cancelled_at_till"}},
		},
		{
			name: "saved again as it is",
			sale: sale{RelationNumber: 3, Lines: oneSkillet},
			want: want{debtor: "10003", documents: skilletOrder},
			then: []chapter{{
				name: "somebody presses save", do: isSavedAgain,
				want: want{timeline: []string{"unchanged"}, debtor: "10003", documents: skilletOrder},
			}},
		},
		{
			name: "entered by hand in the books under our reference",
			sale: sale{RelationNumber: 6, Lines: oneSkillet}, meanwhile: isEntered("10007", "100101"),
			want: want{timeline: []string{"adopted"}, debtor: "10007", party: fields{"DEB_NR": ""}, documents: []booked{{
				header: fields{"SHIP_MTH": "", "EMP_NR": ""}, lines: pieces("1"),
			}}},
		},
		{
			name: "delivered in the books, and saved again at the till",
			sale: sale{RelationNumber: 7, Lines: oneSkillet},
			want: want{debtor: "10009", documents: skilletOrder},
			then: []chapter{{
				name: "it is history", do: all(isDelivered, isSavedAgain), want: want{timeline: []string{"unchanged"}, debtor: "10009", history: true},
			}},
		},
		{
			name: "of a branch that is not for these books",
			sale: sale{RelationNumber: 4, Branch: 2, Lines: oneSkillet},
			want: want{timeline: []string{"skipped filtered"}},
		},
		{
			name: "a quotation that becomes a sale",
			sale: sale{RelationNumber: 5, Reference: "offerte", Lines: oneSkillet},
			want: want{timeline: []string{"skipped filtered"}},
			then: []chapter{{
				name: "the customer says yes", do: changes(sale{Reference: "akkoord"}),
				want: want{debtor: "10006", documents: skilletOrder},
			}},
		},
	},
}
