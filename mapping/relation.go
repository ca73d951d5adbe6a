package mapping

import "github.com/koppel/koppel/domain"

// CompanyPath is where the rule stands that says which debtors are companies.
const CompanyPath = "flows.customers.company"

// Relation maps a debtor for a target with this schema. Lookup rows go by the day on
// which the target is to hold it so.
func (m *Mapper) Relation(d domain.Debtor, on domain.Date, schema domain.Schema) (domain.Draft, error) {
	return m.relationDraft(&run{on: on}, d, schema)
}

// ExplainRelation maps as Relation does and tells where each field came from.
func (m *Mapper) ExplainRelation(d domain.Debtor, on domain.Date, schema domain.Schema) (Explained, error) {
	r := &run{on: on, explain: true}
	draft, err := m.relationDraft(r, d, schema)
	return Explained{Draft: draft, Origins: r.origins}, err
}

func (m *Mapper) relationDraft(r *run, d domain.Debtor, schema domain.Schema) (domain.Draft, error) {
	draft := domain.Draft{Entity: domain.EntityRelation, Key: d.Number}
	scope, err := m.debtorScopeFrom(r, d)
	if err != nil {
		return draft, err
	}
	draft.Fields, err = r.fill(domain.EntityRelation, 0, m.relation, scope, schema)
	return draft, err
}

// DebtorPasses is ProductPasses for a debtor.
func (m *Mapper) DebtorPasses(d domain.Debtor, on domain.Date) (bool, error) {
	scope, err := m.debtorScopeFrom(&run{on: on}, d)
	if err != nil {
		return false, err
	}
	return m.passes(domain.EntityRelation, scope)
}
