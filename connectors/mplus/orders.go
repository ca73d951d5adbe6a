package mplus

import (
	"context"
	"math"
	"slices"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

const (
	// mostStalePages is how often in a row a page without anything new is asked
	// for again. A till that repeats a page must not look like one that is done,
	// and must not keep us for ever.
	mostStalePages = 3
	// mostForeignPages is how many pages of other branches' orders one call leafs
	// through before it hands back the marker it got to.
	mostForeignPages = 20
)

// OrdersAfter reads a page of orders changed after the marker. It asks from the
// next marker on and takes the highest marker it saw, since the till sorts
// nothing. Orders of branches that are not ours are left out and leafed over, so
// an empty page means that there is no more; its marker may still have moved and
// is worth keeping.
func (c *Client) OrdersAfter(ctx context.Context, marker int64, limit int) (connectors.OrderPage, error) {
	page := connectors.OrderPage{Marker: marker}
	for stale, foreign := 0, 0; stale < mostStalePages && foreign < mostForeignPages; {
		sheet, err := c.ordersFrom(ctx, page.Marker, c.pageSize(limit))
		if err != nil {
			return connectors.OrderPage{}, err
		}
		if len(sheet) == 0 {
			return page, nil
		}
		fresh := newerThan(sheet, page.Marker)
		lost := unmarked(sheet)
		if len(fresh) == 0 {
			if len(lost) > 0 {
				return connectors.OrderPage{}, unclear(opGetOrders, "order_without_marker")
			}
			stale++
			continue
		}
		fresh = fresh[:min(len(fresh), c.pageSize(limit))]
		page.Marker = fresh[len(fresh)-1].marker
		if orders := c.wanted(slices.Concat(fresh, lost)); len(orders) > 0 {
			page.Orders, err = c.understand(ctx, opGetOrders, orders)
			if err != nil {
				return connectors.OrderPage{}, err
			}
			return page, nil
		}
		stale, foreign = 0, foreign+1
	}
	return page, nil
}

func (c *Client) pageSize(limit int) int {
	if limit <= 0 {
		return c.settings.PageLimit
	}
	return min(limit, c.settings.PageLimit)
}

// ordersFrom makes the one call that a look for new orders costs.
func (c *Client) ordersFrom(ctx context.Context, marker int64, limit int) ([]sentOrder, error) {
	if marker == math.MaxInt64 || marker < 0 {
		return nil, fault.New(fault.Misconfigured, "marker_out_of_range", opGetOrders.op())
	}
	next := marker + 1
	request := getOrdersRequest{SyncMarker: &next}
	if c.settings.PageOrder == LowestFirst {
		request.SyncMarkerLimit = limit
	}
	return c.readOrders(ctx, request)
}

func (c *Client) readOrders(ctx context.Context, request getOrdersRequest) ([]sentOrder, error) {
	request.OrderTypeList = orderTypeList{OrderType: c.settings.OrderTypes}
	body, err := c.call(ctx, opGetOrders, getOrders{Request: request})
	if err != nil {
		return nil, err
	}
	raws, err := rawElements(opGetOrders, body, "orderList", "order")
	if err != nil {
		return nil, err
	}
	sheet := make([]sentOrder, len(raws))
	for i, raw := range raws {
		sheet[i] = sentOrderFromRaw(raw)
	}
	return sheet, nil
}

// OrdersByNumber reads orders by what people call them. A text that is no order
// number is a fault of kind Invalid; a number that the till does not know, or
// that belongs to another branch, is not in the answer.
func (c *Client) OrdersByNumber(ctx context.Context, numbers []string) ([]connectors.SourceOrder, error) {
	asked := make([]yearNumberID, 0, len(numbers))
	for _, text := range numbers {
		number, err := parseOrderNumber(text)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(asked, number) {
			asked = append(asked, number)
		}
	}
	var found []sentOrder
	for some := range slices.Chunk(asked, c.settings.PageLimit) {
		sheet, err := c.readOrders(ctx, getOrdersRequest{OrderNumbers: some})
		if err != nil {
			return nil, err
		}
		found = append(found, named(sheet, some)...)
	}
	return c.understand(ctx, opGetOrders, c.wanted(found))
}

// named keeps the orders that were asked for: a till that overlooks the filter
// gives all it has.
func named(sheet []sentOrder, numbers []yearNumberID) []sentOrder {
	return slices.DeleteFunc(slices.Clone(sheet), func(s sentOrder) bool {
		if s.wire.OrderNumber == nil {
			return true
		}
		year, yearErr := s.wire.OrderNumber.Year.parse()
		number, numberErr := s.wire.OrderNumber.Number.parse()
		return yearErr != nil || numberErr != nil ||
			!slices.Contains(numbers, yearNumberID{Year: int(year), Number: number})
	})
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
	body, err := c.call(ctx, op, request)
	if err != nil {
		return connectors.SourceOrder{}, err
	}
	var answer getOrderResponse
	if err := decode(op, body, &answer); err != nil {
		return connectors.SourceOrder{}, err
	}
	if err := faultFromResult(op, string(answer.Result), ""); err != nil {
		return connectors.SourceOrder{}, err
	}
	raws, err := rawElements(op, body, "order")
	if err != nil {
		return connectors.SourceOrder{}, err
	}
	if len(raws) != 1 {
		return connectors.SourceOrder{}, unclear(op, "answer_not_understood")
	}
	orders, err := c.understand(ctx, op, []sentOrder{sentOrderFromRaw(raws[0])})
	if err != nil {
		return connectors.SourceOrder{}, err
	}
	return orders[0], nil
}
