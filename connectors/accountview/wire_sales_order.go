package accountview

// Sales orders: object SO1, tables SO_HDR and SO_LINE. The object and the
// columns that clients send are known; lengths come from sister tables
// (quotations, invoices) and are inferred until the live dictionary tells.
const (
	tableSalesOrder     = "SO_HDR"
	tableSalesOrderLine = "SO_LINE"
	// tableHistory holds processed lines; each row can show columns of its header HST_AH.
	tableHistory = "HST_AL"

	fieldLineOrder = "REC_ORD" // place of a line in its record (seen on lines of pages)
)

// salesOrderColumns lists the header columns known or likely to exist.
var salesOrderColumns = []column{
	{Name: "ORD_NR", Letter: letterText, Length: 10, Blocked: true, Upper: true, Label: "Order number"},
	{Name: "RPL_INV", Letter: letterText, Length: 10, Required: true, Upper: true, Label: "Invoice debtor"},
	{Name: "RPL_DEL", Letter: letterText, Length: 10, Upper: true, Label: "Delivery debtor"},
	{Name: "ORD_DATE", Letter: letterDate, Label: "Order date"},
	{Name: "DEL_DATE", Letter: letterDate, Label: "Delivery date"},
	{Name: "INV_DATE", Letter: letterDate, Label: "Invoice date"},
	{Name: "COMMENT1", Letter: letterText, Length: 40, Label: "Description"},
	{Name: "COMMENT2", Letter: letterMemo, Label: "External note"},
	{Name: "COMMENT3", Letter: letterMemo, Label: "Internal note"},
	{Name: "DEL_CODE", Letter: letterText, Length: 10, Upper: true, Label: "Delivery address"},
	{Name: "TO_EMAIL", Letter: letterText, Length: 50, Label: "E-mail"},
	{Name: "EMP_NR", Letter: letterText, Length: 10, Upper: true, Label: "Employee"},
	{Name: "APX_LIST", Letter: letterText, Length: 5, Upper: true, Label: "Price list"},
	{Name: "SHIP_MTH", Letter: letterText, Length: 10, Upper: true, Label: "Shipping method"},
	{Name: "ORD_EXPN", Letter: letterText, Length: 10, Upper: true, Label: "Selection code"},
	{Name: "PD_AMT", Letter: letterMoney, Label: "Discount"},
	{Name: "ACCT_NAME", Letter: letterText, Length: 40, Label: "Delivery name"},
	{Name: "ADDRESS1", Letter: letterText, Length: 80, Label: "Delivery street"},
	{Name: "POST_CODE", Letter: letterText, Length: 10, Upper: true, Label: "Delivery postcode"},
	{Name: "CITY", Letter: letterText, Length: 35, Label: "Delivery city"},
	{Name: "CNT_CODE", Letter: letterText, Length: 2, Upper: true, Label: "Delivery country"},
	{Name: "GROSS_FLG", Letter: letterLogical, Label: "Prices include VAT"},
	{Name: "CUR_CODE", Letter: letterText, Length: 3, Upper: true, Label: "Currency"},
	{Name: "DISC_CODE", Letter: letterText, Length: 2, Upper: true, Label: "Payment condition"},
	{Name: "COST_CODE", Letter: letterText, Length: 10, Upper: true, Label: "Cost centre"},
}

// salesOrderLineColumns lists the line columns known or likely to exist.
var salesOrderLineColumns = []column{
	{Name: "ART_CODE", Letter: letterText, Length: 15, Required: true, Upper: true, Label: "Artikelcode"},
	{Name: "ORD_QTY", Letter: letterNumber, Required: true, Label: "Quantity"},
	{Name: "ART_PX", Letter: letterMoney, Label: "Price"},
	{Name: "DEL_DATE", Letter: letterDate, Label: "Delivery date"},
	{Name: "DISC_PCT", Letter: letterNumber, Label: "Discount percentage"},
	{Name: "ART_DESC1", Letter: letterText, Length: 40, Label: "Description"},
	{Name: "UNT_CODE", Letter: letterText, Length: 10, Upper: true, Label: "Unit"},
	{Name: "COST_CODE", Letter: letterText, Length: 10, Upper: true, Label: "Cost centre"},
	{Name: "PROJ_CODE", Letter: letterText, Length: 10, Upper: true, Label: "Project"},
	{Name: "VAT_CODE", Letter: letterText, Length: 2, Upper: true, Label: "VAT code"},
}
