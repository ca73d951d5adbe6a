package settings

// B2BPrices are the settings of the flow that brings prices of the books that do not hold for everybody to the till.
type B2BPrices struct {
	Catalog `yaml:",inline"`
}
