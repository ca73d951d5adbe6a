package settings

// DayTotals says how sales that only count in a day's total are booked. Which
// sales those are is said by the lookup table target.
type DayTotals struct {
	Enabled         bool     `yaml:"enabled" title:"On" help:"Whether days are booked by themselves."`
	Every           Duration `yaml:"every" min:"1s" max:"24h" title:"Interval" help:"How often is looked for days that are over."`
	After           Duration `yaml:"after" min:"0s" max:"168h" title:"Wait after the day" help:"So long after midnight of a financial day it counts as closed. What comes later changes the day, as changes says."`
	Debtor          string   `yaml:"debtor" maxlen:"10" title:"Debtor" unit:"debtor number" help:"Debtor (debiteur) of the page, where the daybook asks for one. Empty: none."`
	MovementAccount string   `yaml:"movement_account" maxlen:"10" title:"Cash movement account" unit:"ledger account of the books" help:"Ledger account of money that is put into a drawer or taken out of it (kasmutaties, kruisposten). Empty: a day with such movements is parked."`
	CashAccount     string   `yaml:"cash_account" maxlen:"10" title:"Cash difference account" unit:"ledger account of the books" help:"Ledger account of what payments and turnover of a day differ by (kasverschil). Empty: a day with a difference is parked."`
}
