package mapping

import "github.com/koppel/koppel/domain"

// Stock maps a stock level for a target with this schema. Which of the
// quantities counts is for the rows to say: they hold the formula.
func (m *Mapper) Stock(s domain.StockLevel, schema domain.Schema) (domain.Draft, error) {
	scope := &stockScope{Stock: stockSourceFrom(s), Settings: &m.settings}
	fields, err := fill(domain.EntityStock, 0, m.stock, scope, schema)
	return domain.Draft{Entity: domain.EntityStock, Key: s.SKU, Fields: fields}, err
}
