package sandbox

// hstAhTable holds the headers of delivered and invoiced orders. Most names are known from a client that reads them;
// HDR_TYPE 1 is a sale.
var hstAhTable = table{
	Name: "HST_AH", Label: "Historie artikelbladzijden", Key: "REC_ID",
	Columns: append([]column{
		{Name: "REC_ID", Type: text, Len: 10, Mandatory: true, Blocked: true, Upper: true, Label: "Header id"},
		{Name: "HDR_TYPE", Type: number, Len: 2, Label: "Kind: 1 sale, 2 purchase"},
		{Name: "ORD_NR", Type: text, Len: 10, Upper: true, Label: "Order number"},
		{Name: "INV_NR", Type: text, Len: 10, Upper: true, Label: "Invoice number"},
		{Name: "RPL_INV", Type: text, Len: 10, Upper: true, Refers: "CONTACT", Label: "Invoice debtor"},
		{Name: "DC_NAME", Type: text, Len: 40, Label: "Relation name"},
		{Name: "ORD_DATE", Type: date, Label: "Order date"},
		{Name: "DEL_DATE", Type: date, Label: "Delivery date"},
		{Name: "INV_DATE", Type: date, Label: "Invoice date"},
		{Name: "SHIP_MTH", Type: text, Len: 10, Upper: true, Label: "Shipping method"},
		{Name: "VDISC_DESC", Type: text, Len: 40, Label: "Payment condition"},
		{Name: "SHIP_COST", Type: money, Dec: 4, Mask: "cur", Label: "Shipping cost"},
		{Name: "ORD_COST", Type: money, Dec: 4, Mask: "cur", Label: "Order cost"},
		{Name: "COMMENT1", Type: text, Len: 40, Label: "Description, your reference"},
		{Name: "COMMENT2", Type: memo, Label: "External note"},
		{Name: "DEL_ADDR", Type: memo, Label: "Delivery address as printed"},
		{Name: "GROSS_FLG", Type: logical, Label: "Prices include VAT"},
	}, upkeep()...),
}
