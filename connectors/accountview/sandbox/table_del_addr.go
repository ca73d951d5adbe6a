package sandbox

// delAddrTable holds the delivery addresses of relations. Column names come from clients; the widths are those of the
// same columns on a relation (inferred).
var delAddrTable = table{
	Name: "DEL_ADDR", Label: "Afleveradressen", Key: "REC_ID",
	Columns: append([]column{
		{Name: "REC_ID", Type: text, Len: 10, Mandatory: true, Blocked: true, Upper: true, Label: "Address code"},
		{Name: "SUB_NR", Type: text, Len: 10, Mandatory: true, Upper: true, Refers: "CONTACT", Label: "Owner"},
		{Name: "DEL_NAME", Type: text, Len: 40, Mandatory: true, Label: "Name on the address"},
		{Name: "ADDRESS1", Type: text, Len: 80, Label: "Street and number"},
		{Name: "POST_CODE", Type: text, Len: 10, Upper: true, Label: "Postcode"},
		{Name: "CITY", Type: text, Len: 35, Label: "City"},
		{Name: "CNT_CODE", Type: text, Len: 2, Upper: true, Refers: "COUNTRY", Label: "ISO country code"},
		{Name: "MAIL_BUS", Type: text, Len: 50, Label: "E-mail"},
		{Name: "TEL_BUS", Type: text, Len: 20, Label: "Phone"},
	}, upkeep()...),
}
