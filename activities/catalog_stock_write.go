package activities

import (
	"context"
	"slices"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
)

// write sets the stock of a whole page at once. The till's sales are read just
// before, and what they touch is compared anew; and just after: what was sold in
// between was overwritten, so the next run looks at those articles again.
func (c *stockCarrier) write(ctx context.Context, w *writing[*articleStock], rs []*stockRow) error {
	claimed, err := w.claim(ctx, rs)
	if err != nil || len(claimed) == 0 {
		return err
	}
	if err := c.compareAgain(ctx, claimed); err != nil {
		return err
	}
	writes := those(claimed, func(r *stockRow) bool { return r.outcome == "" })
	stops := c.keepStock(ctx, w, writes)
	for _, branch := range c.branches {
		if stops == nil {
			stops = c.saveBranch(ctx, w, branch, writes)
		}
	}
	if stops != nil {
		return stops // claimed still: whoever tries this page again goes on with it
	}
	for _, r := range writes {
		if r.outcome == "" {
			if err := w.did(r, nil); err != nil {
				return err
			}
		}
	}
	moved, err := c.sold.pull(ctx)
	if err != nil {
		return err
	}
	for _, r := range claimed {
		r.again = r.again || moved[r.source.number]
	}
	return w.settle(ctx, claimed)
}

// compareAgain compares anew what the till sold of since it was looked at.
func (c *stockCarrier) compareAgain(ctx context.Context, rs []*stockRow) error {
	touched, err := c.soldMeanwhile(ctx, rs)
	if err != nil {
		return err
	}
	for _, r := range touched {
		if r.fault == nil && r.leftOut == "" {
			c.decide(r)
		}
		if !r.writes() {
			r.outcome = OutcomeInPlace
		}
	}
	return nil
}

// keepStock makes the till keep stock of articles of which it does not.
func (c *stockCarrier) keepStock(ctx context.Context, w *writing[*articleStock], rs []*stockRow) error {
	for _, r := range rs {
		if r.step != reconcile.CatalogCreate {
			continue
		}
		err := patiently(ctx, func() error { return c.till.KeepStock(ctx, r.source.number) })
		if err != nil {
			if stops := w.did(r, err); stops != nil {
				return stops
			}
		}
		beat(ctx, "made a stock article")
	}
	return nil
}

// saveBranch sets what differs in one branch. What the till does not take ends its
// record; after an unclear answer the next run looks.
func (c *stockCarrier) saveBranch(ctx context.Context, w *writing[*articleStock], branch string, rs []*stockRow) error {
	var rows []connectors.StockRow
	var asked []*stockRow
	for _, r := range rs {
		at := slices.IndexFunc(r.changes.Lines, func(line domain.Draft) bool { return line.Key == branch && len(line.Fields) > 0 })
		if r.outcome == "" && at >= 0 {
			rows, asked = append(rows, c.rowFor(r, r.changes.Lines[at])), append(asked, r)
		}
	}
	if len(rows) == 0 {
		return nil
	}
	var saved connectors.StockSaved
	err := patiently(ctx, func() (err error) {
		saved, err = c.till.SaveStock(ctx, branch, c.doc.Flows.Stock.Reference, rows)
		return err
	})
	beat(ctx, "set stock")
	for _, r := range asked {
		why, refused := saved.Refused[r.source.number]
		f, _ := fault.As(why)
		switch {
		case refused && f != nil && (f.Code == connectors.CodeNoStockArticle || f.Code == connectors.CodeNotAtTill):
			r.leftOut, r.outcome, r.code = f.Code, OutcomeLeftOut, f.Code
		case refused:
			if stops := w.did(r, why); stops != nil {
				return stops
			}
		case err != nil && !slices.Contains(saved.Done, r.source.number):
			if stops := w.did(r, err); stops != nil {
				return stops
			}
		}
	}
	return nil
}
