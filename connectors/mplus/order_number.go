package mplus

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/koppel/koppel/internal/fault"
)

// parseOrderNumber reads what people call an order: year, dot, number, without
// leading zeros, as "2026.123". One order has one spelling, so one key.
func parseOrderNumber(text string) (yearNumberID, error) {
	year, number, found := strings.Cut(text, ".")
	malformed := fault.New(fault.Invalid, "order_number_malformed", opGetOrders.op())
	if !found || len(year) != 4 || !isPlainNumber(year) || !isPlainNumber(number) {
		return yearNumberID{}, malformed // the text itself may be anything, so it is not repeated
	}
	y, err := strconv.Atoi(year)
	if err != nil {
		return yearNumberID{}, malformed
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return yearNumberID{}, malformed
	}
	return yearNumberID{Year: y, Number: n}, nil
}

func isPlainNumber(s string) bool {
	if s == "" || s[0] == '0' {
		return false
	}
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// yearNumber writes a number as people call it; without year or number there is none.
func (r *reading) yearNumber(element string, w *yearNumber) string {
	if w == nil {
		return ""
	}
	var year, number int64
	r.in(element, func() { year, number = r.integer("year", w.Year), r.integer("number", w.Number) })
	switch {
	case year == 0 || number == 0:
		return ""
	case year < 1000 || year > 9999 || number < 0:
		r.fail(element, "is not a year and a number")
		return ""
	}
	return fmt.Sprintf("%d.%d", year, number)
}
