package activities

import (
	"context"
	"errors"
	"fmt"

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
}

// EnsureDeliveryAddress finds the order's delivery address among the customer's
// address records, however it was typed, or makes a record of it.
func (c *Customers) EnsureDeliveryAddress(ctx context.Context, in EnsureDeliveryAddressInput) (EnsureDeliveryAddressResult, error) {
	var out EnsureDeliveryAddressResult
	code, err := c.ensureAddress(ctx, in)
	out.AddressCode = code
	return out, c.fail(ctx, in.Integration, err)
}

func (c *Customers) ensureAddress(ctx context.Context, in EnsureDeliveryAddressInput) (string, error) {
	order, _, err := c.order(ctx, in.Integration, in.OrderID)
	if err != nil {
		return "", err
	}
	doc, err := c.Documents.Get(ctx, in.Integration, in.Document)
	if err != nil {
		return "", err
	}
	address := order.DeliveryAddress
	if doc.Flows.Orders.DeliveryAddress == settings.DeliveryAddressNone || address.IsZero() ||
		reconcile.SameAddress(address, order.Customer.Address) {
		return "", nil
	}
	e := &ensureAddress{Customers: c, in: in, doc: doc, address: address, customer: order.Customer, on: order.Date, key: db.LinkKey{
		Integration: in.Integration, Entity: string(domain.EntityDeliveryAddress),
		SourceID: in.CustomerNumber + "/" + reconcile.AddressKey(address),
	}}
	return e.run(ctx)
}

// ensureAddress is one delivery address on its way to the books.
type ensureAddress struct {
	*Customers
	in       EnsureDeliveryAddressInput
	doc      *Document
	address  domain.Address
	customer domain.Customer
	on       domain.Date // of the order: lookup rows go by it
	key      db.LinkKey
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
	lock, _, err := e.ledger().take(ctx, e.key, owner(e.in.Attempt), lookLease)
	if err != nil {
		return "", err
	}
	code, err := e.locked(ctx, sink, lock)
	if err != nil && !writeTold(err) {
		return "", errors.Join(err, lock.Release(context.WithoutCancel(ctx)))
	}
	return code, err
}

func (e *ensureAddress) locked(ctx context.Context, sink connectors.AddressSink, lock recordLock) (string, error) {
	code, err := e.find(ctx, sink)
	if err != nil {
		return "", err
	}
	if code == "" {
		if code, err = e.create(ctx, sink, lock); err != nil {
			return "", err
		}
	}
	err = e.ledger().linked(ctx, store.LinkMadeParams{
		Integration: e.key.Integration, Entity: e.key.Entity, SourceID: e.key.SourceID, TargetID: code,
		Marker: e.in.Marker, Document: int32(e.in.Document),
	})
	if err != nil {
		return "", fmt.Errorf("store the link of an address: %w", err)
	}
	return code, nil
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
	made, err := writeOnce(ctx, lock, db.Writing{Document: e.in.Document}, e.doc.patience(), func(ctx context.Context) (connectors.AddressRecord, error) {
		return sink.CreateAddress(ctx, draft)
	})
	if err != nil {
		return "", toldWrite{err}
	}
	return made.Code, nil
}
