package accountview

// Debtors: object AR1, table CONTACT (reference: three public clients).
const (
	objectDebtor = "AR1"
	tableDebtor  = "CONTACT"

	fieldDebtorNumber        = "SUB_NR"
	fieldDebtorVATNumber     = "VAT_NR"
	fieldDebtorEmail         = "MAIL_BUS"
	fieldDebtorBlocked       = "REC_BLK" // blocked for everything
	fieldDebtorOrdersBlocked = "BLK_SP"  // blocked for orders only

	// fieldChangedAt exists on every table that people edit: the wall clock of the books, without a zone.
	fieldChangedAt = "CNG_DATE"
)
