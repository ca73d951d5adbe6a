package accountview

import (
	"context"
	"errors"
	"slices"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

var (
	_ connectors.ProductSource  = (*Books)(nil)
	_ connectors.CategorySource = (*Books)(nil)
)

// Products reads a page of products. Nothing of other pages is kept: whether a
// product of several articles stands on this page is asked of the books.
func (b *Books) Products(ctx context.Context, part connectors.Part) (connectors.Page[connectors.ProductRecord], error) {
	var page connectors.Page[connectors.ProductRecord]
	known, err := b.dictionary.of(ctx, tableArticle)
	if err != nil {
		return page, err
	}
	q := Query{Object: objectArticle, Table: tableArticle, Fields: b.settings.articleFields(known)}
	rows, next, err := b.part(ctx, q, part, b.settings.Articles.ChangedField)
	if err != nil {
		return page, err
	}
	if err := b.articlesShow(q, rows); err != nil {
		return page, err
	}
	page.Next = next
	for _, r := range rows {
		if at := b.changedAt(r, b.settings.Articles.ChangedField); at.After(page.Newest) {
			page.Newest = at
		}
	}
	if rows, err = b.withFamilies(ctx, q, rows, part); err != nil {
		return page, err
	}
	page.Records = b.productRecords(rows, known)
	return page, nil
}

// ProductCodes reads a page of article codes, in pages as great as the books give:
// a row is one column.
func (b *Books) ProductCodes(ctx context.Context, part connectors.Part) (connectors.Page[string], error) {
	key := b.settings.pageKey(tableArticle)
	q := Query{
		Object: objectArticle, Table: tableArticle, PageSize: b.settings.MaxPageSize,
		Fields: distinct(key, fieldArticleCode),
	}
	rows, next, err := b.part(ctx, q, part, b.settings.Articles.ChangedField)
	page := connectors.Page[string]{Next: next}
	for _, r := range rows {
		page.Records = append(page.Records, r.text(fieldArticleCode))
	}
	return page, err
}

// articlesShow reports rows without a column that a product cannot be without: that
// is a wrong setting, not a product without a name or price.
func (b *Books) articlesShow(q Query, rows []row, more ...string) error {
	must := append(more, fieldArticleCode, b.settings.Articles.NameField, b.settings.Articles.PriceField)
	for _, name := range must {
		if slices.ContainsFunc(rows, func(r row) bool { return !r.has(name) }) {
			return fault.New(fault.Misconfigured, codeColumnMissing, system+" "+q.op()+": "+name)
		}
	}
	return nil
}

// productRecords makes products of articles.
func (b *Books) productRecords(rows []row, known columns) []connectors.ProductRecord {
	return b.settings.productsFromArticles(rows, func(r row) (domain.Product, []domain.StockLevel, error) {
		p, productErr := b.settings.productFromArticle(r, known, b.zone)
		level, stockErr := b.settings.stockFromArticle(r, known, b.zone)
		return p, []domain.StockLevel{level}, errors.Join(productErr, stockErr)
	})
}

// articleFields are the columns to read of an article: all of them, since which
// exist differs by installation. A column with pictures would make a page of
// articles hundreds of times as long, so where the settings name one, and the books
// tell which columns they have, all others are asked for.
func (s Settings) articleFields(known columns) []string {
	if s.Articles.ImageDataField == "" || !known.live {
		return nil
	}
	var names []string
	for _, c := range known.list {
		if c.Name != s.Articles.ImageDataField {
			names = append(names, c.Name)
		}
	}
	return names
}
