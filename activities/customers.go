package activities

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// Customers finds or makes the customers of orders in the books, and their
// delivery addresses.
type Customers struct {
	*Desk
}

// UpsertCustomerResult is the customer's number in the books.
type UpsertCustomerResult struct {
	CustomerNumber string
}

// UpsertCustomer finds the order's customer in the books, or makes it. Two orders
// of one new customer at the same moment make one debtor: the second waits for
// the lock of the first.
func (c *Customers) UpsertCustomer(ctx context.Context, a Attempt) (UpsertCustomerResult, error) {
	var out UpsertCustomerResult
	number, err := c.upsert(ctx, a)
	out.CustomerNumber = number
	return out, c.fail(ctx, a.Integration, err)
}

func (c *Customers) upsert(ctx context.Context, a Attempt) (string, error) {
	order, _, err := c.order(ctx, a.Integration, a.OrderID)
	if err != nil {
		return "", err
	}
	doc, err := c.Documents.Get(ctx, a.Integration, a.Document)
	if err != nil {
		return "", err
	}
	if !order.Customer.Known() {
		if doc.Flows.Orders.DefaultDebtor == "" {
			return "", fault.New(fault.Invalid, "no_customer", "find customer").About(a.Number)
		}
		return doc.Flows.Orders.DefaultDebtor, nil
	}
	u := &upsertCustomer{Customers: c, attempt: a, doc: doc, customer: order.Customer, on: order.Date, key: db.LinkKey{
		Integration: a.Integration, Entity: string(domain.EntityCustomer), SourceID: string(order.Customer.ID),
	}}
	return u.run(ctx)
}

// upsertCustomer is one customer on its way to the books.
type upsertCustomer struct {
	*Customers
	attempt  Attempt
	doc      *Document
	customer domain.Customer
	on       domain.Date // of the order: lookup rows go by it
	key      db.LinkKey
	sink     connectors.CustomerSink
	lock     recordLock
}

func (u *upsertCustomer) run(ctx context.Context) (string, error) {
	link, known, err := u.ledger().link(ctx, u.key)
	if err != nil {
		return "", err
	}
	if known && link.State == "linked" && (link.ContentHash == u.hash() || link.Marker > u.attempt.Marker) {
		return link.TargetID, nil // nothing new, or a later order told more lately: no lock, no remote call
	}
	if u.sink, err = u.Connections.CustomerSink(ctx, u.attempt.Integration, u.attempt.Document); err != nil {
		return "", err
	}
	u.lock, link, err = u.ledger().take(ctx, u.key, owner(u.attempt), lookLease)
	if err != nil {
		return "", err
	}
	number, err := u.locked(ctx, link)
	if err != nil && !writeTold(err) {
		return "", errors.Join(err, u.lock.Release(context.WithoutCancel(ctx)))
	}
	return number, err
}

// locked does what only one attempt at a time may do for a customer.
func (u *upsertCustomer) locked(ctx context.Context, link store.Link) (string, error) {
	record, err := u.find(ctx, link)
	if err != nil {
		return "", err
	}
	if record == nil {
		if record, err = u.create(ctx); err != nil {
			return "", err
		}
	} else if err := u.update(ctx, *record); err != nil {
		return "", err
	}
	err = u.ledger().linked(ctx, store.LinkMadeParams{
		Integration: u.key.Integration, Entity: u.key.Entity, SourceID: u.key.SourceID, TargetID: record.Number,
		ContentHash: u.hash(), Marker: u.attempt.Marker, Document: int32(u.attempt.Document),
	})
	if err != nil {
		return "", fmt.Errorf("store the link of a customer: %w", err)
	}
	return record.Number, nil
}

func (u *upsertCustomer) create(ctx context.Context) (*connectors.CustomerRecord, error) {
	schema, err := u.sink.CustomerSchema(ctx)
	if err != nil {
		return nil, err
	}
	draft, err := u.doc.Mapper.Customer(u.customer, u.on, schema)
	if err != nil {
		return nil, unmappable(err, string(u.customer.ID))
	}
	made, err := writeOnce(ctx, u.lock, db.Writing{ContentHash: u.hash(), Document: u.attempt.Document}, u.doc.patience(), func(ctx context.Context) (connectors.CustomerRecord, error) {
		return u.sink.CreateCustomer(ctx, draft)
	})
	if err != nil {
		return nil, toldWrite{err}
	}
	return &made, nil
}

// update writes what the field policies allow and what really differs.
func (u *upsertCustomer) update(ctx context.Context, record connectors.CustomerRecord) error {
	schema, err := u.sink.CustomerSchema(ctx)
	if err != nil {
		return err
	}
	draft, err := u.doc.Mapper.Customer(u.customer, u.on, schema)
	if err != nil {
		return unmappable(err, string(u.customer.ID))
	}
	changes, _ := u.doc.Mapper.Update(record.Fields, draft, schema, nil)
	if len(changes.Fields) == 0 {
		return nil
	}
	_, err = writeOnce(ctx, u.lock, db.Writing{ContentHash: u.hash(), Document: u.attempt.Document}, u.doc.patience(), func(ctx context.Context) (struct{}, error) {
		return struct{}{}, u.sink.UpdateCustomer(ctx, record.Number, changes)
	})
	if err != nil {
		return toldWrite{err}
	}
	return nil
}

// hash identifies the customer as the till holds it.
func (u *upsertCustomer) hash() string {
	encoded, err := json.Marshal(u.customer)
	if err != nil { // only unsupported types fail, and Customer has none
		return ""
	}
	sum := sha256.Sum256(encoded)
	return hex.EncodeToString(sum[:])
}

// toldWrite marks the end of a write whose lock has been told already: after an
// unclear answer the lock must stay.
type toldWrite struct{ error }

func (t toldWrite) Unwrap() error { return t.error }

func writeTold(err error) bool {
	var told toldWrite
	return errors.As(err, &told)
}
