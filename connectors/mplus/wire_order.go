package mplus

// order is Order: the elements in use, in the order of the schema.
type order struct {
	OrderID               string             `xml:"orderId"`
	SyncMarker            wireInt            `xml:"syncMarker"`
	OrderType             wireEnum           `xml:"orderType"`
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
	DeliveryMethod        string             `xml:"deliveryMethod"`
	DeliveryDate          *soapMplusDate     `xml:"deliveryDate"`
	DeliveryPeriodBegin   *soapMplusDateTime `xml:"deliveryPeriodBegin"`
	PaymentMethod         string             `xml:"paymentMethod"`
	ChangeCounter         wireInt            `xml:"changeCounter"`
	VersionNumber         wireInt            `xml:"versionNumber"`
	PrepaidAmount         wireInt            `xml:"prepaidAmount"` // cents
	FullyPaid             wireBool           `xml:"fullyPaid"`
	CancelState           wireEnum           `xml:"cancelState"`
	OrderNumber           *yearNumber        `xml:"orderNumber"`
	OrderCategoryNumber   wireInt            `xml:"orderCategoryNumber"`
	LineList              []line             `xml:"lineList>line"`
	VatCountryIso3        string             `xml:"vatCountryIso3"`
}

// yearNumber is YearNumber: "2026.123" in two parts.
type yearNumber struct {
	Year   wireInt `xml:"year"`
	Number wireInt `xml:"number"`
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
