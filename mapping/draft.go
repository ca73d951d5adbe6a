package mapping

import (
	"errors"
	"strings"

	"github.com/koppel/koppel/domain"
)

// Customer maps the customer of an order for a target with this schema. Lookup
// rows go by the date of the order.
func (m *Mapper) Customer(o domain.Order, schema domain.Schema) (domain.Draft, error) {
	return m.customerDraft(&run{on: m.SaleDate(o)}, o, schema)
}

// ExplainCustomer maps as Customer does and tells where each field came from.
func (m *Mapper) ExplainCustomer(o domain.Order, schema domain.Schema) (Explained, error) {
	r := &run{on: m.SaleDate(o), explain: true}
	draft, err := m.customerDraft(r, o, schema)
	return Explained{Draft: draft, Origins: r.origins}, err
}

func (m *Mapper) customerDraft(r *run, o domain.Order, schema domain.Schema) (domain.Draft, error) {
	scope := &customerScope{Run: r, Customer: customerSourceFrom(o.Customer), Order: m.orderSourceFrom(o), Settings: &m.settings}
	fields, err := r.fill(domain.EntityCustomer, 0, m.customer, scope, schema)
	return domain.Draft{Entity: domain.EntityCustomer, Key: string(o.Customer.ID), Fields: fields}, err
}

// DeliveryAddress maps a delivery address of a customer of the books. Lookup
// rows go by the date of the order that goes there.
func (m *Mapper) DeliveryAddress(a domain.Address, customerNumber string, c domain.Customer, on domain.Date, schema domain.Schema) (domain.Draft, error) {
	return m.addressDraft(&run{on: on}, a, customerNumber, c, schema)
}

// ExplainDeliveryAddress maps as DeliveryAddress does and tells where each field
// came from.
func (m *Mapper) ExplainDeliveryAddress(a domain.Address, customerNumber string, c domain.Customer, on domain.Date, schema domain.Schema) (Explained, error) {
	r := &run{on: on, explain: true}
	draft, err := m.addressDraft(r, a, customerNumber, c, schema)
	return Explained{Draft: draft, Origins: r.origins}, err
}

func (m *Mapper) addressDraft(r *run, a domain.Address, customerNumber string, c domain.Customer, schema domain.Schema) (domain.Draft, error) {
	scope := &addressScope{Run: r, Address: addressSourceFrom(a), Customer: customerSourceFrom(c), CustomerNumber: customerNumber, Settings: &m.settings}
	fields, err := r.fill(domain.EntityDeliveryAddress, 0, m.address, scope, schema)
	return domain.Draft{Entity: domain.EntityDeliveryAddress, Key: customerNumber, Fields: fields}, err
}

// failed gives an error of a run its place and takes its text away, which may
// hold values.
func failed(err error, entity domain.Entity, target string, line int) error {
	if unmapped, ok := errors.AsType[*Unmapped](err); ok {
		return unmapped
	}
	if refused, ok := errors.AsType[*Refused](err); ok {
		refused.Entity, refused.Target, refused.Line = entity, target, line
		return refused
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

// nameIn is how the target itself spells a field.
func nameIn(schema domain.Schema, target string) string {
	if spec, known := specOf(schema, target); known {
		return spec.Name
	}
	return target
}

// fieldKey is a field's name for comparing.
func fieldKey(name string) string { return strings.ToUpper(name) }
