package sandbox

// articleTable holds the articles. Widths of code, description and group are documented on the history line; names of
// prices and stock come from clients; the unit, the second description, the block, the VAT code and EAN_CODE are
// inferred from sister tables. QTY_TECH falls when an order is delivered, and QTY_RESERV holds what is promised until
// then; its name is not known. Whether QTY_AVAIL falls at the order or at the delivery is a switch.
var articleTable = table{
	Name: "ARTICLE", Label: "Artikelen", Key: "ART_CODE",
	Columns: append([]column{
		{Name: "ART_CODE", Type: text, Len: 15, Mandatory: true, Upper: true, Label: "Article code"},
		{Name: "ART_DESC1", Type: text, Len: 40, Mandatory: true, Label: "Description"},
		{Name: "ART_DESC2", Type: text, Len: 40, Label: "Second description"},
		{Name: "AG_CODE", Type: text, Len: 5, Upper: true, Refers: "ART_GRP", Label: "Article group"},
		{Name: "VAT_CODE", Type: text, Len: 2, Upper: true, Refers: "VAT", Label: "VAT code"},
		{Name: "UNT_CODE", Type: text, Len: 10, Upper: true, Label: "Unit"},
		{Name: "EAN_CODE", Type: text, Len: 20, Label: "EAN"},
		{Name: "PX_SELL", Type: money, Dec: 4, Mask: "cur", Label: "Sales price"},
		{Name: "COST_PX", Type: money, Dec: 4, Mask: "cur", Label: "Cost price"},
		{Name: "L_COSTPX", Type: money, Dec: 4, Mask: "cur", Label: "Last cost price"},
		{Name: "B_COSTPX", Type: money, Dec: 4, Mask: "cur", Label: "Order cost price"},
		{Name: "QTY_AVAIL", Type: number, Len: 13, Dec: 3, Blocked: true, Mask: "qty", Label: "Available stock"},
		{Name: "QTY_TECH", Type: number, Len: 13, Dec: 3, Blocked: true, Mask: "qty", Label: "Technical stock"},
		{Name: "QTY_RESERV", Type: number, Len: 13, Dec: 3, Blocked: true, Mask: "qty", Label: "Reserved"},
		{Name: "QTY_BESTEL", Type: number, Len: 13, Dec: 3, Blocked: true, Mask: "qty", Label: "On order"},
		{Name: "QTY_FREE2", Type: number, Len: 13, Dec: 3, Blocked: true, Mask: "qty", Label: "Free stock"},
		{Name: "REC_BLK", Type: logical, Label: "Blocked"},
		{Name: "IMG_MEDIUM", Type: text, Len: 100, Label: "Image file"},
		{Name: "IMG_M_DATA", Type: memo, Label: "Image data"},
		{Name: "K1_VAN", Type: text, Len: 15, Upper: true, Only: onlyCustom, Label: "Variant of"},
		{Name: "K1_KLEUR", Type: text, Len: 20, Only: onlyCustom, Label: "Colour"},
		{Name: "K1_MAAT", Type: text, Len: 10, Only: onlyCustom, Label: "Size"},
		{Name: "K1_MERK", Type: text, Len: 20, Only: onlyCustom, Label: "Brand"},
		{Name: "K1_EAN2", Type: text, Len: 60, Only: onlyCustom, Label: "More EANs"},
	}, upkeep()...),
}
