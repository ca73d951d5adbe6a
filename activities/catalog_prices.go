package activities

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

// CarryPrices takes a page of prices from the books to the till: first rows of the
// books, each put beside the list that it belongs in, then those lists.
func (c *Catalog) CarryPrices(ctx context.Context, in CarryInput) (CarryResult, error) {
	return carry(ctx, c.Desk, domain.FlowPrices, domain.EntityPrice, in, openPrices)
}

type priceRow = record[*priceList]

// priceList is a list of prices of the till: of one customer, or of one article in
// price groups and promotions. It is what is written, since the till takes whole lists.
type priceList struct {
	holder, subject string
	known           store.PriceList
	rows            []reconcile.PriceRow    // of the books, those that the document lets through
	judged          []reconcile.JudgedPrice // what becomes of them
	leave           map[string]bool         // keys of rows that stay as they are
	waiting         []string                // what rows wait for at the till
	skus            map[string]string       // article by the key of a row, as far as rows name one
	held            connectors.HeldPrices
	change          reconcile.PriceListChange
}

// Holders of lists, beside those of connectors.PriceHolder.
const (
	holderRow  = "row"  // a row of the books of which nobody can say whose it is
	holderTill = "till" // what people must make at the till
)

func (l *priceList) key() string { return l.holder + "/" + l.subject }

// priceCarrier knows prices. Rows of the books are kept beside their lists
// (table price_row), so that a list can be made whole when one of its rows changes,
// begins or ends, and memory holds no more than a page.
type priceCarrier struct {
	*carriage
	books  connectors.PriceSource
	till   connectors.PriceSink
	schema domain.Schema
	day    domain.Date                        // on which the lists are to hold: that of the run
	levels map[string][]connectors.PriceLevel // of the till, once asked
	spread spreading
}

func openPrices(ctx context.Context, p *carriage) (carrier[*priceList], error) {
	return openPriceCarrier(ctx, p, p.doc.Version)
}

// openPriceCarrier opens the systems under a version of the document.
func openPriceCarrier(ctx context.Context, p *carriage, version int) (*priceCarrier, error) {
	c := &priceCarrier{carriage: p, day: p.today}
	if p.Place.Crawl > 0 {
		c.day = domain.DateIn(time.UnixMilli(p.Place.Crawl), domain.Amsterdam())
	}
	var err error
	if c.books, err = p.Catalogue.PriceSource(ctx, p.Integration, version); err != nil {
		return nil, err
	}
	if c.till, err = p.Catalogue.PriceSink(ctx, p.Integration, version); err != nil {
		return nil, err
	}
	c.schema, err = c.till.PriceSchema(ctx)
	return c, err
}

// Parts of a run, as the place of a page names them.
const (
	priceRowsPart  = "rows:"  // rows of the books are read
	priceListsPart = "lists:" // lists of the till are made to hold
	priceEndPart   = "end:"   // what people must make at the till is told
)

// read reads rows of the books until there are no more, and then gives the lists
// that need a look.
func (c *priceCarrier) read(ctx context.Context, part connectors.Part) (connectors.Page[*priceRow], error) {
	switch at := part.After; {
	case strings.HasPrefix(at, priceListsPart):
		return c.lists(ctx, strings.TrimPrefix(at, priceListsPart), part.Limit)
	case at == priceEndPart:
		return c.ending(ctx)
	default:
		part.After = strings.TrimPrefix(at, priceRowsPart)
		return c.rows(ctx, part)
	}
}

// rows reads a page of rows of the books. The last one has the first lists with it.
func (c *priceCarrier) rows(ctx context.Context, part connectors.Part) (page connectors.Page[*priceRow], err error) {
	found, err := c.books.Prices(ctx, part)
	if err != nil {
		return page, err
	}
	if err := c.stage(ctx, found.Records); err != nil {
		return page, err
	}
	if found.Next != "" {
		return connectors.Page[*priceRow]{Next: priceRowsPart + found.Next, Newest: found.Newest}, nil
	}
	if c.Place.Mode == ModeFull && !c.DryRun {
		if err := c.forgetGone(ctx); err != nil {
			return page, err
		}
	}
	if err := c.wake(ctx); err != nil {
		return page, err
	}
	page, err = c.lists(ctx, "", part.Limit)
	page.Newest = found.Newest
	return page, err
}

// lists gives a page of lists: all of them, or those that need a look. Those of the
// pages before hold what they are to hold by now.
func (c *priceCarrier) lists(ctx context.Context, after string, limit int) (page connectors.Page[*priceRow], err error) {
	if err := c.carried(ctx, after); err != nil {
		return page, err
	}
	var found []store.PriceList
	if c.Place.Mode == ModeFull {
		found, err = db.Q.PriceListsAll(ctx, c.DB, store.PriceListsAllParams{Integration: c.Integration, After: after, Most: int32(limit)})
	} else {
		found, err = db.Q.PriceListsToCarry(ctx, c.DB, store.PriceListsToCarryParams{
			Integration: c.Integration, After: after, CustomerEntity: string(domain.EntityRelation), Day: c.day.String(), Most: int32(limit),
		})
	}
	if err != nil {
		return page, fmt.Errorf("list what lists of prices need a look: %w", err)
	}
	page.Records = priceRows(found)
	switch {
	case len(found) == limit:
		page.Next = priceListsPart + page.Records[limit-1].key
	case len(found) > 0 || after != "":
		page.Next = priceEndPart
	}
	return page, nil
}

// carried notes that lists up to one hold what they are to hold on the day of the run.
func (c *priceCarrier) carried(ctx context.Context, through string) error {
	if through == "" || c.DryRun {
		return nil
	}
	err := db.Q.PriceListsCarried(ctx, c.DB, store.PriceListsCarriedParams{
		Day: c.day.String(), Until: c.Place.Crawl, Integration: c.Integration, Through: through,
	})
	if err != nil {
		return fmt.Errorf("note what lists of prices hold: %w", err)
	}
	return nil
}

func priceRows(found []store.PriceList) []*priceRow {
	rs := make([]*priceRow, len(found))
	for i, row := range found {
		l := &priceList{holder: row.Holder, subject: row.Subject, known: row}
		rs[i] = &priceRow{key: l.key(), source: l}
	}
	return rs
}

// pricesOfLists reads the rows that stand beside lists.
func (c *priceCarrier) pricesOfLists(ctx context.Context, holder string, rs []*priceRow) (map[string][]store.PriceRow, error) {
	var subjects []string
	for _, r := range rs {
		if r.source.holder == holder {
			subjects = append(subjects, r.source.subject)
		}
	}
	byList := map[string][]store.PriceRow{}
	if len(subjects) == 0 {
		return byList, nil
	}
	rows, err := db.Q.PriceRowsOfLists(ctx, c.DB, store.PriceRowsOfListsParams{Integration: c.Integration, Holder: holder, Subjects: subjects})
	if err != nil {
		return nil, fmt.Errorf("read the rows of lists of prices: %w", err)
	}
	for _, row := range rows {
		byList[row.Subject] = append(byList[row.Subject], row)
	}
	return byList, nil
}

// leavePrices takes no list away: a list whose last row is gone is carried like any
// other, without that row.
func leavePrices(context.Context, *carriage) (leaver, error) { return priceLeaver{}, nil }

type priceLeaver struct{}

func (priceLeaver) leave(context.Context, store.Catalog) (bool, error) { return false, nil }
