package sandbox

import (
	"slices"

	"github.com/koppel/koppel/internal/sandboxkit"
)

type ordersInput struct {
	Request getOrdersXML `xml:"request"`
}

type orderListXML struct {
	Order []orderXML `xml:"order"`
}

type ordersAnswer struct {
	OrderList orderListXML `xml:"orderList"`
}

// salesOrderTypes are what getOrders answers when no type is asked for.
var salesOrderTypes = []orderType{"ORDER-TYPE-SALES-ORDER", "ORDER-TYPE-REPEAT-SALES-ORDER", "ORDER-TYPE-EXTERNAL-SALES-ORDER"}

func getOrders(c *call, in ordersInput) (ordersAnswer, error) {
	ask := in.Request
	types := salesOrderTypes
	if ask.OrderTypeList != nil && len(ask.OrderTypeList.OrderType) > 0 {
		types = ask.OrderTypeList.OrderType
	}
	var rows []*orderXML
	for _, o := range c.orders {
		if slices.Contains(types, *o.OrderType) && listed(ask.OrderIDs, o.OrderID) &&
			listed(ask.OrderNumbers, *o.OrderNumber) && ask.matches(c.till, o.sale()) {
			rows = append(rows, o)
		}
	}
	rows = page[*orderXML]{
		from: ask.SyncMarker, limit: int(value(ask.SyncMarkerLimit)), marker: func(o *orderXML) int64 { return *o.SyncMarker },
	}.cut(c, rows)
	var out ordersAnswer
	for _, o := range rows {
		out.OrderList.Order = append(out.OrderList.Order, o.shown(ask.IncludeLineList == nil || *ask.IncludeLineList))
	}
	if c.page == sandboxkit.RowChanged && len(rows) > 0 {
		b := c.begin()
		if _, err := c.touchOrder(b, rows[0].OrderID); err != nil {
			return ordersAnswer{}, err
		}
		return out, b.commit()
	}
	return out, nil
}

func (o *orderXML) sale() sale {
	return sale{
		marker: *o.SyncMarker, branch: *o.FinancialBranchNumber, employee: *o.EmployeeNumber, relation: value(o.RelationNumber),
		day: o.FinancialDate, activity: value(o.ActivityID), lines: o.LineList,
	}
}

// shown is the order as a list answers it. Without lines it also lacks its references to proposals and invoices.
func (o *orderXML) shown(withLines bool) orderXML {
	out := *o
	if !withLines {
		out.LineList = nil
		out.InvoiceIDs, out.ExtInvoiceIDs, out.InvoiceNumbers, out.BranchInvoiceNumbers = nil, nil, nil, nil
		out.ProposalID, out.ExtProposalID, out.ProposalNumber = nil, nil, nil
	}
	return out
}

type orderIDInput struct {
	OrderID string `xml:"orderId"`
}

type extOrderIDInput struct {
	ExtOrderID string `xml:"extOrderId"`
}

type orderAnswer struct {
	Result string    `xml:"result"`
	Order  *orderXML `xml:"order"`
}

func getOrder(c *call, in orderIDInput) (orderAnswer, error) {
	return foundOrder(c.orders[in.OrderID]), nil
}

func findOrder(c *call, in extOrderIDInput) (orderAnswer, error) {
	if in.ExtOrderID == "" {
		return foundOrder(nil), nil
	}
	return foundOrder(c.orderByExtID(in.ExtOrderID)), nil
}

func foundOrder(o *orderXML) orderAnswer {
	if o == nil {
		return orderAnswer{Result: "GET-ORDER-RESULT-NOT-FOUND"}
	}
	return orderAnswer{"GET-ORDER-RESULT-OK", o}
}
