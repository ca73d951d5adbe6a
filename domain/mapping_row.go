package domain

// MappingRow fills one field of the target.
type MappingRow struct {
	Target     string        `yaml:"target" required:"true" title:"Field" help:"The field of the target, in the target's own name."`
	Source     string        `yaml:"source" required:"true" maxlen:"1000" title:"Source" help:"The expression that fills the field. Nothing, or empty text, leaves the field out."`
	Policy     FieldPolicy   `yaml:"policy" enum:"always|on_create|if_empty|if_unchanged|never" default:"always" title:"Policy" help:"What happens to a record that exists."`
	TooLong    TooLong       `yaml:"too_long" enum:"reject|truncate|overflow" default:"reject" title:"Text that is too long" help:"What happens to text that does not fit the field."`
	OverflowTo string        `yaml:"overflow_to,omitempty" title:"Overflow to" help:"With too_long: overflow, the note field that takes what does not fit: the target of another row of the same list. Its own row says what happens when it is full."`
	Characters CharacterRule `yaml:"characters" enum:"reject|replace|plain" default:"plain" title:"Characters" help:"What happens to characters that the target cannot store."`
	Proof      ProofRole     `yaml:"proof,omitempty" enum:"|quantity|unit_price|discount_percent|vat_code|amount|vat_amount" default:"" title:"Proof" help:"What the VAT proof takes this field for. Lines of orders and invoices only."`
}

// FieldPolicy says when a field of an existing record is written.
type FieldPolicy string

const (
	// PolicyAlways writes the field whenever it differs.
	PolicyAlways FieldPolicy = "always"
	// PolicyOnCreate writes the field when the record is made and never again.
	PolicyOnCreate FieldPolicy = "on_create"
	// PolicyIfEmpty fills the field where the record holds nothing yet.
	PolicyIfEmpty FieldPolicy = "if_empty"
	// PolicyIfUnchanged writes the field while the record still holds what we last
	// wrote there. A change made on the other side stays.
	PolicyIfUnchanged FieldPolicy = "if_unchanged"
	// PolicyNever leaves the field out, of new records too. The row is as good as
	// not there, and can be switched on again.
	PolicyNever FieldPolicy = "never"
)

// Help says what the policy means.
func (p FieldPolicy) Help() string {
	return map[FieldPolicy]string{
		PolicyAlways:      "Written whenever it differs.",
		PolicyOnCreate:    "Written when the record is made, and never again.",
		PolicyIfEmpty:     "Written where the record holds nothing yet.",
		PolicyIfUnchanged: "Written while the record holds what we last wrote; a change on the other side stays. What nobody tells to be ours is written only where it is empty.",
		PolicyNever:       "Left out, of new records too.",
	}[p]
}

// TooLong says what happens to text that is longer than its field.
type TooLong string

const (
	// TooLongReject refuses the record: a cut number is a wrong number.
	TooLongReject TooLong = "reject"
	// TooLongTruncate cuts the text to the length of the field.
	TooLongTruncate TooLong = "truncate"
	// TooLongOverflow cuts the text too, and writes what does not fit in a note
	// field, on a line of its own that names the field.
	TooLongOverflow TooLong = "overflow"
)

// Help says what the rule means.
func (t TooLong) Help() string {
	return map[TooLong]string{
		TooLongReject:   "The record is parked: a cut number is a wrong number.",
		TooLongTruncate: "The text is cut to the length of the field.",
		TooLongOverflow: "The text is cut, and what does not fit stands in overflow_to, on a line of its own that names the field.",
	}[t]
}

// CharacterRule says what happens to characters that the target cannot store.
type CharacterRule string

const (
	// CharactersReject refuses the record: another letter would be another address.
	CharactersReject CharacterRule = "reject"
	// CharactersReplace writes a question mark for each.
	CharactersReplace CharacterRule = "replace"
	// CharactersPlain writes the nearest plain letters, and a question mark where
	// there are none.
	CharactersPlain CharacterRule = "plain"
)

// Help says what the rule means.
func (c CharacterRule) Help() string {
	return map[CharacterRule]string{
		CharactersReject:  "The record is parked.",
		CharactersReplace: "Each becomes a question mark.",
		CharactersPlain:   "Each becomes the nearest plain letters, or a question mark where there are none.",
	}[c]
}

// ProofRole tells which field of an order line holds what the VAT proof
// recomputes the order from. The proof must read the very values that will be
// written, and only the document knows their names.
type ProofRole string

const (
	// ProofNone: the proof does not look at this field.
	ProofNone ProofRole = ""
	// ProofQuantity is the quantity sold.
	ProofQuantity ProofRole = "quantity"
	// ProofUnitPrice is the price of one, including or excluding VAT by setting.
	ProofUnitPrice ProofRole = "unit_price"
	// ProofDiscountPercent is the percentage that the books take off the price.
	ProofDiscountPercent ProofRole = "discount_percent"
	// ProofVATCode is the VAT code in the books.
	ProofVATCode ProofRole = "vat_code"
	// ProofAmount is the amount excl. VAT of a line of an invoice.
	ProofAmount ProofRole = "amount"
	// ProofVATAmount is the VAT of a line of an invoice.
	ProofVATAmount ProofRole = "vat_amount"
)

// Help says what the proof does with the field.
func (p ProofRole) Help() string {
	return map[ProofRole]string{
		ProofNone:            "The proof does not look at this field.",
		ProofQuantity:        "The quantity sold. Order lines only.",
		ProofUnitPrice:       "The price of one, including or excluding VAT as flows.orders.prices says. Order lines only.",
		ProofDiscountPercent: "The percentage that the books take off the price. Order lines only.",
		ProofVATCode:         "The VAT code of the books.",
		ProofAmount:          "The amount excluding VAT. Invoice lines only.",
		ProofVATAmount:       "The amount of VAT. Invoice lines only.",
	}[p]
}
