package accountview

// Debtors: object AR1, table CONTACT (reference: three public clients).
const (
	objectDebtor = "AR1"
	tableDebtor  = "CONTACT"

	fieldDebtorNumber        = "SUB_NR"
	fieldDebtorName          = "ACCT_NAME"
	fieldDebtorContact       = "MAIN_CONT"
	fieldDebtorStreet        = "ADDRESS1"
	fieldDebtorPostcode      = "POST_CODE"
	fieldDebtorCity          = "CITY"
	fieldDebtorCountry       = "CNT_CODE"
	fieldDebtorPhone         = "TEL_BUS"
	fieldDebtorMobile        = "TEL_MOB"
	fieldDebtorWebsite       = "WWW_URL"
	fieldDebtorCommerce      = "COC_CODE"
	fieldDebtorVATNumber     = "VAT_NR"
	fieldDebtorEmail         = "MAIL_BUS"
	fieldDebtorBlocked       = "REC_BLK" // blocked for everything
	fieldDebtorOrdersBlocked = "BLK_SP"  // blocked for orders only

	// fieldChangedAt exists on every table that people edit: the wall clock of the books, without a zone.
	fieldChangedAt = "CNG_DATE"
)
