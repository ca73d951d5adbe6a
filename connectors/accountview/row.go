package accountview

import (
	"encoding/json"
	"sort"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// row is one record as the API gave it, by upper-case column name. Columns that
// nobody asks for are ignored.
type row map[string]any

// lookUp finds a column. A column of a related table ("HST_AH.COMMENT1") may
// come back with a point or an underscore, or bare (inferred).
func (r row) lookUp(field string) (value any, found bool) {
	name := strings.ToUpper(field)
	names := []string{name}
	if table, bare, qualified := strings.Cut(name, "."); qualified {
		names = append(names, table+"_"+bare, bare)
	}
	for _, n := range names {
		if v, ok := r[n]; ok {
			return v, true
		}
	}
	return nil, false
}

func (r row) value(field string) any {
	v, _ := r.lookUp(field)
	return v
}

// has reports whether the answer shows the column at all, be it empty.
func (r row) has(field string) bool {
	_, found := r.lookUp(field)
	return found
}

// text reads a text or an identifier, without the blanks that fixed-width columns carry.
func (r row) text(field string) string {
	switch v := r.value(field).(type) {
	case string:
		return strings.TrimSpace(v)
	case json.Number:
		return v.String()
	default:
		return ""
	}
}

// number reads an exact number, written as a number or as text.
func (r row) number(field string) (decimal.Decimal, error) { return parseNumber(r.text(field)) }

// date reads a date; null, "" and a missing column are no date.
func (r row) date(field string, zone *time.Location) (domain.Date, error) {
	return parseDate(r.text(field), zone)
}

// flag reads a yes or no. Missing is no.
func (r row) flag(field string) bool {
	switch v := r.value(field).(type) {
	case bool:
		return v
	case json.Number:
		return v != "0"
	case string:
		switch strings.ToLower(strings.Trim(v, " .")) {
		case "true", "t", "1", "y":
			return true
		}
	}
	return false
}

// columns lists the names present, sorted, without the columns that only tie
// the rows of one answer together.
func (r row) columns(table string) []string {
	names := make([]string, 0, len(r))
	for name := range r {
		if name != strings.ToUpper(table)+"_ID" && name != "EXT_KEY" {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	return names
}
