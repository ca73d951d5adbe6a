package mapping

import (
	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

// OrderContext is what is known about an order by the time it is mapped.
type OrderContext struct {
	CustomerNumber string // of the customer in the books
	AddressCode    string // of the delivery address in the books; empty: the customer's own
	Reference      string // ours: settings.Orders.OrderReference
}

// Order maps an order with its lines, and gives the same lines as the VAT proof
// reads them: with exactly the values that stand in the draft.
//
// Lines that only say something, or sell nothing for nothing, are left out. An
// amount on such a line would then be missing, and the proof shows it.
func (m *Mapper) Order(o domain.Order, context OrderContext, schema domain.Schema) (domain.Draft, []reconcile.BookedLine, error) {
	return m.orderDraft(&run{on: o.Date}, o, context, schema)
}

// ExplainOrder maps as Order does and tells where each field came from. Lookup
// rows go by the date of the order.
func (m *Mapper) ExplainOrder(o domain.Order, context OrderContext, schema domain.Schema) (Explained, error) {
	r := &run{on: o.Date, explain: true}
	draft, booked, err := m.orderDraft(r, o, context, schema)
	return Explained{Draft: draft, Booked: booked, Origins: r.origins}, err
}

func (m *Mapper) orderDraft(r *run, o domain.Order, context OrderContext, schema domain.Schema) (domain.Draft, []reconcile.BookedLine, error) {
	source, lines := m.orderSource(o)
	scope := &orderScope{
		Run: r, Order: source, Customer: customerSourceFrom(o.Customer), CustomerNumber: context.CustomerNumber,
		AddressCode: context.AddressCode, Reference: context.Reference, Settings: &m.settings,
	}
	draft := domain.Draft{Entity: domain.EntityOrder, Key: o.Number}
	if len(lines) == 0 {
		return draft, nil, &Refused{Reason: CodeNothingSold, Entity: domain.EntityOrder, Rule: "the order has no line that sells anything"}
	}
	var err error
	if draft.Fields, err = r.fill(domain.EntityOrder, 0, m.order, scope, schema); err != nil {
		return draft, nil, err
	}
	booked := make([]reconcile.BookedLine, 0, len(lines))
	for i, l := range source.Lines {
		mapped, err := m.orderLine(r, l, source, linesOf(schema))
		if err != nil {
			return draft, nil, err
		}
		draft.Lines = append(draft.Lines, mapped)
		booked = append(booked, m.booked(lines[i], mapped, r.on))
	}
	return draft, booked, nil
}

func (m *Mapper) orderLine(r *run, l *lineSource, order *orderSource, schema domain.Schema) (domain.Draft, error) {
	scope := &lineScope{Run: r, Line: l, Order: order, Settings: &m.settings}
	fields, err := r.fill(domain.EntityOrderLine, l.Number, m.line, scope, schema)
	return domain.Draft{Entity: domain.EntityOrderLine, Key: l.ID, Fields: fields}, err
}

// orderSource builds the source model of an order, and gives the lines that are
// sold as the till has them, in the same order.
func (m *Mapper) orderSource(o domain.Order) (*orderSource, []domain.OrderLine) {
	source := orderSourceFrom(o)
	sold := make([]domain.OrderLine, 0, len(o.Lines))
	for _, l := range o.Lines {
		if !l.Sells() {
			continue
		}
		sold = append(sold, l)
		source.Lines = append(source.Lines, lineSourceFrom(len(sold), l, o, m.settings.PricesInclusive))
	}
	return source, sold
}

// booked reads a mapped line back for the proof. What the books charge follows
// from their VAT code, where the lookup table knows its percentage; else it is
// taken to be what the till charged.
func (m *Mapper) booked(l domain.OrderLine, mapped domain.Draft, on domain.Date) reconcile.BookedLine {
	percent := l.VATPercent
	if code, given := m.proofValue(mapped, domain.ProofVATCode); given {
		for _, row := range m.percentages[code.Text] {
			if row.Holds(on) {
				percent = *row.Percent
				break
			}
		}
	}
	return reconcile.BookedLine{
		Quantity: m.proofNumber(mapped, domain.ProofQuantity), UnitPrice: m.proofNumber(mapped, domain.ProofUnitPrice),
		VATCode: l.VATCode, Percent: percent, PriceIncludesVAT: m.settings.PricesInclusive,
	}
}

// proofNumber is a number of the draft; one that is not sent counts as nothing,
// so that the proof fails on it.
func (m *Mapper) proofNumber(mapped domain.Draft, role domain.ProofRole) decimal.Decimal {
	value, _ := m.proofValue(mapped, role)
	return value.Number
}

func (m *Mapper) proofValue(mapped domain.Draft, role domain.ProofRole) (domain.Value, bool) {
	field := m.proof[role]
	if field == "" {
		return domain.Value{}, false
	}
	for _, f := range mapped.Fields {
		if fieldKey(f.Name) == fieldKey(field) {
			return f.Value, true
		}
	}
	return domain.Value{}, false
}

func linesOf(schema domain.Schema) domain.Schema {
	if schema.Lines == nil {
		return domain.Schema{Entity: domain.EntityOrderLine}
	}
	return *schema.Lines
}
