package activities

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

// movesAtOnce is how many movements of stock are read in one call.
const movesAtOnce = 1000

// soldStock knows what the till sold and the books have not booked yet.
type soldStock struct {
	*stockCarrier
	marker int64                                         // how far this page knows the movements of the till
	pieces map[string]map[string]decimal.Decimal         // that count, by article and branch
	left   map[domain.OrderID]map[string]decimal.Decimal // what went out of the shop on documents, by article
}

// openSold reads what the till sold since the last run, and what of all that counts.
// Further pages of a run go by what the first one read.
func openSold(ctx context.Context, c *stockCarrier) (*soldStock, error) {
	s := &soldStock{stockCarrier: c}
	var err error
	if s.marker, err = c.marker(ctx, s.movesCursor()); err != nil {
		return nil, err
	}
	if c.Place.Pages == 0 && !c.DryRun {
		if _, err := s.pull(ctx); err != nil {
			return nil, err
		}
	}
	return s, s.count(ctx)
}

func (s *soldStock) movesCursor() string { return s.flow + "/moves" }

// pull reads the sales since the last time, notes them, and lets the next run look at
// their articles; it gives those articles. The very first time it looks back as far as
// the document says. Where no sale counts, nobody asks.
func (s *soldStock) pull(ctx context.Context) (map[string]bool, error) {
	if s.doc.Flows.Stock.TillSales == domain.TillSalesNone {
		return nil, nil
	}
	part := connectors.MovesPart{After: s.marker, Limit: movesAtOnce}
	head := int64(0)
	if s.marker == 0 {
		part.From = s.readAt.Add(-s.doc.Flows.Stock.LookBack.Std())
		err := patiently(ctx, func() (err error) {
			head, err = s.till.StockHead(ctx)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	moved := map[string]bool{}
	for more := true; more; {
		var page connectors.StockMoves
		err := patiently(ctx, func() (err error) {
			page, err = s.till.StockMoves(ctx, part)
			return err
		})
		if err != nil {
			return nil, err
		}
		part.After, more = page.Newest, page.More
		if !more {
			page.Newest = max(page.Newest, head)
		}
		if err := s.put(ctx, page); err != nil {
			return nil, err
		}
		for _, m := range page.Moves {
			moved[m.Article] = true
		}
		s.marker = page.Newest
	}
	return moved, nil
}

// more reads the sales since the books were read. They come off what the books said,
// unless those had the order before.
func (s *soldStock) more(ctx context.Context) (map[string]bool, error) {
	before := s.marker
	moved, err := s.pull(ctx)
	if err != nil || len(moved) == 0 {
		return moved, err
	}
	rows, err := s.open(ctx)
	if err != nil {
		return nil, err
	}
	of := s.doc.Flows.Stock
	for _, row := range rows {
		if row.StockID <= before {
			continue
		}
		id := domain.OrderID(row.Document)
		sale := reconcile.TillSale{Age: s.readAt.Sub(row.At), Travels: s.travels(id), Arrived: true, Open: true}
		if id.Kind() == domain.SourceOrder && !s.orders[row.Document] {
			sale.Booked = bookedAs(row)
		}
		if err := s.add(row, sale.Counts(of.TillSales, of.SalesElsewhere.Std())); err != nil {
			return nil, err
		}
	}
	return moved, nil
}

func (s *soldStock) open(ctx context.Context) ([]store.TillSaleListOpenRow, error) {
	rows, err := db.Q.TillSaleListOpen(ctx, s.DB, store.TillSaleListOpenParams{Integration: s.Integration, Entity: string(domain.EntityOrder)})
	if err != nil {
		return nil, fmt.Errorf("list what the till sold: %w", err)
	}
	return rows, nil
}

// put notes a page of sales, and how far they were read, together.
func (s *soldStock) put(ctx context.Context, page connectors.StockMoves) error {
	if page.Newest == s.marker && len(page.Moves) == 0 {
		return nil
	}
	in := store.TillSalePutParams{Integration: s.Integration}
	var articles []string
	for _, m := range page.Moves {
		if m.At.IsZero() {
			m.At = s.readAt
		}
		in.StockIds, in.Articles, in.Branches = append(in.StockIds, m.ID), append(in.Articles, m.Article), append(in.Branches, m.Branch)
		in.Quantities, in.Documents = append(in.Quantities, m.Sold.String()), append(in.Documents, string(s.document(m.Documents)))
		in.Ats = append(in.Ats, m.At)
		articles = append(articles, m.Article)
	}
	return s.inTx(ctx, func(tx pgx.Tx) error {
		if len(in.StockIds) > 0 {
			if _, err := db.Q.TillSalePut(ctx, tx, in); err != nil {
				return fmt.Errorf("note what the till sold: %w", err)
			}
			if err := s.lookAgainAt(ctx, tx, articles); err != nil {
				return err
			}
		}
		if err := db.Q.CursorSet(ctx, tx, store.CursorSetParams{Integration: s.Integration, Flow: s.movesCursor(), Marker: page.Newest}); err != nil {
			return fmt.Errorf("move the cursor: %w", err)
		}
		return nil
	})
}

// document is the one of a sale's documents that goes to the books, if any does.
func (s *soldStock) document(all []domain.OrderID) domain.OrderID {
	for _, id := range all {
		if s.travels(id) {
			return id
		}
	}
	if len(all) > 0 {
		return all[0]
	}
	return ""
}

func (s *soldStock) travels(id domain.OrderID) bool {
	of := s.doc.Flows.Orders
	return of.Enabled && id != "" && slices.Contains(of.Sources, id.Kind())
}

func (s *soldStock) lookAgainAt(ctx context.Context, tx pgx.Tx, articles []string) error {
	err := db.Q.CatalogLookAgainAt(ctx, tx, store.CatalogLookAgainAtParams{Integration: s.Integration, Entity: string(s.entity), TargetIds: articles})
	if err != nil {
		return fmt.Errorf("note what is to be looked at again: %w", err)
	}
	return nil
}

// count adds up what counts of all that is not settled, and settles what does not:
// the next run looks at those articles again, for the books count them otherwise now.
func (s *soldStock) count(ctx context.Context) error {
	rows, err := s.open(ctx)
	if err != nil {
		return err
	}
	open, err := s.openOrders(ctx, rows)
	if err != nil {
		return err
	}
	s.pieces, s.left = map[string]map[string]decimal.Decimal{}, map[domain.OrderID]map[string]decimal.Decimal{}
	of := s.doc.Flows.Stock
	settled := store.TillSaleSettleParams{Integration: s.Integration}
	for _, row := range rows {
		sale := reconcile.TillSale{
			Age: s.readAt.Sub(row.At), Travels: s.travels(domain.OrderID(row.Document)), Arrived: row.Arrived, Open: row.Open,
			Booked: bookedAs(row), Processed: !open[row.TargetID],
		}
		if err := s.add(row, sale.Counts(of.TillSales, of.SalesElsewhere.Std())); err != nil {
			return err
		}
		if sale.Settled(of.TillSales, of.SalesElsewhere.Std()) {
			settled.StockIds, settled.Articles, settled.Branches = append(settled.StockIds, row.StockID), append(settled.Articles, row.Article), append(settled.Branches, row.Branch)
		}
	}
	if s.DryRun || len(settled.StockIds) == 0 {
		return nil
	}
	return s.inTx(ctx, func(tx pgx.Tx) error {
		if err := db.Q.TillSaleSettle(ctx, tx, settled); err != nil {
			return fmt.Errorf("settle what the till sold: %w", err)
		}
		return s.lookAgainAt(ctx, tx, settled.Articles)
	})
}

// add notes that goods left the shop on a document, and whether that counts.
func (s *soldStock) add(row store.TillSaleListOpenRow, counts bool) error {
	sold, err := decimal.NewFromString(row.Quantity)
	if err != nil {
		return fmt.Errorf("read what the till sold: %w", err)
	}
	id := domain.OrderID(row.Document)
	if s.left[id] == nil {
		s.left[id] = map[string]decimal.Decimal{}
	}
	s.left[id][row.Article] = s.left[id][row.Article].Add(sold)
	if !counts {
		return nil
	}
	if s.pieces[row.Article] == nil {
		s.pieces[row.Article] = map[string]decimal.Decimal{}
	}
	s.pieces[row.Article][row.Branch] = s.pieces[row.Article][row.Branch].Add(sold)
	return nil
}

// bookedAs is what a sale became in the books; nothing, as long as that is unclear.
func bookedAs(row store.TillSaleListOpenRow) domain.Target {
	switch {
	case row.State != "linked":
		return ""
	case row.Target == "":
		return domain.TargetSalesOrder
	default:
		return domain.Target(row.Target)
	}
}

// openOrders tells which sales orders the books have not delivered yet, where the
// document goes by that.
func (s *soldStock) openOrders(ctx context.Context, rows []store.TillSaleListOpenRow) (map[string]bool, error) {
	open := map[string]bool{}
	if s.doc.Flows.Stock.TillSales != domain.TillSalesNotProcessed {
		return open, nil
	}
	var numbers []string
	for _, row := range rows {
		if bookedAs(row) == domain.TargetSalesOrder && row.TargetID != "" && !slices.Contains(numbers, row.TargetID) {
			numbers = append(numbers, row.TargetID)
		}
	}
	if len(numbers) == 0 {
		return open, nil
	}
	err := patiently(ctx, func() error {
		standing, err := s.books.OpenOrders(ctx, numbers)
		for _, number := range standing {
			open[number] = true
		}
		return err
	})
	return open, err
}
