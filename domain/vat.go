package domain

import "github.com/shopspring/decimal"

// VATMethod says how the prices of an order relate to VAT.
type VATMethod string

const (
	// VATInclusive: prices include VAT.
	VATInclusive VATMethod = "inclusive"
	// VATExclusive: VAT comes on top of the prices.
	VATExclusive VATMethod = "exclusive"
	// VATShifted: the buyer accounts for VAT (reverse charge).
	VATShifted VATMethod = "shifted"
	// VATNone: no VAT applies.
	VATNone VATMethod = "none"
)

// VATGroup is the total of all lines that share one VAT code, in euros. The
// till's own groups are what the books must agree with, to the cent.
type VATGroup struct {
	Code    string          // VAT code of the system the group comes from
	Percent decimal.Decimal // 21 means 21 %
	Excl    decimal.Decimal // euros excl. VAT
	VAT     decimal.Decimal // euros of VAT
}

// Incl is the group's total in euros including VAT.
func (g VATGroup) Incl() decimal.Decimal { return g.Excl.Add(g.VAT) }
