package activities

import (
	"context"
	"errors"
	"fmt"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/mapping"
)

// toLink is a record of the till on its way to the one record of the books that
// it is.
type toLink struct {
	attempt     Attempt
	key         db.LinkKey
	contentHash string // of the till's record; empty when it does not change
}

// writing is what a write for this record is announced with.
func (r toLink) writing() db.Writing {
	return db.Writing{ContentHash: r.contentHash, Document: r.attempt.Document}
}

// foundOrMade is the record of the books.
type foundOrMade struct {
	number string
	wrote  mapping.Written // what it holds of ours; nil where nobody asks later
}

// linkOnce does for a record what only one attempt at a time may do, links it to
// what that gives, and gives the number of that. Where it fails the lock is free
// again, unless a write has told the lock otherwise.
func (d *Desk) linkOnce(ctx context.Context, r toLink, do func(recordLock, store.Link) (foundOrMade, error)) (string, error) {
	lock, link, err := d.ledger().take(ctx, r.key, owner(r.attempt), lookLease)
	if err != nil {
		return "", err
	}
	record, err := do(lock, link)
	if err == nil {
		err = d.storeLink(ctx, r, record)
	}
	if err != nil && !writeTold(err) {
		return "", errors.Join(err, lock.Release(context.WithoutCancel(ctx)))
	}
	return record.number, err
}

func (d *Desk) storeLink(ctx context.Context, r toLink, record foundOrMade) error {
	err := d.ledger().linked(ctx, store.LinkMadeParams{
		Integration: r.key.Integration, Entity: r.key.Entity, SourceID: r.key.SourceID, TargetID: record.number,
		ContentHash: r.contentHash, Marker: r.attempt.Marker, Document: int32(r.attempt.Document),
	}, record.wrote)
	if err != nil {
		return fmt.Errorf("store the link of a %s: %w", r.key.Entity, err)
	}
	return nil
}

// toldWrite marks the end of a write whose lock has been told already: after an
// unclear answer the lock must stay.
type toldWrite struct{ error }

func (t toldWrite) Unwrap() error { return t.error }

func writeTold(err error) bool {
	var told toldWrite
	return errors.As(err, &told)
}
