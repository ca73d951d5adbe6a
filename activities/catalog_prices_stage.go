package activities

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// Codes of why a row of prices cannot be used; domain.ReasonFor explains each.
const (
	CodePriceTooWide    = "price_too_wide"
	CodePriceOfAnything = "price_of_everything"
	CodePriceOfNothing  = "price_of_no_article"
	CodePriceRowMended  = "price_row_mended"
)

// staged is what is kept of a page of rows.
type staged struct {
	store.PriceRowsPutParams
	drop store.PriceRowsDropParams
	due  store.PriceListsDueParams
	seen []string
}

// stage puts rows of the books beside the lists that they belong in, and notes which
// lists need a look. A row that cannot be used is told by itself; what it said before
// holds on, since its lists would lose it otherwise.
func (c *priceCarrier) stage(ctx context.Context, found []connectors.PriceRecord) error {
	if len(found) == 0 {
		return nil
	}
	s := &staged{}
	ids := make([]string, len(found))
	for i, one := range found {
		ids[i] = one.ID
	}
	before, err := db.Q.PriceRowsByID(ctx, c.DB, store.PriceRowsByIDParams{Integration: c.Integration, RowIds: ids})
	if err != nil {
		return fmt.Errorf("read rows of prices: %w", err)
	}
	byID := map[string][]store.PriceRow{}
	for _, row := range before {
		byID[row.RowID] = append(byID[row.RowID], row)
	}
	for _, one := range found {
		rows, usable, err := c.placed(ctx, one)
		if err != nil {
			return err
		}
		s.put(byID[one.ID], rows, usable)
		s.seen = append(s.seen, one.ID)
	}
	beat(ctx, "read rows of prices")
	return c.keep(ctx, s)
}

// put lays the rows that one row of the books stands for over those that it stood for
// before.
func (s *staged) put(before, now []store.PriceRow, usable bool) {
	same := func(a, b store.PriceRow) bool { return a.Holder == b.Holder && a.Sku == b.Sku }
	for _, row := range now {
		i := slices.IndexFunc(before, func(old store.PriceRow) bool { return same(old, row) })
		if i >= 0 && equalPriceRows(before[i], row) {
			continue
		}
		if i >= 0 && before[i].Subject != row.Subject {
			s.isDue(before[i])
		}
		s.isDue(row)
		s.RowIds, s.Skus, s.Holders, s.Subjects = append(s.RowIds, row.RowID), append(s.Skus, row.Sku), append(s.Holders, row.Holder), append(s.Subjects, row.Subject)
		s.Prices, s.Faults, s.Words = append(s.Prices, row.Price), append(s.Faults, row.Fault), append(s.Words, row.Words)
		s.ValidFroms, s.ValidUntils = append(s.ValidFroms, row.ValidFrom), append(s.ValidUntils, row.ValidUntil)
	}
	for _, old := range before {
		gone := !slices.ContainsFunc(now, func(row store.PriceRow) bool { return same(old, row) })
		if gone && (usable || old.Holder == holderRow) {
			s.drop.RowIds, s.drop.Holders, s.drop.Skus = append(s.drop.RowIds, old.RowID), append(s.drop.Holders, old.Holder), append(s.drop.Skus, old.Sku)
			s.isDue(old)
		}
	}
}

func (s *staged) isDue(row store.PriceRow) {
	s.due.Holders, s.due.Subjects = append(s.due.Holders, row.Holder), append(s.due.Subjects, row.Subject)
}

func equalPriceRows(a, b store.PriceRow) bool {
	return a.Subject == b.Subject && a.Fault == b.Fault && a.Words == b.Words && a.ValidFrom == b.ValidFrom && a.ValidUntil == b.ValidUntil &&
		samePrice(a.Price, b.Price)
}

// samePrice compares what two rows say: the database writes JSON in its own way.
func samePrice(a, b []byte) bool {
	var x, y domain.Price
	if json.Unmarshal(a, &x) != nil || json.Unmarshal(b, &y) != nil {
		return false
	}
	xs, errX := json.Marshal(x)
	ys, errY := json.Marshal(y)
	return errX == nil && errY == nil && string(xs) == string(ys)
}

func (c *priceCarrier) keep(ctx context.Context, s *staged) error {
	s.PriceRowsPutParams.Integration, s.drop.Integration, s.due.Integration = c.Integration, c.Integration, c.Integration
	s.Crawl, s.due.DueAt = c.Place.Crawl, c.dueAt()
	s.due.Holders, s.due.Subjects = distinctLists(s.due.Holders, s.due.Subjects)
	return c.inTx(ctx, func(tx pgx.Tx) error {
		for _, step := range []struct {
			wanted bool
			do     func() error
		}{
			{len(s.drop.RowIds) > 0, func() error { return db.Q.PriceRowsDrop(ctx, tx, s.drop) }},
			{len(s.RowIds) > 0, func() error { return db.Q.PriceRowsPut(ctx, tx, s.PriceRowsPutParams) }},
			{len(s.due.Holders) > 0, func() error { return db.Q.PriceListsDue(ctx, tx, s.due) }},
			{c.Place.Mode == ModeFull, func() error {
				return db.Q.PriceRowsSeen(ctx, tx, store.PriceRowsSeenParams{Crawl: c.Place.Crawl, Integration: c.Integration, RowIds: s.seen})
			}},
		} {
			if !step.wanted {
				continue
			}
			if err := step.do(); err != nil {
				return fmt.Errorf("keep rows of prices: %w", err)
			}
		}
		return nil
	})
}

// distinctLists drops lists that are named twice: one statement cannot put a row twice.
func distinctLists(holders, subjects []string) (h, s []string) {
	met := map[string]bool{}
	for i := range holders {
		if key := holders[i] + "/" + subjects[i]; !met[key] {
			met[key] = true
			h, s = append(h, holders[i]), append(s, subjects[i])
		}
	}
	return h, s
}

// placed says beside which lists a row of the books stands, and whether it can be used.
func (c *priceCarrier) placed(ctx context.Context, one connectors.PriceRecord) (rows []store.PriceRow, usable bool, err error) {
	text, err := json.Marshal(one.Price)
	if err != nil {
		return nil, false, fmt.Errorf("write a price down: %w", err)
	}
	row := store.PriceRow{
		RowID: one.ID, Price: text, ValidFrom: one.Price.ValidFrom.String(), ValidUntil: one.Price.ValidUntil.String(),
	}
	told := func(code, words string) []store.PriceRow {
		row.Holder, row.Subject, row.Fault, row.Words = holderRow, one.ID, code, words
		return []store.PriceRow{row}
	}
	if f, ok := fault.As(one.Fault); ok {
		return told(f.Code, f.Detail()), false, nil
	}
	p := one.Price
	row.Holder, row.Subject = string(connectors.HolderCustomer), p.Customer
	switch {
	case p.Everything() && p.Customer == "":
		return told(CodePriceOfAnything, ""), false, nil
	case p.SKU != "":
		row.Sku = p.SKU
		if p.Customer == "" {
			row.Holder, row.Subject = string(connectors.HolderArticle), p.SKU
		}
		return []store.PriceRow{row}, true, nil
	case p.Customer != "" && (p.Everything() || c.hasDiscountGroup(p)):
		return []store.PriceRow{row}, true, nil
	}
	codes, err := c.spread.articles(ctx, c.books, p, c.doc.Flows.Prices.MostArticles)
	if f, known := fault.As(err); known && f.Kind == fault.Invalid {
		return told(f.Code, ""), false, nil
	}
	if err != nil {
		return nil, false, err
	}
	if len(codes) == 0 {
		return told("", ""), true, nil
	}
	for _, code := range codes {
		each := row
		each.Sku = code
		if p.Customer == "" {
			each.Holder, each.Subject = string(connectors.HolderArticle), code
		}
		rows = append(rows, each)
	}
	return rows, true, nil
}

// hasDiscountGroup reports whether the till has a discount group for what a price is of.
func (c *priceCarrier) hasDiscountGroup(p domain.Price) bool {
	key := p.ArticleGroup
	if key == "" {
		key = p.Attribute.String()
	}
	return slices.ContainsFunc(c.doc.Lookups[domain.LookupArticleDiscountGroup].Rows, func(row domain.LookupRow) bool {
		return len(row.Key) == 1 && (row.Key[0] == key || row.Key[0] == domain.AnyKey) && row.Value != "" && row.Holds(c.day)
	})
}

// spreading remembers which articles groups and attributes have, for one page.
type spreading struct {
	known map[connectors.ArticleSet][]string
	total int
}

// mostRemembered bounds what is remembered of one page.
const mostRemembered = 50_000

// articles lists the articles that a price goes to; more than the document allows are
// a fault of kind Invalid.
func (s *spreading) articles(ctx context.Context, books connectors.PriceSource, p domain.Price, most int) ([]string, error) {
	set := connectors.ArticleSet{Group: p.ArticleGroup, Attribute: p.Attribute}
	if codes, ok := s.known[set]; ok {
		return codes, nil
	}
	var codes []string
	for part := (connectors.Part{Limit: min(most+1, 1000)}); ; {
		page, err := books.ArticlesWith(ctx, set, part)
		if err != nil {
			return nil, err
		}
		for _, code := range page.Records {
			if !slices.Contains(codes[max(0, len(codes)-1):], code) {
				codes = append(codes, code)
			}
		}
		if len(codes) > most {
			return nil, fault.New(fault.Invalid, CodePriceTooWide, "spread a price")
		}
		beat(ctx, "read the articles of a price")
		if part.After = page.Next; page.Next == "" {
			break
		}
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	if s.total += len(codes); s.known == nil || s.total > mostRemembered {
		s.known, s.total = map[connectors.ArticleSet][]string{}, len(codes)
	}
	s.known[set] = codes
	return codes, nil
}

// dueAt is when lists were seen to need a look: when the run began, so that its end
// takes back its own marks and not those of another.
func (c *priceCarrier) dueAt() int64 {
	if c.Place.Crawl > 0 {
		return c.Place.Crawl
	}
	return max(c.readAt.UnixMilli(), 1)
}
