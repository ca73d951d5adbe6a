package domain

import "github.com/shopspring/decimal"

// MappingRules is all that decides how canonical records become drafts: rows,
// lookup tables and the few settings that rows may read. It is the part of an
// integration document that package mapping compiles.
type MappingRules struct {
	Mapping  Mapping
	Lookups  Lookups
	Settings MappingSettings
}

// MappingSettings are the settings that a source expression may read, as
// settings.<name>.
type MappingSettings struct {
	ControlAccount  string // the ledger account that collects what customers owe
	PricesInclusive bool   // order lines in the books are priced including VAT
}

// Mapping says per entity how the fields of the target are filled.
type Mapping struct {
	Customer        []MappingRow `yaml:"customer"`
	DeliveryAddress []MappingRow `yaml:"delivery_address"`
	Order           []MappingRow `yaml:"order"`
	OrderLine       []MappingRow `yaml:"order_line"`
	Product         []MappingRow `yaml:"product" title:"Product" help:"How an article of the books becomes a product of the till. A target that begins with product. belongs to the product that groups the articles, any other to the article."`
	Category        []MappingRow `yaml:"category" title:"Category" help:"How an article group of the books becomes an article group of the till."`
	Stock           []MappingRow `yaml:"stock" title:"Stock" help:"The formula over the quantities of the books that the till shows as stock."`
	Price           []MappingRow `yaml:"price" title:"Price" help:"How a price of the books for one customer, price list or group becomes a price of the till."`
}

// MappedEntities lists the entities that have rows, in the order of the document.
func MappedEntities() []Entity {
	return []Entity{
		EntityCustomer, EntityDeliveryAddress, EntityOrder, EntityOrderLine,
		EntityProduct, EntityCategory, EntityStock, EntityPrice,
	}
}

// Rows gives the rows of one entity; nil for an entity without mapping.
func (m Mapping) Rows(entity Entity) []MappingRow {
	switch entity {
	case EntityCustomer:
		return m.Customer
	case EntityDeliveryAddress:
		return m.DeliveryAddress
	case EntityOrder:
		return m.Order
	case EntityOrderLine:
		return m.OrderLine
	case EntityProduct:
		return m.Product
	case EntityCategory:
		return m.Category
	case EntityStock:
		return m.Stock
	case EntityPrice:
		return m.Price
	default:
		return nil
	}
}

// MappingRow fills one field of the target.
type MappingRow struct {
	Target  string      `yaml:"target" required:"true"`                                          // field, in the target's own name
	Source  string      `yaml:"source" required:"true" maxlen:"1000"`                            // expression; nothing or empty text means: field not sent
	Policy  FieldPolicy `yaml:"policy" enum:"always|on_create|if_empty" default:"always"`        // what happens to a record that exists
	TooLong TooLong     `yaml:"too_long" enum:"reject|truncate" default:"reject"`                // what happens to text that does not fit
	Proof   ProofRole   `yaml:"proof,omitempty" enum:"|quantity|unit_price|vat_code" default:""` // what the VAT proof takes this field for; order lines only
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

// LookupVATCode is the table that turns the till's VAT codes into those of the
// books. Its rows carry the percentage that the books charge.
const LookupVATCode = "vat_code"

// Lookups are tables by name.
type Lookups map[string]Lookup

// Lookup turns a code of one system into a code of the other.
type Lookup struct {
	Unmapped UnmappedPolicy `yaml:"unmapped" enum:"park|default" default:"park"` // what happens to a code without a row
	Default  string         `yaml:"default" default:""`                          // with unmapped: default
	Rows     []LookupRow    `yaml:"rows"`
}

// UnmappedPolicy says what happens to a code without a row.
type UnmappedPolicy string

const (
	// UnmappedPark stops the record until a person adds a row.
	UnmappedPark UnmappedPolicy = "park"
	// UnmappedDefault takes the table's default; empty text sends nothing.
	UnmappedDefault UnmappedPolicy = "default"
)

// LookupRow is one code and what it becomes. The key "*" stands for every key
// that has no row of its own, except no key at all.
type LookupRow struct {
	Key     string           `yaml:"key"`
	Value   string           `yaml:"value"`
	Percent *decimal.Decimal `yaml:"percent"` // VAT tables: what the books charge under Value; 21 means 21 %
}

// MarshalYAML writes a percentage of zero too: a row without percentage is
// another row.
func (r LookupRow) MarshalYAML() (any, error) {
	row := struct {
		Key     string `yaml:"key"`
		Value   string `yaml:"value"`
		Percent string `yaml:"percent,omitempty"`
	}{Key: r.Key, Value: r.Value}
	if r.Percent != nil {
		row.Percent = r.Percent.String()
	}
	return row, nil
}

// AnyKey is the key of the wildcard row.
const AnyKey = "*"
