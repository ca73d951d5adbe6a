package accountview

import (
	"context"
	"slices"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

var _ connectors.StockSource = (*Books)(nil)

// StockLevels reads a page of stock. These books keep one level of each article.
// Since counts where the settings name a column that moves with the stock; else the
// list is read whole.
func (b *Books) StockLevels(ctx context.Context, part connectors.Part) (connectors.Page[connectors.StockRecord], error) {
	var page connectors.Page[connectors.StockRecord]
	changed := b.settings.Articles.StockChangedField
	known, q, err := b.stockQuery(ctx)
	if err != nil {
		return page, err
	}
	rows, next, err := b.part(ctx, q, part, changed)
	if err != nil {
		return page, err
	}
	if page.Records, err = b.stockFromRows(q, rows, known); err != nil {
		return connectors.Page[connectors.StockRecord]{}, err
	}
	page.Next = next
	for _, r := range rows {
		if moment := b.changedAt(r, changed); moment.After(page.Newest) {
			page.Newest = moment
		}
	}
	return page, nil
}

// StockLevelsOf reads the stock of articles by code.
func (b *Books) StockLevelsOf(ctx context.Context, codes []string) ([]connectors.StockRecord, error) {
	known, q, err := b.stockQuery(ctx)
	if err != nil {
		return nil, err
	}
	wanted, sent := map[string]bool{}, []string{}
	for _, code := range codes {
		if key := articleKey(code); key != "" && !wanted[key] {
			wanted[key] = true
			sent = append(sent, spellings(code)...)
		}
	}
	var found []connectors.StockRecord
	seen := map[string]bool{}
	for _, asked := range b.anyOf(q, fieldArticleCode, sent) {
		rows, err := b.rows(ctx, asked)
		if err != nil {
			return nil, err
		}
		rows = slices.DeleteFunc(rows, func(r row) bool { return !wanted[articleKey(r.text(fieldArticleCode))] })
		records, err := b.stockFromRows(q, unseen(rows, byColumn(fieldArticleCode), seen), known)
		if err != nil {
			return nil, err
		}
		found = append(found, records...)
	}
	return found, nil
}

// stockQuery asks for the columns that stock is about, and no more: unless the
// document looks at others, or the books do not tell which columns they have. A
// quantity that the document counts with and that is not there must not pass for
// none.
func (b *Books) stockQuery(ctx context.Context) (columns, Query, error) {
	a := b.settings.Articles
	q := Query{Object: objectArticle, Table: tableArticle, Key: b.settings.pageKey(tableArticle)}
	known, err := b.dictionary.of(ctx, tableArticle)
	if err != nil || !known.live {
		return known, q, err
	}
	has := func(name string) bool {
		return slices.ContainsFunc(known.list, func(c column) bool { return c.Name == name })
	}
	for _, name := range a.StockColumns {
		if !has(name) {
			return known, q, fault.New(fault.Misconfigured, codeColumnMissing, system+" "+q.op()+": "+name)
		}
	}
	if a.WholeStock {
		return known, q, nil
	}
	for _, name := range []string{
		q.Key, fieldArticleCode, a.StockedField, a.StockChangedField, a.PhysicalField, a.AvailableField, a.ReservedField, a.OnOrderField, a.FreeField,
	} {
		if has(name) && !slices.Contains(q.Fields, name) {
			q.Fields = append(q.Fields, name)
		}
	}
	return known, q, nil
}

// stockFromRows reads articles as levels. One that cannot be read has a fault.
func (b *Books) stockFromRows(q Query, rows []row, known columns) ([]connectors.StockRecord, error) {
	a := b.settings.Articles
	for _, name := range append([]string{fieldArticleCode}, a.StockColumns...) {
		if slices.ContainsFunc(rows, func(r row) bool { return !r.has(name) }) {
			return nil, fault.New(fault.Misconfigured, codeColumnMissing, system+" "+q.op()+": "+name)
		}
	}
	records := make([]connectors.StockRecord, 0, len(rows))
	for _, r := range rows {
		record := connectors.StockRecord{SKU: r.text(fieldArticleCode), Managed: a.StockedField == "" || r.flag(a.StockedField)}
		level, err := b.settings.stockFromArticle(r, known, b.zone)
		if err != nil {
			record.Fault = fault.New(fault.Invalid, codeArticleUnreadable, system+" "+q.op()).About(record.SKU).WithDetail(err.Error()).Because(err)
		} else {
			record.Levels = []domain.StockLevel{level}
		}
		records = append(records, record)
	}
	return records, nil
}
