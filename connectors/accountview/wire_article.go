package accountview

// Articles: object AK1, table ARTICLE (reference: three public clients).
const (
	objectArticle = "AK1"
	tableArticle  = "ARTICLE"

	fieldArticleCode = "ART_CODE"
)

// articleColumns are those that clients were seen to read. The width of the
// description is that of its copy on an order line (inferred).
var articleColumns = []column{
	{Name: fieldArticleCode, Letter: letterText, Length: 15, Required: true, Upper: true, Label: "Article code"},
	{Name: "ART_DESC1", Letter: letterText, Length: 40, Label: "Description"},
	{Name: "AG_CODE", Letter: letterText, Length: 5, Upper: true, Label: "Article group"},
	{Name: "PX_SELL", Letter: letterMoney, Label: "Sales price"},
	{Name: "COST_PX", Letter: letterMoney, Label: "Cost price"},
	{Name: "L_COSTPX", Letter: letterMoney, Label: "Last cost price"},
	{Name: "QTY_AVAIL", Letter: letterNumber, Blocked: true, Label: "Available stock"},
	{Name: "QTY_TECH", Letter: letterNumber, Blocked: true, Label: "Technical stock"},
	{Name: "CNG_DATE", Letter: letterMoment, Blocked: true, Label: "Changed at"},
}

// Article groups: object AG1, table ART_GRP (reference: two public clients).
const (
	objectArticleGroup = "AG1"
	tableArticleGroup  = "ART_GRP"

	fieldArticleGroupCode = "AG_CODE"
)
