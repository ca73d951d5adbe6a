package activities

import (
	"context"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// mostUnbooked bounds how many orders are read that the books do not have.
const mostUnbooked = 2000

// unbookedOrders adds up what orders of the till promise that the books do not have
// yet: the till takes it off what is free, and the books reserve nothing for it. What
// was not booked before the books were read counts, whatever became of it since. An
// order that cannot be read promises nothing that we know.
func (c *stockCarrier) unbookedOrders(ctx context.Context) error {
	if c.doc.Flows.Stock.Figure != domain.StockFree {
		return nil
	}
	ids, err := db.Q.InboxListUnbooked(ctx, c.DB, store.InboxListUnbookedParams{
		Integration: c.Integration, Entity: string(domain.EntityOrder), Most: mostUnbooked,
	})
	if err != nil {
		return fmt.Errorf("list orders that are not booked: %w", err)
	}
	if c.orders == nil {
		c.orders, c.unbooked = map[string]bool{}, map[string][]promise{}
	}
	for _, id := range ids {
		if c.orders[id] || domain.OrderID(id).Kind() != domain.SourceOrder {
			continue // what is sold over the counter or invoiced left the shop
		}
		c.orders[id] = true
		order, _, err := c.order(ctx, c.Integration, id)
		if _, known := fault.As(err); known {
			continue
		}
		if err != nil {
			return err
		}
		if !order.Cancelled {
			c.promise(order)
		}
	}
	return nil
}

// promise is what an order of the till promises of one article.
type promise struct {
	order  domain.OrderID
	branch string
	pieces decimal.Decimal
}

func (c *stockCarrier) promise(order domain.Order) {
	sums := map[string]decimal.Decimal{}
	for _, line := range order.Lines {
		if line.SKU != "" {
			sums[line.SKU] = sums[line.SKU].Add(line.Quantity)
		}
	}
	for article, pieces := range sums {
		c.unbooked[article] = append(c.unbooked[article], promise{order.ID, order.Branch, pieces})
	}
}

// promised is how much of what a branch reserves is in orders that the books do not
// have. What was delivered is reserved no more.
func (c *stockCarrier) promised(article, branch string, reserved decimal.Decimal) decimal.Decimal {
	sum := decimal.Zero
	for _, p := range c.unbooked[article] {
		if p.branch == branch {
			sum = sum.Add(decimal.Max(p.pieces.Sub(c.sold.left[p.order][article]), decimal.Zero))
		}
	}
	return decimal.Max(decimal.Min(sum, reserved), decimal.Zero)
}
