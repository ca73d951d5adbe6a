package mapping

import (
	"slices"

	"github.com/koppel/koppel/domain"
)

// turned are the fields of a line that make it take back what it books: the
// quantity of an order, the amounts of an invoice. A price stays what it was.
var turned = []domain.ProofRole{domain.ProofQuantity, domain.ProofAmount, domain.ProofVATAmount}

// TurnRound is a draft that takes back what this one books: every line with its
// quantity or amounts turned round. It is not ok when a line has a price and none
// of those: what it books would then stand.
func (m *Mapper) TurnRound(d domain.Draft, as domain.Target) (back domain.Draft, ok bool) {
	roles := m.proof[as]
	back, ok = d, true
	back.Fields, back.Lines = slices.Clone(d.Fields), slices.Clone(d.Lines)
	for i, line := range back.Lines {
		fields := slices.Clone(line.Fields)
		found := false
		for j, f := range fields {
			if roles.turn(f.Name) && f.Value.Kind == domain.KindNumber {
				fields[j].Value = domain.NumberValue(f.Value.Number.Neg())
				found = true
			}
		}
		back.Lines[i].Fields = fields
		price := reading{mapper: m, roles: roles, mapped: line}.number(domain.ProofUnitPrice)
		ok = ok && (found || price.IsZero())
	}
	return back, ok
}

func (r proofRoles) turn(name string) bool {
	return slices.ContainsFunc(turned, func(role domain.ProofRole) bool { return r[role] != "" && fieldKey(r[role]) == fieldKey(name) })
}

// Again gives the fields of an order's header for another context: what depends on
// it, such as the reference, the day and the period of that day, is as the rows say
// for the new one. All else stays as it was written.
func (m *Mapper) Again(o domain.Order, written []domain.Field, schema domain.Schema, was, is OrderContext) ([]domain.Field, error) {
	before, _, err := m.Order(o, was, schema)
	if err != nil {
		return nil, err
	}
	after, _, err := m.Order(o, is, schema)
	if err != nil {
		return nil, err
	}
	fields := slices.Clone(written)
	for _, f := range after.Fields {
		if old, had := before.Get(f.Name); had && old.Equal(f.Value) {
			continue
		}
		at := slices.IndexFunc(fields, func(w domain.Field) bool { return fieldKey(w.Name) == fieldKey(f.Name) })
		if at < 0 {
			fields = append(fields, f)
		} else {
			fields[at].Value = f.Value
		}
	}
	return fields, nil
}
