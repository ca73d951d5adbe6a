package domain

// CustomerID is the customer's number at the till.
type CustomerID string

// Customer is who buys: a person, or a company with a contact person. It is the
// till's view at the moment the order was read.
type Customer struct {
	ID             CustomerID // empty: a counter sale without a customer
	ExternalNumber string     // the number the books gave, when the till knows it
	Name           string     // how the till shows the customer
	Company        string     // set for a company only
	Contact        string     // contact person of a company
	Address        Address
	Email          string
	Phone          string
	Mobile         string
	VATNumber      string
	CommerceNumber string // chamber of commerce

	// Custom are fields that the shop made itself, as text by their name; blank
	// ones are left out. Like a name, a value of them is part of the customer.
	Custom map[string]string `json:",omitempty"`
}

// Known reports whether the till named a customer at all.
func (c Customer) Known() bool { return c.ID != "" }

// IsCompany reports whether the customer is a company: the company name decides.
func (c Customer) IsCompany() bool { return c.Company != "" }
