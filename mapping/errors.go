package mapping

import (
	"fmt"

	"github.com/koppel/koppel/domain"
)

// Unmapped is a code without a row in a lookup table. The key is for the person
// who adds the row; it is not part of the text.
type Unmapped struct {
	Table   string
	Key     domain.LookupKey // as asked
	Private bool             // the key may say something about a person: it was not computed from codes alone
}

// Error names the table only.
func (u *Unmapped) Error() string { return "lookup table " + u.Table + " has no row for a code" }

// Code is the key of the explanation: "unmapped_vat_code".
func (u *Unmapped) Code() string { return "unmapped_" + u.Table }

// Codes of Refused.
const (
	// CodeCountryUnknown: the country of an address is not understood.
	CodeCountryUnknown = "country_unknown"
	// CodeTooLong: a text does not fit its field and may not be cut.
	CodeTooLong = "field_rules"
	// CodeCharacters: a text holds a character that its field cannot store, and may
	// not be written otherwise.
	CodeCharacters = "field_characters"
	// CodeNothingSold: the order has no line that sells anything.
	CodeNothingSold = "nothing_sold"
)

// Refused is a record that cannot be mapped because of what it holds. The text
// names the field and the rule, never the value.
type Refused struct {
	Reason string // one of the codes above
	Entity domain.Entity
	Target string // field of the target; empty when it is not about one
	Line   int    // line of the order from 1; 0 when it is not about one
	Rule   string
}

// Error words the refusal without values.
func (r *Refused) Error() string { return where(r.Entity, r.Target, r.Line) + ": " + r.Rule }

// Code is the key of the explanation.
func (r *Refused) Code() string { return r.Reason }

// ExpressionError is an expression that failed on a record: a division by zero,
// a line that is not there. The text names the row, never a value.
type ExpressionError struct {
	Entity domain.Entity
	Target string
	Line   int // line of the order from 1; 0 when it is not about one
}

// Error names the row whose expression failed.
func (e *ExpressionError) Error() string {
	return where(e.Entity, e.Target, e.Line) + ": the expression failed on this record"
}

// Code is the key of the explanation.
func (e *ExpressionError) Code() string { return "mapping_failed" }

func where(entity domain.Entity, target string, line int) string {
	text := "mapping." + string(entity)
	if entity == entityFilter {
		text = FilterPath
	}
	if target != "" {
		text += " " + target
	}
	if line > 0 {
		text += fmt.Sprintf(" (line %d)", line)
	}
	return text
}
