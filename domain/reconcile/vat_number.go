package reconcile

import "strings"

// vatPrefixes are the countries whose VAT numbers begin with something else than
// their ISO code.
var vatPrefixes = map[string]string{"GR": "EL"}

// ForeignVATNumber reports whether a VAT number belongs to another country than
// home, an ISO code: the books go by its first two letters. A number without
// letters in front is taken for one of home.
func ForeignVATNumber(number, home string) bool {
	prefix := strings.ToUpper(strings.TrimLeft(number, " "))
	if len(prefix) < 2 || !letter(prefix[0]) || !letter(prefix[1]) {
		return false
	}
	if other, ok := vatPrefixes[home]; ok {
		home = other
	}
	return prefix[:2] != home
}

func letter(c byte) bool { return c >= 'A' && c <= 'Z' }
