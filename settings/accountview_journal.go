package settings

// AccountViewJournal says how pages of daybooks are written and found again.
type AccountViewJournal struct {
	Object               string         `yaml:"object" required:"true" maxlen:"20" title:"Object to write" unit:"business object" help:"Business object that takes new pages (dagboekbladzijden)."`
	ReadObject           string         `yaml:"read_object" required:"true" maxlen:"20" title:"Object to read" unit:"business object" help:"Business object through which pages are read."`
	Table                string         `yaml:"table" required:"true" maxlen:"20" title:"Header table" unit:"table of AccountView" help:"Table of pages."`
	LinesTable           string         `yaml:"lines_table" required:"true" maxlen:"20" title:"Line table" unit:"table of AccountView" help:"Table of the lines of pages."`
	DaybookField         string         `yaml:"daybook_field" required:"true" maxlen:"20" title:"Daybook" unit:"field of AccountView" help:"Where the daybook (dagboek) of a page stands. With the page number it names the page."`
	PageField            string         `yaml:"page_field" required:"true" maxlen:"20" title:"Page number" unit:"field of AccountView" help:"Where AccountView returns the number of a page."`
	ReferenceField       string         `yaml:"reference_field" required:"true" maxlen:"20" title:"Our reference" unit:"field of AccountView" help:"Where our reference stands on a page. The page is found again by it, so a row of the mapping must fill it with reference."`
	PostedObject         string         `yaml:"posted_object" maxlen:"20" title:"Posted: object" unit:"business object" help:"Business object of what is posted to the ledger (verwerkt). Empty: a page that is posted is not looked for."`
	PostedTable          string         `yaml:"posted_table" maxlen:"20" title:"Posted: table" unit:"table of AccountView" help:"Table of what is posted."`
	PostedReferenceField string         `yaml:"posted_reference_field" maxlen:"20" title:"Posted: our reference" unit:"field of AccountView" help:"Where our reference stands on what is posted. Empty: a page that is posted is not looked for."`
	Amounts              JournalAmounts `yaml:"amounts" enum:"credit_negative|positive" title:"Sign of amounts" help:"Which sign the amounts of a page have. Enter one invoice by hand and look at it through the API before you book the first; the wrong sign makes credit notes of invoices."`
}

// JournalAmounts is the sign that amounts of a page have.
type JournalAmounts string

// What JournalAmounts may be.
const (
	AmountsCreditNegative JournalAmounts = "credit_negative"
	AmountsPositive       JournalAmounts = "positive"
)

// Help says what the value means.
func (a JournalAmounts) Help() string {
	return map[JournalAmounts]string{
		AmountsCreditNegative: "Debit is positive and credit negative: what is sold is negative.",
		AmountsPositive:       "What is sold is positive on a page of a debtor. On a page without one, which holds both sides, debit is positive.",
	}[a]
}
