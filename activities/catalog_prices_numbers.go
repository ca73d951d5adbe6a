package activities

import (
	"context"
	"fmt"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// customersAtTill finds the numbers of customers of the books at the till: as the flow
// of customers left them, or as orders of the till linked them.
func (c *priceCarrier) customersAtTill(ctx context.Context, rs []*priceRow) (map[string]string, error) {
	var debtors []string
	for _, r := range rs {
		if r.source.holder == string(connectors.HolderCustomer) {
			debtors = append(debtors, r.source.subject)
		}
	}
	return c.customerNumbers(ctx, debtors)
}

func (c *priceCarrier) customerNumbers(ctx context.Context, debtors []string) (map[string]string, error) {
	numbers := map[string]string{}
	if len(debtors) == 0 {
		return numbers, nil
	}
	links, err := db.Q.LinkListByTargets(ctx, c.DB, store.LinkListByTargetsParams{
		Integration: c.Integration, Entity: string(domain.EntityCustomer), TargetIds: debtors,
	})
	if err != nil {
		return nil, fmt.Errorf("read links of customers: %w", err)
	}
	for _, l := range links {
		numbers[l.TargetID] = l.SourceID
	}
	known, err := db.Q.CatalogGet(ctx, c.DB, store.CatalogGetParams{Integration: c.Integration, Entity: string(domain.EntityRelation), SourceIds: debtors})
	if err != nil {
		return nil, fmt.Errorf("read how customers stand: %w", err)
	}
	for _, row := range known {
		if row.TargetID != "" {
			numbers[row.SourceID] = row.TargetID
		}
	}
	return numbers, nil
}

// articlesAtTill finds the numbers of articles of the books at the till. A code that
// can have none has none.
func (c *priceCarrier) articlesAtTill(ctx context.Context, skus []string) (map[string]string, error) {
	numbers, _, err := c.numbersOf(ctx, skus)
	return numbers, err
}

// articles are the numbers of articles that prices are of, and why some have none.
type articles struct {
	numbers map[string]string
	refused map[string]*fault.Error
}

// articlesOf numbers the articles of lists.
func (c *priceCarrier) articlesOf(ctx context.Context, rows map[string][]store.PriceRow) (articles, error) {
	var skus []string
	for _, list := range rows {
		for _, row := range list {
			if row.Sku != "" {
				skus = append(skus, row.Sku)
			}
		}
	}
	numbers, refused, err := c.numbersOf(ctx, skus)
	return articles{numbers, refused}, err
}
