package accountview

// DebtorSettings name the columns of debtors that not every installation uses
// alike. The others of CONTACT are known from a live dictionary. A name that is
// empty, or that this installation does not have, holds nothing.
type DebtorSettings struct {
	// PriceListField holds the price list of a debtor.
	// ASSUMED: APX_LIST, of article prices. Ask the customer: PCT_LIST, MRN_LIST and QD_CODE are price lists as well; which one counts?
	PriceListField string `yaml:"price_list_field"`
	// GroupField holds the group that a debtor belongs to.
	// ASSUMED: RPL_GRP. Ask the customer: by which column are customers grouped?
	GroupField string `yaml:"group_field"`
	// DiscountField holds a percentage off everything.
	// ASSUMED: DISC_PCT, the discount on an invoice. Ask the customer: does the shop give that discount as well?
	DiscountField string `yaml:"discount_field"`
	// PaymentTermField holds the code of the payment condition, PaymentDaysField its days.
	// ASSUMED: no column of a debtor holds days. Ask: does one?
	PaymentTermField string `yaml:"payment_term_field"`
	PaymentDaysField string `yaml:"payment_days_field"`
	// CreditLimitField holds how much a debtor may owe, in euros; zero is no limit.
	// ASSUMED: CRED_LIM. Ask: is zero no limit?
	CreditLimitField string `yaml:"credit_limit_field"`
	// BankAccountField holds the bank account.
	// ASSUMED: IBAN_NR. Ask: does BANK_ACCT count as well?
	BankAccountField string `yaml:"bank_account_field"`
	// BlockedFields say, each by itself, that nothing may be sold to a debtor.
	// ASSUMED: REC_BLK, and BLK_SP of orders. Ask the customer: may a debtor that is blocked for orders buy in the shop?
	BlockedFields []string `yaml:"blocked_fields"`
	// DeliveryStreetField to DeliveryCountryField hold where a debtor wants its goods.
	// ASSUMED: no column of a debtor does. Ask: does one?
	DeliveryStreetField   string `yaml:"delivery_street_field"`
	DeliveryPostcodeField string `yaml:"delivery_postcode_field"`
	DeliveryCityField     string `yaml:"delivery_city_field"`
	DeliveryCountryField  string `yaml:"delivery_country_field"`
	// ChangedField holds when a debtor changed; empty: every run reads all of them.
	ChangedField string `yaml:"changed_field"`
}

// defaultDebtors are the names with every assumption as it stands.
func defaultDebtors() DebtorSettings {
	return DebtorSettings{
		PriceListField: "APX_LIST", GroupField: "RPL_GRP", DiscountField: "DISC_PCT", PaymentTermField: "DISC_CODE",
		CreditLimitField: "CRED_LIM", BankAccountField: "IBAN_NR",
		BlockedFields: []string{fieldDebtorBlocked, fieldDebtorOrdersBlocked}, ChangedField: fieldChangedAt,
	}
}

// upperNames writes column names as the books do.
func (d DebtorSettings) upperNames() DebtorSettings {
	for _, name := range []*string{
		&d.PriceListField, &d.GroupField, &d.DiscountField, &d.PaymentTermField, &d.PaymentDaysField, &d.CreditLimitField, &d.BankAccountField,
		&d.DeliveryStreetField, &d.DeliveryPostcodeField, &d.DeliveryCityField, &d.DeliveryCountryField, &d.ChangedField,
	} {
		*name = upperName(*name)
	}
	blocked := make([]string, 0, len(d.BlockedFields))
	for _, name := range d.BlockedFields {
		blocked = append(blocked, upperName(name))
	}
	d.BlockedFields = blocked
	return d
}
