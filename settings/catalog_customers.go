package settings

// Customers are the settings of the flow that brings debtors of the books to the till.
type Customers struct {
	Catalog `yaml:",inline"`
}
