package mapping

import (
	"regexp"
	"strings"

	"github.com/shopspring/decimal"
)

// catalogueFunctions are those that rows of products, stock and prices need.
var catalogueFunctions = []Function{
	{
		Name: "article_number", Signature: "article_number(code) text", Help: "The code of an article, when a till that knows whole numbers only can hold it. A code with other characters than digits, or with a zero in front, parks the record.",
		Example: `article_number("100101")`, Gives: "100101", call: articleNumber, types: []any{new(func(string) string)},
	},
	{
		Name: "euros", Signature: "euros(amount, currency) number", Help: "The amount, when it is one of euros; no currency stands for euros. Any other parks the record.",
		Example: `euros(decimal("5.50"), "EUR")`, Gives: "5.5", call: euros, types: []any{new(func(amount decimal.Decimal, currency string) decimal.Decimal)},
	},
	{
		Name: "number", Signature: "number(text) number", Help: "The number that a text holds, such as a value of a lookup table: 30, or 12.5. No text gives 0; any other text parks the record.",
		Example: `number("30")`, Gives: "30", call: numberOf, types: []any{new(func(string) decimal.Decimal)},
	},
	{
		Name: "max", Signature: "max(a, b) number", Help: "The greater of two numbers.",
		Example: `max(decimal("-2"), 0)`, Gives: "0", call: greatest, types: []any{new(decimalPair), new(decimalInt), new(intDecimal)},
	},
	{
		Name: "min", Signature: "min(a, b) number", Help: "The lesser of two numbers.",
		Example: `min(decimal("-2"), 0)`, Gives: "-2", call: least, types: []any{new(decimalPair), new(decimalInt), new(intDecimal)},
	},
}

// Codes of Refused that the functions of this file give.
const (
	// CodeNotNumeric: an article code is not a number, and the target knows numbers only.
	CodeNotNumeric = "code_not_numeric"
	// CodeLeadingZeros: an article code begins with a zero, which a number would lose.
	CodeLeadingZeros = "code_leading_zeros"
	// CodeNoNumber: a text that is to be a number is none.
	CodeNoNumber = "text_not_a_number"
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

// plainNumber is how numbers are written: a longer one would take memory beyond any use.
var plainNumber = regexp.MustCompile(`^-?[0-9]{1,18}(\.[0-9]{1,12})?$`)

// numberOf is number(text).
func numberOf(args ...any) (any, error) {
	text := strings.TrimSpace(args[0].(string))
	if text == "" {
		return decimal.Zero, nil
	}
	if !plainNumber.MatchString(text) {
		return nil, refusal{CodeNoNumber, "must be a number such as 30 or 12.5"}
	}
	return decimal.RequireFromString(text), nil
}

// greatest is max(a, b).
func greatest(args ...any) (any, error) {
	return decimal.Max(toDecimal(args[0]), toDecimal(args[1])), nil
}

// least is min(a, b).
func least(args ...any) (any, error) {
	return decimal.Min(toDecimal(args[0]), toDecimal(args[1])), nil
}
