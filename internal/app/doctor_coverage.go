package app

import (
	"strings"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/server/api"
)

// coverageChecks says in checks where a document and the lists of the systems do
// not fit together. They warn: what happens to a code without a row is for the
// document to say. A table of which no list was fetched has no check.
func coverageChecks(c api.Coverage) []domain.Check {
	checks := []domain.Check{}
	for _, table := range c.Tables {
		if !table.Compared {
			continue
		}
		check := domain.Check{Name: "lookup", About: table.Table, Outcome: domain.CheckOK, Found: strings.Join(table.Words, "; ")}
		if len(table.Words) > 0 {
			check.Outcome, check.Code = domain.CheckWarns, "lookup_not_covering"
		}
		if check.Code != "" && !table.Read {
			check.Found += " (no row of the mapping reads this table)"
		}
		checks = append(checks, check)
	}
	for _, field := range c.Fields {
		checks = append(checks, domain.Check{Name: "own_field", Outcome: domain.CheckWarns, Code: "own_field_absent", Found: field})
	}
	for _, number := range c.Numbers {
		checks = append(checks, domain.Check{Name: "setting", Outcome: domain.CheckWarns, Code: "number_unknown", Found: number})
	}
	return checks
}
