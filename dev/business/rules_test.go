package business

import (
	"github.com/koppel/koppel/dev/outside"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
)

// rules are books with names for what the till has on no line, and for what is no turnover.
var rules = group{
	name: "rules",
	document: func(d *settings.Document) {
		amounts := &d.Flows.Orders.Amounts
		amounts.Discounts = domain.DiscountsLine
		amounts.DiscountArticle, amounts.RoundingArticle, amounts.GiftCardArticle = "KORTING", "AFROND", "BON"
		amounts.GiftCards, amounts.OwnUse, amounts.TextLines = domain.GiftCardsAccount, domain.OwnUseLeaveOut, settings.TextLinesNote
		row(d, "article", "102007", "102010")
		row(d, "shipping_article", "VERZEND", "POST")
	},
	articles: []string{"KORTING", "AFROND", "BON", "VERZEND"},
	stories: []story{
		{
			name: "a discount on a line of its own",
			sale: sale{RelationNumber: 1, Lines: lines(less(of(100101, "2"), 990), of(101401, "1"))},
			want: want{debtor: "10001", documents: one(
				line{"100101", "2", "34.95", "1", nil}, line{"KORTING", "-1", "9.9", "1", fields{"ART_DESC1": "Gieter"}}, line{"101401", "1", "6.95", "2", nil},
			)},
		},
		{
			name: "cents that VAT over the whole adds stand on a line for rounding",
			sale: sale{RelationNumber: 2, VATMethod: "exclusive", Lines: fiveTrifles},
			want: want{debtor: "10002", documents: fiveTriflesRounded},
		},
		{
			name: "a discount on the whole sale, under each rate",
			sale: sale{RelationNumber: 12, Lines: lines(of(100101, "2"), of(101401, "3")), Beside: []outside.Beside{{VATCode: 2, Cents: -699}, {VATCode: 1, Cents: -209}}},
			want: want{debtor: "10015", documents: one(
				line{"100101", "2", "34.95", "1", nil}, line{"101401", "3", "6.95", "2", nil},
				line{"KORTING", "-1", "2.09", "2", fields{"ART_DESC1": "Gieter"}}, line{"KORTING", "-1", "6.99", "1", fields{"ART_DESC1": "Gieter"}},
			)},
		},
		{
			name: "what delivery by post costs",
			sale: sale{RelationNumber: 13, DeliveryMethod: "POST", Lines: oneSkillet, Beside: []outside.Beside{{VATCode: 2, Cents: 695}}},
			want: want{debtor: "10017", documents: one(
				line{"100101", "1", "34.95", "1", nil}, line{"VERZEND", "1", "6.95", "1", fields{"ART_DESC1": "Gieter"}},
			), why: []string{
				asOrder, "customer_found 10017 number", "line_added shipping, VAT code 2, € 6.95",
			}},
		},
		{
			name: "what delivery costs, by a method without an article for it",
			sale: sale{RelationNumber: 14, DeliveryMethod: "BEZORGEN", Lines: oneSkillet, Beside: []outside.Beside{{VATCode: 2, Cents: 695}}},
			want: want{timeline: []string{"parked vat_differs"}},
		},
		{
			name: "a cent that nobody can explain is rounding",
			sale: sale{RelationNumber: 15, Lines: oneSkillet, Beside: []outside.Beside{{VATCode: 2, Cents: 2}}},
			want: want{debtor: "10019", documents: one(
				line{"100101", "1", "34.95", "1", nil}, line{"AFROND", "1", "0.02", "1", fields{"ART_DESC1": "Gieter"}},
			)},
		},
		{
			name: "a gift card is a debt",
			sale: sale{RelationNumber: 3, Lines: lines(of(100101, "1"), outside.SaleLine{Article: 102002, Quantity: "1", TurnoverGroup: 91})},
			want: want{debtor: "10003", documents: one(line{"100101", "1", "34.95", "1", nil}, line{"BON", "1", "25", "3", fields{"ART_DESC1": "Gieter"}})},
		},
		{
			name: "what the shop used itself stays out",
			sale: sale{RelationNumber: 4, Lines: lines(outside.SaleLine{Article: 100101, Quantity: "1", OwnUse: true})},
			want: want{timeline: []string{"skipped own_use_left_out"}},
		},
		{
			name: "own use in part is for a person",
			sale: sale{RelationNumber: 5, Lines: lines(outside.SaleLine{Article: 100101, Quantity: "1", OwnUse: true}, of(101401, "1"))},
			want: want{timeline: []string{"parked own_use"}},
		},
		{
			name: "what the lines say stands in the note",
			sale: sale{RelationNumber: 6, Lines: lines(outside.SaleLine{Text: "Voor de koks", Heading: true}, of(100101, "1"), outside.SaleLine{Text: "Graag inpakken"})},
			want: want{debtor: "10007", documents: []booked{{header: fields{"COMMENT2": "Voor de koks\nGraag inpakken"}, lines: skilletOrder[0].lines}}},
		},
		{
			name: "a composed article counts once",
			sale: sale{RelationNumber: 7, Lines: lines(outside.SaleLine{Article: 101901, Quantity: "1", Components: lines(of(101401, "1"), of(101601, "2"))})},
			want: want{debtor: "10009", documents: one(line{"101901", "1", "29.95", "1", nil})},
		},
		{
			name: "bottles that are brought back",
			sale: sale{RelationNumber: 8, Lines: lines(of(101401, "6"), outside.SaleLine{Article: 102008, Quantity: "1", TurnoverGroup: 92}, outside.SaleLine{Article: 102007, Quantity: "-12", TurnoverGroup: 92})},
			want: want{debtor: "10010", documents: one(
				line{"101401", "6", "6.95", "2", nil}, line{"102008", "1", "1.5", "3", nil}, line{"102007", "-12", "0.25", "3", nil},
			)},
		},
		{
			name: "an article that has another code in the books",
			sale: sale{RelationNumber: 9, Lines: lines(at(102010, "2", 25))},
			want: want{debtor: "10011", documents: one(line{"102007", "2", "0.25", "3", nil})},
		},
		{
			name: "a line that is a payment is for a person",
			sale: sale{RelationNumber: 11, Lines: lines(of(100101, "1"), outside.SaleLine{Article: 102001, Quantity: "-1", TurnoverGroup: 95})},
			want: want{timeline: []string{"parked payment_line"}},
		},
	},
}

// Two cents without VAT are two cents with it, five times; but five times two
// cents are twelve.
var (
	fiveTrifles        = hundreds(5, func(i int) outside.SaleLine { return at(100101+int64(i), "1", 2) })
	fiveTriflesRounded = one(
		line{"100101", "1", "0.02", "1", nil}, line{"100102", "1", "0.02", "1", nil}, line{"100103", "1", "0.02", "1", nil},
		line{"100104", "1", "0.02", "1", nil}, line{"100105", "1", "0.02", "1", nil}, line{"AFROND", "1", "0.02", "1", fields{"ART_DESC1": "Gieter"}},
	)
)

// plainRules are books without any of that.
var plainRules = group{
	name:     "without rules",
	document: func(d *settings.Document) { d.Flows.Orders.Amounts.Discounts = domain.DiscountsPercentage },
	stories: []story{
		{
			name: "a discount as a percentage",
			sale: sale{RelationNumber: 1, Lines: lines(outside.SaleLine{Article: 100101, Quantity: "2", DiscountPercent: "12.5"})},
			want: want{debtor: "10001", documents: one(line{"100101", "2", "34.95", "1", fields{"DISC_PCT": "12.5"}})},
		},
		{
			name: "a gift card, and no word about what it is",
			sale: sale{RelationNumber: 2, Lines: lines(outside.SaleLine{Article: 102002, Quantity: "1", TurnoverGroup: 91})},
			want: want{timeline: []string{"parked gift_card_sold"}},
		},
		{
			name: "own use, and no word about it",
			sale: sale{RelationNumber: 3, Lines: lines(outside.SaleLine{Article: 100101, Quantity: "1", OwnUse: true})},
			want: want{timeline: []string{"parked own_use"}},
		},
		{
			name: "cents that VAT over the whole adds, and nowhere to put them",
			sale: sale{RelationNumber: 4, VATMethod: "exclusive", Lines: fiveTrifles},
			want: want{timeline: []string{"parked vat_differs"}},
			then: []chapter{{
				name: "there is an article for them",
				do: all(func(v *visit) { v.enterArticle("AFROND") }, applied(func(d *settings.Document) {
					d.Flows.Orders.Amounts.RoundingArticle = "AFROND"
				})),
				want: want{timeline: wokenByDocument, debtor: "10005", documents: fiveTriflesRounded},
			}},
		},
	},
}
