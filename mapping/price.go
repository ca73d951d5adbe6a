package mapping

import "github.com/koppel/koppel/domain"

// Price maps a price for a target with this schema. customerNumber is the number
// that the price's customer has in the target; empty when the price is not one
// customer's, or when the target does not know the customer.
func (m *Mapper) Price(p domain.Price, customerNumber string, schema domain.Schema) (domain.Draft, error) {
	scope := &priceScope{Price: priceSourceFrom(p), CustomerNumber: customerNumber, Settings: &m.settings}
	fields, err := fill(domain.EntityPrice, 0, m.price, scope, schema)
	return domain.Draft{Entity: domain.EntityPrice, Key: p.Key(), Fields: fields}, err
}
