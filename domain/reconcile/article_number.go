package reconcile

import (
	"strconv"
	"strings"

	"github.com/koppel/koppel/domain"
)

// Codes of why an article gets no number; domain.ReasonFor explains each.
const (
	// CodeNumberCollides: two codes ask for one number.
	CodeNumberCollides = "number_collides"
	// CodeLeadingZeros: the document leaves codes with zeros in front to a person.
	CodeLeadingZeros = "number_leading_zeros"
	// CodeNoNumber: the document leaves codes that are no number to a person.
	CodeNoNumber = "number_no_number"
	// CodeNumbersExhausted: the range of aliases is full.
	CodeNumbersExhausted = "numbers_exhausted"
)

// mostDigits of a number that a 64-bit whole number holds whatever they are.
const mostDigits = 18

// NumberAsked is the number that a code asks for.
type NumberAsked struct {
	Plain   int64  // this very one; zero: no certain one
	Alias   bool   // any of the range
	Refused string // none: the code of why
}

// NumberFor says which number a code of the books asks for.
func NumberFor(code string, rules domain.NumberRules) NumberAsked {
	other := NumberAsked{Alias: rules.OtherCodes != domain.CodesPark}
	if !other.Alias {
		other.Refused = CodeNoNumber
	}
	code = NumberKey(code)
	if code == "" || strings.Trim(code, "0123456789") != "" {
		return other
	}
	digits := strings.TrimLeft(code, "0")
	if digits != code {
		switch rules.LeadingZeros {
		case domain.ZerosStrip:
		case domain.ZerosPark:
			return NumberAsked{Refused: CodeLeadingZeros}
		default:
			return NumberAsked{Alias: true}
		}
	}
	if digits == "" || len(digits) > mostDigits {
		return other
	}
	number, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return other
	}
	return NumberAsked{Plain: number}
}

// NumberKey is a code as the books compare it: without regard to case and
// surrounding blanks.
func NumberKey(code string) string { return strings.ToUpper(strings.TrimSpace(code)) }

// NextAliases are the next free numbers of the range, as many as there are of those
// wanted, after the last that was given. What lies before it is not looked at again:
// a number that was given once, and taken back, is never another article's.
func NextAliases(rules domain.NumberRules, last int64, wanted int, taken map[int64]bool) []int64 {
	var free []int64
	for number := max(last+1, rules.First); number <= rules.Last && len(free) < wanted; number++ {
		if !taken[number] {
			free = append(free, number)
		}
	}
	return free
}
