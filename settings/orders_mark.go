package settings

// Mark says how the till shows that a sales order stands in the books. Receipts
// and invoices cannot be marked.
type Mark struct {
	With      MarkWith `yaml:"with" enum:"nothing|category|reference" title:"Mark with" help:"What of the order at the till is set once it stands in the books."`
	Category  string   `yaml:"category" maxlen:"9" title:"Order category" unit:"order category of the till" help:"With with: category, the step (bestelcategorie) that the order gets."`
	Reference string   `yaml:"reference" maxlen:"40" title:"Text" help:"With with: reference, what is added to the reference of the seller; {number} is the order's number in the books."`
}

// MarkWith is what of an order at the till is set.
type MarkWith string

// What MarkWith may be.
const (
	MarkNothing   MarkWith = "nothing"
	MarkCategory  MarkWith = "category"
	MarkReference MarkWith = "reference"
)

// Help says what the value means.
func (m MarkWith) Help() string {
	return map[MarkWith]string{
		MarkNothing:   "Nothing: the till is not written to.",
		MarkCategory:  "Its order category becomes category.",
		MarkReference: "The text is added to its reference.",
	}[m]
}
