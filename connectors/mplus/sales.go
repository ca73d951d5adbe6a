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
	// mostForeignPages is how many pages of other branches' sales one call leafs
	// through before it hands back the marker it got to.
	mostForeignPages = 20
)

// Sales reads the sales of one kind. Each kind has a call and a marker of its own.
type Sales struct {
	*Client
	list saleList
}

var (
	_ connectors.OrderSource = Sales{}
	_ connectors.MarkerBoard = Sales{}
)

// Sales gives the sales of a kind; an empty kind is that of sales orders.
func (c *Client) Sales(of domain.SourceKind) Sales {
	switch of {
	case domain.SourceReceipt:
		return Sales{c, receiptList}
	case domain.SourceInvoice:
		return Sales{c, invoiceList}
	default:
		return Sales{c, orderList}
	}
}

// OrdersAfter reads a page of sales changed after the marker. It asks from the
// next marker on and takes the highest marker it saw, since the till sorts
// nothing. Sales of branches that are not ours are left out and leafed over, so
// an empty page means that there is no more; its marker may still have moved and
// is worth keeping.
func (s Sales) OrdersAfter(ctx context.Context, marker int64, limit int) (connectors.OrderPage, error) {
	page := connectors.OrderPage{Marker: marker}
	for stale, foreign := 0, 0; stale < mostStalePages && foreign < mostForeignPages; {
		sheet, err := s.from(ctx, page.Marker, s.pageSize(limit))
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
				return connectors.OrderPage{}, unclear(s.list.op, "order_without_marker")
			}
			stale++
			continue
		}
		fresh = fresh[:min(len(fresh), s.pageSize(limit))]
		page.Marker = fresh[len(fresh)-1].marker
		if sales := s.wanted(slices.Concat(fresh, lost)); len(sales) > 0 {
			page.Orders, err = s.understand(ctx, s.list.op, sales)
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

// from makes the one call that a look for new sales costs.
func (s Sales) from(ctx context.Context, marker int64, limit int) ([]sentSale, error) {
	if marker == math.MaxInt64 || marker < 0 {
		return nil, fault.New(fault.Misconfigured, "marker_out_of_range", s.list.op.op())
	}
	next := marker + 1
	window := saleWindow{marker: &next}
	if s.settings.PageOrder == LowestFirst {
		window.limit = limit
	}
	return s.read(ctx, window)
}

func (s Sales) read(ctx context.Context, window saleWindow) ([]sentSale, error) {
	body, err := s.call(ctx, s.list.op, s.list.request(s.settings, window))
	if err != nil {
		return nil, err
	}
	raws, err := rawElements(s.list.op, body, s.list.path...)
	if err != nil {
		return nil, err
	}
	sheet := make([]sentSale, len(raws))
	for i, raw := range raws {
		sheet[i] = sentSaleFromRaw(s.list.kind, raw)
	}
	return sheet, nil
}

// TakesOrder asks the till for an order among those of our types, and looks at its branch.
func (c *Client) TakesOrder(ctx context.Context, id domain.OrderID) (bool, error) {
	sheet, err := c.Sales(domain.SourceOrder).byNumber(ctx, []saleNumber{{kind: domain.SourceOrder, id: string(id)}})
	return len(c.wanted(sheet)) > 0, err
}
