package activities

import (
	"context"
	"slices"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
)

// Codes of what a till makes of lists that are sent to it.
const (
	CodePricesIgnored = "prices_ignored"
	CodePricesMerged  = "prices_merged"
)

// look reads the lists as the till has them.
func (c *priceCarrier) look(ctx context.Context, rs []*priceRow) error {
	for _, holder := range []connectors.PriceHolder{connectors.HolderCustomer, connectors.HolderArticle} {
		mine := those(rs, func(r *priceRow) bool { return r.source.holder == string(holder) })
		if err := c.lookAt(ctx, holder, mine); err != nil {
			return err
		}
	}
	rs = those(rs, func(r *priceRow) bool { return r.leftOut == "" })
	if err := c.leaveOutAbsent(ctx, rs); err != nil {
		return err
	}
	for _, r := range rs {
		if err := c.noteList(ctx, r.source, c.oursOf(r), false); err != nil {
			return err
		}
	}
	return nil
}

func (c *priceCarrier) lookAt(ctx context.Context, holder connectors.PriceHolder, rs []*priceRow) error {
	if len(rs) == 0 {
		return nil
	}
	held := map[string]connectors.HeldPrices{}
	if holder == connectors.HolderArticle {
		var skus []string
		for _, r := range rs {
			skus = append(skus, r.source.subject)
		}
		found, numbers, err := c.heldArticles(ctx, skus)
		if err != nil {
			return err
		}
		for _, r := range rs {
			r.target = numbers[r.source.subject]
		}
		held = found
	} else {
		var asked []string
		for _, r := range rs {
			asked = append(asked, r.target)
		}
		found, err := c.till.HeldPrices(ctx, holder, asked)
		if err != nil {
			return err
		}
		for _, h := range found {
			held[h.Number] = h
		}
	}
	for _, r := range rs {
		h, known := held[r.target]
		if !known || r.target == "" {
			r.target = ""
			r.leftOut = map[connectors.PriceHolder]string{connectors.HolderCustomer: CodeCustomerAbsent, connectors.HolderArticle: CodeArticleAbsent}[holder]
			if err := c.noteList(ctx, r.source, r.source.known.Ours, holder == connectors.HolderCustomer); err != nil {
				return err
			}
			continue
		}
		r.source.held = h
	}
	return nil
}

// leaveOutAbsent takes rows out of lists of customers whose article the till does not
// have: it would refuse the whole list. Only rows that are new are asked about.
func (c *priceCarrier) leaveOutAbsent(ctx context.Context, rs []*priceRow) error {
	var skus []string
	fresh := func(r *priceRow, row domain.Draft) (sku string, is bool) {
		key := c.schema.RecordKey(row)
		held := slices.ContainsFunc(r.source.held.Rows, func(h domain.Draft) bool { return c.schema.RecordKey(h) == key })
		sku = r.source.skus[key]
		return sku, sku != "" && !held && r.source.holder == string(connectors.HolderCustomer)
	}
	for _, r := range rs {
		for _, row := range r.draft.Lines {
			if sku, is := fresh(r, row); is {
				skus = append(skus, sku)
			}
		}
	}
	held, numbers, err := c.heldArticles(ctx, skus)
	if err != nil {
		return err
	}
	for _, r := range rs {
		r.draft.Lines = slices.DeleteFunc(r.draft.Lines, func(row domain.Draft) bool {
			sku, is := fresh(r, row)
			_, known := held[numbers[sku]]
			if is && !known {
				r.tells(CodeArticleAbsent, sku)
			}
			return is && !known
		})
	}
	return nil
}

// oursOf are the keys of rows at the till that the books had: those that they have,
// and those that they had and that stand there still.
func (c *priceCarrier) oursOf(r *priceRow) []string {
	var ours []string
	for _, row := range r.source.held.Rows {
		if key := c.schema.RecordKey(row); slices.Contains(r.source.known.Ours, key) {
			ours = append(ours, key)
		}
	}
	for _, row := range r.draft.Lines {
		ours = append(ours, c.schema.RecordKey(row))
	}
	slices.Sort(ours)
	return slices.Compact(ours)
}

func (c *priceCarrier) rules(l *priceList) reconcile.PriceListRules {
	return reconcile.PriceListRules{
		Ours: func(key string) bool { return slices.Contains(l.known.Ours, key) }, Leave: func(key string) bool { return l.leave[key] },
		Create: c.set.Create, Update: c.set.Update, Foreign: c.doc.Flows.Prices.ForeignRows,
	}
}

// decide lays what is wanted over what the till holds.
func (c *priceCarrier) decide(r *priceRow) {
	l := r.source
	l.change = reconcile.ChangePriceList(l.held.Rows, r.draft.Lines, c.schema, c.rules(l))
	switch {
	case l.change.Differs():
		r.step = reconcile.CatalogUpdate
	case l.change.NotMade > 0:
		r.step = reconcile.CatalogNotMade
	case l.change.NotChanged > 0:
		r.step = reconcile.CatalogNotChanged
	default:
		r.step = reconcile.CatalogLeave
	}
}

// write sends each list whole, and reads it back: nobody outside knows whether the till
// takes such lists, and whether a list takes the place of the one before.
func (c *priceCarrier) write(ctx context.Context, w *writing[*priceList], rs []*priceRow) error {
	return w.oneByOne(ctx, rs, func(ctx context.Context, r *priceRow) error {
		l := r.source
		if err := c.till.WritePrices(ctx, l.held, l.change.Rows); err != nil {
			return err
		}
		stands, err := c.till.HeldPrices(ctx, l.held.Of, []string{l.held.Number})
		if err != nil {
			return err
		}
		return c.taken(r, stands)
	})
}

// taken says what the till made of a list.
func (c *priceCarrier) taken(r *priceRow, stands []connectors.HeldPrices) error {
	if len(stands) != 1 {
		return fault.New(fault.NotFound, CodePricesIgnored, "read prices back").About(r.key)
	}
	l := r.source
	rest := reconcile.ChangePriceList(stands[0].Rows, r.draft.Lines, c.schema, c.rules(l))
	switch {
	case !rest.Differs():
		return nil
	case rest.Made+rest.Changed == 0:
		return fault.New(fault.Rejected, CodePricesMerged, "read prices back").About(r.key)
	default:
		return fault.New(fault.Rejected, CodePricesIgnored, "read prices back").About(r.key)
	}
}
