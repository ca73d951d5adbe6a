package mapping

import (
	"fmt"
	"strings"

	"github.com/expr-lang/expr"

	"github.com/koppel/koppel/domain"
)

// dateOf is date("2026-01-31").
func dateOf(args ...any) (any, error) {
	return domain.ParseDate(strings.TrimSpace(args[0].(string)))
}

// format is format(date, pattern) and format(number, decimals).
func format(args ...any) (any, error) {
	if date, ok := args[0].(domain.Date); ok {
		return formatDate(date, args[1].(string))
	}
	return bounded(toDecimal(args[0]).StringFixed(int32(min(max(args[1].(int), 0), quotientEnd))))
}

func formatDate(d domain.Date, pattern string) (any, error) {
	if d.IsZero() {
		return "", nil
	}
	written := strings.NewReplacer(
		"YYYY", fmt.Sprintf("%04d", d.Year), "YY", fmt.Sprintf("%02d", d.Year%100),
		"MM", fmt.Sprintf("%02d", d.Month), "M", fmt.Sprintf("%d", d.Month),
		"DD", fmt.Sprintf("%02d", d.Day), "D", fmt.Sprintf("%d", d.Day),
	).Replace(pattern)
	return bounded(written)
}

// dateOperators compare days.
func dateOperators() []expr.Option {
	var options []expr.Option
	for operator, holds := range comparisons {
		name := "date" + operator
		options = append(options, expr.Operator(operator, name), expr.Function(name, func(args ...any) (any, error) {
			return holds(args[0].(domain.Date).Compare(args[1].(domain.Date))), nil
		}, new(func(a, b domain.Date) bool)))
	}
	return options
}
