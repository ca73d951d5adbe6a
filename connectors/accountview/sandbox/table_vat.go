package sandbox

// vatTable holds the VAT codes (reference: live field dump).
var vatTable = table{
	Name: "VAT", Label: "Btw-codes", Key: "VAT_CODE",
	Columns: []column{
		{Name: "ACCT_MEMO", Type: text, Len: 10, Upper: true, Refers: "LEDGER", Label: "Reverse-charge account"},
		{Name: "CALC_CUM", Type: logical, Label: "VAT over VAT"},
		{Name: "CALC_TYPE", Type: number, Len: 1, Mandatory: true, Label: "Calculation method"},
		{Name: "CNG_DATE", Type: moment, Blocked: true, Label: "Changed at"},
		{Name: "CNG_NR", Type: integer, Blocked: true, Label: "Change counter"},
		{Name: "CNG_USR", Type: text, Len: 20, Blocked: true, Upper: true, Label: "Changed by"},
		{Name: "COGS_TYPE", Type: logical, Label: "Add VAT to cost price"},
		{Name: "FRM_CODE", Type: text, Len: 10, Mandatory: true, Upper: true, Label: "Tax-return box"},
		{Name: "FRM_MEMO", Type: text, Len: 10, Upper: true, Label: "Tax-return box reverse charge"},
		{Name: "INP_DATE", Type: moment, Blocked: true, Label: "Created at"},
		{Name: "INP_USR", Type: text, Len: 20, Blocked: true, Upper: true, Label: "Created by"},
		{Name: "IS_ABC", Type: logical, Label: "ABC (triangular) transaction"},
		{Name: "IS_REVERSE", Type: logical, Label: "Reverse charge"},
		{Name: "VAT_ACCT", Type: text, Len: 10, Mandatory: true, Upper: true, Refers: "LEDGER", Label: "Ledger account"},
		{Name: "VAT_CODE", Type: text, Len: 2, Mandatory: true, Upper: true, Label: "VAT code"},
		{Name: "VAT_LINK", Type: text, Len: 2, Upper: true, Refers: "VAT", Label: "Linked code"},
		{Name: "VAT_NAME", Type: text, Len: 40, Mandatory: true, Label: "Description"},
		{Name: "VAT_PCT", Type: number, Len: 7, Dec: 2, Label: "Percentage"},
		{Name: "VAT_TYPE", Type: number, Len: 1, Mandatory: true, Label: "VAT type"},
	},
}
