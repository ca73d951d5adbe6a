package mplus

// getOverviewFields asks what fields the cards of a kind have.
type getOverviewFields struct {
	Request getOverviewFieldsRequest `xml:"request"`
}

type getOverviewFieldsRequest struct {
	CardType string `xml:"cardType"`
}

type getOverviewFieldsResponse struct {
	Fields []overviewField `xml:"overviewFieldsList>overviewFields"`
}

// overviewField is OverviewFieldsField, as far as it is used.
type overviewField struct {
	Name          string  `xml:"name"`
	CharMaxLength wireInt `xml:"charMaxLength"`
}
