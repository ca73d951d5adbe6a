package sandbox

type relationListXML struct {
	Relation []relationXML `xml:"relation"`
}

// relationXML is a customer or supplier. No field says whether it is a company: a company has a companyName.
type relationXML struct {
	RelationNumber                *int64                          `xml:"relationNumber"`
	ExtRelationID                 *string                         `xml:"extRelationId"`
	SyncMarker                    *int64                          `xml:"syncMarker"`
	CreateTimestamp               *dateTimeXML                    `xml:"createTimestamp"`
	ChangeTimestamp               *dateTimeXML                    `xml:"changeTimestamp"`
	Active                        *bool                           `xml:"active"`
	Name                          *string                         `xml:"name"`
	Address                       *string                         `xml:"address"`
	Zipcode                       *string                         `xml:"zipcode"`
	City                          *string                         `xml:"city"`
	Country                       *string                         `xml:"country"`
	DeliveryAddress               *string                         `xml:"deliveryAddress"`
	DeliveryZipcode               *string                         `xml:"deliveryZipcode"`
	DeliveryCity                  *string                         `xml:"deliveryCity"`
	DeliveryCountry               *string                         `xml:"deliveryCountry"`
	Contact                       *string                         `xml:"contact"`
	Telephone                     *string                         `xml:"telephone"`
	Mobile                        *string                         `xml:"mobile"`
	Email                         *string                         `xml:"email"`
	Website                       *string                         `xml:"website"`
	BirthDate                     *dateXML                        `xml:"birthDate"`
	RelationCode                  *string                         `xml:"relationCode"`
	Points                        *int32                          `xml:"points"`
	Balance                       *int64                          `xml:"balance"`
	PriceGroupNumber              *int32                          `xml:"priceGroupNumber"`
	DiscountPercentage            *int32                          `xml:"discountPercentage"`
	CategoryID                    *int32                          `xml:"categoryId"`
	CategoryIDs                   *categoryIDSetXML               `xml:"categoryIds"`
	CardNumber                    *string                         `xml:"cardNumber"`
	BankAccountNumber             *string                         `xml:"bankAccountNumber"`
	CreditLimit                   *int64                          `xml:"creditLimit"`
	PaymentWithinDays             *int32                          `xml:"paymentWithinDays"`
	VATNumber                     *string                         `xml:"vatNumber"`
	CommerceNumber                *string                         `xml:"commerceNumber"`
	ExtraText                     *string                         `xml:"extraText"`
	DefaultVATMethod              *vatMethod                      `xml:"defaultVatMethod"`
	NeverPrintOrEmailReceipt      *bool                           `xml:"neverPrintOrEmailReceipt"`
	AlwaysPrintReceipt            *bool                           `xml:"alwaysPrintReceipt"`
	AlwaysPrintLargeFormatReceipt *bool                           `xml:"alwaysPrintLargeFormatReceipt"`
	AlwaysEmailReceipt            *bool                           `xml:"alwaysEmailReceipt"`
	CondenseCombinedInvoice       *bool                           `xml:"condenseCombinedInvoice"`
	ImageList                     *unread                         `xml:"imageList"`
	CustomFieldList               *customFieldListXML             `xml:"customFieldList"`
	ContactList                   *relationListXML                `xml:"contactList"`
	RelationArticleDiscountList   *relationArticleDiscountListXML `xml:"relationArticleDiscountList"`
	CompanyName                   *string                         `xml:"companyName"`
	BranchesNonPurchasable        []int32                         `xml:"branchesNonPurchasable"`
	CardNumbers                   []string                        `xml:"cardNumbers"`
	InvoiceCredit                 *decimalText                    `xml:"invoiceCredit"`
	AccountBalance                *decimalText                    `xml:"accountBalance"`
	SalePromotionIDs              *idListXML                      `xml:"salePromotionIds"`
	DirectDebit                   *bool                           `xml:"directDebit"`
	ReminderEmail                 *string                         `xml:"reminderEmail"`
	CanEarnPoints                 *bool                           `xml:"canEarnPoints"`
	CanRedeemPoints               *bool                           `xml:"canRedeemPoints"`
	CantRedeemPointsReason        *string                         `xml:"cantRedeemPointsReason"`
}

type relationArticleDiscountListXML struct {
	RelationArticleDiscount []relationArticleDiscountXML `xml:"relationArticleDiscount"`
}

// relationArticleDiscountXML is a price or discount of one customer for one article, from a quantity on.
type relationArticleDiscountXML struct {
	RelationArticleDiscountID  *int64 `xml:"relationArticleDiscountId"`
	RelationNumber             *int64 `xml:"relationNumber"`
	ArticleNumber              *int64 `xml:"articleNumber"`
	ArticleDiscountGroupNumber *int32 `xml:"articleDiscountGroupNumber"`
	MinimumAmount              *int64 `xml:"minimumAmount"`
	MinimumAmountDecimalPlaces *int32 `xml:"minimumAmountDecimalPlaces"`
	DiscountPercentage         *int32 `xml:"discountPercentage"`
	PriceIncl                  *int64 `xml:"priceIncl"`
	PriceExcl                  *int64 `xml:"priceExcl"`
}
