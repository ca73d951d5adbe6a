package mapping

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/koppel/koppel/domain"
)

// tables are the lookup tables of a document, ready to be asked.
type tables map[string]*table

// table finds a row without walking all of them: rows stand under their key, and
// the shapes of keys that occur are tried from the most exact on.
type table struct {
	columns  int
	names    []string // of its columns
	unmapped domain.UnmappedPolicy
	instead  string
	shapes   []shape
	rows     map[tableKey][]tableRow
}

// tableKey is the key of a row; places that the table has not are empty.
type tableKey [domain.MaxLookupKeys]string

type tableRow struct {
	domain.LookupRow
	place int // in the document
}

// shape tells which places of a key are exact, the first in the highest bit. Of
// two shapes with as many exact places the greater number is the better: earlier
// keys count more.
type shape uint

func (s shape) exact(place int) bool { return s&(1<<(domain.MaxLookupKeys-1-place)) != 0 }

func shapeOf(key domain.LookupKey) (s shape) {
	for place, text := range key {
		if text != domain.AnyKey {
			s |= 1 << (domain.MaxLookupKeys - 1 - place)
		}
	}
	return s
}

func better(a, b shape) int {
	return cmp.Or(cmp.Compare(bits.OnesCount(uint(b)), bits.OnesCount(uint(a))), cmp.Compare(b, a))
}

// gives reports whether the table can give a value.
func (t *table) gives(value string) bool {
	if t == nil {
		return false
	}
	if t.unmapped == domain.UnmappedDefault && t.instead == value {
		return true
	}
	for _, rows := range t.rows {
		for _, row := range rows {
			if row.Value == value {
				return true
			}
		}
	}
	return false
}

func tablesFrom(lookups domain.Lookups) tables {
	all := make(tables, len(lookups))
	for name, l := range lookups {
		t := &table{columns: len(l.Columns()), names: l.Columns(), unmapped: l.Unmapped, instead: l.Default, rows: make(map[tableKey][]tableRow, len(l.Rows))}
		for place, row := range l.Rows {
			if len(row.Key) != t.columns || t.columns > domain.MaxLookupKeys {
				continue // settings.Validate refuses such a document
			}
			var key tableKey
			copy(key[:], row.Key)
			t.rows[key] = append(t.rows[key], tableRow{row, place})
			if s := shapeOf(row.Key); !slices.Contains(t.shapes, s) {
				t.shapes = append(t.shapes, s)
			}
		}
		slices.SortFunc(t.shapes, better)
		all[name] = t
	}
	return all
}

// lookup is lookup(table, key, ...): the value of the row that holds on the
// record's date and fits most exactly, or what the table says about codes
// without a row.
//
// No code gives nothing, unless the table has a row for it. In a table of several
// keys one of them may be missing: a customer without country is still a
// customer. There a blank is a code like any other, * stands for it too, and
// only when all are blank there is nothing to look up.
func (t tables) lookup(args ...any) (any, error) {
	r, name := args[0].(*run), args[1].(string)
	var key tableKey
	blank := true
	for i, arg := range args[2:] {
		key[i] = arg.(string)
		blank = blank && key[i] == ""
	}
	asked := t[name]
	row, found := asked.find(key, r.on, blank)
	switch {
	case found:
		return r.hit(name, key[:asked.columns], row.place, row.Value), nil
	case blank:
		return r.hit(name, key[:asked.columns], HitNothing, ""), nil
	case asked.unmapped == domain.UnmappedDefault:
		return r.hit(name, key[:asked.columns], HitDefault, asked.instead), nil
	default:
		return nil, &Unmapped{Table: name, Key: slices.Clone(key[:asked.columns])}
	}
}

func (t *table) find(key tableKey, on domain.Date, exactOnly bool) (tableRow, bool) {
	for _, s := range t.shapes {
		pattern, exact := key, true
		for place := range t.columns {
			if !s.exact(place) {
				pattern[place], exact = domain.AnyKey, false
			}
		}
		if exactOnly && !exact {
			continue
		}
		for _, row := range t.rows[pattern] {
			if row.Holds(on) {
				return row, true
			}
		}
	}
	return tableRow{}, false
}

// percentages are what the books charge under their VAT codes. One code may
// change its percentage on a day.
type percentages map[string][]domain.LookupRow

func percentagesFrom(lookups domain.Lookups) percentages {
	byCode := percentages{}
	for _, name := range []string{domain.LookupVATCode, domain.LookupVATRule} {
		for _, row := range lookups[name].Rows {
			if row.Percent != nil {
				byCode[row.Value] = append(byCode[row.Value], row)
			}
		}
	}
	return byCode
}
