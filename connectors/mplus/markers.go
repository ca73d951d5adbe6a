package mplus

import (
	"context"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// Markers are the heads of the till's sequences of changes: what is newer has not
// happened yet. Starting from them means starting from now.
type Markers struct {
	Orders        int64
	Relations     int64
	Articles      int64
	ArticleGroups int64
	Employees     int64
	Receipts      int64
	Invoices      int64
	Stock         int64 // the till's stockId
}

// CurrentMarker is the head of the orders: OrdersAfter gives what changes from
// now on.
func (c *Client) CurrentMarker(ctx context.Context) (int64, error) {
	return c.Sales(domain.SourceOrder).CurrentMarker(ctx)
}

// CurrentMarker is the head of the sales of this kind. A till that keeps silent about
// it is not taken for one that begins at 0, which would bring in its whole past.
func (s Sales) CurrentMarker(ctx context.Context) (int64, error) {
	var w getCurrentSyncMarkersV2Response
	kind := s.list.kind
	request := getCurrentSyncMarkersV2{Request: getCurrentSyncMarkersV2Request{
		IncludeOrderSyncMarker: kind == domain.SourceOrder, IncludeReceiptSyncMarker: kind == domain.SourceReceipt,
		IncludeInvoiceSyncMarker: kind == domain.SourceInvoice,
	}}
	if err := s.ask(ctx, opGetCurrentMarkers, request, &w); err != nil {
		return 0, err
	}
	told := map[domain.SourceKind]wireInt{
		domain.SourceOrder: w.OrderSyncMarker, domain.SourceReceipt: w.ReceiptSyncMarker, domain.SourceInvoice: w.InvoiceSyncMarker,
	}[kind]
	head, err := told.parse()
	if err != nil || head < 0 {
		return 0, fault.New(fault.Unavailable, "answer_not_understood", opGetCurrentMarkers.op())
	}
	return head, nil
}

// Markers reads the heads of all kinds of sale in one call. One that the till keeps
// silent about is not among them.
func (c *Client) Markers(ctx context.Context) (map[domain.SourceKind]int64, error) {
	var w getCurrentSyncMarkersV2Response
	request := getCurrentSyncMarkersV2{Request: getCurrentSyncMarkersV2Request{
		IncludeOrderSyncMarker: true, IncludeReceiptSyncMarker: true, IncludeInvoiceSyncMarker: true,
	}}
	if err := c.ask(ctx, opGetCurrentMarkers, request, &w); err != nil {
		return nil, err
	}
	markers := map[domain.SourceKind]int64{}
	for kind, told := range map[domain.SourceKind]wireInt{
		domain.SourceOrder: w.OrderSyncMarker, domain.SourceReceipt: w.ReceiptSyncMarker, domain.SourceInvoice: w.InvoiceSyncMarker,
	} {
		if head, err := told.parse(); err == nil && head >= 0 {
			markers[kind] = head
		}
	}
	return markers, nil
}

// CurrentMarkers reads the heads of all sequences in use.
func (c *Client) CurrentMarkers(ctx context.Context) (Markers, error) {
	var w getCurrentSyncMarkersV2Response
	request := getCurrentSyncMarkersV2{Request: getCurrentSyncMarkersV2Request{
		IncludeArticleSyncMarker: true, IncludeArticleGroupSyncMarker: true, IncludeRelationSyncMarker: true,
		IncludeEmployeeSyncMarker: true, IncludeInvoiceSyncMarker: true, IncludeReceiptSyncMarker: true,
		IncludeOrderSyncMarker: true, IncludeStockID: true,
	}}
	if err := c.ask(ctx, opGetCurrentMarkers, request, &w); err != nil {
		return Markers{}, err
	}
	r := &reading{}
	m := Markers{
		Orders:        r.integer("orderSyncMarker", w.OrderSyncMarker),
		Relations:     r.integer("relationSyncMarker", w.RelationSyncMarker),
		Articles:      r.integer("articleSyncMarker", w.ArticleSyncMarker),
		ArticleGroups: r.integer("articleGroupSyncMarker", w.ArticleGroupSyncMarker),
		Employees:     r.integer("employeeSyncMarker", w.EmployeeSyncMarker),
		Receipts:      r.integer("receiptSyncMarker", w.ReceiptSyncMarker),
		Invoices:      r.integer("invoiceSyncMarker", w.InvoiceSyncMarker),
		Stock:         r.integer("stockId", w.StockID),
	}
	return m, r.asAnswer(opGetCurrentMarkers)
}

// asAnswer is what reading a whole answer came to: nil, or an answer that was not understood.
func (r *reading) asAnswer(op operation) error {
	if err := r.err(); err != nil {
		return unclear(op, "answer_not_understood").Because(err)
	}
	return nil
}
