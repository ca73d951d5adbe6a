package domain

// Help says what the value means.
func (p FieldPolicy) Help() string {
	return map[FieldPolicy]string{
		PolicyAlways:      "Written whenever it differs.",
		PolicyOnCreate:    "Written when the record is made, and never again.",
		PolicyIfEmpty:     "Filled where the record holds nothing yet.",
		PolicyIfUnchanged: "Written while nobody else changed it: a change made in the target stays.",
		PolicyNever:       "Left out, of new records too: the row is switched off.",
	}[p]
}

// Help says what the value means.
func (t TooLong) Help() string {
	return map[TooLong]string{
		TooLongReject:   "The record is refused: a cut number is a wrong number.",
		TooLongTruncate: "The text is cut to the length of the field.",
	}[t]
}

// Help says what the value means.
func (p ProofRole) Help() string {
	return map[ProofRole]string{
		ProofNone:      "Nothing: the proof does not look at it.",
		ProofQuantity:  "The quantity sold.",
		ProofUnitPrice: "The price of one, including or excluding VAT as flows.orders.prices says.",
		ProofVATCode:   "The VAT code of the books.",
	}[p]
}

// Help says what the value means.
func (u UnmappedPolicy) Help() string {
	return map[UnmappedPolicy]string{
		UnmappedPark:    "The record is parked until a person adds a row.",
		UnmappedDefault: "It becomes the table's default.",
		UnmappedRefuse:  "The document is refused while a fetched list of the source shows a code without a row. A record that meets one all the same is parked.",
	}[u]
}
