package sandbox

// Tables of prices that do not hold for everybody. No source names an object or a table of them: these four, with all
// their names, are the sandbox's own. They begin with Z, as objects that somebody added to AccountView do.
var (
	debtorPriceTable = priceTable("ZPX_DEB", "Prijsafspraken debiteuren",
		column{Name: "SUB_NR", Type: text, Len: 10, Mandatory: true, Upper: true, Refers: "CONTACT", Label: "Debtor"})
	listPriceTable = priceTable("ZPX_LIST", "Prijslijsten",
		column{Name: "APX_LIST", Type: text, Len: 10, Mandatory: true, Upper: true, Label: "Price list"})
	groupPriceTable = priceTable("ZPX_GRP", "Kortingen relatiegroepen",
		column{Name: "RPL_TYPE", Type: text, Len: 10, Mandatory: true, Upper: true, Label: "Group of debtors"})
	promotionTable = priceTable("ZPX_ACT", "Actieprijzen",
		column{Name: "ACT_CODE", Type: text, Len: 10, Upper: true, Label: "Promotion"})
)

// priceTables are all of them, by object.
var priceTables = map[string]*table{
	"ZPD": &debtorPriceTable, "ZPL": &listPriceTable, "ZPG": &groupPriceTable, "ZPA": &promotionTable,
}

func priceTable(name, label string, whose column) table {
	return table{
		Name: name, Label: label, Key: "REC_ID",
		Columns: append([]column{
			{Name: "REC_ID", Type: text, Len: 10, Mandatory: true, Blocked: true, Upper: true, Label: "Row id"},
			whose,
			{Name: "ART_CODE", Type: text, Len: 15, Upper: true, Refers: "ARTICLE", Label: "Article"},
			{Name: "AG_CODE", Type: text, Len: 5, Upper: true, Refers: "ART_GRP", Label: "Article group"},
			{Name: "ATR_NAME", Type: text, Len: 20, Label: "Attribute"},
			{Name: "ATR_VAL", Type: text, Len: 40, Label: "Value of the attribute"},
			{Name: "QTY_FROM", Type: number, Len: 13, Dec: 3, Mask: "qty", Label: "From this quantity on"},
			{Name: "PX_SELL", Type: money, Dec: 4, Mask: "cur", Label: "Price"},
			{Name: "DISC_PCT", Type: number, Len: 9, Dec: 4, Mask: "disc", Label: "Discount percentage"},
			{Name: "CUR_CODE", Type: text, Len: 3, Upper: true, Label: "Currency"},
			{Name: "DATE_FROM", Type: date, Label: "First day"},
			{Name: "DATE_TO", Type: date, Label: "Last day"},
		}, upkeep()...),
	}
}
