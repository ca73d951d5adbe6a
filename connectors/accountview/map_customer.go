package accountview

import (
	"encoding/json"
	"time"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
)

// customerFromDebtor reads a debtor. Columns whose value is of no use to a field
// policy (a number that is none, a date that is none) are left out.
func (s Settings) customerFromDebtor(r row, known columns, zone *time.Location) connectors.CustomerRecord {
	return connectors.CustomerRecord{
		Number:         r.text(fieldDebtorNumber),
		ExternalNumber: r.text(s.DebtorExternalField),
		Blocked:        r.flag(fieldDebtorBlocked) || r.flag(fieldDebtorOrdersBlocked),
		Fields:         fieldsFromRow(r, tableDebtor, known, zone),
	}
}

// fieldsFromRow gives the columns of a row as typed fields, by the dictionary's
// type where it knows the column and by the look of the value where it does not.
func fieldsFromRow(r row, table string, known columns, zone *time.Location) []domain.Field {
	kinds := make(map[string]domain.ValueKind, len(known.list))
	for _, c := range known.list {
		kinds[c.Name] = c.kind()
	}
	var fields []domain.Field
	for _, name := range r.columns(table) {
		kind, ok := kinds[name]
		if !ok {
			kind = kindOf(r.value(name))
		}
		if v, ok := valueFromRow(r, name, kind, zone); ok {
			fields = append(fields, domain.Field{Name: name, Value: v})
		}
	}
	return fields
}

func kindOf(v any) domain.ValueKind {
	switch v.(type) {
	case bool:
		return domain.KindBool
	case json.Number:
		return domain.KindNumber
	default:
		return domain.KindText
	}
}

func valueFromRow(r row, name string, kind domain.ValueKind, zone *time.Location) (domain.Value, bool) {
	switch kind {
	case domain.KindNumber:
		n, err := r.number(name)
		return domain.NumberValue(n), err == nil
	case domain.KindDate:
		d, err := r.date(name, zone)
		return domain.DateValue(d), err == nil
	case domain.KindBool:
		return domain.BoolValue(r.flag(name)), true
	default:
		return domain.TextValue(r.text(name)), true
	}
}
