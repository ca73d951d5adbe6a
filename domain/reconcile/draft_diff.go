package reconcile

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// FieldChange is one field that two versions of a record fill differently.
type FieldChange struct {
	Entity domain.Entity
	Line   int           `json:",omitempty"` // line of the order from 1; 0 when it is not about one
	Field  string        // in the target's own name
	Before *domain.Value `json:",omitempty"` // nil: not filled
	After  *domain.Value `json:",omitempty"`
}

// DraftChanges lists what differs between two drafts of one record, lines
// included. A field that only one of them fills differs. The changes come in the
// order of the first draft, then of what only the second one fills.
func DraftChanges(before, after domain.Draft) []FieldChange {
	changes := fieldChanges(before, after, 0)
	for i := range max(len(before.Lines), len(after.Lines)) {
		changes = append(changes, fieldChanges(lineAt(before, i), lineAt(after, i), i+1)...)
	}
	return changes
}

func lineAt(d domain.Draft, i int) domain.Draft {
	if i < len(d.Lines) {
		return d.Lines[i]
	}
	return domain.Draft{}
}

func fieldChanges(before, after domain.Draft, line int) []FieldChange {
	entity := before.Entity
	if entity == "" {
		entity = after.Entity
	}
	given := valuesOf(after)
	var changes []FieldChange
	for _, f := range before.Fields {
		value, both := given[strings.ToUpper(f.Name)]
		switch {
		case !both:
			changes = append(changes, FieldChange{Entity: entity, Line: line, Field: f.Name, Before: &f.Value})
		case !value.Equal(f.Value):
			changes = append(changes, FieldChange{Entity: entity, Line: line, Field: f.Name, Before: &f.Value, After: &value})
		}
	}
	had := valuesOf(before)
	for _, f := range after.Fields {
		if _, both := had[strings.ToUpper(f.Name)]; !both {
			changes = append(changes, FieldChange{Entity: entity, Line: line, Field: f.Name, After: &f.Value})
		}
	}
	return changes
}

// valuesOf gives the values by field; names of fields do not differ by case.
func valuesOf(d domain.Draft) map[string]domain.Value {
	values := make(map[string]domain.Value, len(d.Fields))
	for _, f := range d.Fields {
		values[strings.ToUpper(f.Name)] = f.Value
	}
	return values
}

// CodeAmount is what an order books under one VAT code of the books, in euros.
type CodeAmount struct {
	Code string
	Excl decimal.Decimal
	VAT  decimal.Decimal
}

// BookedAmounts adds up what the lines of an order book under each VAT code of
// the books, as the books will: VAT once per code.
func BookedAmounts(lines []BookedLine) []CodeAmount {
	coded := make([]BookedLine, len(lines))
	for i, l := range lines {
		coded[i] = l
		coded[i].VATCode = l.BooksCode
	}
	var amounts []CodeAmount
	for _, g := range groupBooked(coded) {
		excl, vat := g.amounts()
		amounts = addAmount(amounts, CodeAmount{Code: g.code, Excl: excl, VAT: vat})
	}
	return amounts
}

func addAmount(amounts []CodeAmount, more CodeAmount) []CodeAmount {
	for i := range amounts {
		if amounts[i].Code == more.Code {
			amounts[i].Excl, amounts[i].VAT = amounts[i].Excl.Add(more.Excl), amounts[i].VAT.Add(more.VAT)
			return amounts
		}
	}
	return append(amounts, more)
}

// amountChanges is after less before, for each code where that is not nothing.
func amountChanges(before, after []CodeAmount) []CodeAmount {
	var all []CodeAmount
	for _, a := range after {
		all = addAmount(all, a)
	}
	for _, b := range before {
		all = addAmount(all, CodeAmount{Code: b.Code, Excl: b.Excl.Neg(), VAT: b.VAT.Neg()})
	}
	var changed []CodeAmount
	for _, c := range all {
		if !c.Excl.IsZero() || !c.VAT.IsZero() {
			changed = append(changed, c)
		}
	}
	return changed
}
