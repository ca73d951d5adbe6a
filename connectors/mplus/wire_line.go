package mplus

// line is Line: the elements in use. Its preparationList is left out on purpose:
// the line's own amounts include its components.
type line struct {
	LineID        string    `xml:"lineId"`
	ArticleNumber wireInt   `xml:"articleNumber"` // 0: text only
	Text          string    `xml:"text"`
	Data          *lineData `xml:"data"`
	LineKind      wireEnum  `xml:"lineKind"`
}

// lineData is LineData: what a line sells. Amounts are cents.
type lineData struct {
	Quantity           wireInt  `xml:"quantity"` // times 10^-decimalPlaces
	DecimalPlaces      wireInt  `xml:"decimalPlaces"`
	Price              wireInt  `xml:"price"`     // per unit, incl. VAT
	PriceExcl          wireInt  `xml:"priceExcl"` // per unit
	TurnoverGroup      wireInt  `xml:"turnoverGroup"`
	TurnoverGroupType  wireEnum `xml:"turnoverGroupType"`
	BpeID              string   `xml:"bpeId"` // reason for own use
	PriceType          wireEnum `xml:"priceType"`
	VatCode            wireInt  `xml:"vatCode"`
	VatPercentage      wireInt  `xml:"vatPercentage"` // scale: settings
	DiscountPercentage wireInt  `xml:"discountPercentage"`
	DiscountAmount     wireInt  `xml:"discountAmount"`
	DiscountAmountExcl wireInt  `xml:"discountAmountExcl"`
	TotalInclAmount    wireInt  `xml:"totalInclAmount"`
	TotalExclAmount    wireInt  `xml:"totalExclAmount"`
}
