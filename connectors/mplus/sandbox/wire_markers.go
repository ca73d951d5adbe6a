package sandbox

// markersXML is the answer of the first version of the call, where the older markers are mandatory.
type markersXML struct {
	ArticleSyncMarker               int64  `xml:"articleSyncMarker"`
	ArticleGroupSyncMarker          *int64 `xml:"articleGroupSyncMarker"`
	RelationSyncMarker              int64  `xml:"relationSyncMarker"`
	EmployeeSyncMarker              int64  `xml:"employeeSyncMarker"`
	InvoiceSyncMarker               int64  `xml:"invoiceSyncMarker"`
	ReceiptSyncMarker               int64  `xml:"receiptSyncMarker"`
	OrderSyncMarker                 int64  `xml:"orderSyncMarker"`
	ProposalSyncMarker              *int64 `xml:"proposalSyncMarker"`
	StockID                         *int64 `xml:"stockId"`
	TicketCounterSaleSyncMarker     *int64 `xml:"ticketCounterSaleSyncMarker"`
	PurchaseOrderSyncMarker         *int64 `xml:"purchaseOrderSyncMarker"`
	PurchaseDeliverySyncMarker      *int64 `xml:"purchaseDeliverySyncMarker"`
	RelationPointsSyncMarker        *int64 `xml:"relationPointsSyncMarker"`
	CashDrawerBalancingSyncMarker   *int64 `xml:"cashDrawerBalancingSyncMarker"`
	ActivitySyncMarker              *int64 `xml:"activitySyncMarker"`
	PackingSlipSyncMarker           *int64 `xml:"packingSlipSyncMarker"`
	DayStockConfigurationSyncMarker *int64 `xml:"dayStockConfigurationSyncMarker"`
}

// markersV2XML is the answer of the second version: only what was asked for.
type markersV2XML struct {
	ArticleSyncMarker                            *int64 `xml:"articleSyncMarker"`
	ArticleGroupSyncMarker                       *int64 `xml:"articleGroupSyncMarker"`
	RelationSyncMarker                           *int64 `xml:"relationSyncMarker"`
	EmployeeSyncMarker                           *int64 `xml:"employeeSyncMarker"`
	InvoiceSyncMarker                            *int64 `xml:"invoiceSyncMarker"`
	ReceiptSyncMarker                            *int64 `xml:"receiptSyncMarker"`
	OrderSyncMarker                              *int64 `xml:"orderSyncMarker"`
	ProposalSyncMarker                           *int64 `xml:"proposalSyncMarker"`
	StockID                                      *int64 `xml:"stockId"`
	TicketCounterSaleSyncMarker                  *int64 `xml:"ticketCounterSaleSyncMarker"`
	PurchaseOrderSyncMarker                      *int64 `xml:"purchaseOrderSyncMarker"`
	PurchaseDeliverySyncMarker                   *int64 `xml:"purchaseDeliverySyncMarker"`
	RelationPointsSyncMarker                     *int64 `xml:"relationPointsSyncMarker"`
	CashDrawerBalancingSyncMarker                *int64 `xml:"cashDrawerBalancingSyncMarker"`
	ActivitySyncMarker                           *int64 `xml:"activitySyncMarker"`
	PackingSlipSyncMarker                        *int64 `xml:"packingSlipSyncMarker"`
	DayStockConfigurationSyncMarker              *int64 `xml:"dayStockConfigurationSyncMarker"`
	PreparationMethodGroupSyncMarker             *int64 `xml:"preparationMethodGroupSyncMarker"`
	ArticleAlterationsGroupsSyncMarker           *int64 `xml:"articleAlterationsGroupsSyncMarker"`
	ArticleNutritionalCharacteristicsSyncMarker  *int64 `xml:"articleNutritionalCharacteristicsSyncMarker"`
	RelationNutritionalCharacteristicsSyncMarker *int64 `xml:"relationNutritionalCharacteristicsSyncMarker"`
	BranchGroupSyncMarker                        *int64 `xml:"branchGroupSyncMarker"`
}

// apiVersionXML tells the release of the service.
type apiVersionXML struct {
	MajorNumber                 int32        `xml:"majorNumber"`
	MinorNumber                 int32        `xml:"minorNumber"`
	RevisionNumber              int32        `xml:"revisionNumber"`
	DatabaseMajorNumber         *int32       `xml:"databaseMajorNumber"`
	DatabaseMinorNumber         *int32       `xml:"databaseMinorNumber"`
	DatabaseRevisionNumber      *int32       `xml:"databaseRevisionNumber"`
	ServiceMajorNumber          *int32       `xml:"serviceMajorNumber"`
	ServiceMinorNumber          *int32       `xml:"serviceMinorNumber"`
	ServiceRevisionNumber       *int32       `xml:"serviceRevisionNumber"`
	ServiceBuildNumber          *int32       `xml:"serviceBuildNumber"`
	ServiceDate                 *dateXML     `xml:"serviceDate"`
	ServiceDateTime             *dateTimeXML `xml:"serviceDateTime"`
	ServiceProcessID            *int32       `xml:"serviceProcessId"`
	ServiceHostname             *string      `xml:"serviceHostname"`
	ServiceIpAddresses          []string     `xml:"serviceIpAddresses"`
	ServiceMinWorkerThreads     *int32       `xml:"serviceMinWorkerThreads"`
	ServiceMaxWorkerThreads     *int32       `xml:"serviceMaxWorkerThreads"`
	ServerMajorNumber           *int32       `xml:"serverMajorNumber"`
	ServerMinorNumber           *int32       `xml:"serverMinorNumber"`
	ServerRevisionNumber        *int32       `xml:"serverRevisionNumber"`
	ServerDate                  *dateXML     `xml:"serverDate"`
	ServerDateTime              *dateTimeXML `xml:"serverDateTime"`
	InDebugMode                 bool         `xml:"inDebugMode"`
	IsSlaveApi                  *bool        `xml:"isSlaveApi"`
	SlaveApiType                *unread      `xml:"slaveApiType"`
	SlaveBranchNumber           *int32       `xml:"slaveBranchNumber"`
	SlaveWorkplaceNumber        *int32       `xml:"slaveWorkplaceNumber"`
	ServiceVersionDisplayString *string      `xml:"serviceVersionDisplayString"`
}
