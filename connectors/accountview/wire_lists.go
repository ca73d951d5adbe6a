package accountview

// Lists that a set-up needs (reference: live field dumps of VA1, GL1 and DJ1;
// three public clients for AG1 and PER).
const (
	objectVAT = "VA1"
	tableVAT  = "VAT"

	objectLedger = "GL1"
	tableLedger  = "LEDGER"

	objectDaybooks = "DJ1"
	tableDaybooks  = "DAILY"

	objectArticleGroups = "AG1"
	tableArticleGroups  = "ART_GRP"

	// objectPaymentConditions has a table of which no source tells the name.
	objectPaymentConditions = "PT1"

	objectPeriods = "PER"
	tablePeriods  = "ADM_PER"

	objectAdministrations = "ADL"
	tableAdministrations  = "ADM_LIST"

	fieldVATCode     = "VAT_CODE"
	fieldLedger      = "ACCT_NR"
	fieldDaybook     = "DJ_CODE"
	fieldGroupCode   = "AG_CODE"
	fieldCondition   = "DISC_CODE"
	fieldColumnOwn   = "REC_CUST" // of the dictionary: a column that the customer made
	fieldColumnMust  = "INP_MAND" // of the dictionary: people must fill it in
	fieldPeriodStart = "START_DATE"

	fieldAdministration = "ADM_CODE"
	fieldBookYear       = "ATS_YEAR"
)
