package accountview

// JournalSettings name the objects and columns of daybook pages.
type JournalSettings struct {
	// Object takes new pages, ReadObject shows them; Table and LinesTable hold them.
	// ASSUMED: DJ2 and DJ2P, as clients use them. Ask: may DJ2 be read, too?
	Object     string `yaml:"object"`
	ReadObject string `yaml:"read_object"`
	Table      string `yaml:"table"`
	LinesTable string `yaml:"lines_table"`
	// DaybookField and PageField name a page together.
	DaybookField string `yaml:"daybook_field"`
	PageField    string `yaml:"page_field"`
	// RefField holds our reference.
	// ASSUMED: HDR_DESC, the description of the page. Ask: is there a column for an external number on DJ_PAGE?
	RefField string `yaml:"reference_field"`
	// PostedObject and PostedTable list what is posted to the ledger; PostedRefField is its column that holds what
	// RefField held. An empty object or column: posted pages are not looked for.
	// ASSUMED: GJ1 with INV_DESC. Ask: can a posted page still be read through DJ2P, and which column of TRANSACT holds
	// its description?
	PostedObject   string `yaml:"posted_object"`
	PostedTable    string `yaml:"posted_table"`
	PostedRefField string `yaml:"posted_reference_field"`
	// Amounts is the sign of what is sold.
	// ASSUMED: credit_negative. Ask: one captured answer of DJ2P with an invoice that was entered by hand.
	Amounts JournalAmounts `yaml:"amounts"`
}

// JournalAmounts is the sign that amounts have on a page.
type JournalAmounts string

const (
	// AmountsCreditNegative writes debit positive and credit negative, so what is sold is negative.
	AmountsCreditNegative JournalAmounts = "credit_negative"
	// AmountsPositive writes what is sold positive on a page that names a debtor. On one that names none debit is
	// positive, since there both sides are written.
	AmountsPositive JournalAmounts = "positive"
)

func defaultJournal() JournalSettings {
	return JournalSettings{
		Object: objectPages, ReadObject: objectPagesRead, Table: tablePage, LinesTable: tablePageLine,
		DaybookField: fieldDaybook, PageField: "PAGE_NR", RefField: "HDR_DESC",
		PostedObject: "GJ1", PostedTable: tablePosted, PostedRefField: "INV_DESC",
		Amounts: AmountsCreditNegative,
	}
}

func (s JournalSettings) upperNames() JournalSettings {
	for _, name := range []*string{&s.Table, &s.LinesTable, &s.DaybookField, &s.PageField, &s.RefField, &s.PostedTable, &s.PostedRefField} {
		*name = upperName(*name)
	}
	return s
}
