package accountview

// Articles: object AK1, table ARTICLE (reference: three public clients).
const (
	objectArticle = "AK1"
	tableArticle  = "ARTICLE"

	fieldArticleCode = "ART_CODE"
)
