package sandbox

// articleStockXML is the stock of one article in one branch.
type articleStockXML struct {
	BranchNumber          *int32            `xml:"branchNumber"`
	ArticleNumber         int64             `xml:"articleNumber"`
	ChangeTimestamp       *dateTimeXML      `xml:"changeTimestamp"`
	StockID               int64             `xml:"stockId"`
	AmountFree            int64             `xml:"amountFree"`
	DecimalPlacesFree     *int32            `xml:"decimalPlacesFree"`
	AmountReserved        int64             `xml:"amountReserved"`
	DecimalPlacesReserved *int32            `xml:"decimalPlacesReserved"`
	AmountIncoming        int64             `xml:"amountIncoming"`
	DecimalPlacesIncoming *int32            `xml:"decimalPlacesIncoming"`
	OwnAmountFree         *decimalText      `xml:"ownAmountFree"`
	OwnAmountReserved     *decimalText      `xml:"ownAmountReserved"`
	OwnAmountIncoming     *decimalText      `xml:"ownAmountIncoming"`
	SubArticle            []articleStockXML `xml:"subArticle"`
	IsDayStockArticle     bool              `xml:"isDayStockArticle"`
}

// articleStockHistoryXML is one movement of stock.
type articleStockHistoryXML struct {
	StockID                       int64                   `xml:"stockId"`
	Timestamp                     dateTimeXML             `xml:"timestamp"`
	BranchNumber                  *int32                  `xml:"branchNumber"`
	ArticleNumber                 int64                   `xml:"articleNumber"`
	AmountChanged                 int64                   `xml:"amountChanged"`
	DecimalPlaces                 *int32                  `xml:"decimalPlaces"`
	Type                          stockHistoryType        `xml:"type"`
	OrderID                       *string                 `xml:"orderId"`
	PackingSlipID                 *string                 `xml:"packingSlipId"`
	InvoiceID                     *string                 `xml:"invoiceId"`
	InvoiceNumber                 *yearNumberXML          `xml:"invoiceNumber"`
	InvoiceBarcode                *string                 `xml:"invoiceBarcode"`
	ReceiptID                     *string                 `xml:"receiptId"`
	ReceiptNumber                 *workplaceYearNumberXML `xml:"receiptNumber"`
	ReceiptBarcode                *string                 `xml:"receiptBarcode"`
	CorrectionNumber              *yearNumberXML          `xml:"correctionNumber"`
	BeforeCorrectionQuantity      *int64                  `xml:"beforeCorrectionQuantity"`
	BeforeCorrectionDecimalPlaces *int32                  `xml:"beforeCorrectionDecimalPlaces"`
	AfterCorrectionQuantity       *int64                  `xml:"afterCorrectionQuantity"`
	AfterCorrectionDecimalPlaces  *int32                  `xml:"afterCorrectionDecimalPlaces"`
	DeliveryNumber                *yearNumberXML          `xml:"deliveryNumber"`
	InternalShipmentNumber        *yearNumberXML          `xml:"internalShipmentNumber"`
	InternalDeliveryNumber        *unread                 `xml:"internalDeliveryNumber"`
	BranchInvoiceNumber           *unread                 `xml:"branchInvoiceNumber"`
}

// stockCorrectionsXML sets the stock of many articles in one branch.
type stockCorrectionsXML struct {
	BranchNumber        int32                  `xml:"branchNumber"`
	EmployeeNumber      int64                  `xml:"employeeNumber"`
	Reference           string                 `xml:"reference"`
	StockCorrectionList stockCorrectionListXML `xml:"stockCorrectionList"`
	CorrectionType      *stockCorrectionType   `xml:"correctionType"`
	CorrectionMode      *stockCorrectionMode   `xml:"correctionMode"`
	Reason              *string                `xml:"reason"`
	PlannedCycleCountID *string                `xml:"plannedCycleCountId"`
}

type stockCorrectionListXML struct {
	Correction []stockCorrectionXML `xml:"correction"`
}

// stockCorrectionXML is the amount of one article.
type stockCorrectionXML struct {
	ArticleNumber int64  `xml:"articleNumber"`
	Amount        int64  `xml:"amount"`
	DecimalPlaces *int32 `xml:"decimalPlaces"`
}
