package mapping

import (
	"cmp"
	"slices"

	"github.com/koppel/koppel/domain"
)

// filled is one row's field on its way into a draft.
type filled struct {
	fitted
	name   string
	label  string // what a person sees on the target's screen
	length int    // of the field; 0: no limit
	given  bool
	hits   []LookupHit
}

// fill runs the rows of one record, in their order.
func (r *run) fill(entity domain.Entity, line int, rows []row, scope any, schema domain.Schema) ([]domain.Field, error) {
	all := make([]filled, 0, len(rows))
	var refused error
	overflows := false
	for _, row := range rows {
		f, err := r.one(row, scope, schema)
		if err != nil {
			refused = failed(err, entity, f.name, line)
			break
		}
		all, overflows = append(all, f), overflows || f.rest != ""
	}
	if refused == nil && overflows {
		if target, err := overflow(all, rows); err != nil {
			refused = failed(err, entity, target, line)
		}
	}
	fields := make([]domain.Field, 0, len(all))
	for i, f := range all {
		r.tell(func() Origin {
			return Origin{
				Entity: entity, Line: line, Field: f.name, Row: rows[i].place, Source: rows[i].Source, Policy: rows[i].Policy,
				Lookups: f.hits, Rules: f.rules, Given: f.given, Value: f.value,
			}
		})
		if f.given {
			fields = append(fields, domain.Field{Name: f.name, Value: f.value})
		}
	}
	if refused != nil {
		return nil, refused
	}
	return fields, nil
}

// one runs one row. A row that is never written is not even run: it must not
// park a record over a field that stays out.
func (r *run) one(row row, scope any, schema domain.Schema) (filled, error) {
	f := filled{name: row.Target}
	spec, known := specOf(schema, row.Target)
	if known {
		f.name, f.label, f.length = spec.Name, spec.Label, spec.Length
	}
	if row.Policy == domain.PolicyNever {
		return f, nil
	}
	r.hits = nil
	value, given, err := row.value(scope)
	f.hits = r.hits
	if err != nil || !given {
		return f, err
	}
	if spec.Several {
		value = sorted(value)
	}
	fit, refused := row.fit(value, f.length, schema.CharacterSet)
	if refused != nil {
		return f, refused
	}
	f.fitted, f.given = fit, true
	return f, nil
}

// overflow carries what did not fit to the note fields, in the order of the rows.
func overflow(all []filled, rows []row) (target string, err error) {
	for i, f := range all {
		if f.rest == "" {
			continue
		}
		to := slices.IndexFunc(rows, func(r row) bool { return fieldKey(r.Target) == fieldKey(rows[i].OverflowTo) })
		if to < 0 { // settings.Validate refuses such a document, but for a note on another level of the record
			return f.name, tooLong(f.length)
		}
		note, refused := all[to].fitted.overflow(cmp.Or(f.label, f.name), f.rest, all[to].length, rows[to].MappingRow)
		if refused != nil {
			return all[to].name, refused
		}
		all[to].fitted, all[to].given = note, true
	}
	return "", nil
}
