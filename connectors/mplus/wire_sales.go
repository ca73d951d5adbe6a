package mplus

// getReceipts is the request of getReceipts. Elements not in use are left out; those
// in use stand in the order of the schema.
type getReceipts struct {
	Request getReceiptsRequest `xml:"request"`
}

type getReceiptsRequest struct {
	SyncMarker             *int64            `xml:"syncMarker,omitempty"`
	SyncMarkerLimit        int               `xml:"syncMarkerLimit,omitempty"`
	FromFinancialDate      *soapMplusDateOut `xml:"fromFinancialDate,omitempty"`
	ThroughFinancialDate   *soapMplusDateOut `xml:"throughFinancialDate,omitempty"`
	BranchNumbers          []int             `xml:"branchNumbers,omitempty"`
	ArticlePluNumbers      struct{}          `xml:"articlePluNumbers"` // mandatory, and empty when not used
	ArticleBarcodes        struct{}          `xml:"articleBarcodes"`   // mandatory, and empty when not used
	IncludeOrderReferences bool              `xml:"includeOrderReferences"`
	ReceiptIDs             []string          `xml:"receiptIds,omitempty"`
	IncludeLineList        *bool             `xml:"includeLineList,omitempty"`
}

// getInvoices is the request of getInvoices; finalizeInvoices is not among its elements.
type getInvoices struct {
	Request getInvoicesRequest `xml:"request"`
}

type getInvoicesRequest struct {
	SyncMarker        *int64         `xml:"syncMarker,omitempty"`
	SyncMarkerLimit   int            `xml:"syncMarkerLimit,omitempty"`
	ArticlePluNumbers struct{}       `xml:"articlePluNumbers"` // mandatory, and empty when not used
	ArticleBarcodes   struct{}       `xml:"articleBarcodes"`   // mandatory, and empty when not used
	InvoiceIDs        []string       `xml:"invoiceIds,omitempty"`
	InvoiceNumbers    []yearNumberID `xml:"invoiceNumbers,omitempty"`
}
