package sandbox

import "strings"

// field is a column as a reader names it: of the object's own table, or of another that the rows refer to.
type field struct {
	table  *table
	column *column
	via    *column // own column that holds the key of the other table; nil for an own column
}

// extKey is an integer that most answers carry. Nobody knows its meaning; it is 0 here.
const extKey = "EXT_KEY"

// fieldNamed resolves a bare or table-qualified name in any case. Hidden columns resolve to a field without column.
func (o *object) fieldNamed(name string, opts *Options) (field, error) {
	name = strings.ToUpper(strings.TrimSpace(name))
	tableName, columnName, qualified := strings.Cut(name, ".")
	of := o.Main
	if qualified {
		var known bool
		if of, known = tableNamed(tableName); !known {
			return field{}, invalid(unknownField, "Tabel %s bestaat niet.", cutAt(tableName, 40))
		}
	} else {
		columnName = name
	}
	f := field{table: of}
	if of != o.Main && !o.hasDetail(of) {
		via, related := o.Main.refersTo(of.Name)
		if !related {
			return field{}, invalid(unknownField, "Tabel %s hoort niet bij object %s.", of.Name, o.Code)
		}
		f.via = via
	}
	if columnName == extKey || columnName == strings.ToUpper(of.idName()) {
		return f, nil
	}
	c, known := of.column(columnName)
	if !known || !c.shown(opts) {
		return field{}, invalid(unknownField, "Veld %s bestaat niet in tabel %s.", cutAt(columnName, 40), of.Name)
	}
	f.column = c
	return f, nil
}

func (o *object) hasDetail(t *table) bool {
	for _, d := range o.Details {
		if d == t {
			return true
		}
	}
	return false
}

// of gives the stored value of the field for a row of the main table.
func (f field) of(b *books, r row) string {
	if f.column == nil {
		return ""
	}
	if f.via == nil {
		return r[f.column.Name]
	}
	related, ok := b.row(f.table.Name, r[f.via.Name])
	if !ok {
		return ""
	}
	return related[f.column.Name]
}

// name is the key of the field in an answer.
func (f field) name(o *Options) string {
	if f.via == nil {
		return f.column.Name
	}
	if o.RelatedKey == "underscore" {
		return f.table.Name + "_" + f.column.Name
	}
	return f.table.Name + "." + f.column.Name
}
