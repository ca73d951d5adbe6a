package mplus

// payment is Payment: the elements in use.
type payment struct {
	FinancialDate     *soapMplusDate `xml:"financialDate"`
	Method            string         `xml:"method"`
	Amount            wireInt        `xml:"amount"` // cents
	PaymentMethodType wireEnum       `xml:"paymentMethodType"`
	GiftcardNumber    string         `xml:"giftcardNumber"`
}
