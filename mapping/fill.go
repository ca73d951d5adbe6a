package mapping

import (
	"fmt"
	"unicode/utf8"

	"github.com/koppel/koppel/domain"
)

// fill runs the rows of one record, in their order.
func (r *run) fill(entity domain.Entity, line int, rows []row, scope any, schema domain.Schema) ([]domain.Field, error) {
	fields := make([]domain.Field, 0, len(rows))
	for _, row := range rows {
		r.hits = nil
		if row.Policy == domain.PolicyNever { // not even run: it must not park what it does not write
			r.tell(Origin{Entity: entity, Line: line, Field: nameIn(schema, row.Target), Row: row.place, Source: row.Source, Policy: row.Policy})
			continue
		}
		value, given, err := row.value(scope)
		if err != nil {
			return nil, failed(err, entity, row.Target, line)
		}
		name, rules := row.Target, []string(nil)
		if spec, known := specOf(schema, row.Target); known {
			name = spec.Name
			if given {
				if value, rules, err = fit(value, spec, row.TooLong); err != nil {
					return nil, &Refused{Reason: CodeTooLong, Entity: entity, Target: name, Line: line, Rule: err.Error()}
				}
			}
		}
		r.tell(Origin{
			Entity: entity, Line: line, Field: name, Row: row.place, Source: row.Source, Policy: row.Policy,
			Lookups: r.hits, Rules: rules, Given: given, Value: value,
		})
		if given {
			fields = append(fields, domain.Field{Name: name, Value: value})
		}
	}
	return fields, nil
}

// fit applies the length rule of a row, and says what it did.
func fit(value domain.Value, spec domain.FieldSpec, rule domain.TooLong) (domain.Value, []string, error) {
	if value.Kind != domain.KindText || spec.Length <= 0 || utf8.RuneCountInString(value.Text) <= spec.Length {
		return value, nil, nil
	}
	if rule == domain.TooLongTruncate {
		return domain.TextValue(cut(value.Text, spec.Length)), []string{fmt.Sprintf("cut to %d characters", spec.Length)}, nil
	}
	return value, nil, fmt.Errorf("is longer than %d characters", spec.Length)
}
