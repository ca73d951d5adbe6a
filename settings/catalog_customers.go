package settings

// Customers are the settings of the flow that brings debtors of the books to the till.
type Customers struct {
	Catalog `yaml:",inline"`
	Company string           `yaml:"company" maxlen:"1000" title:"Companies" help:"Which debtors are companies: an expression over a debtor that is true for those. All others are persons. Empty: none is a company."`
	Match   []RelationMatch  `yaml:"match" enum:"link|number|vat_number|email" unique:"true" title:"Matching order" help:"How a debtor is found at the till that this flow has not met before, strongest first. None listed: each becomes a new customer."`
	Numbers CustomersNumbers `yaml:"numbers" enum:"till|debtor" title:"Numbers" help:"Who numbers a new customer of the till."`
	Blocked CustomersBlocked `yaml:"blocked" enum:"deactivate|skip|carry" title:"Blocked debtors" help:"What becomes of debtors to whom nothing may be sold."`
	Gone    CustomersGone    `yaml:"gone" enum:"report|deactivate" title:"Gone" help:"What happens at the till to customers of debtors that the books no longer have."`
}

// RelationMatch is a way in which a debtor is found at the till.
type RelationMatch string

// What RelationMatch may be.
const (
	RelationMatchLink      RelationMatch = "link"
	RelationMatchNumber    RelationMatch = "number"
	RelationMatchVATNumber RelationMatch = "vat_number"
	RelationMatchEmail     RelationMatch = "email"
)

// Help says what the value means.
func (m RelationMatch) Help() string {
	return map[RelationMatch]string{
		RelationMatchLink:      "The customer whose orders go to this debtor.",
		RelationMatchNumber:    "The customer that carries the debtor number (mplus.external_number).",
		RelationMatchVATNumber: "One of the same VAT number, however it is written.",
		RelationMatchEmail:     "One of the same e-mail address, whatever the case.",
	}[m]
}

// CustomersNumbers is who numbers new customers of the till.
type CustomersNumbers string

// What CustomersNumbers may be.
const (
	CustomersNumbersTill   CustomersNumbers = "till"
	CustomersNumbersDebtor CustomersNumbers = "debtor"
)

// Help says what the value means.
func (n CustomersNumbers) Help() string {
	return map[CustomersNumbers]string{
		CustomersNumbersTill:   "The till: the next one that is free.",
		CustomersNumbersDebtor: "They get their debtor number, where it is a plain number; others get the next one that is free. A number that another customer has parks the debtor.",
	}[n]
}

// CustomersBlocked is what becomes of blocked debtors.
type CustomersBlocked string

// What CustomersBlocked may be.
const (
	CustomersBlockedDeactivate CustomersBlocked = "deactivate"
	CustomersBlockedSkip       CustomersBlocked = "skip"
	CustomersBlockedCarry      CustomersBlocked = "carry"
)

// Help says what the value means.
func (b CustomersBlocked) Help() string {
	return map[CustomersBlocked]string{
		CustomersBlockedDeactivate: "Their customer is made inactive, and active again when the block is gone. One that the till does not have is not made.",
		CustomersBlockedSkip:       "They are left out: what the till has of them stays as it is.",
		CustomersBlockedCarry:      "They go to the till like any other, and are active there.",
	}[b]
}

// CustomersGone is what happens to customers of debtors that are gone.
type CustomersGone string

// What CustomersGone may be.
const (
	CustomersGoneReport     CustomersGone = "report"
	CustomersGoneDeactivate CustomersGone = "deactivate"
)

// Help says what the value means.
func (g CustomersGone) Help() string {
	return map[CustomersGone]string{
		CustomersGoneReport:     "Nothing: they are told.",
		CustomersGoneDeactivate: "They are made inactive.",
	}[g]
}

// customersProblems finds what would make customers twice: one that was made without
// an answer is found again by the debtor number that it carries.
func (d Document) customersProblems() Problems {
	if !d.Flows.Customers.Enabled || d.Mplus.ExternalNumber != ExternalNone {
		return nil
	}
	return Problems{{Path: "mplus.external_number", Text: "must not be none while flows.customers is enabled: by its debtor number a new customer is found again"}}
}
