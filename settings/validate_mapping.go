package settings

import (
	"fmt"
	"slices"
	"strings"

	"github.com/koppel/koppel/domain"
)

func mappingProblems(m domain.Mapping) Problems {
	var problems Problems
	for _, entity := range domain.MappedEntities() {
		seen := map[string]int{}
		for i, row := range m.Rows(entity) {
			path := fmt.Sprintf("mapping.%s[%d]", entity, i)
			if first, twice := seen[strings.ToUpper(row.Target)]; twice && row.Target != "" {
				problems = append(problems, Problem{Path: path + ".target", Text: fmt.Sprintf("is filled twice; the first is row [%d]", first)})
				continue
			}
			seen[strings.ToUpper(row.Target)] = i
			if row.Proof != domain.ProofNone && entity != domain.EntityOrderLine {
				problems = append(problems, Problem{Path: path + ".proof", Text: "belongs to order lines only"})
			}
			if row.Proof != domain.ProofNone && row.Policy == domain.PolicyNever {
				problems = append(problems, Problem{Path: path + ".policy", Text: "must not be never; the VAT proof reads this field"})
			}
		}
	}
	return problems
}

// keyFieldProblems makes sure that what is written can be found again: a
// reference that is not on the order, or not whole, would let a repeated order
// pass for a new one.
func (d Document) keyFieldProblems() Problems {
	var problems Problems
	assumed := d.AccountView.Assumptions
	i := rowOf(d.Mapping.Order, assumed.OrderReferenceField)
	switch {
	case assumed.OrderReferenceField == "": // reported as required
	case i < 0:
		problems = append(problems, Problem{Path: "mapping.order", Text: "must fill " + assumed.OrderReferenceField + " from: reference (accountview.assumptions.order_reference_field), or no order is found again"})
	case strings.TrimSpace(d.Mapping.Order[i].Source) != "reference":
		problems = append(problems, Problem{Path: fmt.Sprintf("mapping.order[%d].source", i), Text: "must be: reference; the order is found again by it"})
	case d.Mapping.Order[i].Policy == domain.PolicyNever:
		problems = append(problems, Problem{Path: fmt.Sprintf("mapping.order[%d].policy", i), Text: "must not be never; the order is found again by it"})
	case d.Mapping.Order[i].TooLong != domain.TooLongReject:
		problems = append(problems, Problem{Path: fmt.Sprintf("mapping.order[%d].too_long", i), Text: "must be reject; a cut reference is not found again"})
	}
	if slices.Contains(d.Flows.Orders.CustomerMatch, MatchExternalNumber) {
		i := rowOf(d.Mapping.Customer, assumed.DebtorExternalNumberField)
		switch {
		case i < 0:
			problems = append(problems, Problem{Path: "mapping.customer", Text: "must fill " + assumed.DebtorExternalNumberField + " (accountview.assumptions.debtor_external_number_field), because customer_match looks for it"})
		case d.Mapping.Customer[i].Policy == domain.PolicyNever:
			problems = append(problems, Problem{Path: fmt.Sprintf("mapping.customer[%d].policy", i), Text: "must not be never; customer_match looks for the field"})
		}
	}
	return problems
}

func rowOf(rows []domain.MappingRow, target string) int {
	return slices.IndexFunc(rows, func(row domain.MappingRow) bool { return strings.EqualFold(row.Target, target) })
}
