package mplus

import "github.com/koppel/koppel/domain"

// saleList is how the till lists one kind of sale.
type saleList struct {
	kind    domain.SourceKind
	op      operation
	path    []string // to a sale in the answer
	request func(s Settings, w saleWindow) any
}

// saleWindow is which sales are asked for: by marker, by number or by id.
type saleWindow struct {
	marker  *int64
	limit   int
	numbers []yearNumberID
	ids     []string
	scan    *receiptScan // receipts only
}

var (
	orderList = saleList{domain.SourceOrder, opGetOrders, []string{"orderList", "order"}, func(s Settings, w saleWindow) any {
		return getOrders{getOrdersRequest{
			SyncMarker: w.marker, SyncMarkerLimit: w.limit, OrderTypeList: orderTypeList{OrderType: s.OrderTypes},
			OrderIDs: w.ids, OrderNumbers: w.numbers,
		}}
	}}
	receiptList = saleList{domain.SourceReceipt, opGetReceipts, []string{"receiptList", "receipt"}, func(_ Settings, w saleWindow) any {
		request := getReceiptsRequest{
			SyncMarker: w.marker, SyncMarkerLimit: w.limit, IncludeOrderReferences: true, ReceiptIDs: w.ids,
		}
		if w.scan != nil {
			request.scan(*w.scan)
		}
		return getReceipts{request}
	}}
	// Invoices are never asked to be finalized: that cannot be undone at the till.
	invoiceList = saleList{domain.SourceInvoice, opGetInvoices, []string{"invoiceList", "invoice"}, func(_ Settings, w saleWindow) any {
		return getInvoices{getInvoicesRequest{
			SyncMarker: w.marker, SyncMarkerLimit: w.limit, InvoiceIDs: w.ids, InvoiceNumbers: w.numbers,
		}}
	}}
)
