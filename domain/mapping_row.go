package domain

// MappingRow fills one field of the target.
type MappingRow struct {
	Target  string      `yaml:"target" required:"true" title:"Field" help:"The field of the target, in the target's own name."`
	Source  string      `yaml:"source" required:"true" maxlen:"1000" title:"Source" help:"The expression that fills the field. Nothing, or empty text, leaves the field out."`
	Policy  FieldPolicy `yaml:"policy" enum:"always|on_create|if_empty|if_unchanged|never" default:"always" title:"Policy" help:"What happens to a record that exists. always writes what differs, on_create writes new records only, if_empty fills what is empty, if_unchanged writes while nobody else changed the field, never leaves the field out altogether."`
	TooLong TooLong     `yaml:"too_long" enum:"reject|truncate" default:"reject" title:"Text that is too long" help:"What happens to text that does not fit."`
	Proof   ProofRole   `yaml:"proof,omitempty" enum:"|quantity|unit_price|vat_code" default:"" title:"Proof" help:"What the VAT proof takes this field for. Order lines only."`
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

// TooLong says what happens to text that is longer than its field.
type TooLong string

const (
	// TooLongReject refuses the record: a cut number is a wrong number.
	TooLongReject TooLong = "reject"
	// TooLongTruncate cuts the text to the length of the field.
	TooLongTruncate TooLong = "truncate"
)

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
	// ProofVATCode is the VAT code in the books.
	ProofVATCode ProofRole = "vat_code"
)
