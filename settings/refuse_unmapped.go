package settings

import (
	"slices"
	"strings"

	"github.com/koppel/koppel/domain"
)

// RefuseUnmapped is a check of a document: tables with unmapped: refuse must
// have a row for every code that the lists show. A code that a table of the
// document in force lacks too, and refuses as well, is let pass: who changes
// something else did not make it worse. Without a document in force it is nil.
func RefuseUnmapped(lists domain.Listings, inForce *Document) Check {
	return func(doc Document) error {
		var problems Problems
		known := alreadyUnmapped(lists, inForce)
		for _, c := range Coverage(doc, lists) {
			if c.Policy != domain.UnmappedRefuse {
				continue
			}
			for i := range c.Columns {
				column := &c.Columns[i]
				column.Unmapped = slices.DeleteFunc(column.Unmapped, func(item domain.ListedItem) bool {
					return known[unmappedCode{c.Table, column.Call, item.Code}]
				})
			}
			if words := c.unmappedWords(); len(words) > 0 {
				problems = append(problems, Problem{Path: "lookups." + c.Table, Text: strings.Join(words, "; ") + "; add rows, or set unmapped to park or default"})
			}
		}
		if len(problems) == 0 {
			return nil
		}
		return problems
	}
}

// unmappedCode is a code without a row, in one key column of a table.
type unmappedCode struct {
	table, column, code string
}

func alreadyUnmapped(lists domain.Listings, inForce *Document) map[unmappedCode]bool {
	known := map[unmappedCode]bool{}
	if inForce == nil {
		return known
	}
	for _, c := range Coverage(*inForce, lists) {
		if c.Policy != domain.UnmappedRefuse {
			continue
		}
		for _, column := range c.Columns {
			for _, item := range column.Unmapped {
				known[unmappedCode{c.Table, column.Call, item.Code}] = true
			}
		}
	}
	return known
}
