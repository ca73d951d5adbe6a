package accountview

import (
	"context"
	"slices"
	"time"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// PricesOf reads all prices of a scope. A row is compared again here, as in every
// look-up: the books may match the beginning of a value only.
func (b *Books) PricesOf(ctx context.Context, of connectors.PriceScope) ([]connectors.PriceRecord, error) {
	var found []connectors.PriceRecord
	for _, o := range b.settings.PriceObjects {
		queries := b.priceQueries(o, of)
		seen := map[string]bool{}
		for _, q := range queries {
			rows, err := b.rows(ctx, q)
			if err != nil {
				return nil, priceObjectRefused(err)
			}
			if err := b.priceObjectShows(ctx, o, rows, false); err != nil {
				return nil, err
			}
			for _, r := range unseen(rows, byColumn(o.Key), seen) {
				if record := o.priceFromRow(r, b.zone); inScope(record.Price, of) {
					found = append(found, record)
				}
			}
		}
	}
	return found, nil
}

// priceQueries are the reads that together hold every row of the scope. Rows of
// everything that is sold have no column to ask for them by, so then all rows of
// those for whom they are come along.
func (b *Books) priceQueries(o PriceObject, of connectors.PriceScope) []Query {
	plain := Query{Object: o.Object, Table: o.Table, Key: o.Key}
	whose := map[PriceKind][]string{
		PricesOfCustomer: of.Customers, PricesOfList: of.PriceLists, PricesOfCustomerGroup: of.CustomerGroups,
	}[o.Kind]
	anybody := len(of.Customers)+len(of.PriceLists)+len(of.CustomerGroups) == 0 && !of.Everybody
	if !anybody && len(whose) == 0 && (o.Kind != PricesForEveryone || !of.Everybody) {
		return nil
	}
	filters := whatFilters(b, o, of)
	anything := len(of.SKUs)+len(of.ArticleGroups)+len(of.Attributes) == 0 || of.Everything ||
		len(whose) > 0 && b.settings.FiltersPerCall < 2 // no call can ask for both
	switch {
	case len(whose) == 0 && anything:
		return []Query{plain}
	case anything:
		return b.anyOf(plain, o.whose(), allSpellings(whose))
	case len(whose) == 0:
		var queries []Query
		for batch := range slices.Chunk(filters, b.settings.FiltersPerCall) {
			q := plain
			q.Filters, q.MatchAny = batch, true
			queries = append(queries, q)
		}
		return queries
	}
	var queries []Query
	for _, w := range allSpellings(whose) {
		for _, what := range filters {
			q := plain
			q.Filters = []Filter{{o.whose(), b.settings.EqualOperator, FilterText, w, false}, what}
			queries = append(queries, q)
		}
	}
	return queries
}

func whatFilters(b *Books, o PriceObject, of connectors.PriceScope) []Filter {
	var filters []Filter
	add := func(field string, values []string) {
		if field != "" {
			for _, v := range allSpellings(values) {
				filters = append(filters, Filter{field, b.settings.EqualOperator, FilterText, v, false})
			}
		}
	}
	add(o.SKU, of.SKUs)
	add(o.ArticleGroup, of.ArticleGroups)
	var values []string
	for _, a := range of.Attributes {
		values = append(values, a.Value)
	}
	add(o.AttributeValue, values)
	return filters
}

// allSpellings are the ways in which the values may stand in the books, each once.
func allSpellings(values []string) []string {
	var all []string
	for _, v := range values {
		for _, spelling := range spellings(v) {
			if spelling != "" && !slices.Contains(all, spelling) {
				all = append(all, spelling)
			}
		}
	}
	return all
}

func inScope(p domain.Price, of connectors.PriceScope) bool {
	holds := func(values []string, value string) bool {
		return value != "" && slices.ContainsFunc(values, func(v string) bool { return same(v, value) })
	}
	anybody := len(of.Customers)+len(of.PriceLists)+len(of.CustomerGroups) == 0 && !of.Everybody
	if !anybody && !holds(of.Customers, p.Customer) && !holds(of.PriceLists, p.PriceList) &&
		!holds(of.CustomerGroups, p.CustomerGroup) && (!of.Everybody || !p.Everybody()) {
		return false
	}
	if len(of.SKUs)+len(of.ArticleGroups)+len(of.Attributes) == 0 && !of.Everything {
		return true
	}
	attribute := slices.ContainsFunc(of.Attributes, func(a domain.Attribute) bool {
		return p.Attribute.Name != "" && same(a.Name, p.Attribute.Name) && same(a.Value, p.Attribute.Value)
	})
	return holds(of.SKUs, p.SKU) || holds(of.ArticleGroups, p.ArticleGroup) || attribute || of.Everything && p.Everything()
}

// ArticlesWith reads a page of the codes of the articles of a group, or of those
// that have an attribute. An attribute that the settings do not know is a fault of
// kind Invalid: nobody can say which articles have it.
func (b *Books) ArticlesWith(ctx context.Context, of connectors.ArticleSet, part connectors.Part) (connectors.Page[string], error) {
	field, value := b.settings.Articles.GroupField, of.Group
	if of.Group == "" {
		field, value = b.attributeField(of.Attribute.Name), of.Attribute.Value
	}
	if field == "" || value == "" {
		return connectors.Page[string]{}, fault.New(fault.Invalid, codeAttributeUnknown, system+" GET "+objectArticle).About(of.Attribute.Name)
	}
	key := b.settings.pageKey(tableArticle)
	q := Query{
		Object: objectArticle, Table: tableArticle, Key: key, Fields: distinct(key, fieldArticleCode, field),
		MatchAny: true,
	}
	part.Since = time.Time{} // any of the filters is enough, so none can narrow the others
	spelled := spellings(value)
	q.Filters = b.equal(field, spelled[:min(len(spelled), b.settings.FiltersPerCall)])
	rows, next, err := b.part(ctx, q, part, fieldChangedAt)
	if err != nil {
		return connectors.Page[string]{}, err
	}
	page := connectors.Page[string]{Next: next}
	for _, r := range rows {
		if !r.has(field) {
			return connectors.Page[string]{}, fault.New(fault.Misconfigured, codeColumnMissing, system+" "+q.op()+": "+field)
		}
		if same(r.text(field), value) {
			page.Records = append(page.Records, r.text(fieldArticleCode))
		}
	}
	return page, nil
}

func (b *Books) attributeField(name string) string {
	for known, field := range b.settings.Articles.Attributes {
		if same(known, name) {
			return field
		}
	}
	return ""
}
