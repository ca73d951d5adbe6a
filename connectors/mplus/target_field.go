package mplus

import (
	"strings"

	"github.com/koppel/koppel/domain"
)

// targetField is one field of a record that drafts may fill: how drafts name it,
// and how the till wants its value written.
type targetField struct {
	name     string // as the schema spells the element; fields of a product begin with productPrefix
	label    string // what it is for people
	form     form
	required bool // refused when missing on a new record
	fixed    bool // cannot be changed later: it says which record it is
	none     bool // 0 stands for none, and may be written
}

// form is how a value is written.
type form string

const (
	formText      form = "text"
	formNumber    form = "number of a record"     // digits as text: it names something, nobody counts with it
	formCode      form = "code"                   // the same, of 32 bits
	formCodes     form = "codes"                  // several, separated by blanks or commas
	formWhole     form = "whole number"           // of 32 bits
	formCents     form = "amount"                 // euros in drafts, cents on the wire
	formQuantity  form = "quantity"               // an unscaled number and the element of its decimal places
	formPercent   form = "percentage"             // 12.5 in drafts; scaled on the wire as the till does
	formDecimal   form = "plain decimal"          // as it is
	formFlag      form = "yes or no"              // true or false
	formDate      form = "date"                   // day, month and year apart
	formVATMethod form = "VAT method"             // inclusive, exclusive, shifted or none; an enumeration on the wire
	formBarcodes  form = "further barcodes"       // several, separated by blanks; each an entry of a list
	formCustom    form = "custom fields together" // not a field of drafts: the place of the list in the sequence
)

// productPrefix marks the fields of the product itself, which groups articles
// that have fields of the same names.
const productPrefix = "product."

// CustomPrefix marks the fields that the retailer made himself: custom.allergens.
const CustomPrefix = "custom."

func (f targetField) kind() domain.ValueKind {
	switch f.form {
	case formWhole, formCents, formQuantity, formPercent, formDecimal:
		return domain.KindNumber
	case formFlag:
		return domain.KindBool
	case formDate:
		return domain.KindDate
	default:
		return domain.KindText
	}
}

// element is the name on the wire.
func (f targetField) element() string {
	if f.form == formBarcodes {
		return "barcodeList"
	}
	return strings.TrimPrefix(f.name, productPrefix)
}

// several says that the text holds several values, in an order that means nothing.
func (f targetField) several() bool { return f.form == formCodes || f.form == formBarcodes }

// places is the element that holds the number of decimals of a quantity. The
// schema names them without a rule.
func (f targetField) places() string {
	switch f.name {
	case "amount":
		return "decimalPlaces"
	case "orderQuantityValue":
		return "orderQuantityDecimalPlaces"
	default:
		return f.name + "DecimalPlaces"
	}
}

// OwnFields is what one administration of the till says about itself: the schema
// is the same everywhere, these are not.
type OwnFields struct {
	Custom  []CustomField  // the fields that the retailer made, as CustomFields reads them
	Lengths map[string]int // greatest number of characters by field name; a field that is not here has no limit that we know
}

// customKinds are the types of custom fields that one value can fill. The others
// hold several values, or a time of day.
var customKinds = map[string]domain.ValueKind{
	"DATA-TYPE-STRING":  domain.KindText,
	"DATA-TYPE-UNKNOWN": domain.KindText,
	"DATA-TYPE-INT":     domain.KindNumber,
	"DATA-TYPE-DECIMAL": domain.KindNumber,
	"DATA-TYPE-BOOL":    domain.KindBool,
	"DATA-TYPE-DATE":    domain.KindDate,
}

// What CustomField.Of may be.
const (
	ofRelation = "relation"
	ofArticle  = "article"
)

// of are the custom fields that drafts of such a card may fill, as custom.<name>.
func (o OwnFields) of(card string) []CustomField {
	var fields []CustomField
	for _, c := range o.Custom {
		if _, one := customKinds[c.Type]; one && c.Of == card {
			fields = append(fields, c)
		}
	}
	return fields
}

// schemaOf publishes fields to the mapping.
func schemaOf(entity domain.Entity, fields []targetField, own OwnFields) domain.Schema {
	s, card := domain.Schema{Entity: entity}, ofArticle
	if entity == domain.EntityRelation {
		card = ofRelation
	}
	for _, f := range fields {
		if f.form != formCustom {
			s.Fields = append(s.Fields, domain.FieldSpec{
				Name: f.name, Label: f.label, Kind: f.kind(), Length: own.Lengths[f.name], Required: f.required, Updatable: !f.fixed, Several: f.several(),
			})
			continue
		}
		for _, c := range own.of(card) {
			name := CustomPrefix + c.Name
			s.Fields = append(s.Fields, domain.FieldSpec{
				Name: name, Label: c.Name, Kind: customKinds[c.Type], Length: own.Lengths[name], Required: c.Required, Updatable: true,
			})
		}
	}
	return s
}
