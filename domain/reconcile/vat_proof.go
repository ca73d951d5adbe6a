package reconcile

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// BookedLine is an order line as it is about to be written: the values of the
// draft, with the till's VAT code to compare by.
type BookedLine struct {
	Quantity         decimal.Decimal
	UnitPrice        decimal.Decimal // euros
	VATCode          string          // the till's code of the line
	BooksCode        string          // the code of the books; empty: not given
	Role             domain.LineRole // what the line stands for
	Percent          decimal.Decimal // what the books will charge; 21 means 21 %
	PriceIncludesVAT bool
	DiscountPercent  decimal.Decimal // that the books take off the price

	// Of an invoice that states its amounts: those, in place of quantity and price.
	Stated bool
	Excl   decimal.Decimal // euros
	VAT    decimal.Decimal // euros
	Summed bool            // of many receipts, each of which the till rounded by itself
	Apart  bool            // no turnover: it is in no VAT group
}

// Amount is what the line comes to in euros, as prices or amounts are stated.
func (l BookedLine) Amount() decimal.Decimal {
	if l.Stated {
		return l.Excl.Add(l.VAT)
	}
	return l.total()
}

// total is the line's amount, rounded to cents as books do.
func (l BookedLine) total() decimal.Decimal {
	amount := l.Quantity.Mul(l.UnitPrice)
	if !l.DiscountPercent.IsZero() {
		amount = amount.Mul(hundred.Sub(l.DiscountPercent)).Div(hundred)
	}
	return domain.RoundCents(amount)
}

// Difference is one VAT code of an order on which till and books would not
// agree. Amounts are in euros.
type Difference struct {
	Code       string // the till's VAT code
	TillExcl   decimal.Decimal
	BookedExcl decimal.Decimal
	TillVAT    decimal.Decimal
	BookedVAT  decimal.Decimal
}

// VATProof compares an order about to be written with the till's own VAT
// groups, to the cent. No differences means: safe to write.
func VATProof(order domain.Order, booked []BookedLine) []Difference {
	return CompareVATGroups(order.VATGroups, booked)
}

// CompareVATGroups recomputes the VAT of the lines as books do (line totals
// rounded to cents, then VAT once per group) and lists each VAT code where
// either the amount excluding VAT or the VAT is not what the till says. The
// differences come in the order of their codes.
func CompareVATGroups(till []domain.VATGroup, booked []BookedLine) []Difference {
	byCode := map[string]*Difference{}
	of := func(code string) *Difference {
		if byCode[code] == nil {
			byCode[code] = &Difference{Code: code}
		}
		return byCode[code]
	}
	for _, g := range till {
		d := of(g.Code)
		d.TillExcl, d.TillVAT = d.TillExcl.Add(g.Excl), d.TillVAT.Add(g.VAT)
	}
	for _, g := range groupBooked(booked) {
		d := of(g.code)
		excl, vat := g.amounts()
		d.BookedExcl, d.BookedVAT = d.BookedExcl.Add(excl), d.BookedVAT.Add(vat)
	}
	var differences []Difference
	for _, d := range byCode {
		if !d.TillExcl.Equal(d.BookedExcl) || !d.TillVAT.Equal(d.BookedVAT) {
			differences = append(differences, *d)
		}
	}
	slices.SortFunc(differences, func(a, b Difference) int { return strings.Compare(a.Code, b.Code) })
	return differences
}

// bookedGroup is what the books take together when they compute VAT: the lines
// of one rate.
type bookedGroup struct {
	code      string
	percent   decimal.Decimal
	inclusive bool
	stated    bool
	summed    bool
	total     decimal.Decimal // euros, incl. or excl. VAT as inclusive says
	vat       decimal.Decimal // euros; stated amounts only, total is then excl. VAT
}

func groupBooked(lines []BookedLine) []*bookedGroup {
	var groups []*bookedGroup
	for _, l := range lines {
		if l.Apart {
			continue
		}
		i := slices.IndexFunc(groups, func(g *bookedGroup) bool {
			return g.code == l.VATCode && g.inclusive == l.PriceIncludesVAT && g.stated == l.Stated && g.percent.Equal(l.Percent)
		})
		if i < 0 {
			i = len(groups)
			groups = append(groups, &bookedGroup{code: l.VATCode, percent: l.Percent, inclusive: l.PriceIncludesVAT, stated: l.Stated, summed: l.Summed})
		}
		if l.Stated {
			groups[i].total, groups[i].vat = groups[i].total.Add(l.Excl), groups[i].vat.Add(l.VAT)
			continue
		}
		groups[i].total = groups[i].total.Add(l.total())
	}
	return groups
}

var hundred = decimal.NewFromInt(100)

// amounts gives excl. and VAT of the group in euros, VAT rounded half away from
// zero.
func (g *bookedGroup) amounts() (excl, vat decimal.Decimal) {
	if g.stated {
		return g.total, g.statedVAT()
	}
	if !g.inclusive {
		return g.total, onTop(g.total, g.percent)
	}
	vat = inside(g.total, g.percent)
	return g.total.Sub(vat), vat
}

// statedVAT is the VAT that the lines state, where it is what the rate gives:
// taken out of the whole, or put on top. Else it is what the books would compute,
// so that a wrong code never passes because the amounts were copied.
func (g *bookedGroup) statedVAT() decimal.Decimal {
	computed := onTop(g.total, g.percent)
	if g.vat.Equal(inside(g.total.Add(g.vat), g.percent)) {
		return g.vat
	}
	if g.summed && g.vat.Sub(computed).Abs().LessThanOrEqual(g.total.Abs().Mul(summedOff).Add(summedLeast)) {
		return g.vat
	}
	return computed
}

// What the VAT of a day may be off from that of its sum, because the till rounds
// each receipt: a part of the turnover, far less than lies between two rates.
var (
	summedOff   = decimal.New(5, -3)
	summedLeast = decimal.New(5, -2)
)

// onTop is the VAT on an amount without it.
func onTop(excl, percent decimal.Decimal) decimal.Decimal {
	return excl.Mul(percent).DivRound(hundred, 2)
}

// inside is the VAT in an amount that includes it.
func inside(incl, percent decimal.Decimal) decimal.Decimal {
	base := hundred.Add(percent)
	if base.IsZero() { // a percentage of -100 has no amount excl. VAT
		return decimal.Zero
	}
	return incl.Mul(percent).DivRound(base, 2)
}

// BookedTotal is what stated lines amount to, in euros incl. VAT.
func BookedTotal(lines []BookedLine) (total decimal.Decimal) {
	for _, l := range lines {
		total = total.Add(l.Excl).Add(l.VAT)
	}
	return total
}
