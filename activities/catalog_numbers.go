package activities

import (
	"context"
	"slices"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// codesAtOnce is how many article codes are read and numbered in one step.
const codesAtOnce = 5000

// numbersOf finds the numbers at the till of article codes, and gives those that have
// none one, unless the run is a dry one. What cannot have one is among the refused.
func (p *carriage) numbersOf(ctx context.Context, skus []string) (map[string]string, map[string]*fault.Error, error) {
	n := db.Numbers{DB: p.DB}
	if p.DryRun {
		return n.Would(ctx, p.Integration, p.numberRules(), skus)
	}
	return n.Of(ctx, p.Integration, p.numberRules(), skus)
}

func (p *carriage) numberRules() domain.NumberRules { return p.doc.Flows.Products.Numbers.Rules() }

// register notes all article codes of the books before the first of a complete
// reading is written, so that two that would share a number are both found first.
func (c *productCarrier) register(ctx context.Context) error {
	if c.Place.Mode != ModeFull || c.Place.After != "" || c.DryRun {
		return nil
	}
	numbers := db.Numbers{DB: c.DB}
	for part := (connectors.Part{Limit: codesAtOnce, Where: c.set.Where}); ; {
		var page connectors.Page[string]
		err := patiently(ctx, func() (err error) {
			page, err = c.books.ProductCodes(ctx, part)
			return err
		})
		if err != nil {
			return err
		}
		if err := numbers.Register(ctx, c.Integration, c.numberRules(), c.Place.Crawl, page.Records); err != nil {
			return err
		}
		beat(ctx, "numbered article codes")
		if part.After = page.Next; page.Next == "" {
			return numbers.Registered(ctx, c.Integration, c.Place.Crawl)
		}
	}
}

// number gives what the records sell its numbers. A product of which one article
// cannot have any waits whole: half a product is another product.
func (c *productCarrier) number(ctx context.Context, rs []*productRow) error {
	var skus []string
	for _, r := range rs {
		for _, sold := range r.source.Product.Sold() {
			skus = append(skus, sold.SKU)
		}
	}
	found, refused, err := c.numbersOf(ctx, skus)
	if err != nil {
		return err
	}
	if c.numbers == nil {
		c.numbers = map[string]string{}
	}
	for sku, number := range found {
		c.numbers[sku] = number
	}
	for _, r := range rs {
		for _, sold := range r.source.Product.Sold() {
			if why := refused[sold.SKU]; why != nil {
				r.parks(why)
				break
			}
		}
		r.source.Product = numbered(r.source.Product, c.numbers)
	}
	return nil
}

// numbered is the product with the numbers of its articles.
func numbered(p domain.Product, numbers map[string]string) domain.Product {
	if len(p.Variants) == 0 {
		p.Number = numbers[p.SKU]
	}
	p.Variants = slices.Clone(p.Variants)
	for i := range p.Variants {
		p.Variants[i].Number = numbers[p.Variants[i].SKU]
	}
	return p
}

// renumber gives articles another alias of which the till has the number for an
// article that is not ours, and maps their records anew.
func (c *productCarrier) renumber(ctx context.Context, r *productRow, foreign []string) error {
	for _, sku := range foreign {
		another, refused, err := db.Numbers{DB: c.DB}.Another(ctx, c.Integration, c.numberRules(), sku, c.numbers[sku])
		if err != nil {
			return err
		}
		if refused != nil {
			r.parks(refused)
			return nil
		}
		c.numbers[sku] = another
	}
	r.source.Product = numbered(r.source.Product, c.numbers)
	c.mapOne(r)
	return nil
}

// foreign are the articles of a record whose alias the till gives to another one. An
// alias says nothing of the code, so the till's article is ours only if something of
// it does: a field that by the mapping holds the code, or that we made it before.
func (c *productCarrier) foreign(r *productRow, holders map[string]*connectors.HeldRecord) []string {
	var foreign []string
	for _, line := range r.draft.Lines {
		number := c.numbers[line.Key]
		holder := holders[number]
		if holder == nil || number == line.Key || holder.Number == r.known.TargetID {
			continue
		}
		at := slices.IndexFunc(holder.Lines, func(held connectors.HeldRecord) bool { return held.Number == number })
		if at >= 0 && !tellsCode(holder.Lines[at], line) {
			foreign = append(foreign, line.Key)
		}
	}
	return foreign
}

// tellsCode reports whether the article of the till holds the code where the draft
// does. A mapping that writes the code nowhere leaves nothing to tell it by.
func tellsCode(held connectors.HeldRecord, line domain.Draft) bool {
	known := false
	for _, f := range line.Fields {
		if f.Value.Kind != domain.KindText || f.Value.Text != line.Key {
			continue
		}
		known = true
		if value, there := (domain.Draft{Fields: held.Fields}).Get(f.Name); there && value.Equal(f.Value) {
			return true
		}
	}
	return !known
}
