package mplus

// getAPIVersionResponse tells the protocol (major, minor, revision) and the
// release of the service.
type getAPIVersionResponse struct {
	MajorNumber           wireInt `xml:"majorNumber"`
	MinorNumber           wireInt `xml:"minorNumber"`
	RevisionNumber        wireInt `xml:"revisionNumber"`
	ServiceMajorNumber    wireInt `xml:"serviceMajorNumber"`
	ServiceMinorNumber    wireInt `xml:"serviceMinorNumber"`
	ServiceRevisionNumber wireInt `xml:"serviceRevisionNumber"`
}

// getCurrentSyncMarkersV2 asks for the heads of the sequences in use.
type getCurrentSyncMarkersV2 struct {
	Request getCurrentSyncMarkersV2Request `xml:"request"`
}

type getCurrentSyncMarkersV2Request struct {
	IncludeArticleSyncMarker      bool `xml:"includeArticleSyncMarker,omitempty"`
	IncludeArticleGroupSyncMarker bool `xml:"includeArticleGroupSyncMarker,omitempty"`
	IncludeRelationSyncMarker     bool `xml:"includeRelationSyncMarker,omitempty"`
	IncludeEmployeeSyncMarker     bool `xml:"includeEmployeeSyncMarker,omitempty"`
	IncludeInvoiceSyncMarker      bool `xml:"includeInvoiceSyncMarker,omitempty"`
	IncludeReceiptSyncMarker      bool `xml:"includeReceiptSyncMarker,omitempty"`
	IncludeOrderSyncMarker        bool `xml:"includeOrderSyncMarker,omitempty"`
	IncludeStockID                bool `xml:"includeStockId,omitempty"`
}

type getCurrentSyncMarkersV2Response struct {
	ArticleSyncMarker      wireInt `xml:"articleSyncMarker"`
	ArticleGroupSyncMarker wireInt `xml:"articleGroupSyncMarker"`
	RelationSyncMarker     wireInt `xml:"relationSyncMarker"`
	EmployeeSyncMarker     wireInt `xml:"employeeSyncMarker"`
	InvoiceSyncMarker      wireInt `xml:"invoiceSyncMarker"`
	ReceiptSyncMarker      wireInt `xml:"receiptSyncMarker"`
	OrderSyncMarker        wireInt `xml:"orderSyncMarker"`
	StockID                wireInt `xml:"stockId"`
}

type getBranchesResponse struct {
	Branches []branch `xml:"branches>branch"`
}

// branch is Branch: a shop of the administration.
type branch struct {
	BranchNumber wireInt     `xml:"branchNumber"`
	BranchName   string      `xml:"branchName"`
	Workplaces   []workplace `xml:"workplaces>workplace"`
	CountryIso3  string      `xml:"countryIso3"`
}

type workplace struct {
	WorkplaceNumber wireInt `xml:"workplaceNumber"`
	WorkplaceName   string  `xml:"workplaceName"`
}

type getEmployeesResponse struct {
	EmployeeList []employee `xml:"employeeList>employee"`
}

// employee is Employee, without what is nobody's business: the till also sends
// passwords and private addresses, which are never read.
type employee struct {
	EmployeeNumber wireInt  `xml:"employeeNumber"`
	Name           string   `xml:"name"`
	Active         wireBool `xml:"active"`
}
