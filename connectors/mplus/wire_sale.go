package mplus

import "github.com/koppel/koppel/domain"

// wireSale is Order, Receipt or Invoice: the elements in use. Here stand those that two
// or all three of them have; what is one's own is embedded.
type wireSale struct {
	kind domain.SourceKind // which of them it is

	SyncMarker            wireInt            `xml:"syncMarker"`
	EntryBranchNumber     wireInt            `xml:"entryBranchNumber"`
	EmployeeNumber        wireInt            `xml:"employeeNumber"`
	EntryTimestamp        *soapMplusDateTime `xml:"entryTimestamp"`
	RelationNumber        wireInt            `xml:"relationNumber"`
	RelationName          string             `xml:"relationName"`
	RelationVatNumber     string             `xml:"relationVatNumber"`
	DeliveryAddress       *orderAddress      `xml:"deliveryAddress"`
	InvoiceAddress        *orderAddress      `xml:"invoiceAddress"`
	FinancialDate         *soapMplusDate     `xml:"financialDate"`
	FinancialBranchNumber wireInt            `xml:"financialBranchNumber"`
	WorkplaceNumber       wireInt            `xml:"workplaceNumber"`
	Reference             string             `xml:"reference"`
	TotalInclAmount       wireInt            `xml:"totalInclAmount"` // cents
	TotalExclAmount       wireInt            `xml:"totalExclAmount"` // cents
	VatMethod             wireEnum           `xml:"vatMethod"`
	VatGroupList          []vatGroup         `xml:"vatGroupList>vatGroup"`
	ChangeCounter         wireInt            `xml:"changeCounter"`
	VersionNumber         wireInt            `xml:"versionNumber"`
	OrderCategoryNumber   wireInt            `xml:"orderCategoryNumber"`
	LineList              []line             `xml:"lineList>line"`
	PaymentList           []payment          `xml:"paymentList>payment"`
	VatCountryIso3        string             `xml:"vatCountryIso3"`
	OrderIDs              []string           `xml:"orderIds>id"` // the orders that a receipt or invoice belongs to
	PaidAmount            wireInt            `xml:"paidAmount"`  // cents
	State                 wireEnum           `xml:"state"`       // ReceiptState or InvoiceState

	order
	receipt
	invoice
}

// order is what only Order has.
type order struct {
	OrderID             string             `xml:"orderId"`
	OrderType           wireEnum           `xml:"orderType"`
	DeliveryMethod      string             `xml:"deliveryMethod"`
	DeliveryDate        *soapMplusDate     `xml:"deliveryDate"`
	DeliveryPeriodBegin *soapMplusDateTime `xml:"deliveryPeriodBegin"`
	PaymentMethod       string             `xml:"paymentMethod"`
	PrepaidAmount       wireInt            `xml:"prepaidAmount"` // cents
	FullyPaid           wireBool           `xml:"fullyPaid"`
	DeliveryState       wireEnum           `xml:"deliveryState"`
	CancelState         wireEnum           `xml:"cancelState"`
	CompleteState       wireEnum           `xml:"completeState"`
	OrderNumber         *yearNumber        `xml:"orderNumber"`
}

// receipt is what only Receipt has.
type receipt struct {
	ReceiptID         string               `xml:"receiptId"`
	ReceiptNumber     *workplaceYearNumber `xml:"receiptNumber"`
	ReceiptType       wireEnum             `xml:"receiptType"`
	CreditedReceiptID string               `xml:"creditedReceiptId"`
}

// invoice is what only Invoice has.
type invoice struct {
	InvoiceID         string      `xml:"invoiceId"`
	InvoiceNumber     *yearNumber `xml:"invoiceNumber"`
	InvoiceType       wireEnum    `xml:"invoiceType"`
	CreditedInvoiceID string      `xml:"creditedInvoiceId"`
}

// yearNumber is YearNumber: "2026.123" in two parts.
type yearNumber struct {
	Year   wireInt `xml:"year"`
	Number wireInt `xml:"number"`
}

// workplaceYearNumber is WorkplaceYearNumber: receipts are numbered by workplace.
type workplaceYearNumber struct {
	BranchNumber    wireInt `xml:"branchNumber"`
	WorkplaceNumber wireInt `xml:"workplaceNumber"`
	yearNumber
}

// orderAddress is Address: where an order goes or is billed. Street and house number
// share one element; the country is free text.
type orderAddress struct {
	Name        string `xml:"name"`
	Contact     string `xml:"contact"`
	Address     string `xml:"address"`
	Zipcode     string `xml:"zipcode"`
	City        string `xml:"city"`
	Country     string `xml:"country"`
	CompanyName string `xml:"companyName"`
}
