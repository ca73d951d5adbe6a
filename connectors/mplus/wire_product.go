package mplus

// getProducts asks for products by article number, by change, or both.
type getProducts struct {
	Request getProductsRequest `xml:"request"`
}

type getProductsRequest struct {
	ArticleNumbers        []int64               `xml:"articleNumbers"`
	PluNumbers            struct{}              `xml:"pluNumbers"` // mandatory, and empty when not used
	ChangedSinceTimestamp *soapMplusDateTimeOut `xml:"changedSinceTimestamp,omitempty"`
	IncludeAllArticles    bool                  `xml:"includeAllArticlesOfSelectedProducts,omitempty"`
	ProductNumbers        []int64               `xml:"productNumbers"`
}

type getProductsResponse struct {
	ProductList []product `xml:"productList>product"`
}

// product is Product: it groups the articles that are sold, stocked and priced.
type product struct {
	ProductNumber wireInt   `xml:"productNumber"`
	Description   string    `xml:"description"`
	ArticleList   []article `xml:"articleList>article"`
}

// article is Article. Prices are cents.
type article struct {
	ArticleNumber wireInt  `xml:"articleNumber"`
	Active        wireBool `xml:"active"`
	Description   string   `xml:"description"`
	TurnoverGroup wireInt  `xml:"turnoverGroup"`
	VatCode       wireInt  `xml:"vatCode"`
	PriceIncl     wireInt  `xml:"priceIncl"`
	PriceExcl     wireInt  `xml:"priceExcl"`
	StockArticle  wireBool `xml:"stockArticle"`
}

// productResponse is the answer to a product that was made or changed.
type productResponse struct {
	Result        wireEnum `xml:"result"`
	ProductNumber wireInt  `xml:"productNumber"`
	ErrorMessage  string   `xml:"errorMessage"`
}
