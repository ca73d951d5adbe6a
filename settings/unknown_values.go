package settings

import "github.com/koppel/koppel/domain"

// UnknownValues are, by lookup table, the values that a table gives and the list
// of the other system lacks. A table without unknown values is not there, and
// neither is one whose list was never fetched.
type UnknownValues map[string]map[string]bool

// UnknownValuesOf finds them in a document.
func UnknownValuesOf(doc Document, lists domain.Listings) UnknownValues {
	unknown := UnknownValues{}
	for _, c := range Coverage(doc, lists) {
		note := func(value string) {
			if unknown[c.Table] == nil {
				unknown[c.Table] = map[string]bool{}
			}
			unknown[c.Table][value] = true
		}
		for _, found := range c.Unknown {
			note(found.Code)
		}
		if c.UnknownDefault != "" {
			note(c.UnknownDefault)
		}
	}
	return unknown
}
