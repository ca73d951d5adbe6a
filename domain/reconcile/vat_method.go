package reconcile

import (
	"slices"

	"github.com/koppel/koppel/domain"
)

// euMembers are the countries between which VAT is shifted to a business that has a
// VAT number (2020: without the United Kingdom), by ISO 3166 alpha-2.
var euMembers = []string{
	"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO",
	"SE", "SI", "SK",
}

// VATMethodOf is how a customer is usually charged: a consumer at prices that include
// VAT, a business at prices without, and a business of another member of the European
// Union that has a VAT number pays it there itself. A country that is not known is
// none of these.
func VATMethodOf(home, country string, business, hasVATNumber bool) domain.VATMethod {
	switch {
	case !business:
		return domain.VATInclusive
	case country != home && hasVATNumber && slices.Contains(euMembers, home) && slices.Contains(euMembers, country):
		return domain.VATShifted
	default:
		return domain.VATExclusive
	}
}
