package mplus

import "github.com/koppel/koppel/domain"

// addressFromOrderAddress gives the zero Address when no place is told: a name
// alone is nowhere to deliver.
func addressFromOrderAddress(w *orderAddress) domain.Address {
	if w == nil {
		return domain.Address{}
	}
	return placeOrNothing(domain.Address{
		Name: trimmed(w.Name), Company: trimmed(w.CompanyName), Contact: trimmed(w.Contact),
		Street: trimmed(w.Address), Postcode: trimmed(w.Zipcode), City: trimmed(w.City), Country: trimmed(w.Country),
	})
}

// addressFromRelation is where the customer lives or has its office.
func addressFromRelation(w relation) domain.Address {
	return placeOrNothing(domain.Address{
		Name: trimmed(w.Name), Company: trimmed(w.CompanyName), Contact: trimmed(w.Contact),
		Street: trimmed(w.Address), Postcode: trimmed(w.Zipcode), City: trimmed(w.City), Country: trimmed(w.Country),
	})
}

func placeOrNothing(a domain.Address) domain.Address {
	if a.IsZero() {
		return domain.Address{}
	}
	return a
}
