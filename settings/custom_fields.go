package settings

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/koppel/koppel/domain"
)

// MissingField is a field of the shop's own making that a row reads and the till
// has not: it was renamed or deleted there, or is misspelt here.
type MissingField struct {
	Path string // of the expression
	Name string
}

// String words the finding.
func (m MissingField) String() string {
	return fmt.Sprintf("%s reads customer.custom['%s'], which the till has not; it gives nothing", m.Path, m.Name)
}

// customRead finds customer.custom['name'] and customer.custom.name.
var customRead = regexp.MustCompile(`\bcustomer\??\.custom\s*(?:\??\.?\[\s*(?:'([^']*)'|"([^"]*)")\s*\]|\??\.(\w+))`)

// relationField begins the codes of fields that the shop made on its customers.
const relationField = "relation."

// MissingCustomFields lists the own fields of customers that the document reads
// and the till's list lacks. Without a list nothing can be said.
func MissingCustomFields(doc Document, lists domain.Listings) []MissingField {
	list, fetched := lists[domain.ListTillCustomFields]
	if !fetched {
		return nil
	}
	known := map[string]bool{}
	for _, item := range list {
		if name, ours := strings.CutPrefix(item.Code, relationField); ours {
			known[name] = true
		}
	}
	var missing []MissingField
	for _, source := range doc.sources() {
		for _, m := range customRead.FindAllStringSubmatch(source.text, -1) {
			field := MissingField{Path: source.path, Name: m[1] + m[2] + m[3]}
			if !known[field.Name] && !slices.Contains(missing, field) {
				missing = append(missing, field)
			}
		}
	}
	return missing
}
