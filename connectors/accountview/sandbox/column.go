package sandbox

import "strings"

// letter is a type letter of the data dictionary (reference: field dumps taken from the live API).
type letter string

const (
	text    letter = "C" // fixed-width text
	number  letter = "N" // number of a fixed count of positions
	money   letter = "Y" // currency, four decimals inside
	double  letter = "B" // floating number; kept as an exact decimal here
	integer letter = "I" // 32-bit
	logical letter = "L"
	date    letter = "D"
	moment  letter = "T" // date and time, no zone
	memo    letter = "M" // text without a bound
)

// column is one line of the data dictionary.
type column struct {
	Name string
	Type letter
	// Len is the width the dictionary shows: characters of a text, positions of a number. Dec are the decimals a number
	// keeps.
	Len, Dec  int
	Mandatory bool   // must not be empty once a row is stored
	Blocked   bool   // kept by the system; a client may not write it
	OnInsert  bool   // of a blocked column: a client gives it when it makes a row
	Upper     bool   // upper-cased on entry
	Mask      string // display mask
	Refers    string // table whose key this column holds; an unknown key is refused
	Only      option // there only with this option on; empty: always
	Label     string
}

// option names the switch without which a column is not there.
type option string

// What an option may be.
const (
	onlyCustom option = "custom_columns"
	onlyTree   option = "group_tree"
)

// shown tells whether the installation has the column.
func (c *column) shown(o *Options) bool {
	switch c.Only {
	case onlyCustom:
		return o.CustomColumns == On
	case onlyTree:
		return o.GroupTree == On
	default:
		return true
	}
}

// table is one table of the books and the columns it has.
type table struct {
	Name, Label string
	Key         string // column that is unique, orders the rows and is the LastKey of a page
	// Parent is the column that holds the key of the header row in ParentTable, for tables that are read and written as
	// details of another.
	Parent, ParentTable string
	AlsoKeys            []string // columns that name a row beside Key
	Virtual             bool     // a dictionary name over another table
	Columns             []column
}

// column finds a column by its upper-case name.
func (t *table) column(name string) (*column, bool) {
	for i := range t.Columns {
		if t.Columns[i].Name == name {
			return &t.Columns[i], true
		}
	}
	return nil, false
}

// idName is the hidden relation column that answers carry for the table.
func (t *table) idName() string { return t.Name + "_Id" }

// refersTo finds the first column that holds a key of the other table.
func (t *table) refersTo(other string) (*column, bool) {
	for i := range t.Columns {
		if t.Columns[i].Refers == other {
			return &t.Columns[i], true
		}
	}
	return nil, false
}

func (c *column) isText() bool   { return c.Type == text || c.Type == memo }
func (c *column) isNumber() bool { return c.Type == number || c.Type == money || c.Type == double }
func (c *column) isDate() bool   { return c.Type == date || c.Type == moment }

// width is the dictionary length: what the type takes where it is not free.
func (c *column) width() int {
	switch c.Type {
	case text, number:
		return c.Len
	case logical:
		return 1
	case integer, memo:
		return 4
	default:
		return 8
	}
}

// format is the input format of the dictionary.
func (c *column) format() string {
	if c.Upper {
		return "!"
	}
	return ""
}

// upkeep are the columns in which the system notes who touched a row, and when.
func upkeep() []column {
	return []column{
		{Name: "CNG_DATE", Type: moment, Blocked: true, Label: "Changed at"},
		{Name: "CNG_NR", Type: integer, Blocked: true, Label: "Change counter"},
		{Name: "CNG_USR", Type: text, Len: 20, Blocked: true, Upper: true, Label: "Changed by"},
		{Name: "INP_DATE", Type: moment, Blocked: true, Label: "Created at"},
		{Name: "INP_USR", Type: text, Len: 20, Blocked: true, Upper: true, Label: "Created by"},
	}
}

func sameName(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }
