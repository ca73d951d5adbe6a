package settings

// Stock are the settings of the flow that brings stock of the books to the till.
type Stock struct {
	Catalog `yaml:",inline"`
}
