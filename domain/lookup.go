package domain

import (
	"fmt"

	"github.com/shopspring/decimal"
)

// Lookups are tables by name.
type Lookups map[string]Lookup

// Lookup turns a code of one system into a code of the other.
type Lookup struct {
	Keys     []string       `yaml:"keys" default:"key" title:"Key columns" help:"What the keys of a row are, in the order in which lookup names them. A table of one key needs no names."`
	Unmapped UnmappedPolicy `yaml:"unmapped" enum:"park|default|refuse" default:"park" title:"A code without a row" help:"What happens to a code without a row."`
	Default  string         `yaml:"default" default:"" title:"Default" help:"With unmapped default, what a code without a row becomes. Empty text sends nothing."`
	Rows     []LookupRow    `yaml:"rows" title:"Rows" help:"One code and what it becomes, each."`
}

// MaxLookupKeys is how many key columns a table may have.
const MaxLookupKeys = 5

// Columns are the names of the table's keys; one that names none has one, "key".
func (l Lookup) Columns() []string {
	if len(l.Keys) == 0 {
		return []string{"key"}
	}
	return l.Keys
}

// UnmappedPolicy says what happens to a code without a row.
type UnmappedPolicy string

const (
	// UnmappedPark stops the record until a person adds a row.
	UnmappedPark UnmappedPolicy = "park"
	// UnmappedDefault takes the table's default; empty text sends nothing.
	UnmappedDefault UnmappedPolicy = "default"
	// UnmappedRefuse refuses a change of the document that leaves a code without a
	// row which a fetched list of the source shows, unless the document in force
	// lacks it too. A record that meets one all the same is parked.
	UnmappedRefuse UnmappedPolicy = "refuse"
)

// Help says what the policy means.
func (p UnmappedPolicy) Help() string {
	return map[UnmappedPolicy]string{
		UnmappedPark:    "The record waits until a person adds a row.",
		UnmappedDefault: "The table's default is taken.",
		UnmappedRefuse:  "As park, and a change of the document is refused when it leaves a code of a fetched list of the source without a row. A code that the document in force lacks too, such as an employee who came since, only warns, so that other changes go on; so does going back to an earlier version. Only for tables whose codes such a list shows.",
	}[p]
}

// LookupRow is one code and what it becomes.
type LookupRow struct {
	Key        LookupKey        `yaml:"key" title:"Key" help:"The code, or a list of one text for each key column. * stands for any; the row with the most exact keys wins, and earlier keys count more."`
	Value      string           `yaml:"value" title:"Value" help:"What the code becomes. Empty text sends nothing."`
	Percent    *decimal.Decimal `yaml:"percent" title:"Percentage" unit:"percent" help:"VAT tables. What the books charge under this value. 21 means 21 %."`
	ValidFrom  Date             `yaml:"valid_from" title:"Valid from" unit:"YYYY-MM-DD" help:"First day on which the row holds, by the date of the record. Empty means always."`
	ValidUntil Date             `yaml:"valid_until" title:"Valid until" unit:"YYYY-MM-DD" help:"Last day on which the row holds, by the date of the record. Empty means for ever."`
}

// AnyKey is the key that stands for every key without a row of its own.
const AnyKey = "*"

// Holds reports whether the row holds on a date. A record without a date is
// served by rows without dates only: nobody knows whether the others hold.
func (r LookupRow) Holds(on Date) bool {
	if on.IsZero() {
		return r.ValidFrom.IsZero() && r.ValidUntil.IsZero()
	}
	return !on.Before(r.ValidFrom) && (r.ValidUntil.IsZero() || !r.ValidUntil.Before(on))
}

// Overlaps reports whether there is a day on which both rows hold.
func (r LookupRow) Overlaps(other LookupRow) bool {
	return startsInTime(r, other) && startsInTime(other, r)
}

func startsInTime(r, other LookupRow) bool {
	return other.ValidUntil.IsZero() || !other.ValidUntil.Before(r.ValidFrom)
}

// MarshalYAML writes what is there only: a percentage of zero too, because a row
// without percentage is another row.
func (r LookupRow) MarshalYAML() (any, error) {
	row := struct {
		Key        LookupKey `yaml:"key"`
		Value      string    `yaml:"value"`
		Percent    string    `yaml:"percent,omitempty"`
		ValidFrom  string    `yaml:"valid_from,omitempty"`
		ValidUntil string    `yaml:"valid_until,omitempty"`
	}{Key: r.Key, Value: r.Value, ValidFrom: r.ValidFrom.String(), ValidUntil: r.ValidUntil.String()}
	if r.Percent != nil {
		row.Percent = r.Percent.String()
	}
	return row, nil
}

// Span words the days on which the row holds; nothing for all days.
func (r LookupRow) Span() string {
	switch {
	case r.ValidFrom.IsZero() && r.ValidUntil.IsZero():
		return ""
	case r.ValidUntil.IsZero():
		return "from " + r.ValidFrom.String()
	case r.ValidFrom.IsZero():
		return "until " + r.ValidUntil.String()
	default:
		return fmt.Sprintf("from %s until %s", r.ValidFrom, r.ValidUntil)
	}
}
