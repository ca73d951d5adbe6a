package reconcile

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// PriceRow is a row of prices of the books, of one article or of what the till has a
// discount group for.
type PriceRow struct {
	ID    string // in the books
	Price domain.Price
	SKU   string       // the article that it is of, be it by its group or an attribute; empty: of a discount group, or of everything
	Draft domain.Draft // as the till would hold it
}

// PriceState is what becomes of a row.
type PriceState string

// What PriceState may be.
const (
	PriceStands    PriceState = "stands"    // it is what the till is to hold
	PriceNotYet    PriceState = "not_yet"   // it begins later
	PriceOver      PriceState = "over"      // it ended
	PriceYields    PriceState = "yields"    // another row says of the same price, and goes before it
	PriceConflicts PriceState = "conflicts" // another row says something else of the same price, and nothing tells which holds
)

// JudgedPrice is a row with what becomes of it.
type JudgedPrice struct {
	PriceRow
	State PriceState
	To    string // the row that it yields to or conflicts with
}

// BasePrice is the usual price of an article, on both sides of VAT.
type BasePrice struct{ Incl, Excl decimal.Decimal }

// JudgePrices tells which rows of one list the till is to hold on a day. Rows are of
// the same price where the fields of the schema that say which row it is are alike.
// Base is asked only where a price is to be held against a discount, or with VAT
// against without.
func JudgePrices(rows []PriceRow, on domain.Date, rule domain.PriceConflict, schema domain.Schema, base func(sku string) (BasePrice, bool)) []JudgedPrice {
	judged := make([]JudgedPrice, len(rows))
	same := map[string][]int{}
	var order []string
	for i, row := range rows {
		judged[i] = JudgedPrice{PriceRow: row, State: PriceStands}
		switch {
		case row.Price.HoldsOn(on):
			key := schema.RecordKey(row.Draft)
			if same[key] == nil {
				order = append(order, key)
			}
			same[key] = append(same[key], i)
		case on.Before(row.Price.ValidFrom):
			judged[i].State = PriceNotYet
		default:
			judged[i].State = PriceOver
		}
	}
	for _, key := range order {
		settleConflict(judged, same[key], rule, base)
	}
	return judged
}

// Contested lists the articles of which several rows of a list say something on a day.
func Contested(rows []PriceRow, on domain.Date, schema domain.Schema) []string {
	count := map[string]int{}
	var skus []string
	for _, row := range rows {
		if row.SKU == "" || !row.Price.HoldsOn(on) {
			continue
		}
		key := schema.RecordKey(row.Draft)
		if count[key]++; count[key] == 2 && !slices.Contains(skus, row.SKU) {
			skus = append(skus, row.SKU)
		}
	}
	return skus
}

// settleConflict decides between rows of one price.
func settleConflict(judged []JudgedPrice, rows []int, rule domain.PriceConflict, base func(string) (BasePrice, bool)) {
	if len(rows) < 2 {
		return
	}
	best := rows[0]
	for _, i := range rows[1:] {
		if preferred(judged[i], judged[best], rule, base) < 0 {
			best = i
		}
	}
	for _, i := range rows {
		switch {
		case i == best:
		case sameGrant(judged[i].Price, judged[best].Price), preferred(judged[best], judged[i], rule, base) < 0:
			judged[i].State, judged[i].To = PriceYields, judged[best].ID
		default:
			judged[i].State, judged[i].To = PriceConflicts, judged[best].ID
			judged[best].State, judged[best].To = PriceConflicts, judged[i].ID
		}
	}
}

// preferred orders two rows of one price: below zero, the first goes before the
// second; zero, nothing tells.
func preferred(a, b JudgedPrice, rule domain.PriceConflict, base func(string) (BasePrice, bool)) int {
	switch rule {
	case domain.ConflictLowest:
		return cheaper(a.PriceRow, b.PriceRow, base)
	case domain.ConflictMostSpecific:
		return cmp.Or(cmp.Compare(breadth(a.Price), breadth(b.Price)), b.Price.ValidFrom.Compare(a.Price.ValidFrom))
	default:
		return 0
	}
}

// breadth is how much a row is of: the less, the more closely it says so.
func breadth(p domain.Price) int {
	switch {
	case p.SKU != "":
		return 0
	case p.Attribute != (domain.Attribute{}):
		return 1
	case p.ArticleGroup != "":
		return 2
	default:
		return 3
	}
}

func sameGrant(a, b domain.Price) bool {
	return a.PriceBasis == b.PriceBasis && a.Agreed().Equal(b.Agreed()) && a.DiscountPercent.Equal(b.DiscountPercent)
}

// cheaper compares what two rows leave to pay.
func cheaper(a, b PriceRow, base func(string) (BasePrice, bool)) int {
	switch {
	case a.Price.PriceBasis != b.Price.PriceBasis:
	case a.Price.PriceBasis == "":
		return b.Price.DiscountPercent.Cmp(a.Price.DiscountPercent)
	default:
		return a.Price.Agreed().Cmp(b.Price.Agreed())
	}
	usual, known := base(a.SKU)
	if !known || !usual.Incl.IsPositive() || !usual.Excl.IsPositive() {
		return 0
	}
	return shareOf(a.Price, usual).Cmp(shareOf(b.Price, usual))
}

// shareOf is what a price leaves to pay of the usual price, as a share of it.
func shareOf(p domain.Price, usual BasePrice) decimal.Decimal {
	const enough = 16
	switch p.PriceBasis {
	case domain.PriceBasisIncl:
		return p.PriceIncl.DivRound(usual.Incl, enough)
	case domain.PriceBasisExcl:
		return p.PriceExcl.DivRound(usual.Excl, enough)
	default:
		return decimal.NewFromInt(1).Sub(p.DiscountPercent.Shift(-2))
	}
}
