package domain

// Address is a place as its source wrote it. Street holds street and house
// number in one line, as both systems do; Country is free text or an ISO code.
type Address struct {
	Name     string // who is there: a person or a company
	Company  string
	Contact  string
	Street   string
	Postcode string
	City     string
	Country  string
}

// IsZero reports whether nothing of a place is known. A name alone is no place.
func (a Address) IsZero() bool {
	return a.Street == "" && a.Postcode == "" && a.City == ""
}
