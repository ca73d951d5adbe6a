package activities

import (
	"context"
	"fmt"
	"slices"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
)

// CarryProducts takes a page of products from the books to the till.
func (c *Catalog) CarryProducts(ctx context.Context, in CarryInput) (CarryResult, error) {
	return carry(ctx, c.Desk, domain.FlowProducts, domain.EntityProduct, in, openProducts)
}

type productRow = record[connectors.ProductRecord]

// productCarrier knows products: one of the books, with its variants, is one of the
// till, with its articles. The key is the article code, or what ties the variants.
type productCarrier struct {
	*carriage
	books   connectors.ProductSource
	till    connectors.ProductSink
	schema  domain.Schema
	numbers map[string]string // article number by article code

	elsewhere map[string]string // product of the till that has an article, by its number
}

func openProducts(ctx context.Context, p *carriage) (carrier[connectors.ProductRecord], error) {
	c := &productCarrier{carriage: p}
	var err error
	if c.books, err = p.Catalogue.ProductSource(ctx, p.Integration, p.doc.Version); err != nil {
		return nil, err
	}
	if c.till, err = p.Catalogue.ProductSink(ctx, p.Integration, p.doc.Version); err != nil {
		return nil, err
	}
	c.schema, err = c.till.ProductSchema(ctx)
	return c, err
}

func (c *productCarrier) read(ctx context.Context, part connectors.Part) (connectors.Page[*productRow], error) {
	if err := c.register(ctx); err != nil {
		return connectors.Page[*productRow]{}, err
	}
	page, err := c.books.Products(ctx, part)
	return connectors.Page[*productRow]{Records: productRows(page.Records), Next: page.Next, Newest: page.Newest}, err
}

func (c *productCarrier) named(ctx context.Context, keys []string) ([]*productRow, error) {
	found, err := c.books.ProductsByCode(ctx, keys)
	return productRows(found), err
}

func productRows(found []connectors.ProductRecord) []*productRow {
	return recordsOf(found, func(one connectors.ProductRecord) (string, error) { return one.Product.SKU, one.Fault })
}

// draft maps records that the document does not leave out, once their articles have
// numbers.
func (c *productCarrier) draft(ctx context.Context, rs []*productRow) error {
	if err := c.joined(ctx, rs); err != nil {
		return err
	}
	if err := c.grouped(ctx, rs); err != nil {
		return err
	}
	for _, r := range rs {
		r.mapped(c.doc.Mapper.ProductPasses(r.source.Product, c.today))
	}
	goes := func(r *productRow) bool { return r.fault == nil && r.leftOut == "" }
	if err := c.number(ctx, those(rs, goes)); err != nil {
		return err
	}
	for _, r := range those(rs, goes) {
		c.mapOne(r)
	}
	return nil
}

// grouped notes which group of the till each product belongs in.
func (c *productCarrier) grouped(ctx context.Context, rs []*productRow) error {
	var codes []string
	for _, r := range rs {
		if code := r.source.Product.Group; code != "" && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	rows, err := db.Q.CatalogGet(ctx, c.DB, store.CatalogGetParams{Integration: c.Integration, Entity: string(domain.EntityCategory), SourceIds: codes})
	if err != nil {
		return fmt.Errorf("read the groups of products: %w", err)
	}
	for _, r := range rs {
		for _, row := range rows {
			if row.SourceID == r.source.Product.Group && row.GoneAt == nil {
				r.source.Product.GroupNumber = row.TargetID
			}
		}
	}
	return nil
}

func (c *productCarrier) mapOne(r *productRow) {
	var err error
	r.draft, err = c.doc.Mapper.Product(r.source.Product, c.today, c.schema)
	r.mapped(true, err)
}

// mostRenumbered bounds how often in a row an alias turns out to be taken.
const mostRenumbered = 10

func (c *productCarrier) look(ctx context.Context, all []*productRow) error {
	c.elsewhere = map[string]string{}
	for tries, rs := 0, all; len(rs) > 0; tries++ {
		owner, err := c.owners(ctx, rs)
		if err != nil {
			return err
		}
		others, err := c.heldByOthers(ctx, rs, owner)
		if err != nil {
			return err
		}
		var again []*productRow
		for _, r := range rs {
			taken := c.foreign(r, owner)
			if len(taken) == 0 || c.DryRun {
				for _, sku := range taken {
					delete(owner, c.numbers[sku])
				}
				r.held = c.holderOf(r, owner, others)
				if r.target = ""; r.held != nil {
					r.target = r.held.Number
					if f, ok := fault.As(r.held.Fault); ok { // what cannot be read is not empty
						r.parks(f)
					}
				}
				continue
			}
			if tries == mostRenumbered {
				r.parks(fault.New(fault.Conflict, connectors.CodeNumberTaken, "number articles").About(taken[0] + ": " + c.numbers[taken[0]]))
				continue
			}
			if err := c.renumber(ctx, r, taken); err != nil {
				return err
			}
			if r.fault == nil {
				again = append(again, r)
			}
		}
		rs = again
	}
	return c.noteLeft(ctx, all)
}

// decide compares a product and each of its articles with what the till holds. What
// is not offered is not made: an article without price or VAT cannot be sold.
func (c *productCarrier) decide(r *productRow) {
	of := c.doc.Flows.Products
	makes := of.Create && of.Offer
	if r.held == nil && c.isElsewhere(r) {
		return
	}
	if r.held == nil {
		r.step = reconcile.StepOf(false, true, makes, of.Update)
		r.isNew()
		return
	}
	r.compare(c.doc.Mapper, r.held.Fields, of.Travels(r.draft), c.schema)
	for _, line := range r.draft.Lines {
		number := c.numbers[line.Key]
		at := slices.IndexFunc(r.held.Lines, func(held connectors.HeldRecord) bool { return held.Number == number })
		switch {
		case at >= 0:
			r.compareLine(c.doc.Mapper, r.held.Lines[at], of.Travels(line), *c.schema.Lines)
		case makes: // a new article of the product, or one that another product has
			r.addLine(number, line)
		}
	}
	r.step = reconcile.StepOf(true, r.changed(), of.Create, of.Update)
}

func (c *productCarrier) write(ctx context.Context, w *writing[connectors.ProductRecord], rs []*productRow) error {
	return w.oneByOne(ctx, rs, c.writeOne)
}

// writeOne writes a product, and then what another product of the till has: where the
// till does not move articles, the rest is up to date all the same.
func (c *productCarrier) writeOne(ctx context.Context, r *productRow) (err error) {
	own, taken := c.taken(r)
	first := r.changes
	first.Lines = own
	switch {
	case r.step == reconcile.CatalogCreate:
		r.target, err = c.till.CreateProduct(ctx, first)
	case len(first.Fields) > 0 || len(own) > 0:
		err = c.till.UpdateProduct(ctx, r.target, first)
	}
	if err != nil || len(taken) == 0 {
		return err
	}
	return c.till.UpdateProduct(ctx, r.target, domain.Draft{Entity: r.changes.Entity, Key: r.changes.Key, Lines: taken})
}
