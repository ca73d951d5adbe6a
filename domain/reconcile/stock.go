package reconcile

import (
	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// StockBounds are what the document does to a figure of stock after its formula.
type StockBounds struct {
	Buffer  decimal.Decimal // pieces that the till never shows
	Minimum decimal.Decimal // less is shown as this
	Maximum decimal.Decimal // more is shown as this; zero: there is none
}

// Shown is the figure that the till is to have.
func (b StockBounds) Shown(figure decimal.Decimal) decimal.Decimal {
	figure = decimal.Max(figure.Sub(b.Buffer), b.Minimum)
	if b.Maximum.IsPositive() {
		figure = decimal.Min(figure, b.Maximum)
	}
	return figure
}

// StockInBranch adds up what a branch of the till shows of an article: the levels of
// the locations that are its own, or everybody's. Sales come off once: those of the
// branch or, where a level is everybody's, those of all branches. No location at all
// is not a level of nothing: found then is false.
func StockInBranch(branch string, levels []domain.StockLevel, places map[string][]string, sold map[string]decimal.Decimal) (sum domain.StockLevel, found bool) {
	shared := false
	for _, level := range levels {
		own := false
		for _, place := range places[level.Location] {
			own = own || place == branch || place == domain.AnyKey
			shared = shared || place == domain.AnyKey
		}
		if !own {
			continue
		}
		if !found {
			sum, found = level, true
			continue
		}
		sum.Location = "" // of several
		sum.Physical, sum.Available = sum.Physical.Add(level.Physical), sum.Available.Add(level.Available)
		sum.Reserved, sum.OnOrder, sum.Free = sum.Reserved.Add(level.Reserved), sum.OnOrder.Add(level.OnOrder), sum.Free.Add(level.Free)
	}
	for where, pieces := range sold {
		if shared || where == branch {
			sum.TillUnbooked = sum.TillUnbooked.Add(pieces)
		}
	}
	return sum, found
}
