package mapping

import (
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

// OrderContext is what is known about an order by the time it is mapped.
type OrderContext struct {
	Target         domain.Target // an order or an invoice; empty: an order
	CustomerNumber string        // of the customer in the books
	AddressCode    string        // of the delivery address in the books; empty: the customer's own
	Reference      string        // ours: settings.Orders.OrderReference
	Mark           string        // tells the documents of one sale apart: empty for the first
	BookDate       domain.Date   // the day it counts for in the books; empty: its own
	CreditsNumber  string        // in the books, of the sale that this one takes back; empty: it takes none back, or nobody asks
}

// Order maps an order with its lines, and gives the same lines as the VAT proof
// reads them: with exactly the values that stand in the draft.
//
// Lines that only say something, or sell nothing for nothing, are left out. An
// amount on such a line would then be missing, and the proof shows it.
func (m *Mapper) Order(o domain.Order, context OrderContext, schema domain.Schema) (domain.Draft, []reconcile.BookedLine, error) {
	return m.orderDraft(&run{on: m.SaleDate(o)}, o, context, schema)
}

// ExplainOrder maps as Order does and tells where each field came from. Lookup
// rows go by the date of the order.
func (m *Mapper) ExplainOrder(o domain.Order, context OrderContext, schema domain.Schema) (Explained, error) {
	r := &run{on: m.SaleDate(o), explain: true}
	draft, booked, err := m.orderDraft(r, o, context, schema)
	return Explained{Draft: draft, Booked: booked, Origins: r.origins}, err
}

func (m *Mapper) orderDraft(r *run, o domain.Order, context OrderContext, schema domain.Schema) (domain.Draft, []reconcile.BookedLine, error) {
	if context.Target == domain.TargetJournal {
		return m.journalDraft(r, o, context, schema)
	}
	draft := domain.Draft{Entity: domain.EntityOrder, Key: o.Number}
	scope, lines, err := m.orderScope(r, o, context)
	if err != nil {
		return draft, nil, err
	}
	if len(lines) == 0 {
		return draft, nil, nothingSold(domain.EntityOrder)
	}
	if draft.Fields, err = r.fill(domain.EntityOrder, 0, m.order, scope, schema); err != nil {
		return draft, nil, err
	}
	booked := make([]reconcile.BookedLine, 0, len(lines))
	for i, l := range scope.Order.Lines {
		mapped, err := m.orderLine(r, l, scope, linesOf(schema))
		if err != nil {
			return draft, nil, err
		}
		draft.Lines = append(draft.Lines, mapped)
		booked = append(booked, m.orderBooked(lines[i], mapped, r.on))
	}
	return draft, booked, nil
}

func nothingSold(entity domain.Entity) error {
	return &Refused{Reason: CodeNothingSold, Entity: entity, Rule: "the order has no line that sells anything"}
}

func (m *Mapper) orderLine(r *run, l *lineSource, order *orderScope, schema domain.Schema) (domain.Draft, error) {
	scope := &lineScope{Run: r, Line: l, Order: order.Order, Customer: order.Customer, Settings: &m.settings}
	fields, err := r.fill(domain.EntityOrderLine, l.Number, m.line, scope, schema)
	return domain.Draft{Entity: domain.EntityOrderLine, Key: l.ID, Fields: fields}, err
}

// orderScope is what the rows of an order see, and the lines as they are to stand
// in the books.
func (m *Mapper) orderScope(r *run, o domain.Order, context OrderContext) (*orderScope, []reconcile.SaleLine, error) {
	source, err := m.saleSource(o, context)
	if err != nil {
		return nil, nil, err
	}
	rules, err := m.saleRules(r, o)
	if err != nil {
		return nil, nil, err
	}
	lines, err := reconcile.OrderLines(o, rules)
	if err != nil {
		return nil, nil, refusedSale(err)
	}
	source.Lines = nil
	for i, l := range lines {
		source.Lines = append(source.Lines, lineSourceFrom(i+1, l, o, m.settings.PricesInclusive))
	}
	return m.headerScope(r, o, source, context), lines, nil
}

func (m *Mapper) headerScope(r *run, o domain.Order, source *orderSource, context OrderContext) *orderScope {
	return &orderScope{
		Run: r, Order: source, Customer: customerSourceFrom(o.Customer), CustomerNumber: context.CustomerNumber,
		AddressCode: context.AddressCode, Reference: context.Reference, InvoiceNumber: o.Number + context.Mark, Settings: &m.settings,
	}
}

// refusedSale makes a refusal of the rules one of the mapping, which is told in
// the same way.
func refusedSale(err error) error {
	return &Refused{Reason: err.Error(), Entity: domain.EntityOrder, Rule: "flows.orders.amounts keeps this sale out"}
}

func linesOf(schema domain.Schema) domain.Schema {
	if schema.Lines == nil {
		return domain.Schema{Entity: domain.EntityOrderLine}
	}
	return *schema.Lines
}
