package activities

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
)

// named gives lists by key: customer/10001, article/100101, or the number or code
// alone. Lists that somebody asks for are read anew from the books; those that a run
// left undecided stand as they were read.
func (c *priceCarrier) named(ctx context.Context, keys []string) ([]*priceRow, error) {
	var rs []*priceRow
	var lists []string
	for _, key := range keys {
		switch holder, subject, named := strings.Cut(key, "/"); {
		case key == goneRows: // a question: only a full run answers it
		case holder == holderTill && named:
			rs = append(rs, &priceRow{key: key, source: &priceList{holder: holderTill, subject: subject}})
		case named:
			lists = append(lists, key)
		default:
			lists = append(lists, string(connectors.HolderCustomer)+"/"+key, string(connectors.HolderArticle)+"/"+key)
		}
	}
	if c.Place.Mode == ModeKeys {
		if err := c.readAnew(ctx, lists); err != nil {
			return nil, err
		}
	}
	levels, err := c.namedLevels(ctx, rs)
	if err != nil {
		return nil, err
	}
	found, err := db.Q.PriceListsGet(ctx, c.DB, store.PriceListsGetParams{Integration: c.Integration, Lists: lists})
	if err != nil {
		return nil, fmt.Errorf("read lists of prices: %w", err)
	}
	return append(levels, priceRows(found)...), nil
}

// namedLevels looks again whether the till has what rows wait for, and gives the first
// of the lists that wait.
func (c *priceCarrier) namedLevels(ctx context.Context, asked []*priceRow) ([]*priceRow, error) {
	if len(asked) == 0 {
		return nil, nil
	}
	entries, err := c.waiting(ctx)
	if err != nil {
		return nil, err
	}
	levels, err := c.priceLevels(ctx)
	if err != nil {
		return nil, err
	}
	var open []store.PriceListsWaitingRow
	var come []string
	for _, e := range entries {
		parts := strings.SplitN(e.Entry, entryMark, 3)
		if len(parts) == 3 && slices.ContainsFunc(levels[parts[0]], func(l connectors.PriceLevel) bool { return l.Number == parts[1] }) {
			come = append(come, e.Entry)
			continue
		}
		open = append(open, e)
	}
	missing := c.missingLevels(open)
	var rs []*priceRow
	for _, r := range asked {
		if i := slices.IndexFunc(missing, func(m *priceRow) bool { return m.key == r.key }); i >= 0 {
			rs = append(rs, missing[i])
		} else {
			rs = append(rs, madeLevel(r.key))
		}
	}
	lists, err := db.Q.PriceListsOfWaiting(ctx, c.DB, store.PriceListsOfWaitingParams{Integration: c.Integration, Entries: append([]string{}, come...), Most: int32(c.set.PageSize)})
	if err != nil {
		return nil, fmt.Errorf("list what waits for a price group: %w", err)
	}
	return append(rs, priceRows(lists)...), nil
}

// readAnew reads the rows of lists from the books. A row of a customer that the books
// have no more is taken away, and so is one of the article itself; those of a group or
// an attribute are for a full run, since they are of other articles too.
func (c *priceCarrier) readAnew(ctx context.Context, lists []string) error {
	var scopes [2]connectors.PriceScope
	for _, key := range lists {
		switch holder, subject, _ := strings.Cut(key, "/"); holder {
		case string(connectors.HolderCustomer):
			scopes[0].Customers = append(scopes[0].Customers, subject)
		case string(connectors.HolderArticle):
			scopes[1].SKUs = append(scopes[1].SKUs, subject)
		}
	}
	for i, scope := range scopes {
		if len(scope.Customers)+len(scope.SKUs) == 0 {
			continue
		}
		found, err := c.books.PricesOf(ctx, scope)
		if err != nil {
			return err
		}
		if err := c.stage(ctx, found); err != nil {
			return err
		}
		holder, subjects := string(connectors.HolderCustomer), scope.Customers
		if i == 1 {
			holder, subjects = string(connectors.HolderArticle), scope.SKUs
		}
		if err := c.dropMissing(ctx, holder, subjects, found); err != nil {
			return err
		}
	}
	return nil
}

func (c *priceCarrier) dropMissing(ctx context.Context, holder string, subjects []string, found []connectors.PriceRecord) error {
	rows, err := db.Q.PriceRowsOfLists(ctx, c.DB, store.PriceRowsOfListsParams{Integration: c.Integration, Holder: holder, Subjects: subjects})
	if err != nil {
		return fmt.Errorf("read the rows of lists of prices: %w", err)
	}
	met := map[string]bool{}
	for _, one := range found {
		met[one.ID] = true
	}
	drop := store.PriceRowsDropParams{Integration: c.Integration}
	for _, row := range rows {
		var p domain.Price
		if err := json.Unmarshal(row.Price, &p); err != nil {
			return fmt.Errorf("read a price back: %w", err)
		}
		if met[row.RowID] || holder == string(connectors.HolderArticle) && p.SKU == "" {
			continue
		}
		drop.RowIds, drop.Holders, drop.Skus = append(drop.RowIds, row.RowID), append(drop.Holders, row.Holder), append(drop.Skus, row.Sku)
	}
	if len(drop.RowIds) == 0 {
		return nil
	}
	if err := db.Q.PriceRowsDrop(ctx, c.DB, drop); err != nil {
		return fmt.Errorf("drop rows of prices: %w", err)
	}
	return nil
}
