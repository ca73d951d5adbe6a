package sandbox

type articleListXML struct {
	Article []articleXML `xml:"article"`
}

// articleXML is what is sold, stocked and priced. Its number is a whole number: other codes do not exist in the till.
type articleXML struct {
	ArticleNumber                      *int64                          `xml:"articleNumber"`
	ExtArticleID                       *string                         `xml:"extArticleId"`
	PluNumber                          *string                         `xml:"pluNumber"`
	SyncMarker                         *int64                          `xml:"syncMarker"`
	ChangeTimestamp                    *dateTimeXML                    `xml:"changeTimestamp"`
	CreateTimestamp                    *dateTimeXML                    `xml:"createTimestamp"`
	Active                             *bool                           `xml:"active"`
	Description                        *string                         `xml:"description"`
	Colour                             *string                         `xml:"colour"`
	ColourSequenceNumber               *int32                          `xml:"colourSequenceNumber"`
	Size                               *string                         `xml:"size"`
	SizeSequenceNumber                 *int32                          `xml:"sizeSequenceNumber"`
	InvoiceText                        *string                         `xml:"invoiceText"`
	ReceiptText                        *string                         `xml:"receiptText"`
	DisplayText                        *string                         `xml:"displayText"`
	Barcode                            *string                         `xml:"barcode"`
	BarcodeDate                        *dateXML                        `xml:"barcodeDate"`
	ContentUnit                        *string                         `xml:"contentUnit"`
	ContentQuantity                    *int64                          `xml:"contentQuantity"`
	ContentQuantityDecimalPlaces       *int32                          `xml:"contentQuantityDecimalPlaces"`
	BrandName                          *string                         `xml:"brandName"`
	ExtraText                          *string                         `xml:"extraText"`
	TurnoverGroup                      *int32                          `xml:"turnoverGroup"`
	VATCode                            *int32                          `xml:"vatCode"`
	VATPercentage                      *int32                          `xml:"vatPercentage"`
	VATCodeAlternative                 *int32                          `xml:"vatCodeAlternative"`
	VATPercentageAlternative           *int32                          `xml:"vatPercentageAlternative"`
	AveragePurchasePrice               *int64                          `xml:"averagePurchasePrice"`
	PurchasePrice                      *int64                          `xml:"purchasePrice"`
	PriceIncl                          *int64                          `xml:"priceIncl"`
	PriceExcl                          *int64                          `xml:"priceExcl"`
	SiUnit                             *string                         `xml:"siUnit"`
	Unit                               *string                         `xml:"unit"`
	OrderQuantityValue                 *int64                          `xml:"orderQuantityValue"`
	OrderQuantityDecimalPlaces         *int32                          `xml:"orderQuantityDecimalPlaces"`
	SupplierRelationNumber             *int64                          `xml:"supplierRelationNumber"`
	SupplierRelationName               *string                         `xml:"supplierRelationName"`
	SupplierArticleNumber              *string                         `xml:"supplierArticleNumber"`
	Webshop                            *bool                           `xml:"webshop"`
	CategoryID                         *int32                          `xml:"categoryId"`
	CategoryIDs                        *categoryIDSetXML               `xml:"categoryIds"`
	StockArticle                       *bool                           `xml:"stockArticle"`
	ArticleDiscountGroupNumber         *int32                          `xml:"articleDiscountGroupNumber"`
	ArticleDiscountGroupName           *string                         `xml:"articleDiscountGroupName"`
	Course                             *unread                         `xml:"course"`
	SpecialPrice                       *specialPrice                   `xml:"specialPrice"`
	ShowPreparationMethodsDirectly     *bool                           `xml:"showPreparationMethodsDirectly"`
	ShowPreparationMethodsPerGroup     *bool                           `xml:"showPreparationMethodsPerGroup"`
	ExchangeRateBuyPrice               *int64                          `xml:"exchangeRateBuyPrice"`
	ExchangeRateBuyPriceDecimalPlaces  *int32                          `xml:"exchangeRateBuyPriceDecimalPlaces"`
	ExchangeRateSellPrice              *int64                          `xml:"exchangeRateSellPrice"`
	ExchangeRateSellPriceDecimalPlaces *int32                          `xml:"exchangeRateSellPriceDecimalPlaces"`
	ExchangeRateMultiplier             *int32                          `xml:"exchangeRateMultiplier"`
	ImageList                          *unread                         `xml:"imageList"`
	CustomFieldList                    *customFieldListXML             `xml:"customFieldList"`
	SalesPriceList                     *salesPriceListXML              `xml:"salesPriceList"`
	PriceGroupList                     *priceGroupListXML              `xml:"priceGroupList"`
	PreparationMethodList              *unread                         `xml:"preparationMethodList"`
	ComponentArticleList               *unread                         `xml:"componentArticleList"`
	LinkedArticleList                  *unread                         `xml:"linkedArticleList"`
	BarcodeList                        *barcodeListXML                 `xml:"barcodeList"`
	RelationArticleDiscountList        *relationArticleDiscountListXML `xml:"relationArticleDiscountList"`
	AskFor                             *askFor                         `xml:"askFor"`
	NutritionalCharacteristics         *unread                         `xml:"nutritionalCharacteristics"`
	Discontinued                       *bool                           `xml:"discontinued"`
	StockSiUnit                        *string                         `xml:"stockSiUnit"`
	SpecialBehaviour                   *specialBehaviour               `xml:"specialBehaviour"`
	AgeCheckMinimumAge                 *int32                          `xml:"ageCheckMinimumAge"`
	OldestBestBeforeDate               *dateText                       `xml:"oldestBestBeforeDate"`
	ShelfLifeInDays                    *int32                          `xml:"shelfLifeInDays"`
	ShelfLifeInHours                   *int32                          `xml:"shelfLifeInHours"`
	PriceDeviationMin                  *decimalText                    `xml:"priceDeviationMin"`
	PriceDeviationMax                  *decimalText                    `xml:"priceDeviationMax"`
	AvailableForInterbranchOrdering    *bool                           `xml:"availableForInterbranchOrdering"`
}

type barcodeListXML struct {
	Barcode []barcodeXML `xml:"barcode"`
}

// barcodeXML is an extra code of an article, perhaps of a pack with its own price.
type barcodeXML struct {
	BarcodeID                    *int64   `xml:"barcodeId"`
	Description                  *string  `xml:"description"`
	Barcode                      *string  `xml:"barcode"`
	BarcodeDate                  *dateXML `xml:"barcodeDate"`
	Quantity                     *int64   `xml:"quantity"`
	DecimalPlaces                *int32   `xml:"decimalPlaces"`
	ContentUnit                  *string  `xml:"contentUnit"`
	ContentQuantity              *int64   `xml:"contentQuantity"`
	ContentQuantityDecimalPlaces *int32   `xml:"contentQuantityDecimalPlaces"`
	PurchasePrice                *int64   `xml:"purchasePrice"`
	PriceIncl                    *int64   `xml:"priceIncl"`
	PriceExcl                    *int64   `xml:"priceExcl"`
	IsCurrent                    *bool    `xml:"isCurrent"`
}

type priceGroupListXML struct {
	PriceGroup []priceGroupXML `xml:"priceGroup"`
}

type priceGroupXML struct {
	PriceGroupNumber   int32   `xml:"priceGroupNumber"`
	Description        *string `xml:"description"`
	PriceIncl          *int64  `xml:"priceIncl"`
	PriceExcl          *int64  `xml:"priceExcl"`
	DiscountPercentage *int32  `xml:"discountPercentage"`
	MinimumAmount      *int32  `xml:"minimumAmount"`
}

type salesPriceListXML struct {
	SalesPrice []salesPriceXML `xml:"salesPrice"`
}

type salesPriceXML struct {
	SalesPriceNumber   int32    `xml:"salesPriceNumber"`
	Description        *string  `xml:"description"`
	StartDate          *dateXML `xml:"startDate"`
	EndDate            *dateXML `xml:"endDate"`
	PriceIncl          *int64   `xml:"priceIncl"`
	PriceExcl          *int64   `xml:"priceExcl"`
	DiscountPercentage *int32   `xml:"discountPercentage"`
	MinimumAmount      *int32   `xml:"minimumAmount"`
}
