package sandbox

// usrLinkTable would hold attachments. The sandbox keeps none, yet the table is part of a debtor's answer.
var usrLinkTable = table{
	Name: "USR_LINK", Label: "Koppelingen", Key: "REC_ID", Parent: "SRC_ID", ParentTable: "CONTACT",
	Columns: append([]column{
		{Name: "REC_ID", Type: text, Len: 10, Mandatory: true, Blocked: true, Upper: true, Label: "Link id"},
		{Name: "SRC_ID", Type: text, Len: 10, Blocked: true, Upper: true, Label: "Source id"},
		{Name: "LINK_FILE", Type: text, Len: 240, Label: "File name"},
		{Name: "DOC_DESC", Type: text, Len: 40, Label: "Description"},
		{Name: "IS_EXTERN", Type: logical, Label: "External document"},
	}, upkeep()...),
}
