package mplus

// getStock asks what a branch holds. The list of articles is wrapped twice.
type getStock struct {
	Request getStockRequest `xml:"request"`
}

type getStockRequest struct {
	BranchNumber   int64   `xml:"branchNumber"`
	ArticleNumbers []int64 `xml:"articleNumbers>articleNumbers"`
}

type getStockResponse struct {
	ArticleStocks []articleStock `xml:"articleStocks"`
}

// articleStock is ArticleStock.
type articleStock struct {
	ArticleNumber         wireInt `xml:"articleNumber"`
	AmountFree            wireInt `xml:"amountFree"`
	DecimalPlacesFree     wireInt `xml:"decimalPlacesFree"`
	AmountReserved        wireInt `xml:"amountReserved"`
	DecimalPlacesReserved wireInt `xml:"decimalPlacesReserved"`
}

// setStock sets the stock of one article.
type setStock struct {
	Request setStockRequest `xml:"request"`
}

type setStockRequest struct {
	BranchNumber   int64  `xml:"branchNumber"`
	ArticleNumber  int64  `xml:"articleNumber"`
	Amount         string `xml:"amount"`
	DecimalPlaces  string `xml:"decimalPlaces"`
	EmployeeNumber int64  `xml:"employeeNumber,omitempty"`
	Reference      string `xml:"reference,omitempty"`
}

type setStockResponse struct {
	Result wireEnum `xml:"result"`
}

// saveStockCorrections sets the stock of many articles at once.
type saveStockCorrections struct {
	Request saveStockCorrectionsRequest `xml:"request"`
}

type saveStockCorrectionsRequest struct {
	BranchNumber        int64             `xml:"branchNumber"`
	EmployeeNumber      int64             `xml:"employeeNumber"`
	Reference           string            `xml:"reference"`
	StockCorrectionList []stockCorrection `xml:"stockCorrectionList>correction"`
	CorrectionType      string            `xml:"correctionType"`
	CorrectionMode      string            `xml:"correctionMode"`
}

type stockCorrection struct {
	ArticleNumber int64  `xml:"articleNumber"`
	Amount        string `xml:"amount"`
	DecimalPlaces string `xml:"decimalPlaces"`
}

type saveStockCorrectionsResponse struct {
	Result              wireEnum `xml:"result"`
	FailedArticleNumber wireInt  `xml:"failedArticleNumber"`
}

// getStockHistoryV2 asks for movements of stock. No branch named is every branch.
type getStockHistoryV2 struct {
	Request getStockHistoryV2Request `xml:"request"`
}

type getStockHistoryV2Request struct {
	FromFinancialDateTime *soapMplusDateTimeOut `xml:"fromFinancialDateTime,omitempty"`
	SinceStockID          int64                 `xml:"sinceStockId"`
	SinceStockIDLimit     int                   `xml:"sinceStockIdLimit,omitempty"`
}

type getStockHistoryResponse struct {
	ArticleStockHistory []articleStockHistory `xml:"articleStockHistory"`
}

// articleStockHistory is ArticleStockHistory: one movement.
type articleStockHistory struct {
	StockID       wireInt            `xml:"stockId"`
	Timestamp     *soapMplusDateTime `xml:"timestamp"`
	BranchNumber  wireInt            `xml:"branchNumber"`
	ArticleNumber wireInt            `xml:"articleNumber"`
	AmountChanged wireInt            `xml:"amountChanged"`
	DecimalPlaces wireInt            `xml:"decimalPlaces"`
	Type          wireEnum           `xml:"type"`
	OrderID       string             `xml:"orderId"`
	InvoiceID     string             `xml:"invoiceId"`
	ReceiptID     string             `xml:"receiptId"`
}
