package sandbox

// saleFilterXML begins the requests for orders, receipts and invoices alike.
type saleFilterXML struct {
	SyncMarker              *int64      `xml:"syncMarker"`
	SyncMarkerLimit         *int32      `xml:"syncMarkerLimit"`
	FromFinancialDate       *dateXML    `xml:"fromFinancialDate"`
	ThroughFinancialDate    *dateXML    `xml:"throughFinancialDate"`
	BranchNumbers           []int32     `xml:"branchNumbers"`
	EmployeeNumbers         []int64     `xml:"employeeNumbers"`
	RelationNumbers         []int64     `xml:"relationNumbers"`
	SupplierRelationNumbers []int64     `xml:"supplierRelationNumbers"`
	ArticleNumbers          []int64     `xml:"articleNumbers"`
	ArticleTurnoverGroups   []int32     `xml:"articleTurnoverGroups"`
	ArticlePluNumbers       textListXML `xml:"articlePluNumbers"`
	ArticleBarcodes         textListXML `xml:"articleBarcodes"`
	ActivityID              *string     `xml:"activityId"`
}

// getOrdersXML asks for orders.
type getOrdersXML struct {
	saleFilterXML
	OrderTypeList                 *orderTypeListXML     `xml:"orderTypeList"`
	OrderIDs                      []string              `xml:"orderIds"`
	OrderNumbers                  []yearNumberXML       `xml:"orderNumbers"`
	OwnerFilter                   *ownerLabelFilterXML  `xml:"ownerFilter"`
	BranchGroupFilter             *branchGroupFilterXML `xml:"branchGroupFilter"`
	IncludeLineList               *bool                 `xml:"includeLineList"`
	ContractFrequencyFilter       *unread               `xml:"contractFrequencyFilter"`
	IncludeLastMailTimelineEvents *bool                 `xml:"includeLastMailTimelineEvents"`
	LastMailTimelineEventsFilter  *unread               `xml:"lastMailTimelineEventsFilter"`
	IncludeSigningTimelineEvents  *bool                 `xml:"includeSigningTimelineEvents"`
	SigningTimelineEventsFilter   *unread               `xml:"signingTimelineEventsFilter"`
	IncludeOtherTimelineEvents    *bool                 `xml:"includeOtherTimelineEvents"`
	OtherTimelineEventsFilter     *unread               `xml:"otherTimelineEventsFilter"`
}

type orderTypeListXML struct {
	OrderType []orderType `xml:"orderType"`
}

type ownerLabelFilterXML struct {
	OwnerLabels []string `xml:"ownerLabels"`
}

type branchGroupFilterXML struct {
	BranchGroups []int32 `xml:"branchGroups"`
}

// getReceiptsXML asks for receipts.
type getReceiptsXML struct {
	saleFilterXML
	IncludeOrderReferences        *bool                 `xml:"includeOrderReferences"`
	OwnerFilter                   *ownerLabelFilterXML  `xml:"ownerFilter"`
	BranchGroupFilter             *branchGroupFilterXML `xml:"branchGroupFilter"`
	ReceiptIDs                    []string              `xml:"receiptIds"`
	IncludeLineList               *bool                 `xml:"includeLineList"`
	IncludeLastMailTimelineEvents *bool                 `xml:"includeLastMailTimelineEvents"`
	LastMailTimelineEventsFilter  *unread               `xml:"lastMailTimelineEventsFilter"`
	IncludeSigningTimelineEvents  *bool                 `xml:"includeSigningTimelineEvents"`
	SigningTimelineEventsFilter   *unread               `xml:"signingTimelineEventsFilter"`
	IncludeOtherTimelineEvents    *bool                 `xml:"includeOtherTimelineEvents"`
	OtherTimelineEventsFilter     *unread               `xml:"otherTimelineEventsFilter"`
}

// getInvoicesXML asks for invoices.
type getInvoicesXML struct {
	saleFilterXML
	FinalizeInvoices                 *bool                 `xml:"finalizeInvoices"`
	InvoiceIDs                       []string              `xml:"invoiceIds"`
	InvoiceNumbers                   []yearNumberXML       `xml:"invoiceNumbers"`
	OwnerFilter                      *ownerLabelFilterXML  `xml:"ownerFilter"`
	BranchGroupFilter                *branchGroupFilterXML `xml:"branchGroupFilter"`
	IncludeLineList                  *bool                 `xml:"includeLineList"`
	BranchInvoiceNumbers             *unread               `xml:"branchInvoiceNumbers"`
	ContractFrequencyFilter          *unread               `xml:"contractFrequencyFilter"`
	DirectDebit                      *bool                 `xml:"directDebit"`
	IncludeLastMailTimelineEvents    *bool                 `xml:"includeLastMailTimelineEvents"`
	LastMailTimelineEventsFilter     *unread               `xml:"lastMailTimelineEventsFilter"`
	IncludeSigningTimelineEvents     *bool                 `xml:"includeSigningTimelineEvents"`
	SigningTimelineEventsFilter      *unread               `xml:"signingTimelineEventsFilter"`
	IncludeDirectDebitTimelineEvents *bool                 `xml:"includeDirectDebitTimelineEvents"`
	DirectDebitTimelineEventsFilter  *unread               `xml:"directDebitTimelineEventsFilter"`
	IncludeOtherTimelineEvents       *bool                 `xml:"includeOtherTimelineEvents"`
	OtherTimelineEventsFilter        *unread               `xml:"otherTimelineEventsFilter"`
}
