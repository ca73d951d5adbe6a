package activities

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/settings"
)

// productLeaver discontinues articles that the books have no more. What became of a
// product that the books have no more, its articles tell: they may be in others.
type productLeaver struct {
	*carriage
	books connectors.ProductSource
	till  connectors.ProductSink
}

func leaveProducts(ctx context.Context, p *carriage) (leaver, error) {
	books, err := p.Catalogue.ProductSource(ctx, p.Integration, p.doc.Version)
	if err != nil {
		return nil, err
	}
	till, err := p.Catalogue.ProductSink(ctx, p.Integration, p.doc.Version)
	return productLeaver{p, books, till}, err
}

func (l productLeaver) leave(ctx context.Context, row store.Catalog) (bool, error) {
	if l.doc.Flows.Products.Gone != settings.ProductsGoneDiscontinue {
		return false, nil
	}
	offered, err := l.till.OfferedArticles(ctx, row.TargetID)
	if err != nil {
		return false, err
	}
	if sku, one := strings.CutPrefix(row.SourceID, leftArticle); one {
		rows, err := db.Q.ArticleNumberGet(ctx, l.DB, store.ArticleNumberGetParams{Integration: l.Integration, Skus: []string{sku}})
		if err != nil {
			return false, fmt.Errorf("read the number of an article: %w", err)
		}
		offered = slices.DeleteFunc(offered, func(number string) bool {
			return len(rows) == 0 || rows[0].Number == nil || strconv.FormatInt(*rows[0].Number, 10) != number
		})
	}
	in := map[string]string{}
	for _, number := range offered {
		in[number] = row.TargetID
	}
	gone, err := l.goneOf(ctx, l.books, in)
	if err != nil || len(gone) == 0 {
		return true, err
	}
	return true, l.till.DiscontinueArticles(ctx, row.TargetID, slices.Sorted(maps.Keys(gone)))
}
