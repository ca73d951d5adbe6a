package sandbox

// dctFldTable is the data dictionary itself, as the system object fld shows it (reference: Go client). Its rows are made
// from the tables of this package when the sandbox starts.
var dctFldTable = table{
	Name: "DCT_FLD", Label: "Velden", Key: "DCT_FLD_ID",
	Columns: append([]column{
		{Name: "FIELD_NAME", Type: text, Len: 10, Upper: true, Label: "Field"},
		{Name: "DBF_NAME", Type: text, Len: 8, Upper: true, Refers: "DCT_FILE", Label: "Table"},
		{Name: "FIELD_TYPE", Type: text, Len: 1, Upper: true, Label: "Type letter"},
		{Name: "FIELD_LEN", Type: number, Len: 3, Label: "Width"},
		{Name: "FLD_DESC", Type: text, Len: 60, Label: "Label"},
		{Name: "INP_MAND", Type: logical, Label: "Input mandatory"},
		{Name: "FLD_FMT", Type: text, Len: 20, Label: "Format"},
		{Name: "FLD_MASK", Type: text, Len: 30, Label: "Mask"},
		{Name: "COM_BLK", Type: logical, Label: "Blocked for COM"},
		{Name: "PKY_TBL", Type: text, Len: 8, Upper: true, Label: "Table this field refers to"},
		{Name: "REC_CUST", Type: logical, Label: "Custom field"},
	}, upkeep()...),
}

// dctTagTable lists the indexes of tables; the sandbox shows none.
var dctTagTable = table{
	Name: "DCT_TAG", Label: "Indexen", Key: "TAG_NAME", Parent: "DBF_NAME", ParentTable: "DCT_FLD",
	Columns: []column{
		{Name: "TAG_NAME", Type: text, Len: 10, Upper: true, Label: "Index"},
		{Name: "DBF_NAME", Type: text, Len: 8, Upper: true, Label: "Table"},
	},
}

// dctFileTable lists the tables, as the system object dbf shows them (reference: Go client).
var dctFileTable = table{
	Name: "DCT_FILE", Label: "Tabellen", Key: "DBF_NAME",
	Columns: append([]column{
		{Name: "DBF_NAME", Type: text, Len: 8, Upper: true, Label: "Table"},
		{Name: "DBF_DESC", Type: text, Len: 40, Label: "Description"},
		{Name: "OBJ_CODE", Type: text, Len: 10, Upper: true, Label: "Business object"},
		{Name: "DBF_TYPE", Type: number, Len: 2, Label: "Kind of table"},
		{Name: "TBL_HDR", Type: text, Len: 8, Upper: true, Label: "Header table"},
		{Name: "TBL_CHILD", Type: text, Len: 8, Upper: true, Label: "Detail table"},
		{Name: "NO_INSERT", Type: logical, Label: "No new rows"},
		{Name: "NO_UPDATE", Type: logical, Label: "No changes"},
		{Name: "NO_DELETE", Type: logical, Label: "No deletions"},
		{Name: "NO_XML_UPD", Type: logical, Label: "No changes through the Web API"},
		{Name: "OBJ_ACTIVE", Type: logical, Label: "Object active"},
		{Name: "TBL_ACTIVE", Type: logical, Label: "Table active"},
		{Name: "DBF_VIRT", Type: logical, Label: "Virtual table"},
		{Name: "DBF_BASE", Type: text, Len: 8, Upper: true, Label: "Table behind a virtual table"},
		{Name: "REC_CUST", Type: logical, Label: "Custom table"},
	}, upkeep()...),
}

// acctRecTable is the dictionary's name for a relation seen as a debtor.
var acctRecTable = table{
	Name: "ACCT_REC", Label: "Debiteuren", Key: "SUB_NR", Virtual: true,
	Columns: []column{
		{Name: "ACCT_NR", Type: text, Len: 10, Mandatory: true, Upper: true, Refers: "LEDGER", Label: "Control account"},
		{Name: "SUB_NR", Type: text, Len: 10, Mandatory: true, Upper: true, Label: "Debtor number"},
	},
}
