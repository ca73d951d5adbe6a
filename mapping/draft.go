package mapping

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/koppel/koppel/domain"
)

// Customer maps a customer for a target with this schema.
func (m *Mapper) Customer(c domain.Customer, schema domain.Schema) (domain.Draft, error) {
	scope := &customerScope{Customer: customerSourceFrom(c), Settings: &m.settings}
	fields, err := fill(domain.EntityCustomer, 0, m.customer, scope, schema)
	return domain.Draft{Entity: domain.EntityCustomer, Key: string(c.ID), Fields: fields}, err
}

// DeliveryAddress maps a delivery address of a customer of the books.
func (m *Mapper) DeliveryAddress(a domain.Address, customerNumber string, c domain.Customer, schema domain.Schema) (domain.Draft, error) {
	scope := &addressScope{Address: addressSourceFrom(a), Customer: customerSourceFrom(c), CustomerNumber: customerNumber, Settings: &m.settings}
	fields, err := fill(domain.EntityDeliveryAddress, 0, m.address, scope, schema)
	return domain.Draft{Entity: domain.EntityDeliveryAddress, Key: customerNumber, Fields: fields}, err
}

// fill runs the rows of one record, in their order.
func fill(entity domain.Entity, line int, rows []row, scope any, schema domain.Schema) ([]domain.Field, error) {
	fields := make([]domain.Field, 0, len(rows))
	for _, r := range rows {
		value, given, err := r.value(scope)
		if err != nil {
			return nil, failed(err, entity, r.Target, line)
		}
		if !given {
			continue
		}
		name := r.Target
		if spec, known := specOf(schema, r.Target); known {
			name = spec.Name
			if value, err = fit(value, spec, r.TooLong); err != nil {
				return nil, &Refused{Reason: CodeTooLong, Entity: entity, Target: name, Line: line, Rule: err.Error()}
			}
		}
		fields = append(fields, domain.Field{Name: name, Value: value})
	}
	return fields, nil
}

// fit applies the length rule of a row.
func fit(value domain.Value, spec domain.FieldSpec, rule domain.TooLong) (domain.Value, error) {
	if value.Kind != domain.KindText || spec.Length <= 0 || utf8.RuneCountInString(value.Text) <= spec.Length {
		return value, nil
	}
	if rule == domain.TooLongTruncate {
		return domain.TextValue(cut(value.Text, spec.Length)), nil
	}
	return value, fmt.Errorf("is longer than %d characters", spec.Length)
}

// failed gives an error of a run its place and takes its text away, which may
// hold values.
func failed(err error, entity domain.Entity, target string, line int) error {
	if unmapped, ok := errors.AsType[*Unmapped](err); ok {
		return unmapped
	}
	if errors.Is(err, errCountryUnknown) {
		return &Refused{Reason: CodeCountryUnknown, Entity: entity, Target: target, Line: line, Rule: errCountryUnknown.Error()}
	}
	if refused, ok := errors.AsType[refusal](err); ok {
		return &Refused{Reason: refused.code, Entity: entity, Target: target, Line: line, Rule: refused.rule}
	}
	return &ExpressionError{Entity: entity, Target: target, Line: line}
}

// specOf finds a field of the target. Its names do not differ by case.
func specOf(schema domain.Schema, name string) (domain.FieldSpec, bool) {
	if spec, ok := schema.Field(name); ok {
		return spec, true
	}
	for _, spec := range schema.Fields {
		if strings.EqualFold(spec.Name, name) {
			return spec, true
		}
	}
	return domain.FieldSpec{}, false
}

// fieldKey is a field's name for comparing.
func fieldKey(name string) string { return strings.ToUpper(name) }
