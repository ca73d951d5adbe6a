package mplus

import (
	"context"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// OfferedArticles are the articles of a product that are not discontinued.
func (c *Client) OfferedArticles(ctx context.Context, number string) ([]string, error) {
	n, err := wireInt(number).parse()
	if err != nil || !isPlainNumber(number) {
		return nil, fault.New(fault.Invalid, "till_field_rules", opGetProducts.op()).About(number)
	}
	var offered []string
	err = c.products(ctx, getProductsRequest{ProductNumbers: []int64{n}}, func(product elementOut) error {
		for _, list := range product.all("articleList") {
			for _, article := range list.all("article") {
				if !(&reading{}).yes(discontinued, wireBool(article.textOf(discontinued)), false) {
					offered = append(offered, trimmed(article.textOf(articleNumber)))
				}
			}
		}
		return nil
	})
	return offered, err
}

// DiscontinueArticles makes articles of a product discontinued.
func (c *Client) DiscontinueArticles(ctx context.Context, number string, articles []string) error {
	if len(articles) == 0 {
		return nil
	}
	update := domain.Draft{Entity: domain.EntityProduct, Key: number}
	for _, article := range articles {
		update.Lines = append(update.Lines, domain.Draft{Key: article, Fields: []domain.Field{{Name: discontinued, Value: domain.BoolValue(true)}}})
	}
	err := c.UpdateProduct(ctx, number, update)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}
