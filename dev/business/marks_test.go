package business

import (
	"strings"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/settings"
)

// marked are sales that the till shows as booked, in the words of the seller.
var marked = group{
	name:     "marks by reference",
	document: func(d *settings.Document) { d.Flows.Orders.Mark.With = settings.MarkReference },
	stories: []story{
		{
			name: "a sale is marked once, and the mark is no change",
			sale: sale{RelationNumber: 1, Reference: "Voor oma", Lines: oneSkillet},
			want: want{timeline: delivering, debtor: "10001", documents: skilletOrder},
			then: []chapter{
				{name: "the till is read again", do: reads("Voor oma AV {number}"), want: want{
					timeline: []string{"unchanged"}, debtor: "10001", documents: skilletOrder,
				}},
				{name: "it changes", do: changes(sale{Lines: lines(of(100101, "2"))}), want: want{
					timeline: again, debtor: "10001", documents: versions("1", "2"),
				}},
			},
		},
	},
}

// stepped are sales that the till moves a step when they are booked.
var stepped = group{
	name: "marks by category",
	document: func(d *settings.Document) {
		d.Flows.Orders.Mark.With, d.Flows.Orders.Mark.Category = settings.MarkCategory, "3"
	},
	stories: []story{
		{
			name: "a sale moves on, and comes back unchanged",
			sale: sale{RelationNumber: 1, Lines: oneSkillet},
			want: want{timeline: delivering, debtor: "10001", documents: skilletOrder},
			then: []chapter{{name: "the till is read again", do: reads(""), want: want{timeline: []string{"unchanged"}, debtor: "10001", documents: skilletOrder}}},
		},
	},
}

var delivering = []string{"delivered", "marked"}

// reads looks at the till for the words of the seller; {number} is the number in
// the books.
func reads(words string) func(*visit) {
	return func(v *visit) {
		for _, d := range v.documentsOf()[v.reference()] {
			require.Equal(v, strings.ReplaceAll(words, "{number}", d.header["ORD_NR"]), v.sold().Reference)
		}
	}
}
