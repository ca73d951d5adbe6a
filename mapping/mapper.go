// Package mapping turns canonical records into drafts in the target's own field
// names, as the rows of an integration document say. It is pure: the same
// document and record always give the same draft, and nothing outside is asked.
//
// Rows are expressions over a typed source model (source.go). An unknown name or
// a wrong type fails when the document is compiled, not when an order arrives.
// Numbers are exact decimals; work is bounded by the size of the record.
package mapping

import (
	"errors"

	"github.com/koppel/koppel/domain"
)

// Mapper maps records by one version of a document. It is safe for use by many
// goroutines at once.
type Mapper struct {
	settings    settingsSource
	customer    []row
	address     []row
	order       []row
	line        []row
	journal     []row
	journalLine []row
	product     []row
	category    []row
	stock       []row
	price       []row
	relation    []row
	company     Filter // which debtors are companies
	filter      Filter
	filters     map[domain.Entity]Filter // of the catalogue
	proof       map[domain.Target]proofRoles
	tables      tables
	rules       domain.MappingSettings
	percentages percentages // what the books charge, by their VAT code
	policies    map[domain.Entity]map[string]domain.FieldPolicy
	never       map[domain.Entity][]string // fields that rows name and nobody writes
}

// Compile makes the mapper of a document. The error is of type
// domain.DocumentProblems and holds everything that is wrong, without lines.
func Compile(rules domain.MappingRules) (*Mapper, error) {
	m := &Mapper{
		settings:    settingsSourceFrom(rules.Settings),
		rules:       rules.Settings,
		tables:      tablesFrom(rules.Lookups),
		percentages: percentagesFrom(rules.Lookups),
		policies:    map[domain.Entity]map[string]domain.FieldPolicy{},
		never:       map[domain.Entity][]string{},
		filters:     map[domain.Entity]Filter{},
	}
	var problems domain.DocumentProblems
	for _, part := range []struct {
		entity domain.Entity
		scope  any
		into   *[]row
	}{
		{domain.EntityCustomer, &customerScope{}, &m.customer},
		{domain.EntityDeliveryAddress, &addressScope{}, &m.address},
		{domain.EntityOrder, &orderScope{}, &m.order},
		{domain.EntityOrderLine, &lineScope{}, &m.line},
		{domain.EntityJournal, &orderScope{}, &m.journal},
		{domain.EntityJournalLine, &journalLineScope{}, &m.journalLine},
		{domain.EntityProduct, &productScope{}, &m.product},
		{domain.EntityCategory, &categoryScope{}, &m.category},
		{domain.EntityStock, &stockScope{}, &m.stock},
		{domain.EntityPrice, &priceScope{}, &m.price},
		{domain.EntityRelation, &debtorScope{}, &m.relation},
	} {
		source := rules.Mapping.Rows(part.entity)
		rows, wrong := newCompiler(part.entity, part.scope, rules.Lookups).rows(source)
		*part.into = rows
		problems = append(problems, wrong...)
		m.policies[part.entity], m.never[part.entity] = policies(source)
		of, err := compileFilter(rules.CatalogFilters[part.entity], part.scope, rules.Lookups)
		m.filters[part.entity] = of
		wrong, _ = errors.AsType[domain.DocumentProblems](err)
		problems = append(problems, wrong...)
	}
	var err error
	if m.company, err = compileFilter(domain.CatalogFilter{Path: CompanyPath, Source: rules.Company}, &debtorScope{}, rules.Lookups); err != nil {
		wrong, _ := errors.AsType[domain.DocumentProblems](err)
		problems = append(problems, wrong...)
	}
	if m.filter, err = CompileFilter(FilterPath, rules.Filter, rules.Lookups); err != nil {
		wrong, _ := errors.AsType[domain.DocumentProblems](err)
		problems = append(problems, wrong...)
	}
	var wrong domain.DocumentProblems
	m.proof, wrong = proofs(rules.Mapping)
	if problems = append(problems, wrong...); len(problems) > 0 {
		return nil, problems
	}
	return m, nil
}

func policies(rows []domain.MappingRow) (byField map[string]domain.FieldPolicy, never []string) {
	byField = make(map[string]domain.FieldPolicy, len(rows))
	for _, r := range rows {
		byField[fieldKey(r.Target)] = r.Policy
		if r.Policy == domain.PolicyNever {
			never = append(never, r.Target)
		}
	}
	return byField, never
}
