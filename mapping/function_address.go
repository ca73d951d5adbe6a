package mapping

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// addressPartsSource is a line of street and house number, taken apart.
type addressPartsSource struct {
	Street   string `expr:"street" help:"the street; the whole line when it cannot be taken apart"`
	Number   string `expr:"number" help:"the house number, digits only"`
	Addition string `expr:"addition" help:"what follows the house number"`
}

var (
	// glued is "Dorpsstraat12": a number written against its street.
	glued = regexp.MustCompile(`(\p{L}{3,}\.?)(\d)`)
	// numberFirst is "12, rue X", and "12 rue X" where the street begins as French ones do.
	numberFirst = regexp.MustCompile(`(?i)^(\d{1,5})\s?([a-z]|bis|ter|quater)?(?:\s*,\s*|\s+)(.*\p{L}.*)$`)
	frenchWay   = regexp.MustCompile(`(?i)^(rue|avenue|av\.|boulevard|bd|place|pl\.|chemin|allée|impasse|quai|route|square|cours|chaussée|clos|drève|passage|sentier|voie)(\s|$)`)
	houseNumber = regexp.MustCompile(`^(\d{1,5})(\p{L}{0,2}|[-/].*)$`)
	ordinal     = regexp.MustCompile(`(?i)^\d+(e|de|ste|er|ere|ère|eme|ème|st|nd|rd|th|\.)$`)
	additions   = regexp.MustCompile(`^[-/ ]*(?:\p{L}{1,5}\.?|\d{1,4}\p{L}{0,2})(?:[-/ ]+(?:\p{L}{1,5}\.?|\d{1,4}\p{L}{0,2})){0,2}$`)
	yearLike    = regexp.MustCompile(`^(1[0-9]|20)\d\d(-.*)?$`)
)

// months stand in names of streets, behind a number: Rue du 8 mai 1945.
var months = strings.Fields("januari februari maart april mei juni juli augustus september oktober november december " +
	"janvier fevrier février mars avril mai juin juillet aout août septembre octobre novembre decembre décembre " +
	"januar februar märz juni juli august dezember")

// splitAddress is split_address(text).
func splitAddress(args ...any) (any, error) {
	raw := strings.Join(strings.Fields(args[0].(string)), " ")
	if len(raw) > maxLine {
		return &addressPartsSource{Street: raw}, nil
	}
	if m := numberFirst.FindStringSubmatch(raw); m != nil && (frenchWay.MatchString(m[3]) || strings.HasPrefix(strings.TrimLeft(raw[len(m[1])+len(m[2]):], " "), ",")) {
		return &addressPartsSource{Street: m[3], Number: m[1], Addition: m[2]}, nil
	}
	words := strings.Fields(glued.ReplaceAllString(raw, "$1 $2"))
	for i := 1; i < len(words); i++ {
		if parts, ok := splitAt(words, i); ok {
			return parts, nil
		}
	}
	return &addressPartsSource{Street: raw}, nil
}

// maxLine is longer than any line of an address.
const maxLine = 200

// splitAt tries a word as the house number: what stands before must be a street,
// and what follows an addition.
func splitAt(words []string, i int) (*addressPartsSource, bool) {
	m := houseNumber.FindStringSubmatch(words[i])
	if m == nil || ordinal.MatchString(words[i]) || slices.ContainsFunc(words[i+1:], isMonth) {
		return nil, false
	}
	if yearLike.MatchString(words[i]) && slices.ContainsFunc(words[i+1:], houseNumber.MatchString) {
		return nil, false // Plein 1940-1945 12
	}
	tail := strings.TrimSpace(m[2] + " " + strings.Join(words[i+1:], " "))
	if tail != "" && !additions.MatchString(tail) {
		return nil, false
	}
	before := words[:i]
	if slices.Contains([]string{"nr", "nr.", "no.", "n°", "nummer"}, strings.ToLower(before[len(before)-1])) {
		before = before[:len(before)-1]
	}
	street := strings.TrimRight(strings.Join(before, " "), ",")
	if !strings.ContainsFunc(street, unicode.IsLetter) {
		return nil, false
	}
	return &addressPartsSource{Street: street, Number: m[1], Addition: strings.TrimLeft(tail, "-/ ")}, true
}

func isMonth(word string) bool { return slices.Contains(months, strings.ToLower(word)) }

// joinAddress is join_address(street, number, addition). One letter stands
// against its number, a digit behind a hyphen, a word behind a blank.
func joinAddress(args ...any) (any, error) {
	street, number, addition := strings.TrimSpace(args[0].(string)), strings.TrimSpace(args[1].(string)), strings.TrimSpace(args[2].(string))
	switch runes := []rune(addition); {
	case number == "" || addition == "":
		number = strings.TrimSpace(number + " " + addition)
	case len(runes) == 1 && unicode.IsLetter(runes[0]):
		number += addition
	case unicode.IsDigit(runes[0]):
		number += "-" + addition
	default:
		number += " " + addition
	}
	return bounded(strings.TrimSpace(street + " " + number))
}
