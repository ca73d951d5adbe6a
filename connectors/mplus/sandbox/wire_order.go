package sandbox

// orderXML is Order of the schema, whole and in its order: what a client may send must be known here.
type orderXML struct {
	OrderID                   string                  `xml:"orderId"`
	ExtOrderID                *string                 `xml:"extOrderId"`
	InvoiceIDs                *idListXML              `xml:"invoiceIds"`
	ExtInvoiceIDs             *idListXML              `xml:"extInvoiceIds"`
	TransactionString         *string                 `xml:"transactionString"`
	SyncMarker                *int64                  `xml:"syncMarker"`
	OrderType                 *orderType              `xml:"orderType"`
	EntryBranchNumber         *int32                  `xml:"entryBranchNumber"`
	EntryExtBranchID          *string                 `xml:"entryExtBranchId"`
	EmployeeNumber            *int64                  `xml:"employeeNumber"`
	EmployeeName              *string                 `xml:"employeeName"`
	EntryTimestamp            *dateTimeXML            `xml:"entryTimestamp"`
	RelationNumber            *int64                  `xml:"relationNumber"`
	RelationName              *string                 `xml:"relationName"`
	RelationCategoryID        *int32                  `xml:"relationCategoryId"`
	RelationBankAccountNumber *string                 `xml:"relationBankAccountNumber"`
	RelationVATNumber         *string                 `xml:"relationVatNumber"`
	DeliveryAddress           *addressXML             `xml:"deliveryAddress"`
	InvoiceAddress            *addressXML             `xml:"invoiceAddress"`
	FinancialDate             *dateXML                `xml:"financialDate"`
	FinancialBranchNumber     *int32                  `xml:"financialBranchNumber"`
	FinancialExtBranchID      *string                 `xml:"financialExtBranchId"`
	WorkplaceNumber           *int32                  `xml:"workplaceNumber"`
	Reference                 *string                 `xml:"reference"`
	ActivityID                *string                 `xml:"activityId"`
	TotalInclAmount           *int64                  `xml:"totalInclAmount"`
	TotalExclAmount           *int64                  `xml:"totalExclAmount"`
	VATMethod                 *vatMethod              `xml:"vatMethod"`
	VATGroupList              *vatGroupListXML        `xml:"vatGroupList"`
	DeliveryMethod            *string                 `xml:"deliveryMethod"`
	DeliveryDate              *dateXML                `xml:"deliveryDate"`
	DeliveryPeriodBegin       *dateTimeXML            `xml:"deliveryPeriodBegin"`
	DeliveryPeriodEnd         *dateTimeXML            `xml:"deliveryPeriodEnd"`
	PaymentMethod             *string                 `xml:"paymentMethod"`
	ChangeCounter             *int32                  `xml:"changeCounter"`
	VersionNumber             *int32                  `xml:"versionNumber"`
	PrepaidAmount             *int64                  `xml:"prepaidAmount"`
	FullyPaid                 *bool                   `xml:"fullyPaid"`
	DeliveryState             *deliveryState          `xml:"deliveryState"`
	CancelState               *cancelState            `xml:"cancelState"`
	CompleteState             *completeState          `xml:"completeState"`
	TableNumber               *int32                  `xml:"tableNumber"`
	TableSubNumber            *int32                  `xml:"tableSubNumber"`
	TableDescription          *string                 `xml:"tableDescription"`
	NumberOfGuests            *int32                  `xml:"numberOfGuests"`
	OrderNumber               *yearNumberXML          `xml:"orderNumber"`
	BranchOrderNumber         *workplaceYearNumberXML `xml:"branchOrderNumber"`
	OrderBarcode              *string                 `xml:"orderBarcode"`
	OrderCategoryNumber       *int32                  `xml:"orderCategoryNumber"`
	OrderCategoryDescription  *string                 `xml:"orderCategoryDescription"`
	OnDeliveryURL             *string                 `xml:"onDeliveryUrl"`
	OnInvoiceURL              *string                 `xml:"onInvoiceUrl"`
	LineList                  *lineListXML            `xml:"lineList"`
	PaymentList               *paymentListXML         `xml:"paymentList"`
	VATChange                 *vatChange              `xml:"vatChange"`
	VATCountryCode            *int16                  `xml:"vatCountryCode"`
	VATCountryISO3            *string                 `xml:"vatCountryIso3"`
	WebhookSessionData        *unread                 `xml:"webhookSessionData"`
	CateringOrderNumber       *yearNumberXML          `xml:"cateringOrderNumber"`
	InvoiceNumbers            *yearNumberListXML      `xml:"invoiceNumbers"`
	PackingSlipIDs            *idListXML              `xml:"packingSlipIds"`
	PackingSlipNumbers        *yearNumberListXML      `xml:"packingSlipNumbers"`
	ProposalID                *string                 `xml:"proposalId"`
	ExtProposalID             *string                 `xml:"extProposalId"`
	ProposalNumber            *yearNumberXML          `xml:"proposalNumber"`
	BranchGroupNumber         *int32                  `xml:"branchGroupNumber"`
	OwnerID                   *string                 `xml:"ownerId"`
	BranchInvoiceNumbers      *unread                 `xml:"branchInvoiceNumbers"`
	TimelineEvents            *unread                 `xml:"timelineEvents"`
	ContractPeriod            *unread                 `xml:"contractPeriod"`
}

// addressXML has street and house number in one field and a country in free text.
type addressXML struct {
	AddressID           *string `xml:"addressId"`
	Name                *string `xml:"name"`
	Contact             *string `xml:"contact"`
	Address             *string `xml:"address"`
	Zipcode             *string `xml:"zipcode"`
	City                *string `xml:"city"`
	Country             *string `xml:"country"`
	Label               *string `xml:"label"`
	CompanyName         *string `xml:"companyName"`
	SupplierInformation *string `xml:"supplierInformation"`
}

// vatGroupXML is one VAT code of a document with its amounts, or of the configuration without them.
type vatGroupXML struct {
	BranchNumber  *int32  `xml:"branchNumber"`
	ExtBranchID   *string `xml:"extBranchId"`
	CountryCode   *int16  `xml:"countryCode"`
	CountryISO3   *string `xml:"countryIso3"`
	VATCode       int32   `xml:"vatCode"`
	VATPercentage int64   `xml:"vatPercentage"`
	ExclAmount    *int64  `xml:"exclAmount"`
	VATAmount     *int64  `xml:"vatAmount"`
	AccountNumber *int32  `xml:"accountNumber"`
}

type vatGroupListXML struct {
	VATGroup []vatGroupXML `xml:"vatGroup"`
}
