package sandbox

import "strings"

// dictionary lists every table that the API shows, in the order of the data dictionary.
var dictionary = []*table{
	&acctRecTable, &admListTable, &admPerTable, &articleTable, &artGrpTable, &compHdrTable, &contactTable, &costTable,
	&dailyTable, &delAddrTable, &djLineTable, &djPageTable, &hstAhTable, &hstAlTable, &ledgerTable, &payCondTable, &soHdrTable, &soLineTable,
	&transactTable, &usrLinkTable, &vatTable,
	&debtorPriceTable, &listPriceTable, &groupPriceTable, &promotionTable,
}

// systemTables describe the dictionary and are not part of it.
var systemTables = []*table{&dctFldTable, &dctTagTable, &dctFileTable}

// tableNamed finds a table by its name in any case. A virtual table gives the table behind it.
func tableNamed(name string) (*table, bool) {
	name = strings.ToUpper(strings.TrimSpace(name))
	if name == acctRecTable.Name {
		return &contactTable, true
	}
	for _, t := range append(append([]*table(nil), dictionary...), systemTables...) {
		if t.Name == name {
			return t, true
		}
	}
	return nil, false
}
