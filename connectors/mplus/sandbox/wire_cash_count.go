package sandbox

type getCashCountListXML struct {
	FromFinancialDate    *dateXML                `xml:"fromFinancialDate"`
	ThroughFinancialDate *dateXML                `xml:"throughFinancialDate"`
	SinceCashCount       *workplaceYearNumberXML `xml:"sinceCashCount"`
}

type cashCountListXML struct {
	CashCount []cashCountXML `xml:"cashCount"`
}

// cashCountXML is one count of a drawer: what should lie in it and what does.
type cashCountXML struct {
	CashCountID                 string               `xml:"cashCountId"`
	CashCountString             *string              `xml:"cashCountString"`
	FinancialDate               dateXML              `xml:"financialDate"`
	EntryTimestamp              dateTimeXML          `xml:"entryTimestamp"`
	BranchNumber                int32                `xml:"branchNumber"`
	ExtBranchID                 *string              `xml:"extBranchId"`
	WorkplaceNumber             int32                `xml:"workplaceNumber"`
	ExtraWorkplaceNumbers       []int32              `xml:"extraWorkplaceNumbers"`
	CashCountNumber             yearNumberXML        `xml:"cashCountNumber"`
	VersionNumber               int32                `xml:"versionNumber"`
	EmployeeNumber              int64                `xml:"employeeNumber"`
	CountingEmployeeNumber      int64                `xml:"countingEmployeeNumber"`
	IsFinalized                 *bool                `xml:"isFinalized"`
	ShiftFirstReceiptID         *string              `xml:"shiftFirstReceiptId"`
	ShiftFirstTransaction       transactionXML       `xml:"shiftFirstTransaction"`
	ShiftLastReceiptID          *string              `xml:"shiftLastReceiptId"`
	ShiftLastTransaction        transactionXML       `xml:"shiftLastTransaction"`
	CashCountExtraWorkplaceList *unread              `xml:"cashCountExtraWorkplaceList"`
	CashCountLineList           cashCountLineListXML `xml:"cashCountLineList"`
}

// transactionXML names the first or last transaction of a shift.
type transactionXML struct {
	TransactionID     string        `xml:"transactionId"`
	TransactionString *string       `xml:"transactionString"`
	FinancialDate     dateXML       `xml:"financialDate"`
	BranchNumber      int32         `xml:"branchNumber"`
	ExtBranchID       *string       `xml:"extBranchId"`
	WorkplaceNumber   int32         `xml:"workplaceNumber"`
	TransactionNumber yearNumberXML `xml:"transactionNumber"`
	EmployeeNumber    int64         `xml:"employeeNumber"`
	EntryTimestamp    dateTimeXML   `xml:"entryTimestamp"`
	RelationNumber    *int64        `xml:"relationNumber"`
}

type cashCountLineListXML struct {
	CashCountLine []cashCountLineXML `xml:"cashCountLine"`
}

// cashCountLineXML is the count of one payment method. Amounts are cents.
type cashCountLineXML struct {
	PaymentMethod            string             `xml:"paymentMethod"`
	PaymentMethodType        *paymentMethodType `xml:"paymentMethodType"`
	AccountNumber            *int32             `xml:"accountNumber"`
	StartAmount              int64              `xml:"startAmount"`
	AddedAmount              int64              `xml:"addedAmount"`
	CountedAmount            int64              `xml:"countedAmount"`
	DepositedAmount          int64              `xml:"depositedAmount"`
	DifferenceAmount         int64              `xml:"differenceAmount"`
	DifferenceAccountNumber  *int32             `xml:"differenceAccountNumber"`
	EndAmount                int64              `xml:"endAmount"`
	DepositPaymentMethod     *string            `xml:"depositPaymentMethod"`
	DepositPaymentMethodType *paymentMethodType `xml:"depositPaymentMethodType"`
	DepositAccountNumber     *int32             `xml:"depositAccountNumber"`
}
