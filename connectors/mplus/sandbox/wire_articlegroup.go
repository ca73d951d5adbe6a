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
