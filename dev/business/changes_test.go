package business

import "github.com/koppel/koppel/settings"

// changed are sales that change after they stand in the books, of which the books
// let nothing be changed: they are taken back and booked anew.
var changed = group{
	name: "changes",
	stories: []story{
		{
			name: "three pieces in place of one",
			sale: sale{RelationNumber: 1, Lines: oneSkillet},
			want: want{debtor: "10001", documents: skilletOrder},
			then: []chapter{{
				name: "the customer wants more", do: changes(sale{Lines: lines(of(100101, "3"), of(101401, "1"))}),
				want: want{timeline: again, debtor: "10001", documents: []booked{
					{lines: pieces("1")},
					{suffix: "C1", lines: pieces("-1")},
					{suffix: "V2", lines: []line{{"100101", "3", "34.95", "1", nil}, {"101401", "1", "6.95", "2", nil}}},
				}},
			}},
		},
		{
			name: "changed three times",
			sale: sale{RelationNumber: 2, Lines: oneSkillet},
			want: want{debtor: "10002", documents: skilletOrder},
			then: []chapter{
				{name: "to two", do: changes(sale{Lines: lines(of(100101, "2"))}), want: want{timeline: again, debtor: "10002", documents: versions("1", "2")}},
				{name: "to three", do: changes(sale{Lines: lines(of(100101, "3"))}), want: want{timeline: again, debtor: "10002", documents: versions("1", "2", "3")}},
				{name: "to one and a half", do: changes(sale{Lines: lines(of(100101, "1.5"))}), want: want{
					timeline: again, debtor: "10002", documents: versions("1", "2", "3", "1.5"),
				}},
			},
		},
		{
			name: "changed, and back to what it was",
			sale: sale{RelationNumber: 3, Lines: oneSkillet},
			want: want{debtor: "10003", documents: skilletOrder},
			then: []chapter{
				{name: "to two", do: changes(sale{Lines: lines(of(100101, "2"))}), want: want{timeline: again, debtor: "10003", documents: versions("1", "2")}},
				{name: "to one again", do: changes(sale{Lines: oneSkillet}), want: want{timeline: again, debtor: "10003", documents: versions("1", "2", "1")}},
			},
		},
		{
			name: "cancelled after it was booked",
			sale: sale{RelationNumber: 4, Lines: oneSkillet},
			want: want{debtor: "10005", documents: skilletOrder},
			then: []chapter{{
				name: "the customer does not want it", do: isCancelled,
				want: want{timeline: []string{"countered"}, debtor: "10005", documents: []booked{{lines: pieces("1")}, {suffix: "C1", lines: pieces("-1")}}},
			}},
		},
		{
			name: "changed, and then cancelled",
			sale: sale{RelationNumber: 5, Lines: oneSkillet},
			want: want{debtor: "10006", documents: skilletOrder},
			then: []chapter{
				{name: "to two", do: changes(sale{Lines: lines(of(100101, "2"))}), want: want{timeline: again, debtor: "10006", documents: versions("1", "2")}},
				{name: "it is cancelled", do: isCancelled, want: want{timeline: []string{"countered"}, debtor: "10006", documents: append(
					versions("1", "2"), booked{suffix: "C2", lines: pieces("-2")},
				)}},
			},
		},
		{
			name:   "to an article that the books do not have",
			before: newAtTill(900011),
			sale:   sale{RelationNumber: 6, Lines: oneSkillet},
			want:   want{debtor: "10007", documents: skilletOrder},
			then: []chapter{
				{name: "it is put on the sale", do: changes(sale{Lines: lines(of(900011, "1"))}), want: want{
					timeline: []string{"parked product_missing"}, debtor: "10007", documents: skilletOrder, behind: true,
				}},
				{name: "it arrives", do: all(arrives(900011), isRetried), want: want{timeline: again, debtor: "10007", documents: []booked{
					{lines: pieces("1")},
					{suffix: "C1", lines: pieces("-1")},
					{suffix: "V2", lines: []line{{"900011", "1", "12.1", "1", fields{"ART_DESC1": "Gieter"}}}},
				}}},
			},
		},
		{
			name: "another day of delivery",
			sale: sale{RelationNumber: 7, DeliveryDate: inDays(2), Lines: oneSkillet},
			want: want{debtor: "10009", documents: []booked{{header: fields{"DEL_DATE": inDays(2)}, lines: pieces("1")}}},
			then: []chapter{{
				name: "it is put off", do: changes(sale{DeliveryDate: inDays(5)}),
				want: want{timeline: again, debtor: "10009", documents: []booked{
					{header: fields{"DEL_DATE": inDays(2)}, lines: pieces("1")},
					{suffix: "C1", header: fields{"DEL_DATE": inDays(2)}, lines: pieces("-1")},
					{suffix: "V2", header: fields{"DEL_DATE": inDays(5)}, lines: pieces("1")},
				}},
			}},
		},
	},
}

// inPlace are books that let the header of an order be changed, and its lines.
var inPlace = group{
	name:     "changes in place",
	document: func(d *settings.Document) { d.Flows.Orders.Changes.Lines = "row_actions" },
	books:    map[string]any{"order_updates": "on"},
	stories: []story{
		{
			name: "another day of delivery",
			sale: sale{RelationNumber: 1, DeliveryDate: inDays(2), Lines: oneSkillet},
			want: want{debtor: "10001", documents: []booked{{header: fields{"DEL_DATE": inDays(2)}, lines: pieces("1")}}},
			then: []chapter{{
				name: "it is put off", do: changes(sale{DeliveryDate: inDays(5)}),
				want: want{timeline: []string{"updated"}, debtor: "10001", documents: []booked{{
					header: fields{"DEL_DATE": inDays(5)}, lines: []line{{"100101", "1", "34.95", "1", fields{"DEL_DATE": inDays(2)}}},
				}}},
			}},
		},
		{
			name: "a reference that the books do not hold",
			sale: sale{RelationNumber: 2, Reference: "bel even", Lines: oneSkillet},
			want: want{debtor: "10002", documents: skilletOrder},
			then: []chapter{{
				name: "it is changed", do: changes(sale{Reference: "niet bellen"}),
				want: want{timeline: []string{"unchanged"}, debtor: "10002", documents: skilletOrder},
			}},
		},
		{
			name: "lines, without row actions in the document",
			sale: sale{RelationNumber: 3, Lines: oneSkillet},
			want: want{debtor: "10003", documents: skilletOrder},
			then: []chapter{{
				name: "to two", do: changes(sale{Lines: lines(of(100101, "2"))}),
				want: want{timeline: []string{"parked change_not_allowed"}, debtor: "10003", documents: skilletOrder, behind: true},
			}},
		},
	},
}

// rowActions are books that let the lines of an order be changed, too.
var rowActions = group{
	name: "changes of lines in place",
	document: func(d *settings.Document) {
		d.Flows.Orders.Changes.Lines = "row_actions"
		actions := &d.AccountView.Assumptions.RowActions
		actions.Add, actions.Change, actions.Delete = "1", "2", "3"
	},
	books: map[string]any{"order_updates": "on", "order_line_updates": "row_action"},
	stories: []story{
		{
			name: "a line changes, one goes and one comes",
			sale: sale{RelationNumber: 1, Lines: lines(of(100101, "1"), of(100102, "1"), of(101401, "4"))},
			want: want{debtor: "10001", documents: one(
				line{"100101", "1", "34.95", "1", nil}, line{"100102", "1", "44.95", "1", nil}, line{"101401", "4", "6.95", "2", nil},
			)},
			then: []chapter{
				{
					name: "the till says so", do: changes(sale{Lines: lines(of(100101, "2"), of(101401, "4"), of(101601, "1"))}),
					want: want{timeline: []string{"updated"}, debtor: "10001", documents: one(
						line{"100101", "2", "34.95", "1", nil}, line{"101401", "4", "6.95", "2", nil}, line{"101601", "1", "3.99", "2", nil},
					)},
				},
				{
					name: "and again", do: changes(sale{Lines: lines(of(101601, "3"))}),
					want: want{timeline: []string{"updated"}, debtor: "10001", documents: one(line{"101601", "3", "3.99", "2", nil})},
				},
			},
		},
		{
			name: "cancelled after it was booked",
			sale: sale{RelationNumber: 2, Lines: oneSkillet},
			want: want{debtor: "10002", documents: skilletOrder},
			then: []chapter{{
				name: "the customer does not want it", do: isCancelled,
				want: want{timeline: []string{"countered"}, debtor: "10002", documents: []booked{{lines: pieces("1")}, {suffix: "C1", lines: pieces("-1")}}},
			}},
		},
	},
}

// parkedChanges are books in which a person makes each change.
var parkedChanges = group{
	name: "changes by hand",
	document: func(d *settings.Document) {
		c := &d.Flows.Orders.Changes
		c.Header, c.Lines, c.Cancelled = "park", "park", "park"
	},
	stories: []story{
		{
			name: "lines change, and a person does it by hand",
			sale: sale{RelationNumber: 1, Lines: oneSkillet},
			want: want{debtor: "10001", documents: skilletOrder},
			then: []chapter{
				{name: "to two", do: changes(sale{Lines: lines(of(100101, "2"))}), want: want{
					timeline: []string{"parked changed_after_booking"}, debtor: "10001", documents: skilletOrder, behind: true,
				}},
				{name: "it is done by hand", do: isSkipped("done_by_hand"), want: want{
					timeline: []string{"skipped done_by_hand"}, debtor: "10001", documents: skilletOrder, behind: true,
				}},
			},
		},
		{
			name: "cancelled",
			sale: sale{RelationNumber: 2, Lines: oneSkillet},
			want: want{debtor: "10002", documents: skilletOrder},
			then: []chapter{{
				name: "it is cancelled", do: isCancelled,
				want: want{timeline: []string{"parked cancelled_after_booking"}, debtor: "10002", documents: skilletOrder, behind: true},
			}},
		},
	},
}

// again is how an attempt ends that takes back and books anew.
var again = []string{"countered countered_for_change", "delivered"}

// pieces is one line of so many skillets.
func pieces(quantity string) []line { return []line{{"100101", quantity, "34.95", "1", nil}} }

// versions are the documents of a sale of skillets that changed so: each but the
// last is taken back.
func versions(quantities ...string) []booked {
	documents := []booked{{lines: pieces(quantities[0])}}
	for i, quantity := range quantities[1:] {
		n := string(rune('1' + i))
		documents = append(documents,
			booked{suffix: "C" + n, lines: pieces("-" + quantities[i])},
			booked{suffix: "V" + string(rune('2'+i)), lines: pieces(quantity)})
	}
	return documents
}
