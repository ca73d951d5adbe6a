package activities

import (
	"context"
	"time"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/mapping"
)

// memoryLedger is the ledger of a dry run. What it does not know itself it reads
// from the ledger of the flow; what is written stays here, and ends with the run.
// It takes no lock, so it delays nobody.
type memoryLedger struct {
	kept     keptLedger
	arrivals map[string]arrival // by the order's id
	links    map[db.LinkKey]store.Link
	papers   map[db.LinkKey][]db.Booking // by the sale, of this part of the run
	end      attemptEnd                  // the last one
}

var _ ledger = (*memoryLedger)(nil)

func newMemoryLedger(d *Desk, links []store.Link) *memoryLedger {
	m := &memoryLedger{kept: keptLedger{d}, arrivals: map[string]arrival{}, links: map[db.LinkKey]store.Link{}, papers: map[db.LinkKey][]db.Booking{}}
	for _, l := range links {
		m.links[keyOf(l)] = l
	}
	return m
}

// arrive lets the steps see this version of an order.
func (m *memoryLedger) arrive(a arrival) { m.arrivals[string(a.Order.ID)] = a }

func (m *memoryLedger) arrived(ctx context.Context, integration, orderID string) (arrival, store.Inbox, error) {
	a, here := m.arrivals[orderID]
	if !here {
		return m.kept.arrived(ctx, integration, orderID)
	}
	return a, store.Inbox{
		Integration: integration, Entity: string(domain.EntityOrder), SourceID: orderID,
		Number: a.Order.Number, Marker: a.Order.Version.Marker,
	}, nil
}

func (m *memoryLedger) link(ctx context.Context, key db.LinkKey) (store.Link, bool, error) {
	if l, here := m.links[key]; here {
		return l, true, nil
	}
	return m.kept.link(ctx, key)
}

// take waits for whom the flow would wait, and holds up nobody itself.
func (m *memoryLedger) take(ctx context.Context, key db.LinkKey, owner string, _ time.Duration) (recordLock, store.Link, error) {
	if l, here := m.links[key]; here {
		return noLock{}, l, nil
	}
	l, err := db.Links{DB: m.kept.DB}.Look(ctx, key, owner)
	if err != nil {
		return nil, l, err
	}
	return noLock{}, l, nil
}

func (m *memoryLedger) linkedTo(ctx context.Context, integration, targetID string) ([]store.LinkListByTargetsRow, error) {
	rows, err := m.kept.linkedTo(ctx, integration, targetID)
	for _, l := range m.links {
		if l.Integration == integration && l.Entity == string(domain.EntityOrder) && l.TargetID == targetID {
			rows = append(rows, store.LinkListByTargetsRow{SourceID: l.SourceID, TargetID: l.TargetID, Adopted: l.Adopted, Target: l.Target})
		}
	}
	return rows, err
}

func (m *memoryLedger) linked(_ context.Context, made store.LinkMadeParams, _ mapping.Written) error {
	l := store.Link{
		Integration: made.Integration, Entity: made.Entity, SourceID: made.SourceID, State: "linked", TargetID: made.TargetID,
		ContentHash: made.ContentHash, DraftHash: made.DraftHash, Marker: made.Marker, Document: made.Document, Adopted: made.Adopted, Target: made.Target,
	}
	m.links[keyOf(l)] = l
	return nil
}

// lastWritten is what the flow wrote: a customer is taken through a dry run once.
func (m *memoryLedger) lastWritten(ctx context.Context, key db.LinkKey) (mapping.Written, error) {
	return m.kept.lastWritten(ctx, key)
}

func (m *memoryLedger) ended(ctx context.Context, end attemptEnd) error {
	m.end = end
	if end.booked != nil {
		return m.noted(ctx, *end.booked, end.made...)
	}
	for _, link := range end.made {
		if err := m.linked(ctx, link, nil); err != nil {
			return err
		}
	}
	return nil
}

// made lists the links that the run made.
func (m *memoryLedger) made() []store.Link {
	all := make([]store.Link, 0, len(m.links))
	for _, l := range m.links {
		all = append(all, l)
	}
	return all
}

func keyOf(l store.Link) db.LinkKey {
	return db.LinkKey{Integration: l.Integration, Entity: l.Entity, SourceID: l.SourceID}
}

// noLock is the lock of a record that nobody really writes.
type noLock struct{}

func (noLock) BeforeWrite(context.Context, db.Writing, time.Duration) error { return nil }
func (noLock) Unclear(context.Context, time.Duration) error                 { return nil }
func (noLock) Refused(context.Context) error                                { return nil }
func (noLock) Release(context.Context) error                                { return nil }
