package sandbox

// soHdrTable holds the headers of sales orders. The columns clients send are known; others are named and measured after
// the quotation header and the invoice header of the same program (inferred), ORD_NR and GROSS_FLG among them.
var soHdrTable = table{
	Name: "SO_HDR", Label: "Verkooporders", Key: "ORD_NR",
	Columns: append([]column{
		{Name: "ORD_NR", Type: text, Len: 10, Mandatory: true, Blocked: true, Upper: true, Label: "Order number"},
		{Name: "RPL_INV", Type: text, Len: 10, Mandatory: true, Upper: true, Refers: "CONTACT", Label: "Invoice debtor"},
		{Name: "RPL_DEL", Type: text, Len: 10, Upper: true, Refers: "CONTACT", Label: "Delivery debtor"},
		{Name: "ORD_DATE", Type: date, Mandatory: true, Label: "Order date"},
		{Name: "DEL_DATE", Type: date, Label: "Delivery date"},
		{Name: "INV_DATE", Type: date, Label: "Invoice date"},
		{Name: "COMMENT1", Type: text, Len: 40, Label: "Description, your reference"},
		{Name: "COMMENT2", Type: memo, Label: "External note"},
		{Name: "COMMENT3", Type: memo, Label: "Internal note"},
		{Name: "DEL_CODE", Type: text, Len: 10, Upper: true, Refers: "DEL_ADDR", Label: "Delivery address code"},
		{Name: "ACCT_NAME", Type: text, Len: 40, Label: "Name on a deviating delivery address"},
		{Name: "ADDRESS1", Type: text, Len: 80, Label: "Deviating delivery address"},
		{Name: "POST_CODE", Type: text, Len: 10, Upper: true, Label: "Deviating delivery postcode"},
		{Name: "CITY", Type: text, Len: 35, Label: "Deviating delivery city"},
		{Name: "CNT_CODE", Type: text, Len: 2, Upper: true, Refers: "COUNTRY", Label: "Deviating delivery country"},
		{Name: "DEL_ADDR", Type: memo, Label: "Delivery address as printed"},
		{Name: "DEL_CP", Type: text, Len: 40, Label: "Contact at delivery"},
		{Name: "TO_EMAIL", Type: text, Len: 50, Label: "E-mail for the order"},
		{Name: "EMP_NR", Type: text, Len: 10, Upper: true, Refers: "EMPLOYEE", Label: "Employee"},
		{Name: "SHIP_MTH", Type: text, Len: 10, Upper: true, Refers: "SHIPMETH", Label: "Shipping method"},
		{Name: "APX_LIST", Type: text, Len: 5, Upper: true, Label: "Price list"},
		{Name: "ORD_EXPN", Type: text, Len: 10, Upper: true, Label: "Selection code"},
		{Name: "PD_AMT", Type: money, Dec: 4, Mask: "cur", Label: "Payment discount amount"},
		{Name: "DISC_CODE", Type: text, Len: 2, Upper: true, Refers: "PAY_COND", Label: "Payment condition"},
		{Name: "CUR_CODE", Type: text, Len: 3, Upper: true, Refers: "CURRENCY", Label: "Currency"},
		{Name: "COST_CODE", Type: text, Len: 10, Upper: true, Refers: "COST", Label: "Cost centre"},
		{Name: "PROJ_CODE", Type: text, Len: 10, Upper: true, Label: "Project"},
		{Name: "GROSS_FLG", Type: logical, Label: "Prices include VAT"},
		{Name: "ORD_TOT", Type: money, Dec: 4, Blocked: true, Mask: "cur", Label: "Total including VAT"},
	}, upkeep()...),
}
