package sandbox

type productListXML struct {
	Product []productXML `xml:"product"`
}

// productXML groups articles.
type productXML struct {
	ProductNumber      *int64                 `xml:"productNumber"`
	SyncMarker         *int64                 `xml:"syncMarker"`
	Description        *string                `xml:"description"`
	ExtraText          *string                `xml:"extraText"`
	ArticleList        *articleListXML        `xml:"articleList"`
	GroupNumbers       []int32                `xml:"groupNumbers"`
	SortOrderGroupList *sortOrderGroupListXML `xml:"sortOrderGroupList"`
}

type sortOrderGroupListXML struct {
	SortOrderGroup []sortOrderGroupXML `xml:"sortOrderGroup"`
}

type sortOrderGroupXML struct {
	GroupNumber int32 `xml:"groupNumber"`
	SortOrder   int32 `xml:"sortOrder"`
}
