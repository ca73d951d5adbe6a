package business

import (
	"github.com/koppel/koppel/dev/outside"
)

// amounts are sales in which the cents are the hard part.
var amounts = group{
	name: "amounts",
	stories: []story{
		{
			name: "three for two",
			sale: sale{RelationNumber: 16, Lines: lines(less(of(101602, "3"), 399))},
			want: want{debtor: "10021", documents: one(line{"101602", "3", "2.66", "2", nil})},
		},
		{
			name: "a discount that does not divide by the pieces",
			sale: sale{RelationNumber: 17, Lines: lines(less(at(100101, "3", 995), 1000))},
			want: want{debtor: "10022", documents: one(line{"100101", "3", "6.617", "1", nil})},
		},
		{
			name: "cheese by weight",
			sale: sale{RelationNumber: 18, Lines: lines(of(101503, "0.375"), of(101504, "1.25"))},
			want: want{debtor: "10023", documents: one(line{"101503", "0.375", "25.95", "2", nil}, line{"101504", "1.25", "9.25", "2", nil})},
		},
		{
			name: "three decimals of a kilo at a discount",
			sale: sale{RelationNumber: 19, Lines: lines(less(of(101503, "0.333"), 64))},
			want: want{debtor: "10025", documents: one(line{"101503", "0.333", "24.02", "2", nil})},
		},
		{
			name: "a dear thing swapped for a cheap one",
			sale: sale{RelationNumber: 21, Lines: lines(of(100103, "-1"), of(100101, "1"))},
			want: want{debtor: "10027", documents: one(line{"100103", "-1", "54.95", "1", nil}, line{"100101", "1", "34.95", "1", nil})},
		},
		{
			name: "an exchange across rates that comes to nothing",
			sale: sale{RelationNumber: 22, Lines: lines(at(100101, "-1", 1000), at(101401, "1", 1000))},
			want: want{debtor: "10029", documents: one(line{"100101", "-1", "10", "1", nil}, line{"101401", "1", "10", "2", nil})},
		},
		{
			name: "given away for nothing",
			sale: sale{RelationNumber: 23, Lines: lines(of(100101, "1"), at(101601, "1", 0))},
			want: want{debtor: "10030", documents: one(line{"100101", "1", "34.95", "1", nil}, line{"101601", "1", "", "2", nil})},
		},
		{
			name: "a line that only says something stays out",
			sale: sale{RelationNumber: 25, Lines: lines(of(100101, "1"), outside.SaleLine{Text: "Graag inpakken", Quantity: "1"})},
			want: want{debtor: "10033", documents: one(line{"100101", "1", "34.95", "1", nil})},
		},
		{
			name: "an order of words only",
			sale: sale{RelationNumber: 26, Lines: lines(outside.SaleLine{Text: "Belt terug", Quantity: "1"})},
			want: want{timeline: []string{"parked nothing_sold"}},
		},
		{
			name: "five hundred lines",
			sale: sale{RelationNumber: 27, Lines: hundreds(500, func(i int) outside.SaleLine { return of(100101+int64(i%15), "1") })},
			want: want{debtor: "10035", documents: one(hundreds(500, func(i int) line {
				return line{
					[]string{"100101", "100102", "100103", "100104", "100105", "100106", "100107", "100108", "100109", "100110", "100111", "100112", "100113", "100114", "100115"}[i%15],
					"1",
					[]string{"34.95", "44.95", "54.95", "29.95", "34.95", "39.95", "69.95", "79.95", "89.99", "129", "129", "159.5", "29.99", "36.49", "42.99"}[i%15],
					"1", nil,
				}
			})...)},
		},
		{
			name: "a thousand pieces of a cent and a half",
			sale: sale{RelationNumber: 28, Lines: lines(less(at(100101, "1000", 2), 500))},
			want: want{debtor: "10037", documents: one(line{"100101", "1000", "0.015", "1", nil})},
		},
	},
}

func hundreds[T any](n int, of func(i int) T) []T {
	all := make([]T, n)
	for i := range all {
		all[i] = of(i)
	}
	return all
}
