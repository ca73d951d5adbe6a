package sandbox

// receiptXML is a sale over the counter.
type receiptXML struct {
	ReceiptID                 string                  `xml:"receiptId"`
	ExtReceiptID              *string                 `xml:"extReceiptId"`
	OrderIDs                  *idListXML              `xml:"orderIds"`
	ExtOrderIDs               *idListXML              `xml:"extOrderIds"`
	TransactionString         *string                 `xml:"transactionString"`
	SyncMarker                *int64                  `xml:"syncMarker"`
	ReceiptNumber             *workplaceYearNumberXML `xml:"receiptNumber"`
	ReceiptBarcode            *string                 `xml:"receiptBarcode"`
	ReceiptType               receiptType             `xml:"receiptType"`
	EmployeeNumber            int64                   `xml:"employeeNumber"`
	EmployeeName              string                  `xml:"employeeName"`
	EntryTimestamp            dateTimeXML             `xml:"entryTimestamp"`
	RelationNumber            *int64                  `xml:"relationNumber"`
	RelationName              *string                 `xml:"relationName"`
	RelationCategoryID        *int32                  `xml:"relationCategoryId"`
	RelationBankAccountNumber *string                 `xml:"relationBankAccountNumber"`
	FinancialDate             dateXML                 `xml:"financialDate"`
	FinancialBranchNumber     int32                   `xml:"financialBranchNumber"`
	FinancialExtBranchID      *string                 `xml:"financialExtBranchId"`
	WorkplaceNumber           int32                   `xml:"workplaceNumber"`
	EntryBranchNumber         *int32                  `xml:"entryBranchNumber"`
	EntryExtBranchID          *string                 `xml:"entryExtBranchId"`
	Reference                 *string                 `xml:"reference"`
	ActivityID                *string                 `xml:"activityId"`
	TotalInclAmount           int64                   `xml:"totalInclAmount"`
	TotalExclAmount           int64                   `xml:"totalExclAmount"`
	VATMethod                 vatMethod               `xml:"vatMethod"`
	VATGroupList              *vatGroupListXML        `xml:"vatGroupList"`
	ChangeCounter             *int32                  `xml:"changeCounter"`
	VersionNumber             *int32                  `xml:"versionNumber"`
	PaidAmount                int64                   `xml:"paidAmount"`
	State                     receiptState            `xml:"state"`
	LineList                  *lineListXML            `xml:"lineList"`
	PaymentList               *paymentListXML         `xml:"paymentList"`
	AnswerList                *unread                 `xml:"answerList"`
	VATChange                 *vatChange              `xml:"vatChange"`
	NumberOfGuests            *int32                  `xml:"numberOfGuests"`
	CreditedReceiptID         *string                 `xml:"creditedReceiptId"`
	TableNumber               *int32                  `xml:"tableNumber"`
	TableSubNumber            *int32                  `xml:"tableSubNumber"`
	SalesCategoryNumber       *int32                  `xml:"salesCategoryNumber"`
	SalesCategoryDescription  *string                 `xml:"salesCategoryDescription"`
	BranchGroupNumber         *int32                  `xml:"branchGroupNumber"`
	OwnerID                   *string                 `xml:"ownerId"`
	TimelineEvents            *unread                 `xml:"timelineEvents"`
}
