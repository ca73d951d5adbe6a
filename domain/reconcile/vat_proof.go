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
	Percent          decimal.Decimal // what the books will charge; 21 means 21 %
	PriceIncludesVAT bool
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
	total     decimal.Decimal // euros, incl. or excl. VAT as inclusive says
}

func groupBooked(lines []BookedLine) []*bookedGroup {
	var groups []*bookedGroup
	for _, l := range lines {
		i := slices.IndexFunc(groups, func(g *bookedGroup) bool {
			return g.code == l.VATCode && g.inclusive == l.PriceIncludesVAT && g.percent.Equal(l.Percent)
		})
		if i < 0 {
			i = len(groups)
			groups = append(groups, &bookedGroup{code: l.VATCode, percent: l.Percent, inclusive: l.PriceIncludesVAT})
		}
		groups[i].total = groups[i].total.Add(domain.RoundCents(l.Quantity.Mul(l.UnitPrice)))
	}
	return groups
}

var hundred = decimal.NewFromInt(100)

// amounts gives excl. and VAT of the group in euros, VAT rounded half away from
// zero.
func (g *bookedGroup) amounts() (excl, vat decimal.Decimal) {
	if !g.inclusive {
		return g.total, g.total.Mul(g.percent).DivRound(hundred, 2)
	}
	base := hundred.Add(g.percent)
	if base.IsZero() { // a percentage of -100 has no amount excl. VAT
		return g.total, decimal.Zero
	}
	vat = g.total.Mul(g.percent).DivRound(base, 2)
	return g.total.Sub(vat), vat
}
