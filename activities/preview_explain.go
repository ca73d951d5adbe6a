package activities

import (
	"context"
	"slices"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/mapping"
)

// PreviewedRecord is one record of the books, as it would be made.
type PreviewedRecord struct {
	Entity string           `json:"entity"`
	Fields []PreviewedField `json:"fields"`
	Reason *ShownReason     `json:"reason,omitempty"` // why it cannot be mapped; the fields are those before
}

// PreviewedField is one field of the books and where its value comes from.
type PreviewedField struct {
	Entity  string            `json:"entity"` // order_line for the fields of a line
	Line    int               `json:"line,omitempty"`
	Field   string            `json:"field"`
	Label   string            `json:"label,omitempty"` // as people see it on the screen of the books
	Given   bool              `json:"given"`           // false: the field is not sent
	Value   string            `json:"value"`
	Row     int               `json:"row"` // place in mapping.<entity>, from 0
	Source  string            `json:"source"`
	Policy  string            `json:"policy"`
	Lookups []PreviewedLookup `json:"lookups,omitempty"`
	Rules   []string          `json:"rules,omitempty"` // what was done to make it fit
}

// PreviewedLookup is one answer of a lookup table.
type PreviewedLookup struct {
	Table string   `json:"table"`
	Keys  []string `json:"keys"`
	Row   int      `json:"row"` // place in lookups.<table>.rows, from 0; -1: the default; -2: there was no code
	Value string   `json:"value"`
}

// booksSchemas are the schemas of the records that an order becomes.
type booksSchemas struct {
	Customer domain.Schema
	Address  domain.Schema
	Order    domain.Schema
	Journal  domain.Schema // read where the document books invoices
}

// sale is the schema of what a sale becomes.
func (s booksSchemas) sale(as domain.Target) domain.Schema {
	if as == domain.TargetJournal {
		return s.Journal
	}
	return s.Order
}

// schemas reads what the books hold, once for all records: that of invoices where
// one of the documents books any.
func (d *Desk) schemas(ctx context.Context, integration string, version int, docs ...*Document) (booksSchemas, error) {
	var s booksSchemas
	customers, err := d.Connections.CustomerSink(ctx, integration, version)
	if err != nil {
		return s, err
	}
	if s.Customer, err = customers.CustomerSchema(ctx); err != nil {
		return s, err
	}
	orders, err := d.Connections.OrderSink(ctx, integration, version, domain.TargetSalesOrder)
	if err != nil {
		return s, err
	}
	if s.Order, err = orders.OrderSchema(ctx); err != nil {
		return s, err
	}
	if slices.ContainsFunc(docs, func(doc *Document) bool {
		return doc != nil && slices.Contains(doc.sweptTargets(), domain.TargetJournal)
	}) {
		journals, err := d.Connections.OrderSink(ctx, integration, version, domain.TargetJournal)
		if err != nil {
			return s, err
		}
		if s.Journal, err = journals.OrderSchema(ctx); err != nil {
			return s, err
		}
	}
	addresses, err := d.Connections.AddressSink(ctx, integration, version)
	if err != nil {
		return s, err
	}
	s.Address, err = addresses.AddressSchema(ctx)
	beat(ctx, "read the schemas")
	return s, err
}

// explain maps the order into the records of the books, telling where each field
// comes from, whatever the flow would do with it.
func (p *Previews) explain(ctx context.Context, integration string, doc *Document, schemas booksSchemas, known ledger, shown *PreviewedOrder) error {
	at, err := bookedAt(ctx, integration, doc, known, shown.Canonical, shown.Flow)
	if err != nil {
		return err
	}
	shown.mapAt(doc, at, schemas)
	return nil
}

// mapAt maps the order into records whose numbers are known.
func (o *PreviewedOrder) mapAt(doc *Document, at mapping.OrderContext, schemas booksSchemas) {
	order := o.Canonical
	if order.Customer.Known() {
		explained, err := doc.Mapper.ExplainCustomer(order, schemas.Customer)
		o.add(domain.EntityCustomer, explained, schemas.Customer, doc, err)
	}
	if address, apart := doc.deliveryAddress(order); apart {
		explained, err := doc.Mapper.ExplainDeliveryAddress(address, at.CustomerNumber, order.Customer, doc.Mapper.SaleDate(order), schemas.Address)
		o.add(domain.EntityDeliveryAddress, explained, schemas.Address, doc, err)
	}
	entity := domain.EntityOrder
	switch at.Target {
	case domain.TargetJournal:
		entity = domain.EntityJournal
	case domain.TargetDayTotal, domain.TargetNone: // nothing is made of it alone
		return
	}
	explained, err := doc.Mapper.ExplainOrder(order, at, schemas.sale(at.Target))
	o.add(entity, explained, schemas.sale(at.Target), doc, err)
	if err == nil {
		o.VAT = proveVAT(order, explained.Booked)
	}
}

// bookedAt is the customer and the address of an order in the books: as its steps
// found them or, for one whose steps ended early, as the links know them.
func bookedAt(ctx context.Context, integration string, doc *Document, known ledger, order domain.Order, flow RehearsedOrder) (mapping.OrderContext, error) {
	at := mapping.OrderContext{
		CustomerNumber: flow.Customer, AddressCode: flow.Address, Reference: doc.Flows.Orders.OrderReference(order.Number),
	}
	at.BookDate = flow.day
	if target, err := doc.Mapper.Target(order); err == nil { // one that cannot be told is shown as an order
		at.Target = target
	}
	if at.CustomerNumber == "" && !order.Customer.Known() {
		if debtor, err := doc.Mapper.DefaultDebtor(order); err == nil {
			at.CustomerNumber = debtor.Value
		}
	}
	linked := func(key db.LinkKey, into *string) error {
		link, ok, err := known.link(ctx, key)
		if err == nil && ok && *into == "" {
			*into = link.TargetID
		}
		return err
	}
	if err := linked(customerKey(integration, order.Customer), &at.CustomerNumber); err != nil {
		return at, err
	}
	address, apart := doc.deliveryAddress(order)
	if !apart || at.CustomerNumber == "" {
		return at, nil
	}
	return at, linked(addressKey(integration, at.CustomerNumber, address), &at.AddressCode)
}

// add shows a record and, where it could not be mapped, why.
func (o *PreviewedOrder) add(entity domain.Entity, explained mapping.Explained, schema domain.Schema, doc *Document, err error) {
	o.Records = append(o.Records, previewedRecord(entity, explained, schema, doc, err, o.Canonical.Number))
}

// previewedRecord is a record as the mapping makes it, or as far as it came.
func previewedRecord(entity domain.Entity, explained mapping.Explained, schema domain.Schema, doc *Document, err error, about string) PreviewedRecord {
	record := PreviewedRecord{Entity: string(entity), Fields: []PreviewedField{}}
	for _, origin := range explained.Origins {
		record.Fields = append(record.Fields, previewedField(origin, schema, doc))
	}
	if err != nil {
		if f, ok := fault.As(unmappable(err, about)); ok {
			record.Reason = shownReason(f)
		}
	}
	return record
}

func previewedField(o mapping.Origin, schema domain.Schema, doc *Document) PreviewedField {
	if o.Line > 0 && schema.Lines != nil {
		schema = *schema.Lines
	}
	spec, _ := schema.Field(o.Field)
	shown := PreviewedField{
		Entity: string(o.Entity), Line: o.Line, Field: o.Field, Label: spec.Label, Given: o.Given, Row: o.Row, Source: o.Source,
		Policy: string(o.Policy), Rules: o.Rules,
	}
	if o.Given {
		shown.Value = o.Value.Words()
		if o.Value.Kind == domain.KindNumber && o.Value.Number.IsInteger() && doc.Mapping.Rows(o.Entity)[o.Row].Proof == domain.ProofUnitPrice {
			shown.Value = o.Value.Number.StringFixed(2) // euros, also when they are whole
		}
	}
	for _, hit := range o.Lookups {
		shown.Lookups = append(shown.Lookups, PreviewedLookup(hit))
	}
	return shown
}
