package mapping

import (
	"fmt"

	"github.com/koppel/koppel/domain"
)

// Misfit is a row that fills what the target does not have, or with what it does
// not take there.
type Misfit struct {
	Row    int    // place in mapping.<entity>, from 0
	Target string // as the row spells it
	Rule   string
}

// Problem is the misfit as a problem of the document.
func (m Misfit) Problem(entity domain.Entity) domain.DocumentProblem {
	return domain.DocumentProblem{Path: fmt.Sprintf("mapping.%s[%d].target", entity, m.Row), Text: m.Rule}
}

// Misfits holds the rows of an entity against a target's schema, before there is
// any record. A row of a record with detail rows may fill either.
func (m *Mapper) Misfits(entity domain.Entity, schema domain.Schema) []Misfit {
	rows := map[domain.Entity][]row{
		domain.EntityCustomer: m.customer, domain.EntityDeliveryAddress: m.address, domain.EntityOrder: m.order, domain.EntityOrderLine: m.line,
		domain.EntityJournal: m.journal, domain.EntityJournalLine: m.journalLine, domain.EntityProduct: m.product, domain.EntityCategory: m.category, domain.EntityStock: m.stock, domain.EntityPrice: m.price, domain.EntityRelation: m.relation,
	}[entity]
	var misfits []Misfit
	for _, r := range rows {
		spec, known := specOf(schema, r.Target)
		if !known {
			spec, known = specOf(schemaOfLines(schema), r.Target)
		}
		switch {
		case !known:
			misfits = append(misfits, Misfit{r.place, r.Target, "is not a field of the target"})
		case r.kind != "" && r.kind != spec.Kind:
			misfits = append(misfits, Misfit{r.place, r.Target, fmt.Sprintf("is a %s there, and the source gives a %s", spec.Kind, r.kind)})
		}
	}
	return misfits
}
