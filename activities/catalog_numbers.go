package activities

import (
	"context"
)

// number finds the article numbers of what the records sell.
func (c *productCarrier) number(_ context.Context, rs []*productRow) error {
	c.numbers = map[string]string{}
	for _, r := range rs {
		for _, sold := range r.source.Product.Sold() {
			c.numbers[sold.SKU] = sold.SKU
		}
	}
	return nil
}
