package mplus

// relationPrices is what Relation says of prices.
type relationPrices struct {
	RelationNumber     wireInt       `xml:"relationNumber"`
	PriceGroupNumber   wireInt       `xml:"priceGroupNumber"`
	DiscountPercentage wireInt       `xml:"discountPercentage"`
	Discounts          []discountRow `xml:"relationArticleDiscountList>relationArticleDiscount"`
}

type getRelationPricesResponse struct {
	Relations []relationPrices `xml:"relationList>relation"`
}

// granted is what a row of prices grants: a price, or a percentage.
type granted struct {
	DiscountPercentage wireInt `xml:"discountPercentage"`
	PriceIncl          wireInt `xml:"priceIncl"`
	PriceExcl          wireInt `xml:"priceExcl"`
}

// discountRow is RelationArticleDiscount.
type discountRow struct {
	ID                         wireInt `xml:"relationArticleDiscountId"`
	ArticleNumber              wireInt `xml:"articleNumber"`
	ArticleDiscountGroupNumber wireInt `xml:"articleDiscountGroupNumber"`
	MinimumAmount              wireInt `xml:"minimumAmount"`
	MinimumAmountDecimalPlaces wireInt `xml:"minimumAmountDecimalPlaces"`
	granted
}

type getProductPricesResponse struct {
	Products []struct {
		ProductNumber wireInt         `xml:"productNumber"`
		Articles      []articlePrices `xml:"articleList>article"`
	} `xml:"productList>product"`
}

// articlePrices is what Article says of prices.
type articlePrices struct {
	ArticleNumber              wireInt         `xml:"articleNumber"`
	PriceIncl                  wireInt         `xml:"priceIncl"`
	PriceExcl                  wireInt         `xml:"priceExcl"`
	ArticleDiscountGroupNumber wireInt         `xml:"articleDiscountGroupNumber"`
	SalesPrices                []salesPriceRow `xml:"salesPriceList>salesPrice"`
	PriceGroups                []priceGroupRow `xml:"priceGroupList>priceGroup"`
}

// priceGroupRow is PriceGroup in an article.
type priceGroupRow struct {
	PriceGroupNumber wireInt `xml:"priceGroupNumber"`
	MinimumAmount    wireInt `xml:"minimumAmount"`
	granted
}

// salesPriceRow is SalesPrice in an article.
type salesPriceRow struct {
	SalesPriceNumber wireInt        `xml:"salesPriceNumber"`
	StartDate        *soapMplusDate `xml:"startDate"`
	EndDate          *soapMplusDate `xml:"endDate"`
	MinimumAmount    wireInt        `xml:"minimumAmount"`
	granted
}

// savedResponse is the answer to a record that was sent.
type savedResponse struct {
	Result       wireEnum `xml:"result"`
	ErrorMessage string   `xml:"errorMessage"`
}

type getSalesPriceListResponse struct {
	SalesPrice []struct {
		SalesPriceNumber wireInt `xml:"salesPriceNumber"`
		Description      string  `xml:"description"`
	} `xml:"salesPrice"`
}

type determinePricingResponse struct {
	Lines []pricedLine `xml:"lines"`
}

// pricedLine is DeterminePricingResponseLine. Its amounts are plain decimals.
type pricedLine struct {
	ArticleNumber      wireInt  `xml:"articleNumber"`
	Price              string   `xml:"price"`
	PriceExcl          string   `xml:"priceExcl"`
	Amount             string   `xml:"amount"`
	AmountExcl         string   `xml:"amountExcl"`
	DiscountPercentage string   `xml:"discountPercentage"`
	DiscountType       wireEnum `xml:"discountType"`
}
