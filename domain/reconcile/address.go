package reconcile

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"

	"github.com/koppel/koppel/domain"
)

// homeCountry is where an address without a country lies.
const homeCountry = "NL"

// SameAddress reports whether two addresses are the same place, however they
// were typed. Names do not count: who lives there is not where it is.
func SameAddress(a, b domain.Address) bool { return normalAddress(a) == normalAddress(b) }

// AddressKey identifies the place of an address without showing it: equal for
// addresses that SameAddress calls the same.
func AddressKey(a domain.Address) string {
	sum := sha256.Sum256([]byte(normalAddress(a)))
	return hex.EncodeToString(sum[:])
}

func normalAddress(a domain.Address) string {
	if a.IsZero() {
		return ""
	}
	return strings.Join([]string{
		shortStreet.Replace(squeeze(a.Street)),
		strings.ReplaceAll(domain.Fold(a.Postcode), " ", ""),
		strings.ReplaceAll(domain.Fold(a.City), " ", ""),
		normalCountry(a.Country),
	}, "|")
}

var shortStreet = strings.NewReplacer("straat", "str", "strasse", "str")

func normalCountry(text string) string {
	iso2, ok := domain.CountryISO2(text)
	switch {
	case !ok:
		return domain.Fold(text)
	case iso2 == "":
		return homeCountry
	default:
		return iso2
	}
}

// squeeze takes out blanks and punctuation, save between two digits: "12 a" and
// "12-A" are one house, "1-2" and "12" are not.
func squeeze(text string) string {
	words := strings.Fields(domain.Fold(text))
	var b strings.Builder
	for i, word := range words {
		if i > 0 && endsInDigit(words[i-1]) && startsWithDigit(word) {
			b.WriteByte(' ')
		}
		b.WriteString(word)
	}
	return b.String()
}

func startsWithDigit(s string) bool { return unicode.IsDigit([]rune(s)[0]) }

func endsInDigit(s string) bool {
	runes := []rune(s)
	return unicode.IsDigit(runes[len(runes)-1])
}

// DeliversElsewhere reports whether the goods go to an address that is not the
// customer's own.
func DeliversElsewhere(o domain.Order) bool {
	return !o.DeliveryAddress.IsZero() && !SameAddress(o.DeliveryAddress, o.Customer.Address)
}
