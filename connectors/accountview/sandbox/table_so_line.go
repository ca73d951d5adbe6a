package sandbox

// soLineTable holds the lines of sales orders. Article, quantity, price and delivery date are known from clients; the
// rest is inferred from the invoice line.
var soLineTable = table{
	Name: "SO_LINE", Label: "Verkooporderregels", Key: "REC_ID", Parent: "ORD_NR", ParentTable: "SO_HDR",
	Columns: append([]column{
		{Name: "REC_ID", Type: text, Len: 10, Mandatory: true, Blocked: true, Upper: true, Label: "Line id"},
		{Name: "ORD_NR", Type: text, Len: 10, Mandatory: true, Blocked: true, Upper: true, Refers: "SO_HDR", Label: "Order number"},
		{Name: "REC_ORD", Type: integer, Blocked: true, Label: "Line order"},
		{Name: "ART_CODE", Type: text, Len: 15, Mandatory: true, Upper: true, Refers: "ARTICLE", Label: "Article"},
		{Name: "ART_DESC1", Type: text, Len: 40, Label: "Line description"},
		{Name: "ORD_QTY", Type: number, Len: 13, Dec: 3, Mandatory: true, Mask: "qty", Label: "Quantity ordered"},
		{Name: "UNT_CODE", Type: text, Len: 10, Upper: true, Label: "Unit"},
		{Name: "ART_PX", Type: money, Dec: 4, Mask: "cur", Label: "Unit sales price"},
		{Name: "DISC_PCT", Type: number, Len: 9, Dec: 4, Mask: "disc", Label: "Line discount percentage"},
		{Name: "VAT_CODE", Type: text, Len: 2, Upper: true, Refers: "VAT", Label: "VAT code"},
		{Name: "DEL_DATE", Type: date, Label: "Delivery date"},
		{Name: "COST_CODE", Type: text, Len: 10, Upper: true, Refers: "COST", Label: "Cost centre"},
		{Name: "PROJ_CODE", Type: text, Len: 10, Upper: true, Label: "Project"},
	}, upkeep()...),
}
