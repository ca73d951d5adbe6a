package settings

// AccountViewPeriods name what tells which days are open.
type AccountViewPeriods struct {
	Object      string `yaml:"object" required:"true" maxlen:"20" title:"Object" unit:"business object" help:"Business object of the periods of a book year."`
	Table       string `yaml:"table" required:"true" maxlen:"20" title:"Table" unit:"table of AccountView" help:"Table of periods."`
	StartField  string `yaml:"start_field" required:"true" maxlen:"20" title:"First day" unit:"field of AccountView" help:"First day of a period."`
	EndField    string `yaml:"end_field" required:"true" maxlen:"20" title:"Last day" unit:"field of AccountView" help:"Last day of a period."`
	ClosedField string `yaml:"closed_field" maxlen:"20" title:"Closed" unit:"field of AccountView" help:"Says that a period is closed (afgesloten). No public source names such a column. Empty: AccountView does not tell, and only flows.orders.dates.closed_through closes days."`
}
