package activities

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
)

// Codes of why a list is left out or waits; domain.ReasonFor explains each.
const (
	CodeCustomerAbsent = "customer_not_at_till"
	CodeArticleAbsent  = "article_not_at_till"
	CodePriceConflict  = "price_conflict"
	CodePriceYields    = "price_yields"
	CodePriceLeft      = "price_filtered"
)

// draft makes of the rows beside each list what the till is to hold today.
func (c *priceCarrier) draft(ctx context.Context, rs []*priceRow) error {
	for _, holder := range []string{holderRow, string(connectors.HolderCustomer), string(connectors.HolderArticle)} {
		mine := those(rs, func(r *priceRow) bool { return r.source.holder == holder && r.leftOut == "" })
		rows, err := c.pricesOfLists(ctx, holder, mine)
		if err != nil {
			return err
		}
		if holder == holderRow {
			for _, r := range mine {
				tellRow(r, rows[r.source.subject])
			}
			continue
		}
		if err := c.draftLists(ctx, mine, rows); err != nil {
			return err
		}
	}
	return nil
}

// tellRow tells of a row of the books that is of no list.
func tellRow(r *priceRow, rows []store.PriceRow) {
	switch {
	case len(rows) == 0:
		r.leftOut = CodePriceRowMended
	case rows[0].Fault == "":
		r.leftOut = CodePriceOfNothing
	default:
		r.parks(fault.New(fault.Invalid, rows[0].Fault, "read a price").About(rows[0].RowID).WithDetail(rows[0].Words))
	}
}

func (c *priceCarrier) draftLists(ctx context.Context, rs []*priceRow, rows map[string][]store.PriceRow) error {
	customers, err := c.customersAtTill(ctx, rs)
	if err != nil {
		return err
	}
	numbered, err := c.articlesOf(ctx, rows)
	if err != nil {
		return err
	}
	for _, r := range rs {
		customer := ""
		if r.source.holder == string(connectors.HolderCustomer) {
			if customer = customers[r.source.subject]; customer == "" {
				r.leftOut = CodeCustomerAbsent
				continue
			}
			r.target = customer
		}
		if err := c.mapRows(r, customer, rows[r.source.subject], numbered); err != nil {
			return err
		}
	}
	rs = those(rs, func(r *priceRow) bool { return r.fault == nil && r.leftOut == "" })
	base, err := c.bases(ctx, rs)
	if err != nil {
		return err
	}
	for _, r := range rs {
		if err := c.judge(ctx, r, base); err != nil {
			return err
		}
	}
	return nil
}

// mapRows maps the rows of one list. One that cannot be mapped parks the list: without
// that row the list would say something else.
func (c *priceCarrier) mapRows(r *priceRow, customer string, rows []store.PriceRow, numbered articles) error {
	l := r.source
	l.leave, l.skus = map[string]bool{}, map[string]string{}
	for _, row := range rows {
		var p domain.Price
		if err := json.Unmarshal(row.Price, &p); err != nil {
			return fmt.Errorf("read a price back: %w", err)
		}
		draft, passes, err := c.mapPrice(p, row.Sku, customer, numbered)
		switch {
		case err != nil && passes:
			if f, known := fault.As(err); known {
				r.parks(f)
				return nil
			}
			r.mapped(true, err)
			if r.fault != nil {
				r.fault = r.fault.About(row.RowID + " " + r.fault.Key)
			}
			return nil
		case err != nil:
			continue
		}
		key := c.schema.RecordKey(draft)
		if l.skus[key] = row.Sku; !passes {
			l.leave[key] = true
			r.tells(CodePriceLeft, row.RowID)
			continue
		}
		l.rows = append(l.rows, reconcile.PriceRow{ID: row.RowID, Price: p, SKU: row.Sku, Draft: draft})
	}
	return nil
}

// mapPrice maps one price for one article; passes says that the document lets it go to
// the till, or could not tell.
func (c *priceCarrier) mapPrice(p domain.Price, sku, customer string, numbered articles) (draft domain.Draft, passes bool, err error) {
	if passes, err = c.doc.Mapper.PricePasses(p, c.day); err != nil {
		return draft, true, err
	}
	if sku != "" {
		p.SKU = sku
	}
	if why := numbered.refused[p.SKU]; why != nil {
		return draft, passes, why
	}
	p.Number = numbered.numbers[p.SKU]
	draft, err = c.doc.Mapper.Price(p, customer, c.day, c.schema)
	return draft, passes, err
}

// bases reads the usual prices of articles that several rows speak of, where the
// document wants to know which of them is the lowest.
func (c *priceCarrier) bases(ctx context.Context, rs []*priceRow) (func(sku string) (reconcile.BasePrice, bool), error) {
	var skus []string
	if c.doc.Flows.Prices.Conflict == domain.ConflictLowest {
		for _, r := range rs {
			skus = append(skus, reconcile.Contested(r.source.rows, c.day, c.schema)...)
		}
	}
	held, numbers, err := c.heldArticles(ctx, skus)
	return func(sku string) (reconcile.BasePrice, bool) {
		h, known := held[numbers[sku]]
		return reconcile.BasePrice{Incl: h.Base.Incl, Excl: h.Base.Excl}, known
	}, err
}

// heldArticles reads what the till holds of articles of the books, by number.
func (c *priceCarrier) heldArticles(ctx context.Context, skus []string) (held map[string]connectors.HeldPrices, numbers map[string]string, err error) {
	held = map[string]connectors.HeldPrices{}
	if len(skus) == 0 {
		return held, nil, nil
	}
	if numbers, err = c.articlesAtTill(ctx, skus); err != nil {
		return nil, nil, err
	}
	var asked []string
	for _, number := range numbers {
		asked = append(asked, number)
	}
	slices.Sort(asked)
	asked = slices.Compact(asked)
	if len(asked) == 0 {
		return held, numbers, nil
	}
	var found []connectors.HeldPrices
	err = patiently(ctx, func() error {
		found, err = c.till.HeldPrices(ctx, connectors.HolderArticle, asked)
		return err
	})
	for _, h := range found {
		held[h.Number] = h
	}
	beat(ctx, "looked at articles of the till")
	return held, numbers, err
}

// judge says what of a list is to stand at the till today. Rows that refer to a price
// group or a promotion that the till does not have wait for it.
func (c *priceCarrier) judge(ctx context.Context, r *priceRow, base func(string) (reconcile.BasePrice, bool)) error {
	l := r.source
	l.judged = reconcile.JudgePrices(l.rows, c.day, c.doc.Flows.Prices.Conflict, c.schema, base)
	r.draft = domain.Draft{Entity: domain.EntityPrice, Key: r.key}
	for _, j := range l.judged {
		switch j.State {
		case reconcile.PriceConflicts:
			r.parks(fault.New(fault.Invalid, CodePriceConflict, "decide between prices").About(j.ID + " " + j.To))
			return nil
		case reconcile.PriceYields:
			r.tells(CodePriceYields, j.ID+" "+j.To)
		case reconcile.PriceStands:
			missing, err := c.missingLevel(ctx, j)
			if err != nil {
				return err
			}
			if missing != "" {
				l.waiting = append(l.waiting, missing)
				continue
			}
			r.draft.Lines = append(r.draft.Lines, j.Draft)
		}
	}
	return c.noteWaiting(ctx, l)
}
