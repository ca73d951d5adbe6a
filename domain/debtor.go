package domain

import "github.com/shopspring/decimal"

// Debtor is a customer as the books hold it: a company, or a person.
type Debtor struct {
	Number         string // debtor number of the books: text, zeros kept
	ExternalNumber string // number at the till, when the books know it
	Name           string // of the company, or of the person
	Contact        string // contact person of a company
	Address        Address
	DeliverTo      Address // zero: the address above
	Email          string
	Phone          string
	Mobile         string
	Website        string
	VATNumber      string
	CommerceNumber string // chamber of commerce
	BankAccount    string

	PriceList       string          // code of its price list
	Group           string          // code of its group of customers
	DiscountPercent decimal.Decimal // 12.5 means 12.5 % off everything
	PaymentDays     int             // days in which it pays; 0: the books say nothing
	PaymentTerm     string          // payment condition of the books
	CreditLimit     decimal.Decimal // euros; zero: none
	Blocked         bool            // nothing may be sold to it

	Custom map[string]string // every other column of the books by its own name, as text
}
