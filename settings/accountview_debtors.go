package settings

// AccountViewDebtors names the columns of debtors that installations use in
// different ways. Name, address, numbers and blocks stand where AccountView itself
// puts them.
type AccountViewDebtors struct {
	PriceListField        string   `yaml:"price_list_field" maxlen:"20" title:"Price list" unit:"field of AccountView" help:"Code of the price list (prijslijst) of a debtor. Empty means that none has one."`
	GroupField            string   `yaml:"group_field" maxlen:"20" title:"Customer group" unit:"field of AccountView" help:"Code of the group that a debtor belongs to (relatiegroep)."`
	DiscountField         string   `yaml:"discount_field" maxlen:"20" title:"Discount" unit:"field of AccountView" help:"Percentage off everything that a debtor buys (korting). Empty means that none has one."`
	PaymentTermField      string   `yaml:"payment_term_field" maxlen:"20" title:"Payment condition" unit:"field of AccountView" help:"Code of the payment condition (betalingsconditie) of a debtor."`
	PaymentDaysField      string   `yaml:"payment_days_field" maxlen:"20" title:"Payment days" unit:"field of AccountView" help:"Days in which a debtor pays. Empty: no column tells, and the lookup table payment_days says what a payment condition is in days."`
	CreditLimitField      string   `yaml:"credit_limit_field" maxlen:"20" title:"Credit limit" unit:"field of AccountView" help:"How much a debtor may owe (kredietlimiet), in euros. Zero is no limit."`
	BankAccountField      string   `yaml:"bank_account_field" maxlen:"20" title:"Bank account" unit:"field of AccountView" help:"Bank account (IBAN) of a debtor. No default row reads it."`
	BlockedFields         []string `yaml:"blocked_fields" unique:"true" maxlen:"20" title:"Blocked" unit:"fields of AccountView" help:"Each says by itself that nothing may be sold to a debtor (geblokkeerd). BLK_SP blocks it for orders only."`
	DeliveryStreetField   string   `yaml:"delivery_street_field" maxlen:"20" title:"Delivery, street" unit:"field of AccountView" help:"Street and house number where a debtor wants its goods. Empty means that goods go to its address."`
	DeliveryPostcodeField string   `yaml:"delivery_postcode_field" maxlen:"20" title:"Delivery, postcode" unit:"field of AccountView" help:"Postcode where a debtor wants its goods."`
	DeliveryCityField     string   `yaml:"delivery_city_field" maxlen:"20" title:"Delivery, city" unit:"field of AccountView" help:"City where a debtor wants its goods."`
	DeliveryCountryField  string   `yaml:"delivery_country_field" maxlen:"20" title:"Delivery, country" unit:"field of AccountView" help:"Country where a debtor wants its goods."`
	ChangedField          string   `yaml:"changed_field" maxlen:"20" title:"Changed at" unit:"field of AccountView" help:"When a debtor was changed: runs then read only what changed. Empty means that every run reads all debtors."`
}
