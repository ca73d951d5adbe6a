package sandbox

// payCondTable holds the payment conditions. The object code is documented, the columns are known from other tables; the
// table's own name is not known anywhere and was invented: a client must take the first key of the answer.
var payCondTable = table{
	Name: "PAY_COND", Label: "Betalingscondities", Key: "DISC_CODE",
	Columns: append([]column{
		{Name: "DISC_CODE", Type: text, Len: 2, Mandatory: true, Upper: true, Label: "Payment condition"},
		{Name: "DISC_DESC", Type: text, Len: 40, Mandatory: true, Label: "Description"},
		{Name: "CRED_DAYS", Type: number, Len: 3, Label: "Payment term in days"},
		{Name: "DISC_DAYS", Type: number, Len: 3, Label: "Discount term in days"},
		{Name: "PD_PCT", Type: number, Len: 7, Dec: 4, Mask: "disc", Label: "Payment discount percentage"},
	}, upkeep()...),
}
