package sandbox

// hstAlTable holds the lines of delivered and invoiced orders (names known from a client that reads them; quantity,
// discount and VAT are inferred from the invoice line).
var hstAlTable = table{
	Name: "HST_AL", Label: "Historie artikelregels", Key: "REC_ID",
	Columns: append([]column{
		{Name: "REC_ID", Type: text, Len: 10, Mandatory: true, Blocked: true, Upper: true, Label: "Line id"},
		{Name: "HDR_ID", Type: text, Len: 10, Upper: true, Refers: "HST_AH", Label: "Header id"},
		{Name: "ART_CODE", Type: text, Len: 15, Upper: true, Refers: "ARTICLE", Label: "Article"},
		{Name: "ART_DESC1", Type: text, Len: 40, Label: "Line description"},
		{Name: "ART_UNIT", Type: text, Len: 10, Upper: true, Label: "Unit"},
		{Name: "ART_QTY", Type: number, Len: 13, Dec: 3, Mask: "qty", Label: "Quantity delivered"},
		{Name: "UNIT_PX", Type: money, Dec: 4, Mask: "cur", Label: "Unit price"},
		{Name: "DISC_PCT", Type: number, Len: 9, Dec: 4, Mask: "disc", Label: "Line discount percentage"},
		{Name: "VAT_CODE", Type: text, Len: 2, Upper: true, Refers: "VAT", Label: "VAT code"},
		{Name: "COST_PX", Type: money, Dec: 4, Mask: "cur", Label: "Cost price"},
		{Name: "L_COSTPX", Type: money, Dec: 4, Mask: "cur", Label: "Last cost price"},
	}, upkeep()...),
}
