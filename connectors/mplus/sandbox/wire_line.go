package sandbox

type lineListXML struct {
	Line []lineXML `xml:"line"`
}

// lineXML is one line; article number 0 is a line of text only.
type lineXML struct {
	LineID                      *string      `xml:"lineId"`
	EmployeeNumber              *int64       `xml:"employeeNumber"`
	ArticleNumber               int64        `xml:"articleNumber"`
	PluNumber                   *string      `xml:"pluNumber"`
	Text                        *string      `xml:"text"`
	SupplierRelationNumber      *int64       `xml:"supplierRelationNumber"`
	SupplierRelationName        *string      `xml:"supplierRelationName"`
	SupplierArticleNumber       *string      `xml:"supplierArticleNumber"`
	Data                        *lineDataXML `xml:"data"`
	CourseNumber                *int32       `xml:"courseNumber"`
	MenuHash                    *string      `xml:"menuHash"`
	MenuDescription             *string      `xml:"menuDescription"`
	MenuAmount                  *int64       `xml:"menuAmount"`
	SalePromotionData           *unread      `xml:"salePromotionData"`
	WebhookData                 *unread      `xml:"webhookData"`
	LineType                    *lineType    `xml:"lineType"`
	PreparationList             *lineListXML `xml:"preparationList"`
	SuppressDisposableComponent *bool        `xml:"suppressDisposableComponent"`
	TempID                      *string      `xml:"tempId"`
	RetourReason                *string      `xml:"retourReason"`
	SequenceNumber              *int32       `xml:"sequenceNumber"`
	ContractLines               *unread      `xml:"contractLines"`
	UncondensedLines            *lineListXML `xml:"uncondensedLines"`
	TempLineID                  *string      `xml:"tempLineId"`
	SubLineType                 *subLineType `xml:"subLineType"`
	ArticleAlterationID         *int32       `xml:"articleAlterationId"`
	LineKind                    *lineKind    `xml:"lineKind"`
	SalesOrderLineID            *string      `xml:"salesOrderLineId"`
}

// lineDataXML holds what a line counts. Quantities are whole numbers with a sibling that says how many decimals they have; money
// is in cents.
type lineDataXML struct {
	Quantity                           int64              `xml:"quantity"`
	DecimalPlaces                      *int32             `xml:"decimalPlaces"`
	DeliveredQuantity                  *int64             `xml:"deliveredQuantity"`
	DeliveredDecimalPlaces             *int32             `xml:"deliveredDecimalPlaces"`
	CancelledQuantity                  *int64             `xml:"cancelledQuantity"`
	CancelledDecimalPlaces             *int32             `xml:"cancelledDecimalPlaces"`
	Price                              *int64             `xml:"price"`
	PriceExcl                          *int64             `xml:"priceExcl"`
	OriginalPrice                      *int64             `xml:"originalPrice"`
	OriginalPriceExcl                  *int64             `xml:"originalPriceExcl"`
	PurchasePrice                      *int64             `xml:"purchasePrice"`
	AveragePurchasePrice               *decimalText       `xml:"averagePurchasePrice"`
	ExchangeRateBuyPrice               *int64             `xml:"exchangeRateBuyPrice"`
	ExchangeRateBuyPriceDecimalPlaces  *int32             `xml:"exchangeRateBuyPriceDecimalPlaces"`
	ExchangeRateSellPrice              *int64             `xml:"exchangeRateSellPrice"`
	ExchangeRateSellPriceDecimalPlaces *int32             `xml:"exchangeRateSellPriceDecimalPlaces"`
	ExchangeRateMultiplier             *int32             `xml:"exchangeRateMultiplier"`
	TurnoverGroup                      *int32             `xml:"turnoverGroup"`
	TurnoverGroupName                  *string            `xml:"turnoverGroupName"`
	TurnoverGroupType                  *turnoverGroupType `xml:"turnoverGroupType"`
	TurnoverGroupAccountNumber         *int32             `xml:"turnoverGroupAccountNumber"`
	TurnoverGroupCostCenter            *string            `xml:"turnoverGroupCostCenter"`
	VATCode                            *int32             `xml:"vatCode"`
	VATPercentage                      *int32             `xml:"vatPercentage"`
	PricePerQuantity                   *int32             `xml:"pricePerQuantity"`
	SiUnit                             *string            `xml:"siUnit"`
	DiscountType                       *discountType      `xml:"discountType"`
	DiscountPercentage                 *int32             `xml:"discountPercentage"`
	DiscountAmount                     *int64             `xml:"discountAmount"`
	DiscountAmountExcl                 *int64             `xml:"discountAmountExcl"`
	BpeID                              *string            `xml:"bpeId"`
	BpeDescription                     *string            `xml:"bpeDescription"`
	BpeAmount                          *int64             `xml:"bpeAmount"`
	BpeAmountExcl                      *int64             `xml:"bpeAmountExcl"`
	MenuID                             *string            `xml:"menuId"`
	MenuLinesID                        *string            `xml:"menuLinesId"`
	TotalInclAmount                    *int64             `xml:"totalInclAmount"`
	TotalExclAmount                    *int64             `xml:"totalExclAmount"`
	PriceType                          *priceType         `xml:"priceType"`
	PurchaseAccountNumber              *int32             `xml:"purchaseAccountNumber"`
	StockAccountNumber                 *int32             `xml:"stockAccountNumber"`
	BpeAccordationEmployeeNumber       *int64             `xml:"bpeAccordationEmployeeNumber"`
	RedeemedVoucherIssuanceID          *string            `xml:"redeemedVoucherIssuanceId"`
	PendingVoucherIssuanceStartTs      *dateTimeText      `xml:"pendingVoucherIssuanceStartTs"`
}
