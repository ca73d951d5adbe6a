package activities

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"go.temporal.io/sdk/activity"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/mapping"
)

// Customers finds or makes the customers of orders in the books, and their
// delivery addresses.
type Customers struct {
	*Desk
}

// UpsertCustomerResult is the customer's number in the books.
type UpsertCustomerResult struct {
	CustomerNumber string
	Decision       domain.Decision // how it was chosen
}

// UpsertCustomer finds the order's customer in the books, or makes it. Two orders
// of one new customer at the same moment make one debtor: the second waits for
// the lock of the first.
func (c *Customers) UpsertCustomer(ctx context.Context, a Attempt) (UpsertCustomerResult, error) {
	out, err := c.upsert(ctx, a)
	return out, c.fail(ctx, a.Integration, err)
}

func (c *Customers) upsert(ctx context.Context, a Attempt) (UpsertCustomerResult, error) {
	order, _, err := c.order(ctx, a.Integration, a.OrderID)
	if err != nil {
		return UpsertCustomerResult{}, err
	}
	doc, err := c.Documents.Get(ctx, a.Integration, a.Document)
	if err != nil {
		return UpsertCustomerResult{}, err
	}
	if !order.Customer.Known() {
		chosen, err := c.defaultDebtor(ctx, a, doc, order)
		if err != nil || chosen.Value == "" { // the total of a day may need none
			return UpsertCustomerResult{}, err
		}
		return UpsertCustomerResult{chosen.Value, domain.Decision{Code: domain.DecidedDefaultDebtor, About: chosen.Words()}}, nil
	}
	u := &upsertCustomer{Customers: c, doc: doc, order: order, customer: order.Customer, toLink: toLink{
		attempt: a, contentHash: hashOf(order.Customer), key: customerKey(a.Integration, order.Customer),
	}}
	number, err := u.run(ctx)
	return UpsertCustomerResult{number, domain.Decision{Code: u.decided, About: strings.TrimSpace(number + " " + u.by)}}, err
}

func customerKey(integration string, c domain.Customer) db.LinkKey {
	return db.LinkKey{Integration: integration, Entity: string(domain.EntityCustomer), SourceID: string(c.ID)}
}

// upsertCustomer is one customer on its way to the books.
type upsertCustomer struct {
	*Customers
	toLink
	doc      *Document
	customer domain.Customer
	order    domain.Order
	sink     connectors.CustomerSink
	lock     recordLock

	decided string // how the debtor was chosen
	by      string // the key that found it
}

func (u *upsertCustomer) run(ctx context.Context) (string, error) {
	link, known, err := u.ledger().link(ctx, u.key)
	if err != nil {
		return "", err
	}
	if known && link.State == "linked" && (link.ContentHash == u.contentHash || link.Marker > u.attempt.Marker) {
		u.decided = domain.DecidedCustomerLinked
		return link.TargetID, nil // nothing new, or a later order told more lately: no lock, no remote call
	}
	if u.sink, err = u.Connections.CustomerSink(ctx, u.attempt.Integration, u.attempt.Document); err != nil {
		return "", err
	}
	return u.linkOnce(ctx, u.toLink, func(lock recordLock, link store.Link) (foundOrMade, error) {
		u.lock = lock
		return u.findOrMake(ctx, link)
	})
}

func (u *upsertCustomer) findOrMake(ctx context.Context, link store.Link) (foundOrMade, error) {
	record, err := u.find(ctx, link)
	switch {
	case err != nil:
		return foundOrMade{}, err
	case record == nil:
		return u.create(ctx)
	default:
		return u.update(ctx, *record)
	}
}

func (u *upsertCustomer) create(ctx context.Context) (foundOrMade, error) {
	draft, _, err := u.draft(ctx)
	if err != nil {
		return foundOrMade{}, err
	}
	u.decided = domain.DecidedCustomerCreated
	made, err := writeOnce(ctx, u.lock, u.writing(), u.doc.patience(), func(ctx context.Context) (connectors.CustomerRecord, error) {
		return u.sink.CreateCustomer(ctx, draft)
	})
	if err != nil {
		return foundOrMade{}, toldWrite{err}
	}
	return foundOrMade{number: made.Number, wrote: mapping.WrittenFrom(draft)}, nil
}

// update writes what the field policies allow and what really differs. What
// somebody else changed since we wrote it is told, not fought.
func (u *upsertCustomer) update(ctx context.Context, record connectors.CustomerRecord) (foundOrMade, error) {
	draft, schema, err := u.draft(ctx)
	if err != nil {
		return foundOrMade{}, err
	}
	last, err := u.ledger().lastWritten(ctx, u.key)
	if err != nil {
		return foundOrMade{}, err
	}
	changes, kept := u.doc.Mapper.Update(record.Fields, draft, schema, last)
	tellChangedThere(ctx, u.toLink, kept)
	found := foundOrMade{number: record.Number, wrote: last.After(draft, kept)}
	if len(changes.Fields) == 0 {
		return found, nil
	}
	_, err = writeOnce(ctx, u.lock, u.writing(), u.doc.patience(), func(ctx context.Context) (struct{}, error) {
		return struct{}{}, u.sink.UpdateCustomer(ctx, record.Number, changes)
	})
	if err != nil {
		return foundOrMade{}, toldWrite{err}
	}
	return found, nil
}

// tellChangedThere logs which fields were left as somebody else made them.
func tellChangedThere(ctx context.Context, r toLink, kept []mapping.Kept) {
	var fields []string
	for _, k := range kept {
		if k.Reason == mapping.KeptChangedThere {
			fields = append(fields, k.Field)
		}
	}
	if len(fields) > 0 {
		activity.GetLogger(ctx).Info("fields changed in the books since they were written are left as they are",
			"integration", r.key.Integration, "entity", r.key.Entity, "ref", r.key.SourceID, "fields", fields)
	}
}

// draft maps the customer into the books' own fields.
func (u *upsertCustomer) draft(ctx context.Context) (domain.Draft, domain.Schema, error) {
	schema, err := u.sink.CustomerSchema(ctx)
	if err != nil {
		return domain.Draft{}, schema, err
	}
	draft, err := u.doc.Mapper.Customer(u.order, schema)
	if err != nil {
		return draft, schema, unmappable(err, string(u.customer.ID))
	}
	return draft, schema, nil
}

// hashOf identifies a customer as the till holds it.
func hashOf(c domain.Customer) string {
	encoded, err := json.Marshal(c)
	if err != nil { // only unsupported types fail, and Customer has none
		return ""
	}
	sum := sha256.Sum256(encoded)
	return hex.EncodeToString(sum[:])
}
