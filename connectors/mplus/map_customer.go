package mplus

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/koppel/koppel/domain"
)

// relationNumberOf tells which relation an order is for; 0 is a counter sale.
func (a assumptions) relationNumberOf(w wireSale) int64 {
	n, err := w.RelationNumber.parse()
	if err != nil || n <= 0 || slices.Contains(a.noCustomerNumbers, n) {
		return 0
	}
	return n
}

// customerFromOrder is the customer as the order itself tells it: all we know of
// a relation that the till no longer gives.
func (r *reading) customerFromOrder(w wireSale) domain.Customer {
	r.integer("relationNumber", w.RelationNumber)
	number := r.relationNumberOf(w)
	if number == 0 {
		return domain.Customer{}
	}
	c := domain.Customer{
		ID:        domain.CustomerID(strconv.FormatInt(number, 10)),
		Name:      trimmed(w.RelationName),
		VATNumber: trimmed(w.RelationVatNumber),
		Address:   addressFromOrderAddress(w.InvoiceAddress),
	}
	if w.InvoiceAddress != nil {
		c.Company, c.Contact = trimmed(w.InvoiceAddress.CompanyName), trimmed(w.InvoiceAddress.Contact)
		c.Name = cmp.Or(c.Name, trimmed(w.InvoiceAddress.Name), c.Company)
	}
	return c
}

// customerFromRelation is the customer as the till's card file holds it.
func (a assumptions) customerFromRelation(w relation, number int64) domain.Customer {
	c := domain.Customer{
		ID:             domain.CustomerID(strconv.FormatInt(number, 10)),
		Company:        trimmed(w.CompanyName),
		Contact:        trimmed(w.Contact),
		Address:        addressFromRelation(w),
		Email:          trimmed(w.Email),
		Phone:          trimmed(w.Telephone),
		Mobile:         trimmed(w.Mobile),
		VATNumber:      trimmed(w.VatNumber),
		CommerceNumber: trimmed(w.CommerceNumber),
		Custom:         a.customFromValues(w.CustomFields),
	}
	c.Name = cmp.Or(trimmed(w.Name), c.Company)
	if c.Contact == "" && len(w.ContactNames) > 0 {
		c.Contact = trimmed(w.ContactNames[0])
	}
	switch a.externalNumber {
	case ExternalFromExtRelationID:
		c.ExternalNumber = trimmed(w.ExtRelationID)
	case ExternalFromRelationCode:
		c.ExternalNumber = trimmed(w.RelationCode)
	}
	return c
}
