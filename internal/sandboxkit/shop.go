package sandboxkit

// Shop is the stock list and the customer file that both sandboxes start with, so that an article or a customer known
// to the till is also known to the books.
type Shop struct {
	Groups    []Group
	Articles  []Article
	Customers []Customer
}

// Group is one article group. Codes are at most five characters, the width of a group code in the books.
type Group struct {
	Code   string
	Parent string // code of the group above; empty for a root
	Name   string
}

// Article is one thing the shop sells.
type Article struct {
	Number      int64 // number in the till; the same digits are the article code in the books
	Name        string
	Group       string // Group.Code of a group without groups below it
	PriceIncl   int64  // sales price in cents, VAT included
	TillVATCode int    // VATLow, VATHigh or VATZero
	EAN         string // thirteen digits, check digit correct
	Stock       int64  // pieces on the shelf
}

// Customer is a debtor in the books and, when RelationNumber is not zero, a relation in the till as well.
type Customer struct {
	Number         string // debtor number in the books
	Company        string // empty for a person
	Contact        string // contact person of a company; empty for a person
	Person         string // name of a person; empty for a company
	Street         string
	HouseNumber    string
	Postcode       string
	City           string
	Country        string // ISO 3166 alpha-2
	Email          string // some have none, two share one
	Phone          string
	VATNumber      string // companies only; check digits are correct
	CoC            string // chamber-of-commerce number of Dutch companies
	RelationNumber int64  // number in the till; 0 when the till does not know this debtor yet
}

// Name is the name the customer trades or lives under.
func (c Customer) Name() string {
	if c.Company != "" {
		return c.Company
	}
	return c.Person
}

// SeedShop builds the same shop every time: 25 groups in a tree, 300 articles and 60 customers.
func SeedShop() Shop {
	return Shop{Groups: seedGroups(), Articles: seedArticles(), Customers: seedCustomers()}
}
