package sandbox

type articleGroupListXML struct {
	ArticleGroups []articleGroupXML `xml:"articleGroups"`
}

// articleGroupXML is one group of the tree customers browse.
type articleGroupXML struct {
	GroupNumber    int32               `xml:"groupNumber"`
	SyncMarker     *int64              `xml:"syncMarker"`
	Name           string              `xml:"name"`
	Text           string              `xml:"text"`
	SubGroupList   articleGroupListXML `xml:"subGroupList"`
	SortOrder      int32               `xml:"sortOrder"`
	ProductNumbers *numberListXML      `xml:"productNumbers"`
	Image          *unread             `xml:"image"`
	ArticleNumbers *numberListXML      `xml:"articleNumbers"`
	IsDeleted      *bool               `xml:"isDeleted"`
}

type changedArticleGroupListXML struct {
	ChangedArticleGroups []changedArticleGroupXML `xml:"changedArticleGroups"`
}

// changedArticleGroupXML is a group by itself, as the list of changes has it.
type changedArticleGroupXML struct {
	GroupNumber       int32          `xml:"groupNumber"`
	ParentGroupNumber *int32         `xml:"parentGroupNumber"`
	SyncMarker        *int64         `xml:"syncMarker"`
	Name              string         `xml:"name"`
	Text              string         `xml:"text"`
	SubGroupNumbers   *numberListXML `xml:"subGroupNumbers"`
	SortOrder         int32          `xml:"sortOrder"`
	ProductNumbers    *numberListXML `xml:"productNumbers"`
	Image             *unread        `xml:"image"`
	IsDeleted         *bool          `xml:"isDeleted"`
}

// newArticleGroupXML asks for a new group.
type newArticleGroupXML struct {
	ParentGroupNumber int32  `xml:"parentGroupNumber"`
	Name              string `xml:"name"`
	Text              string `xml:"text"`
	SortOrder         *int32 `xml:"sortOrder"`
	ImageID           *int64 `xml:"imageId"`
}

// updateArticleGroupXML changes what it names of a group.
type updateArticleGroupXML struct {
	GroupNumber       int32   `xml:"groupNumber"`
	Name              *string `xml:"name"`
	Text              *string `xml:"text"`
	SortOrder         *int32  `xml:"sortOrder"`
	ImageID           *int64  `xml:"imageId"`
	ParentGroupNumber *int32  `xml:"parentGroupNumber"`
}

type deleteArticleGroupXML struct {
	GroupNumber int32 `xml:"groupNumber"`
}

// articleGroupChangesXML asks for the groups that changed.
type articleGroupChangesXML struct {
	SyncMarker      *int64  `xml:"syncMarker"`
	SyncMarkerLimit *int32  `xml:"syncMarkerLimit"`
	GroupNumbers    []int32 `xml:"groupNumbers"`
}

type addProductsXML struct {
	GroupNumber    int32         `xml:"groupNumber"`
	Position       *int32        `xml:"position"`
	ProductNumbers numberListXML `xml:"productNumbers"`
}

type replaceProductsXML struct {
	GroupNumber    int32         `xml:"groupNumber"`
	ProductNumbers numberListXML `xml:"productNumbers"`
}

type deleteProductsXML struct {
	GroupNumber    int32          `xml:"groupNumber"`
	ProductNumbers *numberListXML `xml:"productNumbers"`
	RemoveAll      *bool          `xml:"removeAll"`
}
