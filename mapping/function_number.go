package mapping

import (
	"slices"

	"github.com/shopspring/decimal"
)

var hundred = decimal.NewFromInt(100)

// inclToExcl is incl_to_excl(amount, percent).
func inclToExcl(args ...any) (any, error) {
	return computed(func(amount, percent decimal.Decimal) (decimal.Decimal, error) {
		return divide(amount.Mul(hundred), hundred.Add(percent))
	})(args...)
}

// exclToIncl is excl_to_incl(amount, percent).
func exclToIncl(args ...any) (any, error) {
	return computed(func(amount, percent decimal.Decimal) (decimal.Decimal, error) {
		return amount.Mul(hundred.Add(percent)).Shift(-2), nil
	})(args...)
}

// eanValid is ean_valid(text): the digits from the right weigh 1, 3, 1, 3, ...
// and the sum must be a multiple of ten.
func eanValid(args ...any) (any, error) {
	text := args[0].(string)
	if !slices.Contains([]int{8, 12, 13, 14}, len(text)) {
		return false, nil
	}
	sum := 0
	for i := range len(text) {
		digit := text[len(text)-1-i]
		if digit < '0' || digit > '9' {
			return false, nil
		}
		sum += int(digit-'0') * (1 + 2*(i%2))
	}
	return sum%10 == 0, nil
}
