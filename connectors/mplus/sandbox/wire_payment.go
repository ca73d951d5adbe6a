package sandbox

type paymentListXML struct {
	Payment []paymentXML `xml:"payment"`
}

// paymentXML is one payment on a document.
type paymentXML struct {
	PaymentID                         *string            `xml:"paymentId"`
	FinancialDate                     *dateXML           `xml:"financialDate"`
	EntryTimestamp                    *dateTimeXML       `xml:"entryTimestamp"`
	BranchNumber                      *int32             `xml:"branchNumber"`
	ExtBranchID                       *string            `xml:"extBranchId"`
	WorkplaceNumber                   *int32             `xml:"workplaceNumber"`
	EmployeeNumber                    *int64             `xml:"employeeNumber"`
	EmployeeName                      *string            `xml:"employeeName"`
	Method                            string             `xml:"method"`
	Description                       *string            `xml:"description"`
	Amount                            int64              `xml:"amount"`
	PaymentMethodType                 *paymentMethodType `xml:"paymentMethodType"`
	AccountNumber                     *int32             `xml:"accountNumber"`
	BranchAccountNumberList           *unread            `xml:"branchAccountNumberList"`
	EftTransactionDetails             *unread            `xml:"eftTransactionDetails"`
	GiftcardNumber                    *string            `xml:"giftcardNumber"`
	ExternalPaymentID                 *string            `xml:"externalPaymentId"`
	ExternalPaymentTransactionDetails *unread            `xml:"externalPaymentTransactionDetails"`
	ExternalReference                 *string            `xml:"externalReference"`
}

type paymentMethodListXML struct {
	PaymentMethod []paymentMethodXML `xml:"paymentMethod"`
}

// paymentMethodXML is a way to pay; method is its key.
type paymentMethodXML struct {
	Method                    string             `xml:"method"`
	Description               string             `xml:"description"`
	ButtonText                string             `xml:"buttonText"`
	AllowNegativeAmount       bool               `xml:"allowNegativeAmount"`
	Active                    *bool              `xml:"active"`
	Type                      *paymentMethodType `xml:"type"`
	AccountNumber             *int32             `xml:"accountNumber"`
	BranchAccountNumberList   *unread            `xml:"branchAccountNumberList"`
	DepositPaymentMethod      *string            `xml:"depositPaymentMethod"`
	HasExternalPaymentWebhook *bool              `xml:"hasExternalPaymentWebhook"`
	BpeConfiguration          *unread            `xml:"bpeConfiguration"`
	GiftcardType              *unread            `xml:"giftcardType"`
}
