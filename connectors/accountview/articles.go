package accountview

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// ProductsByCode reads articles by their codes, and gives those that belong
// together as one product with variants where the settings name the column that
// says so.
func (b *Books) ProductsByCode(ctx context.Context, codes []string) ([]connectors.ProductRecord, error) {
	known, err := b.dictionary.of(ctx, tableArticle)
	if err != nil {
		return nil, err
	}
	q := Query{Object: objectArticle, Table: tableArticle, Fields: b.settings.articleFields(known)}
	rows, err := b.articlesWhere(ctx, q, fieldArticleCode, codes)
	if err != nil {
		return nil, err
	}
	var families []string
	if field := b.settings.Articles.VariantOfField; field != "" {
		families = append(families, codes...)
		for _, r := range rows {
			if parent := r.text(field); parent != "" {
				families = append(families, parent)
			}
		}
		for _, by := range []string{field, fieldArticleCode} { // the sisters, then the product they are variants of
			more, err := b.articlesWhere(ctx, q, by, families)
			if err != nil {
				return nil, err
			}
			rows = append(rows, more...)
		}
		rows = unseen(rows, byColumn(fieldArticleCode), map[string]bool{})
	}
	return b.productRecords(rows, known), nil
}

// Categories reads all article groups.
func (b *Books) Categories(ctx context.Context) ([]domain.Category, error) {
	rows, err := b.rows(ctx, Query{Object: objectArticleGroup, Table: tableArticleGroup})
	if err != nil {
		return nil, err
	}
	var all []domain.Category
	for _, r := range rows {
		all = append(all, b.settings.categoryFromGroup(r))
	}
	return all, nil
}

// articlesWhere reads the articles of which a column holds one of the values.
func (b *Books) articlesWhere(ctx context.Context, q Query, field string, values []string) ([]row, error) {
	wanted, sent := map[string]bool{}, []string{}
	for _, v := range values {
		if key := articleKey(v); key != "" && !wanted[key] {
			wanted[key] = true
			sent = append(sent, spellings(v)...)
		}
	}
	var found []row
	seen := map[string]bool{}
	for _, asked := range b.anyOf(q, field, sent) {
		rows, err := b.rows(ctx, asked)
		if err != nil {
			return nil, err
		}
		if err := b.articlesShow(asked, rows, field); err != nil {
			return nil, err
		}
		rows = slices.DeleteFunc(rows, func(r row) bool { return !wanted[articleKey(r.text(field))] })
		found = append(found, unseen(rows, byColumn(fieldArticleCode), seen)...)
	}
	return found, nil
}

// productsFromArticles puts articles together: those that name the same product
// in the column of the settings are its variants. A product with an article that
// cannot be read has a fault, because half a product is another product.
func (s Settings) productsFromArticles(rows []row, read func(row) (domain.Product, []domain.StockLevel, error)) []connectors.ProductRecord {
	variants := map[string][]row{}
	for _, r := range rows {
		if parent := s.variantOf(r); parent != "" {
			variants[parent] = append(variants[parent], r)
		}
	}
	var records []connectors.ProductRecord
	put := map[string]bool{}
	for _, r := range rows {
		code := articleKey(r.text(fieldArticleCode))
		if parent := s.variantOf(r); parent != "" {
			code = parent
		}
		if put[code] {
			continue
		}
		put[code] = true
		main := r
		if i := slices.IndexFunc(rows, func(r row) bool { return articleKey(r.text(fieldArticleCode)) == code }); i >= 0 {
			main = rows[i]
		}
		// In one order, on whatever page and in whatever run they are met.
		slices.SortStableFunc(variants[code], func(x, y row) int { return strings.Compare(x.text(fieldArticleCode), y.text(fieldArticleCode)) })
		records = append(records, productRecord(code, main, variants[code], read))
	}
	return records
}

// variantOf is the product that an article is a variant of; one that names
// itself is that product.
func (s Settings) variantOf(r row) string {
	if s.Articles.VariantOfField == "" {
		return ""
	}
	parent := articleKey(r.text(s.Articles.VariantOfField))
	if parent == articleKey(r.text(fieldArticleCode)) {
		return ""
	}
	return parent
}

func productRecord(code string, main row, variants []row, read func(row) (domain.Product, []domain.StockLevel, error)) connectors.ProductRecord {
	p, stock, err := read(main)
	if len(variants) > 0 {
		p.SKU, stock = code, nil
		for _, r := range variants {
			v, level, wrong := read(r)
			p.Variants, stock, err = append(p.Variants, variantFromProduct(v)), append(stock, level...), errors.Join(err, wrong)
		}
	}
	if err != nil {
		wrong := fault.New(fault.Invalid, codeArticleUnreadable, system+" GET "+objectArticle).About(p.SKU).WithDetail(err.Error()).Because(err)
		return connectors.ProductRecord{Product: domain.Product{SKU: p.SKU}, Fault: wrong}
	}
	return connectors.ProductRecord{Product: p, Stock: stock}
}
