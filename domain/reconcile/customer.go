package reconcile

// CustomerMatches is what the books found under one key of a customer.
type CustomerMatches struct {
	Key  string // what was looked up by: "external_number", "vat_number", "email"
	Hits []CustomerHit
}

// CustomerHit is one customer of the books.
type CustomerHit struct {
	Number  string
	Blocked bool
}

// Decision says what the matches amount to.
type Decision string

const (
	// NoCustomer: no key found anybody; a new customer may be made.
	NoCustomer Decision = "none"
	// OneCustomer: exactly one customer, and it may be used.
	OneCustomer Decision = "one"
	// AmbiguousCustomer: a key found more than one; a person must choose.
	AmbiguousCustomer Decision = "ambiguous"
	// BlockedCustomer: exactly one customer, and the books have blocked it.
	BlockedCustomer Decision = "blocked"
)

// ChooseCustomer takes the matches in the order of trust. The first key that
// found anybody decides, so an ambiguous key is never settled by a weaker one.
// The number is empty unless exactly one customer was found.
func ChooseCustomer(matches ...CustomerMatches) (string, Decision) {
	for _, m := range matches {
		hits := distinct(m.Hits)
		switch {
		case len(hits) == 0:
			continue
		case len(hits) > 1:
			return "", AmbiguousCustomer
		case hits[0].Blocked:
			return hits[0].Number, BlockedCustomer
		default:
			return hits[0].Number, OneCustomer
		}
	}
	return "", NoCustomer
}

// distinct drops a customer that one look-up gave twice, as a repeated page does.
func distinct(hits []CustomerHit) []CustomerHit {
	var out []CustomerHit
	seen := map[string]bool{}
	for _, h := range hits {
		if !seen[h.Number] {
			seen[h.Number] = true
			out = append(out, h)
		}
	}
	return out
}
