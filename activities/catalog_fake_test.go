package activities_test

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// catalogue is a shop in memory: products in the books, and the till that they go to.
type catalogue struct {
	connectors.CatalogDirectory // roles that no test asks for

	mu       sync.Mutex
	products map[string]connectors.ProductRecord
	changed  map[string]time.Time
	held     map[string]connectors.HeldRecord // products of the till, by number

	reads, looks, writes int
	wheres               []string
	last                 int // number of the newest product of the till

	moves bool // the till takes an article of another product along

	fails func(op, about string) (err error, effect bool) // effect: the work is done all the same
}

func newCatalogue() *catalogue {
	return &catalogue{products: map[string]connectors.ProductRecord{}, changed: map[string]time.Time{}, held: map[string]connectors.HeldRecord{}}
}

func (c *catalogue) ProductSource(context.Context, string, int) (connectors.ProductSource, error) {
	return catalogueBooks{c}, nil
}

func (c *catalogue) ProductSink(context.Context, string, int) (connectors.ProductSink, error) {
	return catalogueTill{c}, nil
}

// put lets the books have a product from a moment on.
func (c *catalogue) put(at time.Time, products ...domain.Product) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, p := range products {
		c.products[p.SKU], c.changed[p.SKU] = connectors.ProductRecord{Product: p}, at
	}
}

func (c *catalogue) call(op, about string) (error, bool) { //nolint:revive // the error says how the call ends, the bool what it did
	if c.fails == nil {
		return nil, true
	}
	return c.fails(op, about)
}

type catalogueBooks struct{ *catalogue }

func (b catalogueBooks) Products(_ context.Context, part connectors.Part) (connectors.Page[connectors.ProductRecord], error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.reads++
	b.wheres = append(b.wheres, part.Where)
	var page connectors.Page[connectors.ProductRecord]
	if err, _ := b.call("read", part.After); err != nil {
		return page, err
	}
	for _, sku := range slices.Sorted(maps.Keys(b.products)) {
		if sku <= part.After || b.changed[sku].Before(part.Since) {
			continue
		}
		if len(page.Records) == part.Limit {
			page.Next = page.Records[part.Limit-1].Product.SKU
			return page, nil
		}
		page.Records = append(page.Records, b.products[sku])
		if b.changed[sku].After(page.Newest) {
			page.Newest = b.changed[sku]
		}
	}
	return page, nil
}

func (b catalogueBooks) ProductCodes(context.Context, connectors.Part) (connectors.Page[string], error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return connectors.Page[string]{Records: slices.Sorted(maps.Keys(b.products))}, nil
}

func (b catalogueBooks) ProductsByCode(_ context.Context, codes []string) ([]connectors.ProductRecord, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var found []connectors.ProductRecord
	for _, sku := range slices.Sorted(maps.Keys(b.products)) {
		p := b.products[sku]
		if slices.Contains(codes, sku) || slices.ContainsFunc(p.Product.Variants, func(v domain.Variant) bool { return slices.Contains(codes, v.SKU) }) {
			found = append(found, p)
		}
	}
	return found, nil
}

func (b catalogueBooks) Categories(context.Context) ([]domain.Category, error) { return nil, nil }

type catalogueTill struct{ *catalogue }

func (t catalogueTill) ProductSchema(context.Context) (domain.Schema, error) {
	article := func(name string, kind domain.ValueKind) domain.FieldSpec {
		return domain.FieldSpec{Name: name, Kind: kind, Updatable: name != "articleNumber"}
	}
	return domain.Schema{
		Entity: domain.EntityProduct,
		Fields: []domain.FieldSpec{{Name: "product.description", Kind: domain.KindText, Updatable: true}},
		Lines: &domain.Schema{Entity: domain.EntityProduct, Fields: []domain.FieldSpec{
			article("articleNumber", domain.KindText), article("description", domain.KindText), article("extraText", domain.KindText),
			article("priceIncl", domain.KindNumber), article("vatCode", domain.KindText), article("discontinued", domain.KindBool),
		}},
	}, nil
}

func (t catalogueTill) HeldProducts(_ context.Context, numbers []string) ([]connectors.HeldRecord, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.looks++
	if err, _ := t.call("look", ""); err != nil {
		return nil, err
	}
	var found []connectors.HeldRecord
	for _, held := range t.held {
		if slices.ContainsFunc(held.Lines, func(l connectors.HeldRecord) bool { return slices.Contains(numbers, l.Number) }) {
			found = append(found, held)
		}
	}
	slices.SortFunc(found, func(a, b connectors.HeldRecord) int { return cmp.Compare(a.Number, b.Number) })
	return found, nil
}

func (t catalogueTill) CreateProduct(_ context.Context, draft domain.Draft) (string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.writes++
	err, effect := t.call("create", draft.Key)
	if !effect {
		return "", err
	}
	t.last++
	held := connectors.HeldRecord{Number: "P" + strconv.Itoa(t.last), Fields: draft.Fields}
	for _, line := range draft.Lines {
		number, _ := line.Get("articleNumber")
		if t.owner(number.Text) != "" {
			return "", fault.New(fault.Conflict, connectors.CodeNumberTaken, "create").About(number.Text)
		}
		held.Lines = append(held.Lines, connectors.HeldRecord{Number: number.Text, Fields: line.Fields})
	}
	t.held[held.Number] = held
	return held.Number, err
}

func (t catalogueTill) owner(article string) string {
	for number, held := range t.held {
		if slices.ContainsFunc(held.Lines, func(l connectors.HeldRecord) bool { return l.Number == article }) {
			return number
		}
	}
	return ""
}

func (t catalogueTill) UpdateProduct(_ context.Context, number string, draft domain.Draft) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.writes++
	err, effect := t.call("update", draft.Key)
	if !effect {
		return err
	}
	held := t.held[number]
	held.Fields = laid(held.Fields, draft.Fields)
	held.Lines = slices.Clone(held.Lines)
	for _, line := range draft.Lines {
		i := slices.IndexFunc(held.Lines, func(l connectors.HeldRecord) bool { return l.Number == line.Key })
		switch {
		case i >= 0:
			held.Lines[i].Fields = laid(held.Lines[i].Fields, line.Fields)
		case t.owner(line.Key) != "" && t.moves:
			from := t.held[t.owner(line.Key)]
			at := slices.IndexFunc(from.Lines, func(l connectors.HeldRecord) bool { return l.Number == line.Key })
			moved := from.Lines[at]
			from.Lines = slices.Delete(slices.Clone(from.Lines), at, at+1)
			t.held[from.Number] = from
			held.Lines = append(held.Lines, connectors.HeldRecord{Number: line.Key, Fields: laid(moved.Fields, line.Fields)})
		case t.owner(line.Key) != "":
			return fault.New(fault.Conflict, connectors.CodeArticleElsewhere, "update").About(line.Key)
		default:
			held.Lines = append(held.Lines, connectors.HeldRecord{Number: line.Key, Fields: line.Fields})
		}
	}
	t.held[number] = held
	return err
}

func (t catalogueTill) OfferedArticles(_ context.Context, number string) ([]string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	var offered []string
	for _, line := range t.held[number].Lines {
		if gone, _ := (domain.Draft{Fields: line.Fields}).Get("discontinued"); !gone.Bool {
			offered = append(offered, line.Number)
		}
	}
	return offered, nil
}

func (t catalogueTill) DiscontinueArticles(_ context.Context, number string, articles []string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.writes++
	held := t.held[number]
	for i, line := range held.Lines {
		if slices.Contains(articles, line.Number) {
			held.Lines[i].Fields = laid(line.Fields, []domain.Field{{Name: "discontinued", Value: domain.BoolValue(true)}})
		}
	}
	return nil
}

// laid lays fields over those of a record.
func laid(fields, over []domain.Field) []domain.Field {
	fields = slices.Clone(fields)
	for _, f := range over {
		i := slices.IndexFunc(fields, func(old domain.Field) bool { return strings.EqualFold(old.Name, f.Name) })
		if i < 0 {
			fields = append(fields, f)
			continue
		}
		fields[i] = f
	}
	return fields
}

// article is what the till holds in a field of an article.
func (c *catalogue) article(number, field string) domain.Value {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, held := range c.held {
		for _, line := range held.Lines {
			for _, f := range line.Fields {
				if line.Number == number && f.Name == field {
					return f.Value
				}
			}
		}
	}
	return domain.Value{}
}
