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
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/settings"
)

// leftArticle begins the key of an article that left a product while the product goes
// on: it is gone by itself.
const leftArticle = "article/"

// joined takes out what is no record of its own any more: an article that became a
// variant, or that came back to where it had left.
func (c *productCarrier) joined(ctx context.Context, rs []*productRow) error {
	var keys []string
	for _, r := range rs {
		for _, sold := range r.source.Product.Sold() {
			if keys = append(keys, leftArticle+reconcile.NumberKey(sold.SKU)); sold.SKU != r.key {
				keys = append(keys, sold.SKU)
			}
		}
	}
	if c.DryRun || len(keys) == 0 {
		return nil
	}
	gone, err := db.Q.CatalogJoined(ctx, c.DB, store.CatalogJoinedParams{Integration: c.Integration, Entity: string(c.entity), SourceIds: keys})
	if err != nil {
		return fmt.Errorf("take out articles that joined a product: %w", err)
	}
	for _, key := range gone {
		closed := store.ParkedCloseParams{Integration: c.Integration, Entity: string(c.entity), SourceID: key, ClosedBy: OutcomeInPlace}
		if _, err := db.Q.ParkedClose(ctx, c.DB, closed); err != nil {
			return fmt.Errorf("close what was parked: %w", err)
		}
	}
	return nil
}

// heldByOthers are the products of the till that each belong to another product of the
// books: what has an article of this record without being its product.
func (c *productCarrier) heldByOthers(ctx context.Context, rs []*productRow, owner map[string]*connectors.HeldRecord) (map[string][]string, error) {
	var targets []string
	for _, held := range owner {
		if !slices.Contains(targets, held.Number) {
			targets = append(targets, held.Number)
		}
	}
	rows, err := db.Q.CatalogByTarget(ctx, c.DB, store.CatalogByTargetParams{Integration: c.Integration, Entity: string(c.entity), TargetIds: targets})
	if err != nil {
		return nil, fmt.Errorf("read whose products these are: %w", err)
	}
	whose := map[string][]string{}
	for _, row := range rows {
		if row.GoneAt == nil && !strings.HasPrefix(row.SourceID, leftArticle) {
			whose[row.TargetID] = append(whose[row.TargetID], row.SourceID)
		}
	}
	var doubtful []string
	for _, r := range rs {
		for _, line := range r.draft.Lines {
			held := owner[c.numbers[line.Key]]
			if held == nil || held.Number == r.known.TargetID {
				continue
			}
			for _, key := range whose[held.Number] {
				if key != r.key && !slices.Contains(doubtful, key) {
					doubtful = append(doubtful, key)
				}
			}
		}
	}
	if len(doubtful) == 0 {
		return nil, nil
	}
	found, err := c.books.ProductsByCode(ctx, doubtful)
	if err != nil {
		return nil, err
	}
	for target, keys := range whose { // what the books have no more is nobody's
		whose[target] = slices.DeleteFunc(keys, func(key string) bool {
			return !slices.ContainsFunc(found, func(f connectors.ProductRecord) bool { return strings.EqualFold(f.Product.SKU, key) })
		})
	}
	return whose, nil
}

// noteLeft notes, when everything is compared, which articles of our products at the
// till no product of the books has any more. One that another product of the books has
// is left to that one.
func (c *productCarrier) noteLeft(ctx context.Context, rs []*productRow) error {
	if c.Place.Mode != ModeFull || c.DryRun {
		return nil
	}
	in := map[string]string{} // product of the till by article number
	for _, r := range rs {
		if r.held == nil || r.fault != nil {
			continue
		}
		for _, held := range r.held.Lines {
			if !slices.ContainsFunc(r.draft.Lines, func(line domain.Draft) bool { return c.numbers[line.Key] == held.Number }) {
				in[held.Number] = r.held.Number
			}
		}
	}
	gone, err := c.goneOf(ctx, c.books, in)
	if err != nil {
		return err
	}
	offered := map[string][]string{} // by product
	maps.DeleteFunc(gone, func(number, _ string) bool {
		product := in[number]
		if _, asked := offered[product]; !asked && err == nil {
			offered[product], err = c.till.OfferedArticles(ctx, product)
		}
		return !slices.Contains(offered[product], number) // somebody discontinued it already
	})
	if err != nil || len(gone) == 0 {
		return err
	}
	params := store.CatalogLeftParams{
		Integration: c.Integration, Entity: string(c.entity), Crawl: c.Place.Crawl - 1, Again: c.doc.Flows.Products.Gone == settings.ProductsGoneDiscontinue,
	}
	for number, sku := range gone {
		params.SourceIds, params.TargetIds = append(params.SourceIds, leftArticle+sku), append(params.TargetIds, in[number])
	}
	if err := db.Q.CatalogLeft(ctx, c.DB, params); err != nil {
		return fmt.Errorf("note what left its product: %w", err)
	}
	return nil
}

// goneOf are those of the articles of the till, by number, that are ours and sold in the
// books no more, with their codes. What somebody else made at the till is not ours.
func (p *carriage) goneOf(ctx context.Context, books connectors.ProductReader, in map[string]string) (map[string]string, error) {
	var numbers []int64
	for text := range in {
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			numbers = append(numbers, n)
		}
	}
	if len(numbers) == 0 {
		return nil, nil
	}
	rows, err := db.Q.ArticleNumberAbout(ctx, p.DB, store.ArticleNumberAboutParams{Integration: p.Integration, Numbers: numbers})
	if err != nil {
		return nil, fmt.Errorf("read whose numbers these are: %w", err)
	}
	gone, skus := map[string]string{}, []string{}
	for _, row := range rows {
		if row.Number != nil {
			gone[strconv.FormatInt(*row.Number, 10)] = row.Sku
			skus = append(skus, row.Sku)
		}
	}
	if len(skus) == 0 {
		return nil, nil
	}
	var found []connectors.ProductRecord
	err = patiently(ctx, func() (err error) {
		found, err = books.ProductsByCode(ctx, skus)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, record := range found {
		if record.Fault != nil { // nobody can say which articles it has
			return nil, nil
		}
		for _, sold := range record.Product.Sold() {
			for number, sku := range gone {
				if reconcile.NumberKey(sold.SKU) == sku {
					delete(gone, number)
				}
			}
		}
	}
	return gone, nil
}

// taken are the lines of changes of which another product of the till has the article.
func (c *productCarrier) taken(r *productRow) (own, taken []domain.Draft) {
	for _, line := range r.changes.Lines {
		number := line.Key
		if r.step == reconcile.CatalogCreate {
			number = c.numbers[line.Key]
		}
		if c.elsewhere[number] != "" && c.elsewhere[number] != r.target {
			line.Key = number
			taken = append(taken, line)
			continue
		}
		own = append(own, line)
	}
	return own, taken
}

// isElsewhere parks a record of which another product of the till has every article: no
// product is made without one.
func (c *productCarrier) isElsewhere(r *productRow) bool {
	for _, line := range r.draft.Lines {
		if c.elsewhere[c.numbers[line.Key]] == "" {
			return false
		}
	}
	if len(r.draft.Lines) == 0 {
		return false
	}
	r.parks(fault.New(fault.Conflict, connectors.CodeArticleElsewhere, "compare products").About(r.draft.Lines[0].Key))
	return true
}
