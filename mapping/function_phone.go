package mapping

import (
	"strings"
	"unicode"
)

// callingCode is how a country's numbers are written abroad.
type callingCode struct {
	code    string
	trunk   string // what stands before a number at home and is left out abroad
	minimum int    // digits of a number, the trunk left out
	maximum int
}

// callingCodes are those of the neighbours. Numbers of other countries are
// understood when they are written with their code.
var callingCodes = map[string]callingCode{
	"NL": {"31", "0", 9, 9}, "BE": {"32", "0", 8, 9}, "DE": {"49", "0", 6, 12}, "LU": {"352", "", 5, 11}, "FR": {"33", "0", 9, 9},
	"GB": {"44", "0", 9, 10}, "IE": {"353", "0", 7, 10}, "AT": {"43", "0", 5, 13}, "CH": {"41", "0", 9, 9}, "DK": {"45", "", 8, 8},
	"SE": {"46", "0", 7, 10}, "NO": {"47", "", 8, 8}, "ES": {"34", "", 9, 9}, "PT": {"351", "", 9, 9}, "IT": {"39", "", 6, 11}, "PL": {"48", "", 9, 9},
}

// Numbers by E.164 have at most fifteen digits, the country's included.
const (
	leastPhoneDigits = 7
	mostPhoneDigits  = 15
)

// phone is phone(text, iso2).
func phone(args ...any) (any, error) {
	raw, iso2 := strings.TrimSpace(args[0].(string)), args[1].(string)
	written, ok := phoneDigits(raw)
	if !ok {
		return raw, nil
	}
	if abroad, international := strings.CutPrefix(written, "+"); international {
		if len(abroad) < leastPhoneDigits || len(abroad) > mostPhoneDigits || abroad[0] == '0' {
			return raw, nil
		}
		return written, nil
	}
	if iso2 == "" {
		iso2 = "NL"
	}
	country, known := callingCodes[iso2]
	national, trunked := strings.CutPrefix(written, country.trunk)
	if !known || !trunked || len(national) < country.minimum || len(national) > country.maximum {
		return raw, nil
	}
	if country.trunk != "" && (strings.HasPrefix(national, "0") || strings.HasPrefix(national, "800") || strings.HasPrefix(national, "90")) {
		return raw, nil // service numbers cannot be called from abroad
	}
	return "+" + country.code + national, nil
}

// phoneDigits writes a number without what people put between its digits: an
// international one begins with "+". False means that it holds something else.
func phoneDigits(raw string) (string, bool) {
	text := strings.Replace(raw, "(0)", "", 1)
	if len(text) > 2*maxLine {
		return "", false
	}
	var b strings.Builder
	for i, r := range text {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == '+' && strings.TrimSpace(text[:i]) == "":
			b.WriteRune(r)
		case unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune("-–‑./()", r):
		default:
			return "", false
		}
	}
	if abroad, ok := strings.CutPrefix(b.String(), "00"); ok {
		return "+" + abroad, true
	}
	return b.String(), b.Len() > 0
}
