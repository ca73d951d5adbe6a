package activities

import (
	"context"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/settings"
)

// EnsureDeliveryAddressInput names the order and its customer in the books.
type EnsureDeliveryAddressInput struct {
	Attempt
	CustomerNumber string
}

// EnsureDeliveryAddressResult is the code of the address record in the books;
// empty when the order goes to the customer's own address.
type EnsureDeliveryAddressResult struct {
	AddressCode string
	Decision    domain.Decision // how it was chosen; empty: the customer's own address
}

// EnsureDeliveryAddress finds the order's delivery address among the customer's
// address records, however it was typed, or makes a record of it.
func (c *Customers) EnsureDeliveryAddress(ctx context.Context, in EnsureDeliveryAddressInput) (EnsureDeliveryAddressResult, error) {
	out, err := c.ensureAddress(ctx, in)
	return out, c.fail(ctx, in.Integration, err)
}

func (c *Customers) ensureAddress(ctx context.Context, in EnsureDeliveryAddressInput) (EnsureDeliveryAddressResult, error) {
	order, _, err := c.order(ctx, in.Integration, in.OrderID)
	if err != nil {
		return EnsureDeliveryAddressResult{}, err
	}
	doc, err := c.Documents.Get(ctx, in.Integration, in.Document)
	if err != nil {
		return EnsureDeliveryAddressResult{}, err
	}
	address, apart := doc.deliveryAddress(order)
	switch {
	case doc.Flows.Orders.DeliveryAddress == settings.DeliveryAddressOrder && reconcile.DeliversElsewhere(order):
		return EnsureDeliveryAddressResult{Decision: domain.Decision{Code: domain.DecidedAddressOnOrder}}, nil
	case !apart:
		return EnsureDeliveryAddressResult{}, nil
	}
	e := &ensureAddress{Customers: c, in: in, doc: doc, address: address, customer: order.Customer, on: doc.Mapper.SaleDate(order), toLink: toLink{
		attempt: in.Attempt, key: addressKey(in.Integration, in.CustomerNumber, address),
	}}
	e.decided = domain.DecidedAddressFound
	code, err := e.run(ctx)
	return EnsureDeliveryAddressResult{code, domain.Decision{Code: e.decided, About: code}}, err
}

func addressKey(integration, customerNumber string, address domain.Address) db.LinkKey {
	return db.LinkKey{
		Integration: integration, Entity: string(domain.EntityDeliveryAddress),
		SourceID: customerNumber + "/" + reconcile.AddressKey(address),
	}
}

// deliveryAddress is the address of an order that needs a record of its own;
// false when it goes to the customer's own address, to none that is known, or when
// the document has it otherwise.
func (d *Document) deliveryAddress(order domain.Order) (domain.Address, bool) {
	return order.DeliveryAddress, d.Flows.Orders.DeliveryAddress == settings.DeliveryAddressRecord && reconcile.DeliversElsewhere(order)
}

// ensureAddress is one delivery address on its way to the books.
type ensureAddress struct {
	*Customers
	toLink
	in       EnsureDeliveryAddressInput
	doc      *Document
	address  domain.Address
	customer domain.Customer
	on       domain.Date // of the order: lookup rows go by it
	decided  string      // how the record was chosen
}

func (e *ensureAddress) run(ctx context.Context) (string, error) {
	link, known, err := e.ledger().link(ctx, e.key)
	if err != nil {
		return "", err
	}
	if known && link.State == "linked" {
		return link.TargetID, nil
	}
	sink, err := e.Connections.AddressSink(ctx, e.in.Integration, e.in.Document)
	if err != nil {
		return "", err
	}
	return e.linkOnce(ctx, e.toLink, func(lock recordLock, _ store.Link) (foundOrMade, error) {
		code, err := e.find(ctx, sink)
		if err == nil && code == "" {
			e.decided = domain.DecidedAddressCreated
			code, err = e.create(ctx, sink, lock)
		}
		return foundOrMade{number: code}, err
	})
}

func (e *ensureAddress) find(ctx context.Context, sink connectors.AddressSink) (string, error) {
	existing, err := sink.Addresses(ctx, e.in.CustomerNumber)
	if err != nil {
		return "", err
	}
	beat(ctx, "read the addresses")
	for _, record := range existing {
		if reconcile.SameAddress(record.Address, e.address) {
			return record.Code, nil
		}
	}
	return "", nil
}

func (e *ensureAddress) create(ctx context.Context, sink connectors.AddressSink, lock recordLock) (string, error) {
	schema, err := sink.AddressSchema(ctx)
	if err != nil {
		return "", err
	}
	draft, err := e.doc.Mapper.DeliveryAddress(e.address, e.in.CustomerNumber, e.customer, e.on, schema)
	if err != nil {
		return "", unmappable(err, e.in.Number)
	}
	made, err := writeOnce(ctx, lock, e.writing(), e.doc.patience(), func(ctx context.Context) (connectors.AddressRecord, error) {
		return sink.CreateAddress(ctx, draft)
	})
	if err != nil {
		return "", toldWrite{err}
	}
	return made.Code, nil
}
