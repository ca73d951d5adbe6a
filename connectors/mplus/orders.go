package mplus

import (
	"context"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
)

// OrdersAfter reads a page of sales orders changed after the marker.
func (c *Client) OrdersAfter(ctx context.Context, marker int64, limit int) (connectors.OrderPage, error) {
	return c.Sales(domain.SourceOrder).OrdersAfter(ctx, marker, limit)
}

// OrderByID reads one order by the till's own id; NotFound when there is none.
// Types and branches do not matter: whoever knows the id means this order.
func (c *Client) OrderByID(ctx context.Context, id domain.OrderID) (connectors.SourceOrder, error) {
	return c.oneOrder(ctx, opGetOrder, getOrder{OrderID: string(id)})
}

// OrderByExternalID reads one order by the id that its creator gave it; NotFound
// when there is none.
func (c *Client) OrderByExternalID(ctx context.Context, id string) (connectors.SourceOrder, error) {
	return c.oneOrder(ctx, opFindOrder, findOrder{ExtOrderID: id})
}

func (c *Client) oneOrder(ctx context.Context, op operation, request any) (connectors.SourceOrder, error) {
	sent, err := c.sentOrder(ctx, op, request)
	if err != nil {
		return connectors.SourceOrder{}, err
	}
	orders, err := c.understand(ctx, op, []sentSale{sent})
	if err != nil {
		return connectors.SourceOrder{}, err
	}
	return orders[0], nil
}

// sentOrder reads one order as the till sends it.
func (c *Client) sentOrder(ctx context.Context, op operation, request any) (sentSale, error) {
	body, err := c.call(ctx, op, request)
	if err != nil {
		return sentSale{}, err
	}
	var answer getOrderResponse
	if err := decode(op, body, &answer); err != nil {
		return sentSale{}, err
	}
	if err := faultFromResult(op, string(answer.Result), ""); err != nil {
		return sentSale{}, err
	}
	raws, err := rawElements(op, body, "order")
	if err != nil {
		return sentSale{}, err
	}
	if len(raws) != 1 {
		return sentSale{}, unclear(op, "answer_not_understood")
	}
	return sentSaleFromRaw(domain.SourceOrder, raws[0]), nil
}
