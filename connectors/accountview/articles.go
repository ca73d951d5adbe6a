package accountview

import (
	"context"
	"errors"
	"slices"

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
	rows, err := b.articlesWhere(ctx, fieldArticleCode, codes)
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
			more, err := b.articlesWhere(ctx, by, families)
			if err != nil {
				return nil, err
			}
			rows = append(rows, more...)
		}
		rows = unseen(rows, byColumn(fieldArticleCode), map[string]bool{})
	}
	return b.settings.productsFromArticles(rows, func(r row) (domain.Product, []domain.StockLevel, error) {
		p, productErr := b.settings.productFromArticle(r, known, b.zone)
		level, stockErr := b.settings.stockFromArticle(r, known, b.zone)
		return p, []domain.StockLevel{level}, errors.Join(productErr, stockErr)
	}), nil
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

// articlesWhere reads the articles of which a column holds one of the values,
// with all their columns: which of them exist differs by installation. Rows that
// do not show the columns that a product cannot be without are a wrong setting,
// not a product without a name or price.
func (b *Books) articlesWhere(ctx context.Context, field string, values []string) ([]row, error) {
	wanted, sent := map[string]bool{}, []string{}
	for _, v := range values {
		if key := articleKey(v); key != "" && !wanted[key] {
			wanted[key] = true
			sent = append(sent, spellings(v)...)
		}
	}
	var found []row
	seen := map[string]bool{}
	for _, q := range b.anyOf(Query{Object: objectArticle, Table: tableArticle}, field, sent) {
		rows, err := b.rows(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, name := range []string{field, b.settings.Articles.NameField, b.settings.Articles.PriceField} {
			if slices.ContainsFunc(rows, func(r row) bool { return !r.has(name) }) {
				return nil, fault.New(fault.Misconfigured, codeColumnMissing, system+" "+q.op()+": "+name)
			}
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
