package mplus

type getPriceGroupListResponse struct {
	PriceGroup []priceGroup `xml:"priceGroup"`
}

// priceGroup is PriceGroup: a price list that a customer can be put on.
type priceGroup struct {
	PriceGroupNumber wireInt `xml:"priceGroupNumber"`
	Description      string  `xml:"description"`
}

type getOrderCategoriesResponse struct {
	OrderCategory []orderCategory `xml:"orderCategory"`
}

// orderCategory is OrderCategory: a step of the shop's own order process.
type orderCategory struct {
	OrderCategoryNumber      wireInt `xml:"orderCategoryNumber"`
	OrderCategoryDescription string  `xml:"orderCategoryDescription"`
}

// getTurnoverGroups asks for all turnover groups, those no longer used too.
type getTurnoverGroups struct {
	Request struct{} `xml:"request"`
}

type getTurnoverGroupsResponse struct {
	TurnoverGroupList []turnoverGroup `xml:"turnoverGroupList>turnoverGroup"`
}

// turnoverGroup is TurnoverGroup: it decides the ledger account of what is sold.
type turnoverGroup struct {
	TurnoverGroupType wireEnum `xml:"turnoverGroupType"`
	TurnoverGroup     wireInt  `xml:"turnoverGroup"`
	TurnoverGroupName string   `xml:"turnoverGroupName"`
	AccountNumber     wireInt  `xml:"accountNumber"`
}

// getArticleGroups asks for the whole tree of groups, without what is in them.
type getArticleGroups struct {
	Request struct{} `xml:"request"`
}

type getArticleGroupsResponse struct {
	ArticleGroupList articleGroupList `xml:"articleGroupList"`
}

// articleGroupList is ArticleGroupList; it repeats the plural inside.
type articleGroupList struct {
	ArticleGroups []articleGroup `xml:"articleGroups"`
}

// articleGroup is ArticleGroup: a node of the tree of buttons on the till.
type articleGroup struct {
	GroupNumber  wireInt          `xml:"groupNumber"`
	Name         string           `xml:"name"`
	SubGroupList articleGroupList `xml:"subGroupList"`
	IsDeleted    wireBool         `xml:"isDeleted"`
}

// articleGroupResponse is the answer to a group that was made, changed or deleted.
type articleGroupResponse struct {
	Result      wireEnum `xml:"result"`
	GroupNumber wireInt  `xml:"groupNumber"`
}

type getCustomFieldListsResponse struct {
	ArticleCustomFields  []customField `xml:"articleCustomFieldList>customField"`
	RelationCustomFields []customField `xml:"relationCustomFieldList>customField"`
}

// customField is CustomField as a definition: a field that the shop made.
type customField struct {
	FieldName  string   `xml:"fieldName"`
	DataType   wireEnum `xml:"dataType"`
	IsRequired wireBool `xml:"isRequired"`
}
