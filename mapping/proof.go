package mapping

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

// proofRoles are the fields of a line by what the VAT proof reads in them.
type proofRoles map[domain.ProofRole]string

// provedBy are the roles without which a line proves nothing.
var provedBy = map[domain.Entity][]domain.ProofRole{
	domain.EntityOrderLine:   {domain.ProofQuantity, domain.ProofUnitPrice},
	domain.EntityJournalLine: {domain.ProofAmount, domain.ProofVATAmount},
}

// proofs finds the fields that the VAT proof reads, by target. Without them
// nothing can be proved, and what is not proved is not written.
func proofs(m domain.Mapping) (map[domain.Target]proofRoles, domain.DocumentProblems) {
	orders, problems := proofFields(domain.EntityOrderLine, m.OrderLine)
	journals := proofRoles{}
	if len(m.JournalLine) > 0 { // a document may know no invoices
		var wrong domain.DocumentProblems
		journals, wrong = proofFields(domain.EntityJournalLine, m.JournalLine)
		problems = append(problems, wrong...)
	}
	return map[domain.Target]proofRoles{domain.TargetSalesOrder: orders, domain.TargetJournal: journals}, problems
}

func proofFields(entity domain.Entity, rows []domain.MappingRow) (proofRoles, domain.DocumentProblems) {
	var problems domain.DocumentProblems
	path := "mapping." + string(entity)
	add := func(text string) { problems = append(problems, domain.DocumentProblem{Path: path, Text: text}) }
	fields := proofRoles{}
	for _, r := range rows {
		if r.Proof == domain.ProofNone {
			continue
		}
		if _, twice := fields[r.Proof]; twice {
			add("must mark one field only with proof: " + string(r.Proof))
		}
		fields[r.Proof] = r.Target
	}
	for _, role := range provedBy[entity] {
		if fields[role] == "" {
			add(fmt.Sprintf("must mark a field with proof: %s, or the VAT of an order cannot be proved", role))
		}
	}
	return fields, problems
}

// reading reads a mapped line back for the proof: the values that stand in the
// draft, and what the books charge under its VAT code.
type reading struct {
	mapper *Mapper
	roles  proofRoles
	mapped domain.Draft
	on     domain.Date
}

// orderBooked reads a line of an order.
func (m *Mapper) orderBooked(l reconcile.SaleLine, mapped domain.Draft, on domain.Date) reconcile.BookedLine {
	r := reading{m, m.proof[domain.TargetSalesOrder], mapped, on}
	return reconcile.BookedLine{
		Role: l.Role, Quantity: r.number(domain.ProofQuantity), UnitPrice: r.number(domain.ProofUnitPrice), DiscountPercent: r.number(domain.ProofDiscountPercent),
		VATCode: l.VATCode, BooksCode: r.text(domain.ProofVATCode), Percent: r.percent(l.VATPercent), PriceIncludesVAT: m.settings.PricesInclusive,
	}
}

// journalBooked reads a line of an invoice, or of the total of a day.
func (m *Mapper) journalBooked(l reconcile.JournalLine, day bool, mapped domain.Draft, on domain.Date) reconcile.BookedLine {
	r := reading{m, m.proof[domain.TargetJournal], mapped, on}
	return reconcile.BookedLine{
		Role: l.Role, Stated: true, Summed: day, Apart: !l.Turnover(), Excl: r.number(domain.ProofAmount), VAT: r.number(domain.ProofVATAmount),
		VATCode: l.VATCode, BooksCode: r.text(domain.ProofVATCode), Percent: r.percent(l.VATPercent),
	}
}

// percent is what the books charge: it follows from their VAT code where a lookup
// table knows its percentage; else it is taken to be what the till charged.
func (r reading) percent(till decimal.Decimal) decimal.Decimal {
	if code, given := r.value(domain.ProofVATCode); given {
		rows := r.mapper.percentages[code.Text]
		if i := slices.IndexFunc(rows, func(row domain.LookupRow) bool { return row.Holds(r.on) }); i >= 0 {
			return *rows[i].Percent
		}
	}
	return till
}

// number is a number of the draft; one that is not sent counts as nothing, so
// that the proof fails on it.
func (r reading) number(role domain.ProofRole) decimal.Decimal {
	value, _ := r.value(role)
	return value.Number
}

func (r reading) text(role domain.ProofRole) string {
	value, _ := r.value(role)
	return value.Text
}

func (r reading) value(role domain.ProofRole) (domain.Value, bool) {
	field := r.roles[role]
	if field == "" {
		return domain.Value{}, false
	}
	for _, f := range r.mapped.Fields {
		if fieldKey(f.Name) == fieldKey(field) {
			return f.Value, true
		}
	}
	return domain.Value{}, false
}
