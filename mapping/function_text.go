package mapping

import (
	"errors"
	"regexp"
	"strings"

	"github.com/koppel/koppel/domain"
)

// coalesce gives the first text that is not blank.
func coalesce(args ...any) (any, error) {
	for _, arg := range args {
		if text := strings.TrimSpace(arg.(string)); text != "" {
			return text, nil
		}
	}
	return "", nil
}

// joinTexts puts the texts that are not blank behind each other.
func joinTexts(args ...any) (any, error) {
	var parts []string
	for _, arg := range args[1:] {
		if text := strings.TrimSpace(arg.(string)); text != "" {
			parts = append(parts, text)
		}
	}
	return bounded(strings.Join(parts, args[0].(string)))
}

// truncate cuts a text to a number of characters.
func truncate(args ...any) (any, error) {
	return cut(args[0].(string), args[1].(int)), nil
}

func cut(text string, length int) string {
	if length < 0 {
		return ""
	}
	runes := []rune(text)
	if len(runes) <= length {
		return text
	}
	return strings.TrimRight(string(runes[:length]), " ")
}

// digits keeps the digits of a text.
func digits(args ...any) (any, error) {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, args[0].(string)), nil
}

// compact writes a number of an authority the way registers do: capitals and
// digits, without the blanks and dots that people put between.
func compact(args ...any) (any, error) {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" .-/\t\u00a0", r) {
			return -1
		}
		return r
	}, strings.ToUpper(args[0].(string))), nil
}

// errCountryUnknown becomes a Refused, which knows the row.
var errCountryUnknown = errors.New("country is not understood")

// countryISO2 gives ISO 3166 alpha-2 of a country as people write it; nothing
// for nothing.
func countryISO2(args ...any) (any, error) {
	iso2, ok := domain.CountryISO2(args[0].(string))
	if !ok {
		return nil, errCountryUnknown
	}
	return iso2, nil
}

var dutchPostcode = regexp.MustCompile(`^([1-9][0-9]{3})([A-Z]{2})$`)

// postcode writes a postcode the way its country does. A Dutch one is "1234 AB";
// one without country that looks Dutch is taken for Dutch.
func postcode(args ...any) (any, error) {
	text, iso2 := strings.ToUpper(strings.TrimSpace(args[0].(string))), args[1].(string)
	if iso2 != "" && iso2 != "NL" {
		return text, nil
	}
	if m := dutchPostcode.FindStringSubmatch(strings.Join(strings.Fields(text), "")); m != nil {
		return m[1] + " " + m[2], nil
	}
	return text, nil
}
