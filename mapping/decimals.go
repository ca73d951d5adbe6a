package mapping

import (
	"errors"

	"github.com/expr-lang/expr"
	"github.com/shopspring/decimal"
)

// Amounts and quantities in expressions are exact decimals. The operators below
// work on them, and on a whole number beside one; numbers with a fraction are
// written decimal("1.21"), because a plain 1.21 would be a float.

type (
	decimalPair = func(a, b decimal.Decimal) decimal.Decimal
	decimalInt  = func(a decimal.Decimal, b int) decimal.Decimal
	intDecimal  = func(a int, b decimal.Decimal) decimal.Decimal
	comparePair = func(a, b decimal.Decimal) bool
	compareInt  = func(a decimal.Decimal, b int) bool
	intCompare  = func(a int, b decimal.Decimal) bool
)

// decimalOperators make the operators of the language work on decimals, and
// bound what + may do to text.
func decimalOperators() []expr.Option {
	var options []expr.Option
	for operator, compute := range map[string]func(a, b decimal.Decimal) (decimal.Decimal, error){
		"+": func(a, b decimal.Decimal) (decimal.Decimal, error) { return a.Add(b), nil },
		"-": func(a, b decimal.Decimal) (decimal.Decimal, error) { return a.Sub(b), nil },
		"*": func(a, b decimal.Decimal) (decimal.Decimal, error) { return a.Mul(b), nil },
		"/": divide,
	} {
		name := "decimal" + operator
		options = append(options, expr.Operator(operator, name),
			expr.Function(name, computed(compute), new(decimalPair), new(decimalInt), new(intDecimal)))
	}
	for operator, holds := range comparisons {
		name := "decimal" + operator
		options = append(options, expr.Operator(operator, name),
			expr.Function(name, compared(holds), new(comparePair), new(compareInt), new(intCompare)))
	}
	return append(options, expr.Operator("+", "text+"),
		expr.Function("text+", func(args ...any) (any, error) { return bounded(args[0].(string) + args[1].(string)) },
			new(func(a, b string) string)))
}

// comparisons say what an operator wants of an order: below, at or above zero.
var comparisons = map[string]func(order int) bool{
	"==": func(o int) bool { return o == 0 },
	"!=": func(o int) bool { return o != 0 },
	"<":  func(o int) bool { return o < 0 },
	"<=": func(o int) bool { return o <= 0 },
	">":  func(o int) bool { return o > 0 },
	">=": func(o int) bool { return o >= 0 },
}

func computed(compute func(a, b decimal.Decimal) (decimal.Decimal, error)) func(...any) (any, error) {
	return func(args ...any) (any, error) {
		result, err := compute(toDecimal(args[0]), toDecimal(args[1]))
		if err != nil {
			return nil, err
		}
		if result.NumDigits() > maxDigits || -result.Exponent() > maxDigits {
			return nil, errTooLarge
		}
		return result, nil
	}
}

func compared(holds func(order int) bool) func(...any) (any, error) {
	return func(args ...any) (any, error) {
		return holds(toDecimal(args[0]).Cmp(toDecimal(args[1]))), nil
	}
}

// toDecimal reads an operand; the types of the operators allow no other.
func toDecimal(v any) decimal.Decimal {
	switch v := v.(type) {
	case decimal.Decimal:
		return v
	case int:
		return decimal.NewFromInt(int64(v))
	default:
		return decimal.Zero
	}
}

var (
	errTooLarge     = errors.New("result is too large")
	errDivideByZero = errors.New("division by zero")
)

const (
	maxDigits   = 60    // of a number that an expression computes
	maxText     = 4_000 // bytes of a text that an expression puts together
	quotientEnd = 12    // decimals of a division
)

func divide(a, b decimal.Decimal) (decimal.Decimal, error) {
	if b.IsZero() {
		return decimal.Zero, errDivideByZero
	}
	return a.DivRound(b, quotientEnd), nil
}

func bounded(text string) (any, error) {
	if len(text) > maxText {
		return nil, errTooLarge
	}
	return text, nil
}

// decimalOf is decimal("1.21"): an exact number written out.
func decimalOf(args ...any) (any, error) { return parseDecimal(args[0].(string)) }

func parseDecimal(text string) (decimal.Decimal, error) {
	if len(text) > maxDigits {
		return decimal.Zero, errTooLarge
	}
	d, err := decimal.NewFromString(text)
	if err != nil || d.Exponent() > 0 || -d.Exponent() > maxDigits {
		return decimal.Zero, errors.New("not a plain number")
	}
	return d, nil
}

// round is round(amount, decimals), half away from zero.
func round(args ...any) (any, error) {
	amount, places := args[0].(decimal.Decimal), args[1].(int)
	return amount.Round(int32(min(max(places, 0), quotientEnd))), nil
}
