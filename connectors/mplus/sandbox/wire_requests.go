package sandbox

// getProductsXML asks for products.
type getProductsXML struct {
	ArticleNumbers                       []int64      `xml:"articleNumbers"`
	GroupNumbers                         []int32      `xml:"groupNumbers"`
	PluNumbers                           textListXML  `xml:"pluNumbers"`
	OnlyWebshop                          *bool        `xml:"onlyWebshop"`
	OnlyActive                           *bool        `xml:"onlyActive"`
	SyncMarker                           *int64       `xml:"syncMarker"`
	SyncMarkerLimit                      *int32       `xml:"syncMarkerLimit"`
	SyncMarkerExcludePreparationMethods  *bool        `xml:"syncMarkerExcludePreparationMethods"`
	ChangedSinceTimestamp                *dateTimeXML `xml:"changedSinceTimestamp"`
	ChangedSinceBranchNumber             *int32       `xml:"changedSinceBranchNumber"`
	IncludeAllArticlesOfSelectedProducts *bool        `xml:"includeAllArticlesOfSelectedProducts"`
	ProductNumbers                       []int64      `xml:"productNumbers"`
}

// getRelationsXML asks for relations.
type getRelationsXML struct {
	RelationNumbers []int64 `xml:"relationNumbers"`
	CategoryID      *int32  `xml:"categoryId"`
	SyncMarker      *int64  `xml:"syncMarker"`
	SyncMarkerLimit *int32  `xml:"syncMarkerLimit"`
}

// getEmployeesXML asks for employees.
type getEmployeesXML struct {
	EmployeeNumbers []int64 `xml:"employeeNumbers"`
	SyncMarker      *int64  `xml:"syncMarker"`
	SyncMarkerLimit *int32  `xml:"syncMarkerLimit"`
}

// createOrderV2XML and createOrderV3XML bring an order with the wish how to price it.
type createOrderV2XML struct {
	Order                       orderXML `xml:"order"`
	ApplySalesAndActions        *bool    `xml:"applySalesAndActions"`
	ApplySalesPrices            *bool    `xml:"applySalesPrices"`
	ApplyPriceGroups            *bool    `xml:"applyPriceGroups"`
	ScannedVoucherIssuanceCodes []string `xml:"scannedVoucherIssuanceCodes"`
}

type createOrderV3XML struct {
	IdempotencyKey              string          `xml:"idempotencyKey"`
	Order                       orderXML        `xml:"order"`
	ApplySalesAndActions        *bool           `xml:"applySalesAndActions"`
	ApplySalesPrices            *bool           `xml:"applySalesPrices"`
	ApplyPriceGroups            *bool           `xml:"applyPriceGroups"`
	ScannedVoucherIssuanceCodes []string        `xml:"scannedVoucherIssuanceCodes"`
	Prepay                      *bool           `xml:"prepay"`
	PaymentList                 *paymentListXML `xml:"paymentList"`
}

// getStockXML asks for stock.
type getStockXML struct {
	BranchNumber       int32                `xml:"branchNumber"`
	ArticleNumbers     articleNumberListXML `xml:"articleNumbers"`
	StockID            *int64               `xml:"stockId"`
	DayStockOnlyFilter *bool                `xml:"dayStockOnlyFilter"`
	BranchNumbers      *branchNumberListXML `xml:"branchNumbers"`
}

// setStockXML sets the stock of one article in one branch.
type setStockXML struct {
	BranchNumber   int32   `xml:"branchNumber"`
	ArticleNumber  int64   `xml:"articleNumber"`
	Amount         int64   `xml:"amount"`
	DecimalPlaces  *int32  `xml:"decimalPlaces"`
	EmployeeNumber *int64  `xml:"employeeNumber"`
	Reference      *string `xml:"reference"`
}

// getStockHistoryXML asks for movements of stock.
type getStockHistoryXML struct {
	BranchNumber             int32                 `xml:"branchNumber"`
	ArticleNumbers           *articleNumberListXML `xml:"articleNumbers"`
	FromFinancialDateTime    *dateTimeXML          `xml:"fromFinancialDateTime"`
	ThroughFinancialDateTime *dateTimeXML          `xml:"throughFinancialDateTime"`
	SinceStockID             *int64                `xml:"sinceStockId"`
	SinceStockIDLimit        *int32                `xml:"sinceStockIdLimit"`
}

// getStockHistoryV2XML asks for those of several branches.
type getStockHistoryV2XML struct {
	BranchNumbers            []int32               `xml:"branchNumbers"`
	ArticleNumbers           *articleNumberListXML `xml:"articleNumbers"`
	FromFinancialDateTime    *dateTimeXML          `xml:"fromFinancialDateTime"`
	ThroughFinancialDateTime *dateTimeXML          `xml:"throughFinancialDateTime"`
	SinceStockID             *int64                `xml:"sinceStockId"`
	SinceStockIDLimit        *int32                `xml:"sinceStockIdLimit"`
}

// getArticleGroupsXML asks for the tree of groups.
type getArticleGroupsXML struct {
	SyncMarker             *int64  `xml:"syncMarker"`
	SyncMarkerLimit        *int32  `xml:"syncMarkerLimit"`
	GroupNumbers           []int32 `xml:"groupNumbers"`
	RetrieveArticleNumbers *bool   `xml:"retrieveArticleNumbers"`
}

// getPaymentMethodsXML asks for ways to pay.
type getPaymentMethodsXML struct {
	AccountNumber           *int32              `xml:"accountNumber"`
	PaymentMethodTypes      []paymentMethodType `xml:"paymentMethodTypes"`
	IncludeBpeConfiguration *bool               `xml:"includeBpeConfiguration"`
	IncludeGiftcardType     *bool               `xml:"includeGiftcardType"`
}

// currentSyncMarkersXML says which markers are asked for.
type currentSyncMarkersXML struct {
	IncludeArticleSyncMarker                            *bool `xml:"includeArticleSyncMarker"`
	IncludeArticleGroupSyncMarker                       *bool `xml:"includeArticleGroupSyncMarker"`
	IncludeRelationSyncMarker                           *bool `xml:"includeRelationSyncMarker"`
	IncludeEmployeeSyncMarker                           *bool `xml:"includeEmployeeSyncMarker"`
	IncludeInvoiceSyncMarker                            *bool `xml:"includeInvoiceSyncMarker"`
	IncludeReceiptSyncMarker                            *bool `xml:"includeReceiptSyncMarker"`
	IncludeOrderSyncMarker                              *bool `xml:"includeOrderSyncMarker"`
	IncludeProposalSyncMarker                           *bool `xml:"includeProposalSyncMarker"`
	IncludeStockID                                      *bool `xml:"includeStockId"`
	IncludeTicketCounterSaleSyncMarker                  *bool `xml:"includeTicketCounterSaleSyncMarker"`
	IncludePurchaseOrderSyncMarker                      *bool `xml:"includePurchaseOrderSyncMarker"`
	IncludePurchaseDeliverySyncMarker                   *bool `xml:"includePurchaseDeliverySyncMarker"`
	IncludeRelationPointsSyncMarker                     *bool `xml:"includeRelationPointsSyncMarker"`
	IncludeCashDrawerBalancingSyncMarker                *bool `xml:"includeCashDrawerBalancingSyncMarker"`
	IncludeActivitySyncMarker                           *bool `xml:"includeActivitySyncMarker"`
	IncludePackingSlipSyncMarker                        *bool `xml:"includePackingSlipSyncMarker"`
	IncludeDayStockConfigurationSyncMarker              *bool `xml:"includeDayStockConfigurationSyncMarker"`
	IncludePreparationMethodGroupSyncMarker             *bool `xml:"includePreparationMethodGroupSyncMarker"`
	IncludeArticleAlterationsGroupsSyncMarker           *bool `xml:"includeArticleAlterationsGroupsSyncMarker"`
	IncludeArticleNutritionalCharacteristicsSyncMarker  *bool `xml:"includeArticleNutritionalCharacteristicsSyncMarker"`
	IncludeRelationNutritionalCharacteristicsSyncMarker *bool `xml:"includeRelationNutritionalCharacteristicsSyncMarker"`
	IncludeBranchGroupSyncMarker                        *bool `xml:"includeBranchGroupSyncMarker"`
}
