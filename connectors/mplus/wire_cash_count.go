package mplus

type getCashCountList struct {
	Request getCashCountListRequest `xml:"request"`
}

type getCashCountListRequest struct {
	FromFinancialDate    soapMplusDateOut `xml:"fromFinancialDate"`
	ThroughFinancialDate soapMplusDateOut `xml:"throughFinancialDate"`
}

type getCashCountListResponse struct {
	CashCountList []cashCount `xml:"cashCountList>cashCount"`
}

// cashCount is CashCount: the elements in use.
type cashCount struct {
	FinancialDate     *soapMplusDate  `xml:"financialDate"`
	BranchNumber      wireInt         `xml:"branchNumber"`
	IsFinalized       wireBool        `xml:"isFinalized"`
	CashCountLineList []cashCountLine `xml:"cashCountLineList>cashCountLine"`
}

// cashCountLine is CashCountLine. Amounts are cents.
type cashCountLine struct {
	PaymentMethod    string  `xml:"paymentMethod"`
	DifferenceAmount wireInt `xml:"differenceAmount"`
}
