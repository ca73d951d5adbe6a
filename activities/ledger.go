package activities

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/mapping"
)

// ledger is what the steps of an order go by and write down: what arrived, which
// record of the books is which of the till, whose turn a record is, and how each
// attempt ended. The flow keeps it in PostgreSQL. A dry run reads the same rows
// and keeps to itself what it would write.
type ledger interface {
	// arrived gives the newest version of an order that arrived.
	arrived(ctx context.Context, integration, orderID string) (arrival, store.Inbox, error)
	// link reads what is known of a record; false when it was never seen.
	link(ctx context.Context, key db.LinkKey) (store.Link, bool, error)
	// take gives the right to look for a record and to write it, as db.Links.Take.
	take(ctx context.Context, key db.LinkKey, owner string, lease time.Duration) (recordLock, store.Link, error)
	// inDay tells whether a receipt counts in the total of a day already.
	inDay(ctx context.Context, order domain.Order, a Attempt) (bool, error)
	// linkedTo lists the orders of the till that are linked to an order of the books.
	linkedTo(ctx context.Context, integration, targetID string) ([]store.LinkListByTargetsRow, error)
	// linked notes which record of the books it is and, where wrote is not nil, what
	// the record holds of ours.
	linked(ctx context.Context, made store.LinkMadeParams, wrote mapping.Written) error
	// lastWritten gives what a record was left to hold of ours; nil when that is not known.
	lastWritten(ctx context.Context, key db.LinkKey) (mapping.Written, error)
	// waits notes that an order rests before it goes, and why.
	waits(ctx context.Context, a Attempt, cause string) error
	// bookings lists the documents of a sale in the books, in the order in which they
	// were written, those too that were only announced.
	bookings(ctx context.Context, sale db.LinkKey) ([]db.Booking, error)
	// noted remembers how a document stands and the links that tell of it, together.
	noted(ctx context.Context, b db.Booking, links ...store.LinkMadeParams) error
	// dropped forgets an announcement of which nothing came.
	dropped(ctx context.Context, b db.Booking) error
	// marked tells whether an order was marked at the till; mark notes that it is.
	marked(ctx context.Context, a Attempt) (bool, error)
	mark(ctx context.Context, in MarkOrderInput) error
	// ended notes how an attempt ended, and what goes with it, together.
	ended(ctx context.Context, end attemptEnd) error
}

// recordLock is the right to write one record; see db.Lock.
type recordLock interface {
	BeforeWrite(ctx context.Context, what db.Writing, lease time.Duration) error
	Unclear(ctx context.Context, settle time.Duration) error
	Refused(ctx context.Context) error
	Release(ctx context.Context) error
}

// attemptEnd is how an attempt ended.
type attemptEnd struct {
	attempt  Attempt
	outcome  string
	code     string
	targetID string
	made     []store.LinkMadeParams // records of the books that became known with it
	booked   *db.Booking            // what stands there now
	goesOn   bool                   // it is one step of more: the version is not dealt with yet
	seen     *store.LinkSeenParams  // or this version was seen to say nothing new
	day      *reconcile.Day         // in whose total the sale counts
}

// keptLedger is the ledger of the flow, in PostgreSQL.
type keptLedger struct{ *Desk }

func (k keptLedger) arrived(ctx context.Context, integration, orderID string) (arrival, store.Inbox, error) {
	var last store.Inbox
	for {
		row, err := db.Q.InboxGet(ctx, k.DB, store.InboxGetParams{
			Integration: integration, Entity: string(domain.EntityOrder), SourceID: orderID,
		})
		if db.IsNotFound(err) {
			return arrival{}, row, fault.New(fault.NotFound, "order_never_arrived", "read inbox")
		}
		if err != nil {
			return arrival{}, row, fmt.Errorf("read the inbox: %w", err)
		}
		kept, err := k.open(ctx, row)
		if !fault.Is(err, fault.NotFound) || row.PayloadID == last.PayloadID { // gone, and nothing came in its place
			return kept, row, err
		}
		last = row
	}
}

// open reads what the inbox keeps of a record.
func (d *Desk) open(ctx context.Context, row store.Inbox) (arrival, error) {
	plain, err := d.payloadOf(ctx, row)
	if errors.Is(err, db.ErrNoPayload) {
		return arrival{}, fault.New(fault.NotFound, "payload_gone", "read inbox").About(row.Number)
	}
	if err != nil {
		return arrival{}, err
	}
	var kept arrival
	if err := json.Unmarshal(plain, &kept); err != nil {
		return arrival{}, fault.New(fault.Invalid, "payload_damaged", "read inbox").About(row.Number)
	}
	return kept, nil
}

// payloadOf reads the payload of a record. Where it stood may be history by now:
// retention moves what is open.
func (d *Desk) payloadOf(ctx context.Context, row store.Inbox) ([]byte, error) {
	key := store.InboxGetParams{Integration: row.Integration, Entity: row.Entity, SourceID: row.SourceID}
	for {
		plain, err := d.Payloads.Get(ctx, row.Integration, db.PayloadRef{Month: row.PayloadMonth, ID: row.PayloadID})
		if !errors.Is(err, db.ErrNoPayload) {
			return plain, err
		}
		now, err := db.Q.InboxGet(ctx, d.DB, key)
		switch {
		case db.IsNotFound(err) || err == nil && (now.Marker != row.Marker || now.PayloadID == row.PayloadID):
			return nil, db.ErrNoPayload
		case err != nil:
			return nil, fmt.Errorf("read the inbox: %w", err)
		}
		row = now
	}
}

func (k keptLedger) link(ctx context.Context, key db.LinkKey) (store.Link, bool, error) {
	return db.Links{DB: k.DB}.Get(ctx, key)
}

func (k keptLedger) take(ctx context.Context, key db.LinkKey, owner string, lease time.Duration) (recordLock, store.Link, error) {
	lock, link, err := db.Links{DB: k.DB}.Take(ctx, key, owner, lease)
	if err != nil {
		return nil, link, err
	}
	return lock, link, nil
}

func (k keptLedger) linkedTo(ctx context.Context, integration, targetID string) ([]store.LinkListByTargetsRow, error) {
	return db.Q.LinkListByTargets(ctx, k.DB, store.LinkListByTargetsParams{
		Integration: integration, Entity: string(domain.EntityOrder), TargetIds: []string{targetID},
	})
}

// linked is written even when the attempt was given up: the far side has done
// its part by then.
func (k keptLedger) linked(ctx context.Context, made store.LinkMadeParams, wrote mapping.Written) error {
	return k.inTx(ctx, func(tx pgx.Tx) error {
		if wrote != nil {
			key := db.LinkKey{Integration: made.Integration, Entity: made.Entity, SourceID: made.SourceID}
			if err := k.written().Put(ctx, tx, key, wrote); err != nil {
				return err
			}
		}
		return db.Q.LinkMade(ctx, tx, made)
	})
}

func (k keptLedger) lastWritten(ctx context.Context, key db.LinkKey) (mapping.Written, error) {
	return k.written().Get(ctx, key)
}

func (k keptLedger) written() db.Written { return db.Written{DB: k.DB, Box: k.Payloads.Box} }

func (k keptLedger) ended(ctx context.Context, end attemptEnd) error {
	return k.inTx(ctx, func(tx pgx.Tx) error {
		if err := k.stands(ctx, tx, end.booked, end.made); err != nil {
			return err
		}
		if end.seen != nil {
			if err := db.Q.LinkSeen(ctx, tx, *end.seen); err != nil {
				return fmt.Errorf("mark the link as seen: %w", err)
			}
		}
		if end.day != nil {
			if err := k.gathered(ctx, tx, end.attempt, *end.day); err != nil {
				return err
			}
		}
		return k.close(ctx, tx, end)
	})
}

// close writes the outcome of an attempt, closes what was parked of the record
// and marks this version as dealt with.
func (k keptLedger) close(ctx context.Context, tx pgx.Tx, end attemptEnd) error {
	a := end.attempt
	if err := db.Q.OutcomePut(ctx, tx, outcomeOf(ctx, a, end.outcome, end.code, end.targetID)); err != nil {
		return fmt.Errorf("store the outcome: %w", err)
	}
	if end.goesOn {
		return nil
	}
	record := store.ParkedCloseParams{
		Integration: a.Integration, Entity: string(domain.EntityOrder), SourceID: a.OrderID, ClosedBy: end.outcome,
	}
	if _, err := db.Q.ParkedClose(ctx, tx, record); err != nil {
		return fmt.Errorf("close what was parked: %w", err)
	}
	err := db.Q.InboxFinished(ctx, tx, store.InboxFinishedParams{
		Integration: a.Integration, Entity: string(domain.EntityOrder), SourceID: a.OrderID, Marker: a.Marker,
	})
	if err != nil {
		return fmt.Errorf("mark the order as dealt with: %w", err)
	}
	return nil
}
