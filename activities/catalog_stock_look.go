package activities

import (
	"context"
	"slices"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
)

// asBefore leaves out what the till did not take the last time, without asking it
// again, unless its articles changed since.
func (c *stockCarrier) asBefore(ctx context.Context, r *stockRow) error {
	was := r.known
	if r.fault != nil || r.leftOut != "" || c.Place.Mode != ModeDelta || was.LookAgain || was.Document != int32(c.doc.Version) ||
		was.Outcome != OutcomeLeftOut || was.Code != connectors.CodeNotAtTill && was.Code != connectors.CodeNoStockArticle {
		return nil
	}
	if c.changed == nil {
		changed, err := c.articlesChanged(ctx)
		if err != nil {
			return err
		}
		c.changed = &changed
	}
	if r.look = *c.changed; !r.look {
		r.leftOut = was.Code
	}
	return nil
}

// looksAtAll notes how the articles of the till stand before a run looks at all of
// them.
func (c *stockCarrier) looksAtAll(ctx context.Context) error {
	if c.Place.Mode != ModeFull || c.Place.Pages > 0 || c.DryRun {
		return nil
	}
	head, err := c.articleHead(ctx)
	if err != nil {
		return err
	}
	return c.setCursor(ctx, c.flow+articlesSeen, head)
}

// What the flow remembers of the articles of the till: how they stood when it looked,
// and the run that looks because they changed.
const articlesSeen, articlesRun = "/articles", "/articles/run"

func (c *stockCarrier) articleHead(ctx context.Context) (head int64, err error) {
	err = patiently(ctx, func() error {
		head, err = c.till.ArticleHead(ctx)
		return err
	})
	return head, err
}

// articlesChanged reports whether articles of the till changed since a run looked
// at those that it did not take. What one page finds holds for the whole run.
func (c *stockCarrier) articlesChanged(ctx context.Context) (bool, error) {
	at, err := c.marker(ctx, c.flow+articlesRun)
	if err != nil || at == c.Place.Crawl {
		return err == nil, err
	}
	last, err := c.marker(ctx, c.flow+articlesSeen)
	if err != nil {
		return false, err
	}
	head, err := c.articleHead(ctx)
	if err != nil || head <= last || c.DryRun {
		return head > last, err
	}
	if err := c.setCursor(ctx, c.flow+articlesRun, c.Place.Crawl); err != nil {
		return false, err
	}
	return true, c.setCursor(ctx, c.flow+articlesSeen, head)
}

// look reads what the till holds. What it sold since the books were read is in there
// already, so that comes off what the books said before the two are compared.
func (c *stockCarrier) look(ctx context.Context, rs []*stockRow) error {
	if err := c.lookAt(ctx, rs); err != nil {
		return err
	}
	_, err := c.soldMeanwhile(ctx, rs)
	return err
}

// soldMeanwhile maps articles anew, and looks at them again, of which the till sold
// something since the books were read; it gives those.
func (c *stockCarrier) soldMeanwhile(ctx context.Context, rs []*stockRow) ([]*stockRow, error) {
	moved, err := c.sold.more(ctx)
	if err != nil {
		return nil, err
	}
	touched := those(rs, func(r *stockRow) bool { return moved[r.source.number] })
	if len(touched) == 0 {
		return nil, nil
	}
	for _, r := range touched {
		c.mapOne(r)
	}
	return touched, patiently(ctx, func() error { return c.lookAt(ctx, touched) })
}

func (c *stockCarrier) lookAt(ctx context.Context, rs []*stockRow) error {
	if err := c.unbookedOrders(ctx); err != nil { // before the till is asked what it reserves
		return err
	}
	for _, branch := range c.branches {
		asked := map[string]*stockRow{}
		var numbers []string
		for _, r := range rs {
			if slices.ContainsFunc(r.draft.Lines, func(line domain.Draft) bool { return line.Key == branch }) {
				asked[r.source.number] = r
				numbers = append(numbers, r.source.number)
			}
		}
		if len(numbers) == 0 {
			continue
		}
		held, err := c.till.HeldStock(ctx, branch, numbers)
		if err != nil {
			return err
		}
		for _, h := range held {
			r := asked[h.Article]
			r.source.held[branch], r.source.lent[branch] = h, c.promised(h.Article, branch, h.Reserved)
			if h.Known && h.Kept {
				r.target = h.Article
			}
			if f, ok := fault.As(h.Fault); ok {
				r.parks(f)
			}
		}
	}
	return nil
}

// decide compares each branch of an article with what the till holds there.
func (c *stockCarrier) decide(r *stockRow) {
	of := c.doc.Flows.Stock
	r.leftOut = ""
	known, kept := true, true
	for _, line := range r.draft.Lines {
		held := r.source.held[line.Key]
		known, kept = known && held.Known, kept && held.Kept
	}
	switch {
	case !known:
		r.leftOut = connectors.CodeNotAtTill
		return
	case !kept && of.NoStockArticle == domain.NoStockLeave:
		r.leftOut = connectors.CodeNoStockArticle
		return
	case !kept:
		r.isNew()
		r.target = r.source.number
		r.step = reconcile.StepOf(false, true, of.Create, of.Update)
		return
	}
	r.compare(c.doc.Mapper, nil, domain.Draft{Entity: domain.EntityStock}, c.schema)
	for _, line := range r.draft.Lines {
		held := r.source.held[line.Key]
		if !held.Told {
			r.addLine(line.Key, line)
			continue
		}
		r.compareLine(c.doc.Mapper, connectors.HeldRecord{Number: line.Key, Fields: c.heldFields(r, line, held)}, line, c.schema)
	}
	r.step = reconcile.StepOf(true, r.changed(), of.Create, of.Update)
}

// heldFields is what a branch holds, in the fields of the line. Of free stock those
// pieces are left out that orders of the till promise of which the books know
// nothing yet: the formula does not know of them either.
func (c *stockCarrier) heldFields(r *stockRow, line domain.Draft, held connectors.HeldStock) []domain.Field {
	fields := slices.Clone(line.Fields)
	figure := held.Physical()
	if c.doc.Flows.Stock.Figure == domain.StockFree {
		figure = held.Free.Add(r.source.lent[line.Key])
	}
	for i := range fields {
		if fields[i].Name == c.amount {
			fields[i].Value = domain.NumberValue(figure)
		}
	}
	return fields
}

// rowFor is what the till is to be told of a branch.
func (c *stockCarrier) rowFor(r *stockRow, line domain.Draft) connectors.StockRow {
	held := r.source.held[line.Key]
	amount, _ := line.Get(c.amount)
	row := connectors.StockRow{Article: r.source.number, Free: amount.Number, Reserved: held.Reserved}
	if c.doc.Flows.Stock.Figure == domain.StockPhysical {
		row.Free = row.Free.Sub(held.Reserved)
	} else {
		row.Free = row.Free.Sub(r.source.lent[line.Key])
	}
	return row
}
