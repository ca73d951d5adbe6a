package activities

import (
	"context"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
)

// CarryStock takes a page of stock from the books to the till.
func (c *Catalog) CarryStock(ctx context.Context, in CarryInput) (CarryResult, error) {
	return carry(ctx, c.Desk, domain.FlowStock, domain.EntityStock, in, openStock)
}

type stockRow = record[*articleStock]

// articleStock is an article of the books on its way to the till.
type articleStock struct {
	connectors.StockRecord
	number string                          // at the till
	held   map[string]connectors.HeldStock // by branch
	lent   map[string]decimal.Decimal      // pieces of those held that the till promised, and the books know nothing of; by branch
}

// stockCarrier knows stock: a record is an article, and its lines are the branches
// of the till that sell it.
type stockCarrier struct {
	*carriage
	books    connectors.StockSource
	till     connectors.StockSink
	schema   domain.Schema
	amount   string // the field of the schema that says how much
	branches []string
	sold     *soldStock
	changed  *bool                // whether articles of the till changed; nil: not asked
	unbooked map[string][]promise // what orders promise that the books do not have, by article
	orders   map[string]bool      // those orders
}

func openStock(ctx context.Context, p *carriage) (carrier[*articleStock], error) {
	c, err := openStockTill(ctx, p)
	if err != nil {
		return nil, err
	}
	if c.books, err = p.Catalogue.StockSource(ctx, p.Integration, p.doc.Version); err != nil {
		return nil, err
	}
	// What the till sold is asked before the books are: what is sold later is found
	// after the write.
	if c.sold, err = openSold(ctx, c); err != nil {
		return nil, err
	}
	if err := c.unbookedOrders(ctx); err != nil {
		return nil, err
	}
	return c, c.looksAtAll(ctx)
}

func openStockTill(ctx context.Context, p *carriage) (*stockCarrier, error) {
	c := &stockCarrier{carriage: p}
	var err error
	if c.till, err = p.Catalogue.StockSink(ctx, p.Integration, p.doc.Version); err != nil {
		return nil, err
	}
	if c.schema, err = c.till.StockSchema(ctx); err != nil {
		return nil, err
	}
	for _, f := range c.schema.Fields {
		if f.Kind == domain.KindNumber {
			c.amount = f.Name
		}
	}
	named := p.doc.Flows.Stock.Branches
	if len(named) == 0 {
		named = p.doc.Mplus.Branches
	}
	for _, n := range named {
		c.branches = append(c.branches, strconv.Itoa(n))
	}
	if len(named) == 0 {
		c.branches, err = c.till.StockBranches(ctx)
	}
	return c, err
}

func (c *stockCarrier) read(ctx context.Context, part connectors.Part) (connectors.Page[*stockRow], error) {
	page, err := c.books.StockLevels(ctx, part)
	return connectors.Page[*stockRow]{Records: stockRows(page.Records), Next: page.Next, Newest: page.Newest}, err
}

func (c *stockCarrier) named(ctx context.Context, keys []string) ([]*stockRow, error) {
	found, err := c.books.StockLevelsOf(ctx, keys)
	return stockRows(found), err
}

func stockRows(found []connectors.StockRecord) []*stockRow {
	rs := make([]*stockRow, len(found))
	for i, one := range found {
		rs[i] = &stockRow{key: one.SKU, source: &articleStock{StockRecord: one, held: map[string]connectors.HeldStock{}, lent: map[string]decimal.Decimal{}}}
		if f, ok := fault.As(one.Fault); ok {
			rs[i].parks(f)
		}
	}
	return rs
}

func (c *stockCarrier) draft(ctx context.Context, rs []*stockRow) error {
	if err := c.number(ctx, rs); err != nil {
		return err
	}
	for _, r := range rs {
		if r.fault != nil || r.leftOut != "" {
			continue
		}
		c.mapOne(r)
		if err := c.asBefore(ctx, r); err != nil {
			return err
		}
		r.look = r.look || len(c.unbooked[r.source.number]) > 0
	}
	return nil
}

// mapOne maps an article for each branch that sells it.
func (c *stockCarrier) mapOne(r *stockRow) {
	r.leftOut, r.kept = "", nil
	if !r.source.Managed {
		r.leftOut = CodeStockNotKept
		return
	}
	places := map[string][]string{}
	for _, level := range r.source.Levels {
		place, err := c.doc.Mapper.StockBranches(level.Location, c.today)
		if err != nil {
			r.mapped(true, err)
			return
		}
		places[level.Location] = place
	}
	r.draft = domain.Draft{Entity: domain.EntityStock, Key: r.key}
	filtered := false
	for _, branch := range c.branches {
		level, sells := reconcile.StockInBranch(branch, r.source.Levels, places, c.sold.pieces[r.source.number])
		if !sells {
			continue
		}
		level.Number = r.source.number
		passes, err := c.doc.Mapper.StockPasses(level, c.today)
		var line domain.Draft
		if err == nil && passes {
			line, err = c.doc.Mapper.Stock(level, c.today, c.schema)
		}
		if r.mapped(true, err); r.fault != nil {
			return
		}
		filtered = filtered || !passes
		if line, counted := c.bounded(line, branch); counted {
			r.draft.Lines = append(r.draft.Lines, line)
		}
	}
	switch {
	case len(r.draft.Lines) > 0:
	case filtered:
		r.leftOut = CodeFilteredRecord
	default:
		r.leftOut = CodeSoldNowhere
	}
}

// bounded is the line of a branch, with buffer, minimum and maximum upon its amount.
// A formula that says nothing leaves the branch as it is.
func (c *stockCarrier) bounded(line domain.Draft, branch string) (domain.Draft, bool) {
	at := slices.IndexFunc(line.Fields, func(f domain.Field) bool { return f.Name == c.amount })
	if at < 0 || line.Fields[at].Value.Kind != domain.KindNumber {
		return line, false
	}
	of := c.doc.Flows.Stock
	bounds := reconcile.StockBounds{Buffer: of.Buffer, Minimum: of.Minimum, Maximum: of.Maximum}
	line.Key = branch
	line.Fields = slices.Clone(line.Fields)
	line.Fields[at].Value = domain.NumberValue(bounds.Shown(line.Fields[at].Value.Number))
	return line, true
}
