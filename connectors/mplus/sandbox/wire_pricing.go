package sandbox

// determinePricingXML asks what the till would charge for lines.
type determinePricingXML struct {
	FinancialDate               *dateText        `xml:"financialDate"`
	Timestamp                   *dateTimeText    `xml:"timestamp"`
	PricegroupOverride          *int32           `xml:"pricegroupOverride"`
	RelationNumber              *int64           `xml:"relationNumber"`
	ActivityID                  *string          `xml:"activityId"`
	Workplace                   workplaceIDXML   `xml:"workplace"`
	Lines                       []pricingLineXML `xml:"lines"`
	VATChange                   *vatChange       `xml:"vatChange"`
	OrderID                     *string          `xml:"orderId"`
	Table                       *unread          `xml:"table"`
	ScannedVoucherIssuanceCodes []string         `xml:"scannedVoucherIssuanceCodes"`
	AutomaticNewMenus           *bool            `xml:"automaticNewMenus"`
}

type workplaceIDXML struct {
	BranchNumber    int32 `xml:"branchNumber"`
	WorkplaceNumber int32 `xml:"workplaceNumber"`
}

// pricingLineXML is a line that is to be priced.
type pricingLineXML struct {
	ArticleNumber               *int64              `xml:"articleNumber"`
	Text                        *string             `xml:"text"`
	Data                        *pricingLineDataXML `xml:"data"`
	WebhookLineData             *unread             `xml:"webhookLineData"`
	PreparationList             []unread            `xml:"preparationList"`
	SuppressDisposableComponent *bool               `xml:"suppressDisposableComponent"`
	LineType                    *lineType           `xml:"lineType"`
	TempID                      *string             `xml:"tempId"`
	ArticleAlterationID         *int32              `xml:"articleAlterationId"`
	SalePromotionData           *unread             `xml:"salePromotionData"`
}

type pricingLineDataXML struct {
	Quantity                      decimalText   `xml:"quantity"`
	PriceIncl                     *decimalText  `xml:"priceIncl"`
	DiscountPercentage            *decimalText  `xml:"discountPercentage"`
	DiscountAmount                *decimalText  `xml:"discountAmount"`
	BPEID                         *string       `xml:"bpeId"`
	MenuID                        *string       `xml:"menuId"`
	MenuLinesID                   *string       `xml:"menuLinesId"`
	CourseNumber                  *int32        `xml:"courseNumber"`
	BPEAccordationEmployeeNumber  *int64        `xml:"bpeAccordationEmployeeNumber"`
	PriceType                     *priceType    `xml:"priceType"`
	RedeemedVoucherIssuanceID     *string       `xml:"redeemedVoucherIssuanceId"`
	PendingVoucherIssuanceStartTs *dateTimeText `xml:"pendingVoucherIssuanceStartTs"`
	DiscountType                  *discountType `xml:"discountType"`
}

// pricedLineXML is a line with what the till charges for it. What the sandbox never fills is left out.
type pricedLineXML struct {
	ArticleNumber      int64         `xml:"articleNumber"`
	Description        *string       `xml:"description"`
	Quantity           decimalText   `xml:"quantity"`
	Price              decimalText   `xml:"price"`
	DiscountPercentage decimalText   `xml:"discountPercentage"`
	DiscountAmount     decimalText   `xml:"discountAmount"`
	Amount             decimalText   `xml:"amount"`
	PriceType          priceType     `xml:"priceType"`
	TempID             *string       `xml:"tempId"`
	PriceExcl          decimalText   `xml:"priceExcl"`
	DiscountAmountExcl decimalText   `xml:"discountAmountExcl"`
	AmountExcl         decimalText   `xml:"amountExcl"`
	DiscountType       *discountType `xml:"discountType"`
}
