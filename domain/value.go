package domain

import (
	"strconv"

	"github.com/shopspring/decimal"
)

// ValueKind is the type of a field's value.
type ValueKind string

const (
	// KindText is text.
	KindText ValueKind = "text"
	// KindNumber is an exact decimal.
	KindNumber ValueKind = "number"
	// KindDate is a calendar date.
	KindDate ValueKind = "date"
	// KindBool is true or false.
	KindBool ValueKind = "bool"
)

// Value is one typed value of a field. Only the member of its Kind counts.
type Value struct {
	Kind   ValueKind
	Text   string          `json:",omitempty"`
	Number decimal.Decimal `json:",omitzero"`
	Date   Date            `json:",omitzero"`
	Bool   bool            `json:",omitempty"`
}

// TextValue makes a text value.
func TextValue(s string) Value { return Value{Kind: KindText, Text: s} }

// NumberValue makes a number value.
func NumberValue(d decimal.Decimal) Value { return Value{Kind: KindNumber, Number: d} }

// DateValue makes a date value.
func DateValue(d Date) Value { return Value{Kind: KindDate, Date: d} }

// BoolValue makes a yes-or-no value.
func BoolValue(b bool) Value { return Value{Kind: KindBool, Bool: b} }

// IsEmpty reports whether a record holding this value holds nothing there:
// empty text, no date, zero, or false.
func (v Value) IsEmpty() bool {
	switch v.Kind {
	case KindNumber:
		return v.Number.IsZero()
	case KindDate:
		return v.Date.IsZero()
	case KindBool:
		return !v.Bool
	default:
		return v.Text == ""
	}
}

// Equal compares values; numbers by amount, so 1.50 equals 1.5.
func (v Value) Equal(other Value) bool {
	if v.Kind != other.Kind {
		return false
	}
	if v.Kind == KindNumber {
		return v.Number.Equal(other.Number)
	}
	return v.Text == other.Text && v.Date == other.Date && v.Bool == other.Bool
}

// Words writes the value as people read it: numbers as AmountWords does, dates as
// YYYY-MM-DD.
func (v Value) Words() string {
	switch v.Kind {
	case KindNumber:
		return AmountWords(v.Number)
	case KindDate:
		return v.Date.String()
	case KindBool:
		return strconv.FormatBool(v.Bool)
	default:
		return v.Text
	}
}

// AmountWords writes a number without an exponent. What has a fraction has two
// decimals at least, since most of those are euros: 12.1 is written 12.10.
func AmountWords(d decimal.Decimal) string {
	if d.IsInteger() || !d.Equal(d.Round(2)) {
		return d.String()
	}
	return d.StringFixed(2)
}
