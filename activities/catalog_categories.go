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

// CarryCategories takes the categories from the books to the till: all of them in one
// page, since a tree is understood whole.
func (c *Catalog) CarryCategories(ctx context.Context, in CarryInput) (CarryResult, error) {
	return carry(ctx, c.Desk, domain.FlowCategories, domain.EntityCategory, in, openCategories)
}

type categoryRow = record[reconcile.Branch]

// categoryCarrier knows categories. Each comes after the one above it, so that its
// parent has a number by then.
type categoryCarrier struct {
	*carriage
	books  connectors.CategorySource
	till   connectors.CategorySink
	schema domain.Schema

	tree   []connectors.HeldRecord
	taken  map[string]bool   // groups of the till that are some category's
	number map[string]string // of the till, by the code of the books
}

func openCategories(ctx context.Context, p *carriage) (carrier[reconcile.Branch], error) {
	c := &categoryCarrier{carriage: p, taken: map[string]bool{}, number: map[string]string{}}
	var err error
	if c.books, err = p.Catalogue.CategorySource(ctx, p.Integration, p.doc.Version); err != nil {
		return nil, err
	}
	if c.till, err = p.Catalogue.CategorySink(ctx, p.Integration, p.doc.Version); err != nil {
		return nil, err
	}
	c.schema, err = c.till.CategorySchema(ctx)
	return c, err
}

func (c *categoryCarrier) read(ctx context.Context, _ connectors.Part) (connectors.Page[*categoryRow], error) {
	all, err := c.books.Categories(ctx)
	var page connectors.Page[*categoryRow]
	for _, branch := range reconcile.Tree(all) {
		r := &categoryRow{key: branch.Code, source: branch}
		if branch.Problem != "" {
			r.parks(fault.New(fault.Invalid, branch.Problem, "read categories").About(branch.Code))
		}
		page.Records = append(page.Records, r)
	}
	return page, err
}

// named reads all as well: where a category stands, only the tree tells.
func (c *categoryCarrier) named(ctx context.Context, keys []string) ([]*categoryRow, error) {
	page, err := c.read(ctx, connectors.Part{})
	return those(page.Records, func(r *categoryRow) bool { return slices.Contains(keys, r.key) }), err
}

// draft maps each category under the number that its parent has, as far as it has one
// yet: what hangs under a new one is mapped again when that is made.
func (c *categoryCarrier) draft(ctx context.Context, rs []*categoryRow) error {
	if err := c.numbered(ctx); err != nil {
		return err
	}
	leftOut := map[string]bool{}
	for _, r := range rs {
		passes, err := c.doc.Mapper.CategoryPasses(r.source.Category, c.today)
		if err == nil && passes && !leftOut[r.source.Parent] {
			err = c.place(r)
		}
		r.mapped(passes, err)
		r.look = r.source.Parent != "" && c.number[r.source.Parent] == "" // where it hangs is not known yet
		if leftOut[r.source.Parent] {
			r.leftOut = CodeParentLeftOut
		}
		leftOut[r.key] = r.leftOut != ""
	}
	return nil
}

func (c *categoryCarrier) place(r *categoryRow) (err error) {
	r.draft, err = c.doc.Mapper.Category(r.source.Category, c.number[r.source.Parent], c.today, c.schema)
	return err
}

// numbered reads which group of the till each category is.
func (c *categoryCarrier) numbered(ctx context.Context) error {
	rows, err := db.Q.CatalogNumbers(ctx, c.DB, store.CatalogNumbersParams{Integration: c.Integration, Entity: string(domain.EntityCategory)})
	if err != nil {
		return fmt.Errorf("read which groups categories are: %w", err)
	}
	for _, row := range rows {
		c.number[row.SourceID], c.taken[row.TargetID] = row.TargetID, true
	}
	return nil
}

func (c *categoryCarrier) look(ctx context.Context, rs []*categoryRow) error {
	if err := c.readTree(ctx); err != nil {
		return err
	}
	for _, r := range rs {
		if r.source.Parent != "" { // it may have got its number just now
			if err := c.place(r); err != nil {
				r.mapped(true, err)
				continue
			}
		}
		c.find(r)
	}
	return nil
}

func (c *categoryCarrier) readTree(ctx context.Context) (err error) {
	c.tree, err = c.till.HeldCategories(ctx)
	return err
}

// find takes for a category the group that it was before, the one that the document
// names for it, or one of its name under its parent that is no other category's. The
// last also after a creation that ended without an answer.
func (c *categoryCarrier) find(r *categoryRow) {
	r.held, r.target = nil, ""
	pinned, err := c.doc.Mapper.CategoryNumber(r.key, c.today)
	if err != nil {
		r.mapped(true, err)
		return
	}
	maybeMade := r.known.SourceID != "" && r.known.TargetID == "" && (r.known.Outcome == "" || r.known.Outcome == OutcomeDeferred)
	for _, is := range []func(connectors.HeldRecord) bool{
		func(h connectors.HeldRecord) bool { return h.Number == r.known.TargetID },
		func(h connectors.HeldRecord) bool { return h.Number == pinned },
		func(h connectors.HeldRecord) bool {
			return (c.doc.Flows.Categories.Adopt || maybeMade) && !c.taken[h.Number] && c.till.IsLike(h, r.draft)
		},
	} {
		if i := slices.IndexFunc(c.tree, is); i >= 0 {
			r.held, r.target = &c.tree[i], c.tree[i].Number
			c.taken[r.target], c.number[r.key] = true, r.target
			return
		}
	}
	delete(c.number, r.key) // the till no longer has it
}

func (c *categoryCarrier) decide(r *categoryRow) {
	of := c.doc.Flows.Categories
	if r.held == nil {
		r.step = reconcile.StepOf(false, true, of.Create, of.Update)
		r.isNew()
		return
	}
	r.compare(c.doc.Mapper, r.held.Fields, r.draft, c.schema)
	moves := r.source.Parent != "" && c.number[r.source.Parent] == "" // to a group that is yet to be made
	r.step = reconcile.StepOf(true, r.changed() || moves, of.Create, of.Update)
}

func (c *categoryCarrier) write(ctx context.Context, w *writing[reconcile.Branch], rs []*categoryRow) error {
	return w.oneByOne(ctx, rs, func(ctx context.Context, r *categoryRow) error {
		if err := c.hangs(ctx, r); err != nil || !r.writes() {
			return err
		}
		if r.step == reconcile.CatalogUpdate {
			return c.till.UpdateCategory(ctx, r.target, r.changes)
		}
		number, err := c.till.CreateCategory(ctx, r.changes)
		if err == nil {
			r.target = number
			c.number[r.key], c.taken[number] = number, true
		}
		return err
	})
}

// hangs maps a category under its parent, which may have been made only just now.
func (c *categoryCarrier) hangs(_ context.Context, r *categoryRow) error {
	if r.source.Parent == "" {
		return nil
	}
	if c.number[r.source.Parent] == "" {
		return fault.New(fault.Uncertain, CodeParentNotThere, "place category").About(r.source.Parent)
	}
	if err := c.place(r); err != nil {
		return unmappable(err, r.key)
	}
	r.kept = nil
	c.decide(r)
	return nil
}
