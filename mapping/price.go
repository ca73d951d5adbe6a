package mapping

import "github.com/koppel/koppel/domain"

// Price maps a price for a target with this schema. customerNumber is the number
// that the customer of the price has in the target; empty when it is not the price
// of one customer, or when the target does not know the customer. Lookup rows go
// by the day on which the target is to hold the price; whether the price itself
// holds on that day is for the caller to ask (Price.HoldsOn).
func (m *Mapper) Price(p domain.Price, customerNumber string, on domain.Date, schema domain.Schema) (domain.Draft, error) {
	return m.priceDraft(&run{on: on}, p, customerNumber, schema)
}

// ExplainPrice maps as Price does and tells where each field came from.
func (m *Mapper) ExplainPrice(p domain.Price, customerNumber string, on domain.Date, schema domain.Schema) (Explained, error) {
	r := &run{on: on, explain: true}
	draft, err := m.priceDraft(r, p, customerNumber, schema)
	return Explained{Draft: draft, Origins: r.origins}, err
}

func (m *Mapper) priceDraft(r *run, p domain.Price, customerNumber string, schema domain.Schema) (domain.Draft, error) {
	scope := &priceScope{Run: r, Price: priceSourceFrom(p), CustomerNumber: customerNumber, Settings: &m.settings}
	fields, err := r.fill(domain.EntityPrice, 0, m.price, scope, schema)
	return domain.Draft{Entity: domain.EntityPrice, Key: p.Key(), Fields: fields}, err
}
