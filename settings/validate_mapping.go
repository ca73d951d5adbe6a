package settings

import (
	"fmt"
	"slices"
	"strings"

	"github.com/koppel/koppel/domain"
)

// provedIn are what the VAT proof reads, by kind of record.
var provedIn = map[domain.Entity][]domain.ProofRole{
	domain.EntityOrderLine:   {domain.ProofQuantity, domain.ProofUnitPrice, domain.ProofDiscountPercent, domain.ProofVATCode},
	domain.EntityJournalLine: {domain.ProofAmount, domain.ProofVATAmount, domain.ProofVATCode},
}

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
			if row.Proof != domain.ProofNone && !slices.Contains(provedIn[entity], row.Proof) {
				problems = append(problems, Problem{Path: path + ".proof", Text: "does not belong to this kind of record"})
			}
			if row.Proof != domain.ProofNone && row.Policy == domain.PolicyNever {
				problems = append(problems, Problem{Path: path + ".policy", Text: "must not be never; the VAT proof reads this field"})
			}
		}
		problems = append(problems, overflowProblems(entity, m.Rows(entity))...)
	}
	return problems
}

// overflowProblems checks the note fields of one list of rows. A note is a field
// that a row fills, so that its policy and length rule are somebody's decision.
func overflowProblems(entity domain.Entity, rows []domain.MappingRow) Problems {
	var problems Problems
	for i, row := range rows {
		path := fmt.Sprintf("mapping.%s[%d].overflow_to", entity, i)
		to := rowOf(rows, row.OverflowTo)
		switch {
		case row.TooLong != domain.TooLongOverflow && row.OverflowTo == "":
		case row.TooLong != domain.TooLongOverflow:
			problems = append(problems, Problem{Path: path, Text: "is only used with too_long: overflow"})
		case row.OverflowTo == "":
			problems = append(problems, Problem{Path: path, Text: "must name the field that takes what does not fit"})
		case to < 0:
			problems = append(problems, Problem{Path: path, Text: "must be the target of another row here; for a note that holds nothing else, add a row with source: nil"})
		case to == i || rows[to].TooLong == domain.TooLongOverflow:
			problems = append(problems, Problem{Path: path, Text: "must be a field that does not overflow itself"})
		case rows[to].Policy == domain.PolicyNever:
			problems = append(problems, Problem{Path: path, Text: "must be a field that is written; its policy is never"})
		case rows[to].Proof != domain.ProofNone:
			problems = append(problems, Problem{Path: path, Text: "must not be a field that the VAT proof reads"})
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
	problems = append(problems, referenceProblems(domain.EntityOrder, d.Mapping.Order, "accountview.assumptions.order_reference_field", assumed.OrderReferenceField)...)
	invoices := d.Books(domain.TargetJournal) || d.Books(domain.TargetDayTotal)
	if invoices || len(d.Mapping.Journal) > 0 {
		problems = append(problems, referenceProblems(domain.EntityJournal, d.Mapping.Journal, "accountview.assumptions.journal.reference_field", assumed.Journal.ReferenceField)...)
		problems = append(problems, overflowInto(d.Mapping.Journal, domain.EntityJournal, assumed.Journal.ReferenceField)...)
	}
	if invoices && len(d.Mapping.JournalLine) == 0 {
		problems = append(problems, Problem{Path: "mapping.journal_line", Text: "must have rows, because lookups.target books invoices or totals of days"})
	}
	problems = append(problems, overflowInto(d.Mapping.Order, domain.EntityOrder, assumed.OrderReferenceField)...)
	problems = append(problems, overflowInto(d.Mapping.Customer, domain.EntityCustomer, assumed.DebtorExternalNumberField)...)
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

// referenceProblems finds what keeps our reference from standing whole in the
// field by which a record is found again.
func referenceProblems(entity domain.Entity, rows []domain.MappingRow, setting, field string) Problems {
	path := "mapping." + string(entity)
	i := rowOf(rows, field)
	switch {
	case field == "": // reported as required
		return nil
	case i < 0:
		return Problems{{Path: path, Text: "must fill " + field + " from: reference (" + setting + "), or no " + string(entity) + " is found again"}}
	case strings.TrimSpace(rows[i].Source) != "reference":
		return Problems{{Path: fmt.Sprintf("%s[%d].source", path, i), Text: "must be: reference; the " + string(entity) + " is found again by it"}}
	case rows[i].Policy == domain.PolicyNever:
		return Problems{{Path: fmt.Sprintf("%s[%d].policy", path, i), Text: "must not be never; the " + string(entity) + " is found again by it"}}
	case rows[i].TooLong != domain.TooLongReject:
		return Problems{{Path: fmt.Sprintf("%s[%d].too_long", path, i), Text: "must be reject; a cut reference is not found again"}}
	}
	return nil
}

// Books reports whether sales can become this by the lookup table target.
func (d Document) Books(target domain.Target) bool {
	table := d.Lookups[domain.LookupTarget]
	return table.Unmapped == domain.UnmappedDefault && table.Default == string(target) ||
		slices.ContainsFunc(table.Rows, func(row domain.LookupRow) bool { return row.Value == string(target) })
}

// overflowInto finds rows that would append text to a field by which records
// are found again.
func overflowInto(rows []domain.MappingRow, entity domain.Entity, keyField string) Problems {
	var problems Problems
	for i, row := range rows {
		if row.OverflowTo != "" && strings.EqualFold(row.OverflowTo, keyField) {
			problems = append(problems, Problem{Path: fmt.Sprintf("mapping.%s[%d].overflow_to", entity, i), Text: "must not be " + keyField + "; records are found again by it"})
		}
	}
	return problems
}

func rowOf(rows []domain.MappingRow, target string) int {
	return slices.IndexFunc(rows, func(row domain.MappingRow) bool { return strings.EqualFold(row.Target, target) })
}
