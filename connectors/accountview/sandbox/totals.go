package sandbox

import (
	"maps"
	"slices"

	"github.com/shopspring/decimal"
)

// Totals are what an order comes to, in euros with two decimals.
type Totals struct {
	VAT   []VATGroup      `json:"vat"` // by VAT code, in the order of the codes
	Net   decimal.Decimal `json:"net"`
	Tax   decimal.Decimal `json:"tax"`
	Gross decimal.Decimal `json:"gross"`
}

// VATGroup is the part of an order under one VAT code. The tax is computed once over the group, not per line.
type VATGroup struct {
	Code    string          `json:"code"`
	Percent decimal.Decimal `json:"percent"`
	Net     decimal.Decimal `json:"net"`
	Tax     decimal.Decimal `json:"tax"`
	Gross   decimal.Decimal `json:"gross"`
}

// rowReader is what totals need of the books: open changes give their own rows, the books theirs.
type rowReader interface {
	row(tableName, key string) (row, bool)
}

var hundred = decimal.NewFromInt(100)

// lineAmount is quantity times price less the line discount, rounded to cents half away from zero.
func lineAmount(line row) decimal.Decimal {
	amount := line.number("ORD_QTY").Mul(line.number("ART_PX"))
	return amount.Mul(hundred.Sub(line.number("DISC_PCT"))).Shift(-2).Round(2)
}

// orderTotals adds up the lines by VAT code. The header tells whether prices include VAT. PD_AMT, whose meaning is not
// known, is left out.
func orderTotals(books rowReader, header row, lines []row) Totals {
	sums := map[string]decimal.Decimal{}
	for _, line := range lines {
		sums[line["VAT_CODE"]] = sums[line["VAT_CODE"]].Add(lineAmount(line))
	}
	totals := Totals{VAT: []VATGroup{}}
	for _, code := range slices.Sorted(maps.Keys(sums)) {
		vat, _ := books.row(vatTable.Name, code)
		g := VATGroup{Code: code, Percent: vat.number("VAT_PCT")}
		if header.flag("GROSS_FLG") {
			g.Gross = sums[code]
			g.Tax = g.Gross.Mul(g.Percent).DivRound(hundred.Add(g.Percent), 2)
			g.Net = g.Gross.Sub(g.Tax)
		} else {
			g.Net = sums[code]
			g.Tax = g.Net.Mul(g.Percent).DivRound(hundred, 2)
			g.Gross = g.Net.Add(g.Tax)
		}
		totals.VAT = append(totals.VAT, g)
		totals.Net, totals.Tax, totals.Gross = totals.Net.Add(g.Net), totals.Tax.Add(g.Tax), totals.Gross.Add(g.Gross)
	}
	return totals
}
