package activities

import (
	"context"
	"errors"
	"slices"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/mapping"
	"github.com/koppel/koppel/settings"
)

// Codes of why a debtor does not pass; domain.ReasonFor explains each.
const (
	CodeDebtorBlocked     = "debtor_blocked"
	CodeRelationAmbiguous = "relation_ambiguous"
)

// CarryCustomers takes a page of debtors from the books to the till.
func (c *Catalog) CarryCustomers(ctx context.Context, in CarryInput) (CarryResult, error) {
	return carry(ctx, c.Desk, domain.FlowCustomers, domain.EntityRelation, in, openCustomers)
}

type debtorRow = record[connectors.DebtorRecord]

// customerCarrier knows debtors: one of the books is one customer of the till.
type customerCarrier struct {
	*carriage
	books  connectors.DebtorSource
	till   connectors.RelationSink
	schema domain.Schema
	linked map[string]bool // customers of the till that are linked to their debtor
}

func openCustomers(ctx context.Context, p *carriage) (carrier[connectors.DebtorRecord], error) {
	return openCustomersUnder(ctx, p, p.doc.Version)
}

// openCustomersUnder opens both sides under a version of the document that need not be
// the one that is gone by.
func openCustomersUnder(ctx context.Context, p *carriage, version int) (*customerCarrier, error) {
	c := &customerCarrier{carriage: p, linked: map[string]bool{}}
	var err error
	if c.books, err = p.Catalogue.DebtorSource(ctx, p.Integration, version); err != nil {
		return nil, err
	}
	if c.till, err = p.Catalogue.RelationSink(ctx, p.Integration, version); err != nil {
		return nil, err
	}
	c.schema, err = c.till.RelationSchema(ctx)
	return c, err
}

func (c *customerCarrier) read(ctx context.Context, part connectors.Part) (connectors.Page[*debtorRow], error) {
	page, err := c.books.Debtors(ctx, part)
	return connectors.Page[*debtorRow]{Records: debtorRows(page.Records), Next: page.Next, Newest: page.Newest}, err
}

func (c *customerCarrier) named(ctx context.Context, keys []string) ([]*debtorRow, error) {
	found, err := c.books.DebtorsByNumber(ctx, keys)
	return debtorRows(found), err
}

func debtorRows(found []connectors.DebtorRecord) []*debtorRow {
	return recordsOf(found, func(one connectors.DebtorRecord) (string, error) { return one.Debtor.Number, one.Fault })
}

func (c *customerCarrier) draft(_ context.Context, rs []*debtorRow) error {
	for _, r := range rs {
		passes, err := c.doc.Mapper.DebtorPasses(r.source.Debtor, c.today)
		if err == nil && passes {
			r.draft, err = c.doc.Mapper.Relation(r.source.Debtor, c.today, c.schema)
		}
		r.mapped(passes, err)
		if r.source.Debtor.Blocked && c.doc.Flows.Customers.Blocked == settings.CustomersBlockedSkip && r.leftOut == "" {
			r.fault, r.leftOut = nil, CodeDebtorBlocked
		}
	}
	return nil
}

// decide compares a debtor with the customer that it is. One that is blocked is not
// made.
func (c *customerCarrier) decide(r *debtorRow) {
	of := c.doc.Flows.Customers
	blocked := r.source.Debtor.Blocked && of.Blocked == settings.CustomersBlockedDeactivate
	if r.held == nil {
		if blocked {
			r.leftOut = CodeDebtorBlocked
			return
		}
		r.step = reconcile.StepOf(false, true, of.Create, of.Update)
		r.isNew()
		return
	}
	r.compare(c.doc.Mapper, r.held.Fields, r.draft, c.schema)
	if blocked {
		c.block(r)
	}
	r.step = reconcile.StepOf(true, r.changed(), of.Create, of.Update)
	if !r.changed() && !c.linked[r.target] {
		r.step = reconcile.CatalogUpdate // nothing to write there, but a link here
	}
}

// block lets a block reach a customer that was at the till before us. What the block
// decides is what the draft of the same debtor without a block has otherwise: of those
// fields, that nobody knows to be ours is no reason to leave them.
func (c *customerCarrier) block(r *debtorRow) {
	free := r.source.Debtor
	free.Blocked = false
	without, err := c.doc.Mapper.Relation(free, c.today, c.schema)
	if err != nil {
		return
	}
	r.kept = slices.DeleteFunc(r.kept, func(k mapping.Kept) bool {
		value, _ := r.draft.Get(k.Field)
		if usual, given := without.Get(k.Field); k.Reason != mapping.KeptNotOurs || given && usual.Equal(value) {
			return false
		}
		field := domain.Field{Name: k.Field, Value: value}
		r.changes.Fields = append(r.changes.Fields, field)
		r.remember("", mapping.WrittenFrom(domain.Draft{Fields: []domain.Field{field}}))
		return true
	})
}

func (c *customerCarrier) write(ctx context.Context, w *writing[connectors.DebtorRecord], rs []*debtorRow) error {
	return w.oneByOne(ctx, rs, func(ctx context.Context, r *debtorRow) error {
		if r.step == reconcile.CatalogCreate {
			number, err := c.till.CreateRelation(ctx, r.changes)
			if err != nil {
				return err
			}
			r.target = number
			return c.link(ctx, r, func() error { return nil })
		}
		return c.link(ctx, r, func() error {
			if !r.changed() {
				r.step = reconcile.CatalogLeave
				return nil
			}
			return c.till.UpdateRelation(ctx, r.target, r.changes)
		})
	})
}

// link ties a customer of the till to its debtor where the orders look for it, and
// keeps their hands off it meanwhile: an order of this customer would else make a
// debtor of its own. What is linked already is only written.
func (c *customerCarrier) link(ctx context.Context, r *debtorRow, write func() error) error {
	if c.linked[r.target] {
		return write()
	}
	links := db.Links{DB: c.DB}
	key := db.LinkKey{Integration: c.Integration, Entity: string(domain.EntityCustomer), SourceID: r.target}
	lock, link, err := links.Take(ctx, key, "debtor/"+r.key, lookLease)
	if _, busy := errors.AsType[*db.Locked](err); busy {
		return fault.New(fault.Uncertain, "record_busy", "link customer").About(r.key)
	}
	if err != nil {
		return err
	}
	another := link.State == "linked" && link.TargetID != r.key
	if another && r.target != r.known.TargetID && r.step != reconcile.CatalogCreate { // an order came first: the next run sees it
		return errors.Join(fault.New(fault.Uncertain, "record_busy", "link customer").About(r.key), lock.Release(ctx))
	}
	if err := write(); err != nil || another {
		return errors.Join(err, lock.Release(context.WithoutCancel(ctx)))
	}
	return c.ledger().linked(ctx, store.LinkMadeParams{
		Integration: key.Integration, Entity: key.Entity, SourceID: key.SourceID, TargetID: r.key, Document: int32(c.doc.Version), Adopted: true,
	}, nil)
}
