package business

import (
	"slices"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
)

// waiting is what cannot go to the books at once.
var waiting = group{
	name: "waiting",
	document: func(d *settings.Document) { // without the low rate
		table := d.Lookups["vat_code"]
		table.Rows = slices.DeleteFunc(slices.Clone(table.Rows), func(r domain.LookupRow) bool { return r.Key[0] == "1" })
		d.Lookups["vat_code"] = table
	},
	stories: []story{
		{
			name:   "an article that is missing, and then arrives",
			before: newAtTill(900001),
			sale:   sale{RelationNumber: 1, Lines: lines(of(100101, "1"), of(900001, "2"))},
			want:   want{timeline: []string{"parked product_missing"}, about: "900001"},
			then: []chapter{{
				name: "it arrives in the books", do: all(arrives(900001), isRetried),
				want: want{debtor: "10001", documents: one(line{"100101", "1", "34.95", "1", nil}, line{"900001", "2", "12.1", "1", fields{"ART_DESC1": "Gieter"}})},
			}},
		},
		{
			name:   "an article that is missing, and is taken off the sale",
			before: newAtTill(900002),
			sale:   sale{RelationNumber: 2, Lines: lines(of(100101, "1"), of(900002, "1"))},
			want:   want{timeline: []string{"parked product_missing"}, about: "900002"},
			then: []chapter{{
				name: "the till sells something else", do: changes(sale{Lines: oneSkillet}),
				want: want{debtor: "10002", documents: skilletOrder},
			}},
		},
		{
			name:   "an article that is missing, and a person who ends it",
			before: newAtTill(900003),
			sale:   sale{RelationNumber: 3, Lines: lines(of(900003, "1"))},
			want:   want{timeline: []string{"parked product_missing"}},
			then: []chapter{{
				name: "it is skipped", do: isSkipped("not_for_the_books"), want: want{timeline: []string{"skipped not_for_the_books"}},
			}},
		},
		{
			name:   "a retry before anything changed",
			before: newAtTill(900004),
			sale:   sale{RelationNumber: 4, Lines: lines(of(900004, "1"))},
			want:   want{timeline: []string{"parked product_missing"}},
			then: []chapter{{
				name: "it is retried too soon", do: all(isRetried, waitsAgain(2)), want: want{timeline: quiet, parked: "product_missing", about: "900004"},
			}},
		},
		{
			name: "a VAT code without a row, and then with one",
			sale: sale{RelationNumber: 5, Lines: lines(of(101401, "1"))},
			want: want{timeline: []string{"parked unmapped_vat_code"}, about: "vat_code 1"},
			then: []chapter{{
				name: "the row is added", do: applied(func(d *settings.Document) { vatRow(d, "vat_code", "2", 9, "1") }),
				want: want{timeline: wokenByRow, debtor: "10006", documents: one(line{"101401", "1", "6.95", "2", nil})},
			}},
		},
		{
			name:   "an article that is missing, and nobody does anything but make it",
			before: newAtTill(900005),
			sale:   sale{RelationNumber: 6, Lines: lines(of(900005, "3"))},
			want:   want{timeline: []string{"parked product_missing"}},
			then: []chapter{{
				name: "it arrives, and Koppel looks", do: all(arrives(900005), koppelLooks),
				want: want{timeline: []string{"woke article_arrived", "delivered"}, debtor: "10007", documents: one(
					line{"900005", "3", "12.1", "1", fields{"ART_DESC1": "Gieter"}},
				)},
			}},
		},
	},
}

// nobodys are books whose document names a default debtor that they do not have.
var nobodys = group{
	name:     "default debtor",
	document: func(d *settings.Document) { d.Flows.Orders.DefaultDebtor = "99999" },
	stories: []story{
		{
			name: "a sale without customer, and a default debtor that the books do not have",
			sale: sale{Lines: oneSkillet},
			want: want{timeline: []string{"parked default_debtor_absent"}, about: "99999"},
			then: []chapter{{
				name: "the document names another", do: applied(counter),
				want: want{timeline: wokenByDocument, debtor: "10060", documents: skilletOrder},
			}},
		},
	},
}

// How attempts end of a sale that waited for a change of the document.
var (
	wokenByDocument = []string{"woke document_changed", "delivered"}
	wokenByRow      = []string{"woke row_arrived", "delivered"}
)
