package accountview

// Pages of daybooks: object DJ2 to write and DJ2P to read, tables DJ_PAGE and
// DJ_LINE (reference: live field dumps; two public clients write them).
const (
	objectPages     = "DJ2"
	objectPagesRead = "DJ2P"
	tablePage       = "DJ_PAGE"
	tablePageLine   = "DJ_LINE"
	tablePosted     = "TRANSACT"

	fieldPageDebtor = "SUB_NR"
)

// signedColumns of a line turn with the sign of what is sold.
var signedColumns = map[string]bool{"AMOUNT": true, "VAT_AMT": true, "BASE_AMT": true, "CUR_AMT": true, "CUR_VAT": true}

// pageColumns lists the header columns that a page of an invoice can need.
var pageColumns = []column{
	{Name: "DJ_CODE", Letter: letterText, Length: 3, Required: true, Upper: true, Label: "Daybook"},
	{Name: "PAGE_NR", Letter: letterText, Length: 10, Blocked: true, Upper: true, Label: "Page number"},
	{Name: "HDR_DESC", Letter: letterText, Length: 40, Required: true, Label: "Description"},
	{Name: "TRN_DATE", Letter: letterDate, Required: true, Label: "Date"},
	{Name: "PERIOD", Letter: letterNumber, Label: "Period"},
	{Name: "SUB_NR", Letter: letterText, Length: 10, Upper: true, Label: "Debtor"},
	{Name: "INV_NR", Letter: letterText, Length: 12, Upper: true, Label: "Invoice number"},
	{Name: "GROSS_FLG", Letter: letterLogical, Label: "Amounts include VAT"},
	{Name: "CUR_CODE", Letter: letterText, Length: 3, Upper: true, Label: "Currency"},
	{Name: "CRED_DAYS", Letter: letterNumber, Label: "Payment term in days"},
	{Name: "DISC_CODE", Letter: letterText, Length: 2, Upper: true, Label: "Payment condition"},
	{Name: "DISC_DAYS", Letter: letterNumber, Label: "Discount term in days"},
	{Name: "PD_PCT", Letter: letterNumber, Label: "Payment discount percentage"},
	{Name: "PD_AMT", Letter: letterMoney, Label: "Payment discount"},
	{Name: "COMMENT1", Letter: letterMemo, Label: "Note"},
	{Name: "COST_CODE", Letter: letterText, Length: 10, Upper: true, Label: "Cost centre"},
	{Name: "PROJ_CODE", Letter: letterText, Length: 10, Upper: true, Label: "Project"},
	{Name: "EXT_DESC", Letter: letterText, Length: 40, Label: "Payment reference"},
	{Name: "DOC_ID", Letter: letterText, Length: 32, Upper: true, Label: "Document id"},
	{Name: "PAY_TYPE", Letter: letterText, Length: 25, Upper: true, Label: "Payment method"},
}

// pageLineColumns lists the line columns that an invoice or a day's total can need.
var pageLineColumns = []column{
	{Name: "ACCT_NR", Letter: letterText, Length: 10, Required: true, Upper: true, Label: "Ledger account"},
	{Name: "TRN_DESC", Letter: letterText, Length: 40, Label: "Description"},
	{Name: "TRN_DATE", Letter: letterDate, Label: "Date"},
	{Name: "AMOUNT", Letter: letterMoney, Required: true, Label: "Amount"},
	{Name: "VAT_CODE", Letter: letterText, Length: 2, Upper: true, Label: "VAT code"},
	{Name: "VAT_AMT", Letter: letterMoney, Label: "VAT"},
	{Name: "BASE_AMT", Letter: letterMoney, Label: "VAT base"},
	{Name: "SUB_NR", Letter: letterText, Length: 10, Upper: true, Label: "Debtor"},
	{Name: "INV_NR", Letter: letterText, Length: 12, Upper: true, Label: "Invoice number"},
	{Name: "COST_CODE", Letter: letterText, Length: 10, Upper: true, Label: "Cost centre"},
	{Name: "PC_CODE", Letter: letterText, Length: 5, Upper: true, Label: "Cost type"},
	{Name: "PROJ_CODE", Letter: letterText, Length: 10, Upper: true, Label: "Project"},
	{Name: "CUR_CODE", Letter: letterText, Length: 3, Upper: true, Label: "Currency"},
	{Name: "CUR_AMT", Letter: letterMoney, Label: "Amount in currency"},
	{Name: "CUR_VAT", Letter: letterMoney, Label: "VAT in currency"},
	{Name: "TRN_QTY", Letter: letterNumber, Label: "Quantity"},
	{Name: "REC_ID", Letter: letterText, Length: 10, Blocked: true, Upper: true, Label: "Line id"},
	{Name: "REC_ORD", Letter: letterInteger, Label: "Line order"},
}
