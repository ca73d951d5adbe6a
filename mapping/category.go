package mapping

import "github.com/koppel/koppel/domain"

// Category maps a category for a target with this schema. parentNumber is the
// number that the category above it has in the target; empty for one at the top.
func (m *Mapper) Category(c domain.Category, parentNumber string, schema domain.Schema) (domain.Draft, error) {
	scope := &categoryScope{Category: categorySourceFrom(c), ParentNumber: parentNumber, Settings: &m.settings}
	fields, err := fill(domain.EntityCategory, 0, m.category, scope, schema)
	return domain.Draft{Entity: domain.EntityCategory, Key: c.Code, Fields: fields}, err
}
