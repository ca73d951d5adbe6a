package settings

import (
	"fmt"
	"slices"
	"strings"

	"github.com/koppel/koppel/domain"
)

// TableCoverage compares a lookup table with the lists last fetched from the
// systems. What no list tells is not judged: a table without lists has nothing
// to report.
type TableCoverage struct {
	Table    string
	Title    string
	Policy   domain.UnmappedPolicy
	Read     bool             // a row of the mapping reads the table
	Compared bool             // at least one of its lists was fetched
	Columns  []ColumnCoverage // of key columns whose codes a fetched list shows
	Gone     []RowFinding     // rows whose key is no code any more
	Unknown  []RowFinding     // rows whose value is no code of the target

	UnknownDefault string // the default that codes without a row get, when it is no code of the target
}

// ColumnCoverage says which codes of a list no row of a table stands for.
type ColumnCoverage struct {
	Call     string              // what people call the codes: "payment methods of the till"
	Codes    int                 // codes in use in the source's list
	Unmapped []domain.ListedItem // codes in use without a row, whatever the dates of rows
}

// Unmapped are the codes in use without a row, of all key columns.
func (c TableCoverage) Unmapped() []domain.ListedItem {
	var all []domain.ListedItem
	for _, column := range c.Columns {
		all = append(all, column.Unmapped...)
	}
	return all
}

// RowFinding is a row of a table about which a list says something.
type RowFinding struct {
	Row  int // place in lookups.<table>.rows, from 0
	Code string
}

// Coverage compares every table of the trade that the document has with the
// lists. It is pure: the lists are those stored by the last connection test.
func Coverage(doc Document, lists domain.Listings) []TableCoverage {
	var all []TableCoverage
	for _, known := range domain.LookupTables() {
		if table, ok := doc.Lookups[known.Name]; ok && len(table.Columns()) <= len(known.Keys) {
			c := cover(known, table, lists)
			c.Read = doc.reads(known.Name)
			all = append(all, c)
		}
	}
	return all
}

func cover(known domain.LookupTable, table domain.Lookup, lists domain.Listings) TableCoverage {
	c := TableCoverage{Table: known.Name, Title: known.Title, Policy: table.Unmapped}
	for place, name := range table.Columns() {
		column := columnNamed(known, name, place)
		if codes, fetched := lists[column.List]; fetched {
			c.Compared = true
			c.Columns = append(c.Columns, unmappedIn(column, place, codes, table))
			c.keys(column, place, codesOf(codes), table)
		}
	}
	if values, fetched := lists[known.Values]; fetched {
		c.Compared = true
		c.values(codesOf(values), table)
	}
	return c
}

// columnNamed is the column of the trade that a table's column is: the one of that
// name, or else the one in that place.
func columnNamed(known domain.LookupTable, name string, place int) domain.LookupColumn {
	if i := slices.IndexFunc(known.Keys, func(c domain.LookupColumn) bool { return c.Name == name }); i >= 0 {
		return known.Keys[i]
	}
	return known.Keys[place]
}

// unmappedIn finds codes in use that no row stands for, in one key column.
func unmappedIn(column domain.LookupColumn, place int, codes []domain.ListedItem, table domain.Lookup) ColumnCoverage {
	c := ColumnCoverage{Call: column.Call}
	rows := map[string]bool{}
	for _, row := range table.Rows {
		if place < len(row.Key) {
			rows[row.Key[place]] = true
		}
	}
	for _, item := range codes {
		if item.Inactive {
			continue
		}
		c.Codes++
		if !rows[item.Code] && !rows[domain.AnyKey] {
			c.Unmapped = append(c.Unmapped, item)
		}
	}
	return c
}

// keys finds rows whose key is no code of the list, in one column.
func (c *TableCoverage) keys(column domain.LookupColumn, place int, codes map[string]bool, table domain.Lookup) {
	for i, row := range table.Rows {
		if place >= len(row.Key) {
			continue
		}
		code := row.Key[place]
		if _, after, foreign := strings.Cut(code, ":"); foreign && column.Country {
			code = after
		}
		if code != "" && code != domain.AnyKey && !codes[code] && !slices.Contains(column.Beside, code) {
			c.Gone = append(c.Gone, RowFinding{Row: i, Code: row.Key[place]})
		}
	}
}

// values finds rows, and a default, that give what the target does not know.
func (c *TableCoverage) values(codes map[string]bool, table domain.Lookup) {
	for i, row := range table.Rows {
		if row.Value != "" && !codes[row.Value] {
			c.Unknown = append(c.Unknown, RowFinding{Row: i, Code: row.Value})
		}
	}
	if table.Unmapped == domain.UnmappedDefault && table.Default != "" && !codes[table.Default] {
		c.UnknownDefault = table.Default
	}
}

// codesOf are all codes of a list: what is no longer used still exists.
func codesOf(items []domain.ListedItem) map[string]bool {
	codes := make(map[string]bool, len(items))
	for _, item := range items {
		codes[item.Code] = true
	}
	return codes
}

// mostShown is how many codes a sentence names.
const mostShown = 10

// Words says what there is to do, a sentence each; nothing when all is well.
func (c TableCoverage) Words() []string { return append(c.unmappedWords(), c.rowWords()...) }

// Warnings says what is wrong with the table, though it may be put in force: rows
// that cannot be right and, where codes without a row should refuse, those that
// are there. What the mapping does not read does no harm.
func (c TableCoverage) Warnings() []string {
	var out []string
	if c.Policy == domain.UnmappedRefuse {
		out = c.unmappedWords()
	}
	if c.Read {
		out = append(out, c.rowWords()...)
	}
	return out
}

func (c TableCoverage) unmappedWords() []string {
	var out []string
	for _, column := range c.Columns {
		if n := len(column.Unmapped); n > 0 {
			codes := make([]string, n)
			for i, item := range column.Unmapped {
				codes[i] = item.Code
			}
			verb := "have"
			if c.Policy == domain.UnmappedDefault {
				verb = "take the table's default, because they have"
			}
			out = append(out, fmt.Sprintf("%d of %d %s %s no row: %s", n, column.Codes, column.Call, verb, shorten(codes)))
		}
	}
	return out
}

func (c TableCoverage) rowWords() []string {
	var out []string
	if n := len(c.Gone); n > 0 {
		out = append(out, fmt.Sprintf("%s a key that no longer exists: %s", rowsHave(n), shorten(found(c.Gone))))
	}
	if n := len(c.Unknown); n > 0 {
		out = append(out, fmt.Sprintf("%s a value that the other system does not know: %s", rowsHave(n), shorten(found(c.Unknown))))
	}
	if c.UnknownDefault != "" {
		out = append(out, "its default is "+c.UnknownDefault+", which the other system does not know")
	}
	return out
}

func rowsHave(n int) string {
	if n == 1 {
		return "1 row has"
	}
	return fmt.Sprintf("%d rows have", n)
}

func found(findings []RowFinding) []string {
	codes := make([]string, len(findings))
	for i, f := range findings {
		codes[i] = f.Code
	}
	return codes
}

func shorten(codes []string) string {
	if len(codes) <= mostShown {
		return strings.Join(codes, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(codes[:mostShown], ", "), len(codes)-mostShown)
}
