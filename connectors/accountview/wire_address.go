package accountview

// Delivery addresses of a debtor: object ADDR, table DEL_ADDR (reference: one
// public client that reads and writes them).
const (
	objectAddress = "ADDR"
	tableAddress  = "DEL_ADDR"

	fieldAddressCode     = "REC_ID" // what an order's DEL_CODE takes
	fieldAddressOwner    = "SUB_NR"
	fieldAddressName     = "DEL_NAME"
	fieldAddressStreet   = "ADDRESS1" // street and house number
	fieldAddressPostcode = "POST_CODE"
	fieldAddressCity     = "CITY"
	fieldAddressCountry  = "CNT_CODE"
)

// addressColumns are those known to exist, with the lengths that the same
// fields have in CONTACT (inferred).
var addressColumns = []column{
	{Name: fieldAddressCode, Letter: letterText, Length: 10, Blocked: true, Upper: true, Label: "Address code"},
	{Name: fieldAddressOwner, Letter: letterText, Length: 10, Required: true, Upper: true, Label: "Debtor number"},
	{Name: fieldAddressName, Letter: letterText, Length: 40, Label: "Name"},
	{Name: fieldAddressStreet, Letter: letterText, Length: 80, Label: "Address"},
	{Name: fieldAddressPostcode, Letter: letterText, Length: 10, Upper: true, Label: "Postcode"},
	{Name: fieldAddressCity, Letter: letterText, Length: 35, Label: "City"},
	{Name: fieldAddressCountry, Letter: letterText, Length: 2, Upper: true, Label: "Country code"},
	{Name: "MAIL_BUS", Letter: letterText, Length: 50, Label: "E-mail"},
	{Name: "TEL_BUS", Letter: letterText, Length: 20, Label: "Phone"},
}
