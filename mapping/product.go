package mapping

import "github.com/koppel/koppel/domain"

// Product maps a product for a target with this schema. The fields of the draft
// are those that the schema has of the product itself; all others are of the
// articles under it, which are the lines of the draft: one for a simple product,
// one for each variant of another. Lookup rows go by the day on which the target
// is to hold the product so.
func (m *Mapper) Product(p domain.Product, on domain.Date, schema domain.Schema) (domain.Draft, error) {
	return m.productDraft(&run{on: on}, p, schema)
}

// ExplainProduct maps as Product does and tells where each field came from. The
// line of an origin is the variant, from 1.
func (m *Mapper) ExplainProduct(p domain.Product, on domain.Date, schema domain.Schema) (Explained, error) {
	r := &run{on: on, explain: true}
	draft, err := m.productDraft(r, p, schema)
	return Explained{Draft: draft, Origins: r.origins}, err
}

func (m *Mapper) productDraft(r *run, p domain.Product, schema domain.Schema) (domain.Draft, error) {
	own, ofArticles := levels(m.product, schema)
	main := productSourceFrom(p, false)
	draft := domain.Draft{Entity: domain.EntityProduct, Key: p.SKU}
	var err error
	scope := &productScope{Run: r, Product: main, Main: main, Settings: &m.settings}
	if draft.Fields, err = r.fill(domain.EntityProduct, 0, own, scope, schema); err != nil {
		return draft, err
	}
	articles := schemaOfLines(schema)
	for i, sold := range p.Sold() {
		line := 0
		if len(p.Variants) > 0 {
			line = i + 1
		}
		scope := &productScope{Run: r, Product: productSourceFrom(sold, len(p.Variants) > 0), Main: main, Settings: &m.settings}
		fields, err := r.fill(domain.EntityProduct, line, ofArticles, scope, articles)
		if err != nil {
			return draft, err
		}
		draft.Lines = append(draft.Lines, domain.Draft{Entity: domain.EntityProduct, Key: sold.SKU, Fields: fields})
	}
	return draft, nil
}

// levels parts the rows of a record with detail rows: those that fill a field of
// the record itself, and those of its details.
func levels(rows []row, schema domain.Schema) (own, ofLines []row) {
	for _, r := range rows {
		if _, known := specOf(schema, r.Target); known {
			own = append(own, r)
		} else {
			ofLines = append(ofLines, r)
		}
	}
	return own, ofLines
}

func schemaOfLines(schema domain.Schema) domain.Schema {
	if schema.Lines == nil {
		return domain.Schema{Entity: schema.Entity}
	}
	return *schema.Lines
}
