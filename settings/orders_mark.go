package settings

import (
	"regexp"
	"strings"
)

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

// markNumber stands in the text for the order's number in the books.
const markNumber = "{number}"

// Text is what is added to the reference of the seller for an order of the books;
// empty unless the mark is set there.
func (m Mark) Text(number string) string {
	if m.With != MarkReference {
		return ""
	}
	return strings.ReplaceAll(m.Reference, markNumber, number)
}

// Unmarked is the reference of the seller without the mark, whatever number it names:
// our own mark is no change of the sale. It holds whether or not marks are set now.
func (m Mark) Unmarked(reference string) string {
	before, after, _ := strings.Cut(m.Reference, markNumber)
	if strings.TrimSpace(before+after) == "" {
		return reference
	}
	number := "[0-9A-Za-z./-]+"
	if !strings.Contains(m.Reference, markNumber) {
		number = ""
	}
	mark, err := regexp.Compile(`\s*` + regexp.QuoteMeta(strings.TrimSpace(before)) + spaces(before) + number + regexp.QuoteMeta(after) + `$`)
	if err != nil { // the number is ours and the rest is quoted
		return reference
	}
	return mark.ReplaceAllString(reference, "")
}

// spaces allows the blanks that stand before the number.
func spaces(before string) string {
	if strings.TrimRight(before, " ") == before {
		return ""
	}
	return " *"
}
