package mapping

import "github.com/koppel/koppel/domain"

// Stock maps a stock level for a target with this schema. Which of the quantities
// counts is for the rows to say: they hold the formula. Lookup rows go by the day
// on which the target is to show it.
func (m *Mapper) Stock(s domain.StockLevel, on domain.Date, schema domain.Schema) (domain.Draft, error) {
	return m.stockDraft(&run{on: on}, s, schema)
}

// ExplainStock maps as Stock does and tells where each field came from.
func (m *Mapper) ExplainStock(s domain.StockLevel, on domain.Date, schema domain.Schema) (Explained, error) {
	r := &run{on: on, explain: true}
	draft, err := m.stockDraft(r, s, schema)
	return Explained{Draft: draft, Origins: r.origins}, err
}

func (m *Mapper) stockDraft(r *run, s domain.StockLevel, schema domain.Schema) (domain.Draft, error) {
	scope := &stockScope{Run: r, Stock: stockSourceFrom(s), Settings: &m.settings}
	fields, err := r.fill(domain.EntityStock, 0, m.stock, scope, schema)
	return domain.Draft{Entity: domain.EntityStock, Key: s.SKU, Fields: fields}, err
}
