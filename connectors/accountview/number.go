package accountview

import (
	"errors"
	"strings"

	"github.com/shopspring/decimal"
)

// Bounds of a number that can be an amount or a quantity. They keep a hostile
// exponent from being written out in full.
const (
	longestNumber    = 64
	greatestExponent = 40
)

var errNotANumber = errors.New("not a number")

// parseNumber reads a number as the API writes it: a JSON number, or the same
// in a text. Nothing of it is rounded; empty text is zero.
func parseNumber(text string) (decimal.Decimal, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return decimal.Zero, nil
	}
	if len(text) > longestNumber {
		return decimal.Zero, errNotANumber
	}
	d, err := decimal.NewFromString(text)
	if err != nil || d.Exponent() > greatestExponent || d.Exponent() < -longestNumber {
		return decimal.Zero, errNotANumber
	}
	return d, nil
}
