package db

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/secret"
)

// Bookings remember each document that was written to the books for a sale, whole
// and encrypted: what takes it back is made of it.
type Bookings struct {
	DB  *pgxpool.Pool
	Box *secret.Box
}

// Booking is one document that was written to the books for a sale.
type Booking struct {
	Sale     LinkKey
	Version  int // 1 for the first; what takes a version back has its number
	Counter  bool
	Target   domain.Target
	TargetID string // its number in the books; empty: it was announced, and its answer never came

	Reference   string
	ContentHash string // of the sale as it was written
	Document    int    // version of the document that it was mapped under
	Held        Held
}

// Held is what a document holds of ours. It says who bought what.
type Held struct {
	Draft domain.Draft
	Order domain.Order // the sale as it was then
	// BookDate is the day that it counts for in the books.
	BookDate domain.Date `json:",omitzero"`
	// Begun is a change in place whose answer has not come.
	Begun *BegunChange `json:",omitempty"`
	// Fixed is the content of a sale that the header cannot be changed to in place,
	// Sold that of one whose lines are others.
	Fixed string `json:",omitempty"`
	Sold  string `json:",omitempty"`
}

// BegunChange is a change of a document that may or may not stand there.
type BegunChange struct {
	Header   domain.Draft // the fields to be sent; none: the header stays
	Lines    bool         // the lines of Draft are sent
	Draft    domain.Draft // what the document holds then
	Order    domain.Order
	BookDate domain.Date
	Document int
}

// Written reports whether the document is known to stand in the books.
func (b Booking) Written() bool { return b.TargetID != "" }

func (b Booking) kind() string {
	if b.Counter {
		return "counter"
	}
	return "sale"
}

// Put notes how a document stands, in the caller's transaction.
func (k Bookings) Put(ctx context.Context, tx store.DBTX, b Booking) error {
	plain, err := json.Marshal(b.Held)
	if err != nil {
		return fmt.Errorf("encode a booking: %w", err)
	}
	sealed, err := k.Box.Seal(plain, bookingPlace(b.Sale, strconv.Itoa(b.Version), b.kind()))
	if err != nil {
		return err
	}
	err = Q.BookingPut(ctx, tx, store.BookingPutParams{
		Integration: b.Sale.Integration, Entity: b.Sale.Entity, SourceID: b.Sale.SourceID, Version: int32(b.Version), Kind: b.kind(),
		Target: string(b.Target), Reference: b.Reference, TargetID: b.TargetID, ContentHash: b.ContentHash, Document: int32(b.Document), Sealed: sealed,
	})
	if err != nil {
		return fmt.Errorf("note a booking: %w", err)
	}
	return nil
}

// Drop forgets the announcement of a document that was never written.
func (k Bookings) Drop(ctx context.Context, b Booking) error {
	err := Q.BookingDrop(ctx, k.DB, store.BookingDropParams{
		Integration: b.Sale.Integration, Entity: b.Sale.Entity, SourceID: b.Sale.SourceID, Version: int32(b.Version), Kind: b.kind(),
	})
	if err != nil {
		return fmt.Errorf("drop a booking: %w", err)
	}
	return nil
}

// Of lists the documents of a sale, in the order in which they were written.
func (k Bookings) Of(ctx context.Context, sale LinkKey) ([]Booking, error) {
	rows, err := Q.BookingList(ctx, k.DB, store.BookingListParams(sale))
	if err != nil {
		return nil, fmt.Errorf("read the bookings of a sale: %w", err)
	}
	all := make([]Booking, len(rows))
	for i, row := range rows {
		all[i] = Booking{
			Sale: sale, Version: int(row.Version), Counter: row.Kind == "counter", Target: domain.Target(row.Target), TargetID: row.TargetID,
			Reference: row.Reference, ContentHash: row.ContentHash, Document: int(row.Document),
		}
		plain, err := k.Box.Open(row.Sealed, bookingPlace(sale, strconv.Itoa(int(row.Version)), row.Kind))
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(plain, &all[i].Held); err != nil {
			return nil, fmt.Errorf("read a booking: %w", err)
		}
	}
	return all, nil
}

func bookingPlace(sale LinkKey, version, kind string) string {
	return "booking/" + sale.Integration + "/" + sale.Entity + "/" + sale.SourceID + "/" + version + "/" + kind
}
