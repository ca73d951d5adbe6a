package mapping

import (
	"regexp"

	"github.com/expr-lang/expr"
	"github.com/shopspring/decimal"
)

// catalogueFunctions are those that rows of products, stock and prices need.
func catalogueFunctions() []expr.Option {
	return []expr.Option{
		expr.Function("article_number", articleNumber, new(func(string) string)),
		expr.Function("euros", euros, new(func(amount decimal.Decimal, currency string) decimal.Decimal)),
		expr.Function("max", greatest, new(decimalPair), new(decimalInt), new(intDecimal)),
		expr.Function("min", least, new(decimalPair), new(decimalInt), new(intDecimal)),
	}
}

// Codes of Refused that the functions of this file give.
const (
	// CodeNotNumeric: an article code is not a number, and the target knows numbers only.
	CodeNotNumeric = "code_not_numeric"
	// CodeLeadingZeros: an article code begins with a zero, which a number would lose.
	CodeLeadingZeros = "code_leading_zeros"
	// CodeCurrency: an amount is not in euros.
	CodeCurrency = "currency_not_euro"
)

// refusal is why a function cannot take a value. It becomes a Refused, which
// knows the row.
type refusal struct {
	code string
	rule string
}

// Error words the rule, which holds no value.
func (r refusal) Error() string { return r.rule }

var allDigits = regexp.MustCompile(`^[0-9]+$`)

// mostDigits is how many digits a number of 64 bits always has room for.
const mostDigits = 18

// articleNumber is article_number(code): the code, when a target that knows
// whole numbers only can hold it. A code that begins with a zero is refused: 007
// would become 7, which may be another article, and would not be found in the
// books again when the till sells it. No code gives nothing.
func articleNumber(args ...any) (any, error) {
	code := args[0].(string)
	if code == "" {
		return "", nil
	}
	if !allDigits.MatchString(code) {
		return nil, refusal{CodeNotNumeric, "must hold digits only"}
	}
	if code[0] == '0' {
		return nil, refusal{CodeLeadingZeros, "must not begin with a zero"}
	}
	if len(code) > mostDigits {
		return nil, refusal{CodeNotNumeric, "must be a number of 18 digits or less"}
	}
	return code, nil
}

// euros is euros(amount, currency): the amount, when it is one of euros.
func euros(args ...any) (any, error) {
	if currency := args[1].(string); currency != "" && currency != "EUR" {
		return nil, refusal{CodeCurrency, "must be in euros"}
	}
	return args[0], nil
}

// greatest is max(a, b).
func greatest(args ...any) (any, error) {
	return decimal.Max(toDecimal(args[0]), toDecimal(args[1])), nil
}

// least is min(a, b).
func least(args ...any) (any, error) {
	return decimal.Min(toDecimal(args[0]), toDecimal(args[1])), nil
}
