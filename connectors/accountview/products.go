package accountview

import (
	"context"
	"strings"
)

// MissingProducts gives those of the codes that no article has, each once and as
// it was asked. Blank codes are no codes.
func (b *Books) MissingProducts(ctx context.Context, skus []string) ([]string, error) {
	var asked, values []string
	wanted, sent := map[string]bool{}, map[string]bool{}
	for _, sku := range skus {
		code := articleKey(sku)
		if code == "" || wanted[code] {
			continue
		}
		wanted[code] = true
		asked = append(asked, sku)
		for _, spelling := range spellings(sku) {
			if !sent[spelling] {
				sent[spelling] = true
				values = append(values, spelling)
			}
		}
	}
	known := map[string]bool{}
	for _, q := range b.anyOf(Query{
		Object: objectArticle, Table: tableArticle,
		Fields: distinct(b.settings.pageKey(tableArticle), fieldArticleCode),
	}, fieldArticleCode, values) {
		rows, err := b.rows(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			known[articleKey(r.text(fieldArticleCode))] = true
		}
	}
	var missing []string
	for _, sku := range asked {
		if !known[articleKey(sku)] {
			missing = append(missing, sku)
		}
	}
	return missing, nil
}

// articleKey is the code as two spellings of it agree: AccountView keeps codes in capitals.
func articleKey(sku string) string { return strings.ToUpper(strings.TrimSpace(sku)) }
