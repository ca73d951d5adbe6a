package mplus

// getPaymentMethodsV2 asks for all payment methods: no filter is set.
type getPaymentMethodsV2 struct {
	Request struct{} `xml:"request"`
}

type getPaymentMethodsResponse struct {
	PaymentMethodList []paymentMethod `xml:"paymentMethodList>paymentMethod"`
}

// paymentMethod is PaymentMethod; method is the key that orders carry.
type paymentMethod struct {
	Method        string   `xml:"method"`
	Description   string   `xml:"description"`
	Active        wireBool `xml:"active"`
	Type          wireEnum `xml:"type"`
	AccountNumber wireInt  `xml:"accountNumber"`
}

type getDeliveryMethodsResponse struct {
	DeliveryMethodList []deliveryMethod `xml:"deliveryMethodList>deliveryMethod"`
}

// deliveryMethod is DeliveryMethod; deliveryMethod is the key that orders carry.
type deliveryMethod struct {
	DeliveryMethod string   `xml:"deliveryMethod"`
	Description    string   `xml:"description"`
	Enabled        wireBool `xml:"enabled"`
}
