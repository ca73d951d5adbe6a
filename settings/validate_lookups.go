package settings

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// keyLength bounds a code of either system.
const keyLength = 100

func lookupProblems(lookups domain.Lookups) Problems {
	var problems Problems
	for _, name := range slices.Sorted(maps.Keys(lookups)) {
		table, path := lookups[name], "lookups."+name
		if !tableName.MatchString(name) {
			problems = append(problems, Problem{Path: path, Text: "must be named with lower-case letters, digits and underscores"})
		}
		if table.Default != "" && table.Unmapped != domain.UnmappedDefault {
			problems = append(problems, Problem{Path: path + ".default", Text: "is only used with unmapped: default"})
		}
		if table.Unmapped == domain.UnmappedRefuse && !hasList(name) {
			problems = append(problems, Problem{Path: path + ".unmapped", Text: "cannot be refuse: no list of either system says which codes this table needs; use park or default"})
		}
		if name == domain.LookupTarget {
			problems = append(problems, targetProblems(path, table)...)
		}
		problems = append(problems, columnProblems(path+".keys", table.Keys)...)
		problems = append(problems, askedProblems(path+".keys", name, table)...)
		problems = append(problems, rowProblems(path, table, func(i int) string { return fmt.Sprintf("row [%d]", i) })...)
	}
	return append(problems, crossPercentProblems(lookups)...)
}

// targetProblems finds values of the table of targets that are none.
func targetProblems(path string, table domain.Lookup) Problems {
	var problems Problems
	names := make([]string, 0, len(domain.Targets()))
	for _, target := range domain.Targets() {
		names = append(names, string(target))
	}
	rule := "must be one of: " + strings.Join(names, ", ")
	if table.Unmapped == domain.UnmappedDefault && !slices.Contains(names, table.Default) {
		problems = append(problems, Problem{Path: path + ".default", Text: rule})
	}
	for i, row := range table.Rows {
		if !slices.Contains(names, row.Value) {
			problems = append(problems, Problem{Path: fmt.Sprintf("%s.rows[%d].value", path, i), Text: rule})
		}
	}
	return problems
}

// askedProblems finds columns that nobody has a key for: the tables that a sale
// is asked about by itself have the columns of the trade, or some of them.
func askedProblems(path, name string, table domain.Lookup) Problems {
	if !slices.Contains(domain.AskedLookups(), name) {
		return nil
	}
	known, _ := domain.LookupTableNamed(name)
	names := make([]string, len(known.Keys))
	for i, column := range known.Keys {
		names[i] = column.Name
	}
	var problems Problems
	for i, column := range table.Columns() {
		if !slices.Contains(names, column) {
			problems = append(problems, Problem{Path: fmt.Sprintf("%s[%d]", path, i), Text: "must be one of: " + strings.Join(names, ", ")})
		}
	}
	return problems
}

// hasList reports whether a list of a system shows codes of the table's keys.
func hasList(name string) bool {
	known, _ := domain.LookupTableNamed(name)
	return slices.ContainsFunc(known.Keys, func(column domain.LookupColumn) bool { return column.List != "" })
}

var tableName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// rowColumns are the columns of a table beside its keys; no key may have one of
// their names, or a table could not be written as CSV.
var rowColumns = []string{"value", "percent", "valid_from", "valid_until"}

func columnProblems(path string, keys []string) Problems {
	var problems Problems
	if len(keys) > domain.MaxLookupKeys {
		problems = append(problems, Problem{Path: path, Text: fmt.Sprintf("must name at most %d columns", domain.MaxLookupKeys)})
	}
	for i, key := range keys {
		at := fmt.Sprintf("%s[%d]", path, i)
		switch {
		case !tableName.MatchString(key):
			problems = append(problems, Problem{Path: at, Text: "must be named with lower-case letters, digits and underscores"})
		case slices.Contains(rowColumns, key):
			problems = append(problems, Problem{Path: at, Text: "must not be one of: " + strings.Join(rowColumns, ", ") + "; those are columns of every table"})
		case slices.Contains(keys[:i], key):
			problems = append(problems, Problem{Path: at, Text: "is named twice"})
		}
	}
	return problems
}

// rowProblems is what is wrong with the rows of a table; name says how a person
// finds a row.
func rowProblems(path string, table domain.Lookup, name func(row int) string) Problems {
	var problems Problems
	seen := map[string][]int{}
	for i, row := range table.Rows {
		at := fmt.Sprintf("%s.rows[%d]", path, i)
		problems = append(problems, oneRowProblems(at, table, row)...)
		id := fmt.Sprintf("%q", row.Key)
		first := slices.IndexFunc(seen[id], func(j int) bool { return table.Rows[j].Overlaps(row) })
		if first >= 0 {
			problems = append(problems, Problem{Path: at + ".key", Text: twice(table.Rows[seen[id][first]], row, name(seen[id][first]))})
			continue
		}
		seen[id] = append(seen[id], i)
	}
	return append(problems, percentProblems(path, table.Rows)...)
}

func twice(earlier, later domain.LookupRow, first string) string {
	if earlier.Span() == "" && later.Span() == "" {
		return fmt.Sprintf("stands here twice; the first is %s", first)
	}
	return fmt.Sprintf("stands here twice for the same days; the first is %s", first)
}

func oneRowProblems(at string, table domain.Lookup, row domain.LookupRow) Problems {
	var problems Problems
	if columns := table.Columns(); len(row.Key) != len(columns) {
		text := fmt.Sprintf("must be a list of %d texts: %s", len(columns), strings.Join(columns, ", "))
		if len(columns) == 1 {
			text = "must be one text; for several, name them in keys of the table"
		}
		problems = append(problems, Problem{Path: at + ".key", Text: text})
	}
	tooLong := func(text string) bool { return utf8.RuneCountInString(text) > keyLength }
	if slices.ContainsFunc(row.Key, tooLong) || tooLong(row.Value) {
		problems = append(problems, Problem{Path: at, Text: fmt.Sprintf("must hold no key or value longer than %d characters", keyLength)})
	}
	if !row.ValidUntil.IsZero() && row.ValidUntil.Before(row.ValidFrom) {
		problems = append(problems, Problem{Path: at + ".valid_until", Text: "must not be before valid_from (" + row.ValidFrom.String() + ")"})
	}
	if row.Percent != nil && (row.Percent.IsNegative() || row.Percent.GreaterThan(decimal.NewFromInt(100))) {
		problems = append(problems, Problem{Path: at + ".percent", Text: "must be from 0 to 100"})
	}
	return problems
}

// percentProblems finds codes of the books that would charge two percentages on
// one day.
func percentProblems(path string, rows []domain.LookupRow) Problems {
	var problems Problems
	byValue, told := map[string][]domain.LookupRow{}, map[string]bool{}
	for i, row := range rows {
		if row.Percent == nil {
			continue
		}
		if slices.ContainsFunc(byValue[row.Value], func(other domain.LookupRow) bool { return percentsClash(row, other) }) {
			problems = append(problems, Problem{Path: fmt.Sprintf("%s.rows[%d].percent", path, i), Text: "differs from another row with the same value; one code has one percentage"})
		}
		if id := fmt.Sprintf("%q %s %s", row.Value, row.Percent, row.Span()); !told[id] {
			told[id], byValue[row.Value] = true, append(byValue[row.Value], row)
		}
	}
	return problems
}

func percentsClash(row, other domain.LookupRow) bool {
	return !row.Percent.Equal(*other.Percent) && row.Overlaps(other)
}

// crossPercentProblems does the same across the two tables of VAT codes, which
// the VAT proof reads as one.
func crossPercentProblems(lookups domain.Lookups) Problems {
	var problems Problems
	for i, row := range lookups[domain.LookupVATRule].Rows {
		clash := func(other domain.LookupRow) bool {
			return other.Percent != nil && other.Value == row.Value && percentsClash(row, other)
		}
		if row.Percent != nil && slices.ContainsFunc(lookups[domain.LookupVATCode].Rows, clash) {
			problems = append(problems, Problem{Path: fmt.Sprintf("lookups.%s.rows[%d].percent", domain.LookupVATRule, i), Text: "differs from a row of " + domain.LookupVATCode + " with the same value; one code has one percentage"})
		}
	}
	return problems
}
