package reconcile_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

var priceSchema = domain.Schema{Entity: domain.EntityPrice, Fields: []domain.FieldSpec{
	{Name: "whose", Kind: domain.KindText},
	{Name: "what", Kind: domain.KindText},
	{Name: "from", Kind: domain.KindNumber},
	{Name: "until", Kind: domain.KindDate, Updatable: true},
	{Name: "percent", Kind: domain.KindNumber, Updatable: true},
	{Name: "incl", Kind: domain.KindNumber, Updatable: true},
	{Name: "excl", Kind: domain.KindNumber, Updatable: true},
}}

func priceDraft(what, from, field, amount string) domain.Draft {
	d := domain.Draft{Entity: domain.EntityPrice, Fields: []domain.Field{
		{Name: "whose", Value: domain.TextValue("C")}, {Name: "what", Value: domain.TextValue(what)},
	}}
	if from != "" {
		d.Fields = append(d.Fields, domain.Field{Name: "from", Value: domain.NumberValue(decimal.RequireFromString(from))})
	}
	return with(d, field, amount)
}

func with(d domain.Draft, field, amount string) domain.Draft {
	d.Fields = append(d.Fields, domain.Field{Name: field, Value: domain.NumberValue(decimal.RequireFromString(amount))})
	return d
}

func everyRule(create, update bool, ours ...string) reconcile.PriceListRules {
	return reconcile.PriceListRules{
		Ours: func(key string) bool {
			for _, o := range ours {
				if o == key {
					return true
				}
			}
			return false
		},
		Leave: func(string) bool { return false }, Create: create, Update: update, Foreign: domain.ForeignKeep,
	}
}

func TestChangePriceList_LaysWhatIsWantedOverWhatIsHeld(t *testing.T) {
	t.Parallel()
	a, b := priceDraft("A", "", "incl", "10"), priceDraft("B", "12", "percent", "5")
	keyA, keyB := priceSchema.RecordKey(a), priceSchema.RecordKey(b)
	derived := with(a, "excl", "8.26")
	cheaper := priceDraft("A", "", "incl", "9")
	ending := a
	ending.Fields = append(ending.Fields[:len(ending.Fields):len(ending.Fields)], domain.Field{Name: "until", Value: domain.DateValue(domain.Date{Year: 2026, Month: 1, Day: 1})})
	left := everyRule(true, true)
	left.Leave = func(key string) bool { return key == keyA }
	gone := everyRule(true, true)
	gone.Foreign = domain.ForeignRemove
	for name, c := range map[string]struct {
		held, wanted []domain.Draft
		rules        reconcile.PriceListRules
		want         []domain.Draft
		differs      bool
	}{
		"new":                            {nil, []domain.Draft{a, b}, everyRule(true, true), []domain.Draft{a, b}, true},
		"new, and none may be made":      {nil, []domain.Draft{a}, everyRule(false, true), nil, false},
		"as it stands":                   {[]domain.Draft{b, a}, []domain.Draft{a, b}, everyRule(true, true), []domain.Draft{b, a}, false},
		"the till knows the other side":  {[]domain.Draft{derived}, []domain.Draft{a}, everyRule(true, true), []domain.Draft{derived}, false},
		"changed":                        {[]domain.Draft{derived, b}, []domain.Draft{cheaper, b}, everyRule(true, true), []domain.Draft{cheaper, b}, true},
		"changed, and none may be":       {[]domain.Draft{a}, []domain.Draft{cheaper}, everyRule(true, false), []domain.Draft{a}, false},
		"a day that is not wanted":       {[]domain.Draft{ending}, []domain.Draft{a}, everyRule(true, true), []domain.Draft{a}, true},
		"ours, and over":                 {[]domain.Draft{a, b}, []domain.Draft{a}, everyRule(true, true, keyA, keyB), []domain.Draft{a}, true},
		"ours, over, and none may go":    {[]domain.Draft{a, b}, []domain.Draft{a}, everyRule(true, false, keyB), []domain.Draft{a, b}, false},
		"never ours":                     {[]domain.Draft{a, b}, []domain.Draft{a}, everyRule(true, true, keyA), []domain.Draft{a, b}, false},
		"never ours, and they go":        {[]domain.Draft{a, b}, []domain.Draft{a}, gone, []domain.Draft{a}, true},
		"twice at the till":              {[]domain.Draft{a, a}, []domain.Draft{a}, everyRule(true, true), []domain.Draft{a}, true},
		"left as it is, whatever is new": {[]domain.Draft{a}, []domain.Draft{cheaper}, left, []domain.Draft{a}, false},
	} {
		got := reconcile.ChangePriceList(c.held, c.wanted, priceSchema, c.rules)
		require.Equal(t, c.want, got.Rows, name)
		require.Equal(t, c.differs, got.Differs(), name)
	}
}

func TestChangePriceList_ASecondTimeHasNothingToDo(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(5, 9))
	list := func() []domain.Draft {
		var rows []domain.Draft
		seen := map[string]bool{}
		for range random.IntN(8) {
			d := priceDraft(string(rune('A'+random.IntN(5))), []string{"", "6", "12"}[random.IntN(3)], []string{"incl", "excl", "percent"}[random.IntN(3)], decimal.New(1+random.Int64N(99), -1).String())
			if key := priceSchema.RecordKey(d); !seen[key] {
				seen[key] = true
				rows = append(rows, d)
			}
		}
		return rows
	}
	for range 2000 {
		held, wanted := list(), list()
		rules := everyRule(random.IntN(2) == 0, random.IntN(2) == 0)
		rules.Foreign = []domain.ForeignPrices{domain.ForeignKeep, domain.ForeignRemove}[random.IntN(2)]
		once := reconcile.ChangePriceList(held, wanted, priceSchema, rules)
		again := reconcile.ChangePriceList(once.Rows, wanted, priceSchema, rules)
		require.False(t, again.Differs())
		require.Equal(t, once.Rows, again.Rows)
	}
}

func TestJudgePrices_HoldOnTheirDaysAndYieldByTheRule(t *testing.T) {
	t.Parallel()
	day := func(d int) domain.Date { return domain.Date{Year: 2026, Month: time.March, Day: d} }
	row := func(id string, p domain.Price) reconcile.PriceRow {
		return reconcile.PriceRow{ID: id, Price: p, SKU: "A", Draft: priceDraft("A", "", "incl", "1")}
	}
	incl := func(amount string) domain.Price {
		return domain.Price{SKU: "A", PriceIncl: decimal.RequireFromString(amount), PriceBasis: domain.PriceBasisIncl}
	}
	ofGroup := domain.Price{ArticleGroup: "G", DiscountPercent: decimal.NewFromInt(50)}
	later, net, over, next := incl("10"), domain.Price{SKU: "A", PriceExcl: decimal.NewFromInt(7), PriceBasis: domain.PriceBasisExcl}, incl("1"), incl("1")
	later.ValidFrom, over.ValidUntil, next.ValidFrom = day(2), day(8), day(10)
	usual := func(string) (reconcile.BasePrice, bool) {
		return reconcile.BasePrice{Incl: decimal.RequireFromString("12.10"), Excl: decimal.NewFromInt(10)}, true
	}
	for name, c := range map[string]struct {
		rule domain.PriceConflict
		rows []reconcile.PriceRow
		want string // states, as they stand
	}{
		"over, and not yet":       {domain.ConflictPark, []reconcile.PriceRow{row("1", over), row("2", incl("2")), row("3", next)}, "over stands not_yet "},
		"the article goes first":  {domain.ConflictMostSpecific, []reconcile.PriceRow{row("1", ofGroup), row("2", incl("12"))}, "yields stands "},
		"the last one to begin":   {domain.ConflictMostSpecific, []reconcile.PriceRow{row("1", incl("9")), row("2", later)}, "yields stands "},
		"nothing tells":           {domain.ConflictMostSpecific, []reconcile.PriceRow{row("1", incl("9")), row("2", incl("8"))}, "conflicts conflicts "},
		"the same twice":          {domain.ConflictPark, []reconcile.PriceRow{row("1", incl("9")), row("2", incl("9.00"))}, "stands yields "},
		"a person decides":        {domain.ConflictPark, []reconcile.PriceRow{row("1", ofGroup), row("2", incl("12"))}, "conflicts conflicts "},
		"the lowest, a discount":  {domain.ConflictLowest, []reconcile.PriceRow{row("1", incl("6.06")), row("2", ofGroup)}, "yields stands "},
		"the lowest, with VAT":    {domain.ConflictLowest, []reconcile.PriceRow{row("1", incl("8.46")), row("2", net)}, "stands yields "},
		"the lowest, without VAT": {domain.ConflictLowest, []reconcile.PriceRow{row("1", incl("8.48")), row("2", net)}, "yields stands "},
	} {
		states := ""
		for _, j := range reconcile.JudgePrices(c.rows, day(9), c.rule, priceSchema, usual) {
			states += string(j.State) + " "
		}
		require.Equal(t, c.want, states, name)
	}
	require.Equal(t, []string{"A"}, reconcile.Contested([]reconcile.PriceRow{row("1", incl("9")), row("2", net), row("3", over)}, day(9), priceSchema))
	require.Empty(t, reconcile.Contested([]reconcile.PriceRow{row("1", incl("9")), row("3", over)}, day(9), priceSchema))
}

func TestChargePrice_TakesTheFirstThatFitsOrTheLowest(t *testing.T) {
	t.Parallel()
	amount := decimal.RequireFromString
	ranked := func(rank reconcile.PriceRank, from string, p domain.Price) reconcile.RankedPrice {
		p.MinQuantity = amount(from)
		return reconcile.RankedPrice{Rank: rank, JudgedPrice: reconcile.JudgedPrice{State: reconcile.PriceStands, PriceRow: reconcile.PriceRow{Price: p}}}
	}
	incl := func(a string) domain.Price {
		return domain.Price{PriceIncl: amount(a), PriceBasis: domain.PriceBasisIncl}
	}
	off := func(percent string) domain.Price { return domain.Price{DiscountPercent: amount(percent)} }
	prices := []reconcile.RankedPrice{
		ranked(reconcile.RankOwn, "0", off("2.5")), ranked(reconcile.RankPromotion, "0", incl("5")),
		ranked(reconcile.RankCustomerArticle, "6", incl("9")), ranked(reconcile.RankCustomerArticle, "12", domain.Price{PriceExcl: amount("6.615"), PriceBasis: domain.PriceBasisExcl}),
		ranked(reconcile.RankPriceGroup, "0", off("10")),
	}
	usual := reconcile.BasePrice{Incl: amount("12.10"), Excl: amount("10")}
	for quantity, want := range map[string][2]string{ // specific first, lowest
		"1": {"10.89", "5"}, "6": {"54", "30"}, "11.5": {"103.5", "57.5"}, "12": {"79.44", "60"},
	} {
		require.True(t, amount(want[0]).Equal(reconcile.ChargePrice(prices, amount(quantity), usual, domain.SpecificFirst).Amount), quantity)
		require.True(t, amount(want[1]).Equal(reconcile.ChargePrice(prices, amount(quantity), usual, domain.LowestFirst).Amount), quantity)
	}
	require.Equal(t, "11.8", reconcile.ChargePrice(prices[:1], amount("1"), usual, domain.SpecificFirst).Amount.String())
	require.Equal(t, "12.1", reconcile.ChargePrice(nil, amount("1"), usual, domain.SpecificFirst).Amount.String())
}
