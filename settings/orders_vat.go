package settings

// OrdersVAT says how VAT of a sale is checked beside the lookup tables.
type OrdersVAT struct {
	HomeCountry   string        `yaml:"home_country" maxlen:"2" title:"Home country" unit:"ISO country code, two letters" help:"Country of the shop. A debtor whose VAT number begins with another is foreign to the books."`
	DomesticCodes []string      `yaml:"domestic_codes" unique:"true" title:"Domestic VAT codes" unit:"VAT codes of the books" help:"Codes that are for debtors of the home country only (binnenlandse btw-codes)."`
	Foreign       ForeignDebtor `yaml:"foreign" enum:"park|allow" title:"Domestic code on a foreign debtor" help:"What happens before AccountView would ask about it. A sale over the counter is domestic whoever buys, so it may be right."`
}

// ForeignDebtor says what a domestic VAT code on a foreign debtor means.
type ForeignDebtor string

// What ForeignDebtor may be.
const (
	ForeignDebtorPark  ForeignDebtor = "park"
	ForeignDebtorAllow ForeignDebtor = "allow"
)

// Help says what the value means.
func (f ForeignDebtor) Help() string {
	return map[ForeignDebtor]string{
		ForeignDebtorPark:  "The sale is parked.",
		ForeignDebtorAllow: "It is written as it is.",
	}[f]
}
