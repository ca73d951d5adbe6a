package domain

import "github.com/shopspring/decimal"

// CashCount is one count of a drawer at the till.
type CashCount struct {
	Branch      string
	Date        Date // financial date: Amsterdam
	Final       bool // false: it is still being counted
	Differences []CashDifference
}

// CashDifference is what a count found of one payment method beside what the
// till expected.
type CashDifference struct {
	Method string
	Amount decimal.Decimal // euros; negative: less was found
}
