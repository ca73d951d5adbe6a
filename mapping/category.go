package mapping

import "github.com/koppel/koppel/domain"

// Category maps a category for a target with this schema. parentNumber is the
// number that the category above it has in the target; empty for one at the top.
// Lookup rows go by the day on which the target is to hold it so.
func (m *Mapper) Category(c domain.Category, parentNumber string, on domain.Date, schema domain.Schema) (domain.Draft, error) {
	return m.categoryDraft(&run{on: on}, c, parentNumber, schema)
}

// ExplainCategory maps as Category does and tells where each field came from.
func (m *Mapper) ExplainCategory(c domain.Category, parentNumber string, on domain.Date, schema domain.Schema) (Explained, error) {
	r := &run{on: on, explain: true}
	draft, err := m.categoryDraft(r, c, parentNumber, schema)
	return Explained{Draft: draft, Origins: r.origins}, err
}

func (m *Mapper) categoryDraft(r *run, c domain.Category, parentNumber string, schema domain.Schema) (domain.Draft, error) {
	scope := &categoryScope{Run: r, Category: categorySourceFrom(c), ParentNumber: parentNumber, Settings: &m.settings}
	fields, err := r.fill(domain.EntityCategory, 0, m.category, scope, schema)
	return domain.Draft{Entity: domain.EntityCategory, Key: c.Code, Fields: fields}, err
}

// CategoryNumber is the group of the till that the document names for a category, in
// the lookup table of categories; empty when it names none.
func (m *Mapper) CategoryNumber(code string, on domain.Date) (string, error) {
	if m.tables[domain.LookupCategory] == nil {
		return "", nil
	}
	value, err := m.tables.lookup(&run{on: on}, domain.LookupCategory, code)
	if err != nil {
		return "", err
	}
	return value.(string), nil
}
