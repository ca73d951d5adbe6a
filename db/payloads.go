package db

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/internal/secret"
)

// Payloads keeps what came, what was sent and what was answered: encrypted with
// a key per integration and month, so that retention can destroy a month.
type Payloads struct {
	DB  *pgxpool.Pool
	Box *secret.Box

	mu         sync.Mutex
	keys       map[payloadMonth]monthKey
	partitions map[time.Time]time.Time // month to when it was seen to exist
}

// monthKey is a key that was opened. It is used only together with a statement
// that finds the same key in the database: what was destroyed there opens
// nothing here.
type monthKey struct {
	box    *secret.Box
	sealed []byte
	since  time.Time
}

// keptOpen is how long an opened key stays in memory, and how long a partition
// is taken to exist.
const keptOpen = 10 * time.Minute

// PayloadRef says where a payload is kept. It is no personal data and may enter a history.
type PayloadRef struct {
	Month time.Time // first day of the month, UTC
	ID    uuid.UUID
}

// IsZero reports whether the reference refers to nothing.
func (r PayloadRef) IsZero() bool { return r.ID == uuid.Nil }

// String writes the reference in the form that ParsePayloadRef reads.
func (r PayloadRef) String() string { return r.Month.Format("2006-01") + "/" + r.ID.String() }

// ParsePayloadRef reads what String wrote.
func ParsePayloadRef(text string) (PayloadRef, error) {
	month, id, _ := strings.Cut(text, "/")
	at, err := time.Parse("2006-01", month)
	if err != nil {
		return PayloadRef{}, errors.New("a payload reference is written as YYYY-MM/id")
	}
	parsed, err := uuid.Parse(id)
	if err != nil {
		return PayloadRef{}, errors.New("a payload reference is written as YYYY-MM/id")
	}
	return PayloadRef{Month: at, ID: parsed}, nil
}

// ErrNoPayload says that a payload is gone: its month was dropped by retention.
var ErrNoPayload = errors.New("the payload is no longer kept")

// ErrMonthForgotten says that a payload was prepared for a month that retention
// forgot before it was stored. Nothing is stored: prepare anew.
var ErrMonthForgotten = errors.New("the month of this payload was forgotten meanwhile: prepare it anew")

type payloadMonth struct {
	integration string
	month       time.Time
}

// MonthOf is the month under which a payload of this moment is kept.
func MonthOf(at time.Time) time.Time {
	return time.Date(at.UTC().Year(), at.UTC().Month(), 1, 0, 0, 0, 0, time.UTC)
}

// Prepare makes this month's partition and key, outside any transaction of the
// caller, and gives the reference under which one payload can then be Put.
func (p *Payloads) Prepare(ctx context.Context, integration string, now time.Time) (PayloadRef, error) {
	month := MonthOf(now)
	if err := p.partition(ctx, month); err != nil {
		return PayloadRef{}, err
	}
	if _, err := p.key(ctx, payloadMonth{integration, month}); err != nil {
		return PayloadRef{}, err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return PayloadRef{}, fmt.Errorf("name a payload: %w", err)
	}
	return PayloadRef{Month: month, ID: id}, nil
}

// Put stores a payload under a prepared reference, in the caller's transaction.
// Until that ends, retention waits for it. ErrMonthForgotten: retention was first.
func (p *Payloads) Put(ctx context.Context, db store.DBTX, integration string, ref PayloadRef, plain []byte) error {
	of := payloadMonth{integration, ref.Month}
	for range 2 { // the key in memory may have been sealed anew, under another master key
		key, err := p.preparedKey(ctx, db, of)
		if err != nil {
			return err
		}
		sealed, err := key.box.Seal(plain, payloadPlace(ref))
		if err != nil {
			return err
		}
		found, err := Q.PayloadPut(ctx, db, store.PayloadPutParams{
			ID: ref.ID, Integration: integration, Month: ref.Month, Key: key.sealed, Sealed: sealed,
		})
		if err == nil && found > 0 {
			return nil
		}
		p.forget(of)
		if failed, ok := errors.AsType[*pgconn.PgError](err); ok && failed.Code == noPartition {
			break
		}
		if err != nil {
			return fmt.Errorf("store a payload: %w", err)
		}
	}
	return ErrMonthForgotten
}

// noPartition is PostgreSQL's code for a row that fits in no partition.
const noPartition = "23514"

// Get reads a payload.
func (p *Payloads) Get(ctx context.Context, integration string, ref PayloadRef) ([]byte, error) {
	return p.get(ctx, p.DB, integration, ref)
}

func (p *Payloads) get(ctx context.Context, db store.DBTX, integration string, ref PayloadRef) ([]byte, error) {
	row, err := Q.PayloadGet(ctx, db, store.PayloadGetParams{Integration: integration, Month: ref.Month, ID: ref.ID})
	if IsNotFound(err) {
		return nil, ErrNoPayload
	}
	if err != nil {
		return nil, fmt.Errorf("read a payload: %w", err)
	}
	p.mu.Lock()
	key, err := p.opened(payloadMonth{integration, ref.Month}, row.Key)
	p.mu.Unlock()
	if err != nil {
		return nil, err
	}
	return key.box.Open(row.Sealed, payloadPlace(ref))
}

func payloadPlace(ref PayloadRef) string { return "payload/" + ref.ID.String() }

// key gives the month's key, and makes it when there is none: once over all processes.
func (p *Payloads) key(ctx context.Context, of payloadMonth) (monthKey, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if key, ok := p.keys[of]; ok && time.Since(key.since) < keptOpen {
		return key, nil
	}
	row := store.PayloadKeyGetParams{Integration: of.integration, Month: of.month}
	sealed, err := Q.PayloadKeyGet(ctx, p.DB, row)
	if IsNotFound(err) {
		if _, sealed, err = p.Box.NewInner(keyPlace(of)); err != nil {
			return monthKey{}, err
		}
		if err = Q.PayloadKeyPut(ctx, p.DB, store.PayloadKeyPutParams{Integration: of.integration, Month: of.month, Sealed: sealed}); err == nil {
			sealed, err = Q.PayloadKeyGet(ctx, p.DB, row) // another process may have been first
		}
	}
	if IsNotFound(err) {
		return monthKey{}, ErrMonthForgotten
	}
	if err != nil {
		return monthKey{}, fmt.Errorf("read the payload key: %w", err)
	}
	return p.opened(of, sealed)
}

// preparedKey gives the key of a month that was prepared. What it asks, it asks in
// the caller's transaction: one that waits for a second connection, while others
// do the same, could wait for ever. A key in memory may be old, for the row is
// only stored beside that very key.
func (p *Payloads) preparedKey(ctx context.Context, db store.DBTX, of payloadMonth) (monthKey, error) {
	p.mu.Lock()
	key, ok := p.keys[of]
	p.mu.Unlock()
	if ok {
		return key, nil
	}
	sealed, err := Q.PayloadKeyGet(ctx, db, store.PayloadKeyGetParams{Integration: of.integration, Month: of.month})
	if IsNotFound(err) {
		return monthKey{}, ErrMonthForgotten
	}
	if err != nil {
		return monthKey{}, fmt.Errorf("read the payload key: %w", err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.opened(of, sealed)
}

// opened opens a key that the database holds, and keeps it for a while. The
// caller holds the lock.
func (p *Payloads) opened(of payloadMonth, sealed []byte) (monthKey, error) {
	if key, ok := p.keys[of]; ok && time.Since(key.since) < keptOpen && bytes.Equal(key.sealed, sealed) {
		return key, nil
	}
	box, err := p.Box.OpenInner(sealed, keyPlace(of))
	if err != nil {
		return monthKey{}, fmt.Errorf("%w: %w", ErrKeyNotOurs, err)
	}
	maps.DeleteFunc(p.keys, func(_ payloadMonth, key monthKey) bool { return time.Since(key.since) >= keptOpen })
	if p.keys == nil {
		p.keys = map[payloadMonth]monthKey{}
	}
	p.keys[of] = monthKey{box: box, sealed: sealed, since: time.Now()}
	return p.keys[of], nil
}

// ErrKeyNotOurs says that the master key does not open the key of a month.
var ErrKeyNotOurs = errors.New("the master key of this process does not open the payloads")

func keyPlace(of payloadMonth) string {
	return payloadKeyPlace(of.integration, of.month.Format("2006-01"))
}

// forget takes a month out of memory.
func (p *Payloads) forget(of payloadMonth) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.keys, of)
	delete(p.partitions, of.month)
}

func payloadKeyPlace(integration, month string) string {
	return "payload_key/" + integration + "/" + month
}

func (p *Payloads) partition(ctx context.Context, month time.Time) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if seen, ok := p.partitions[month]; ok && time.Since(seen) < keptOpen {
		return nil
	}
	err := pgx.BeginFunc(ctx, p.DB, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, partitionLock); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, fmt.Sprintf("create table if not exists %s partition of payload for values from ('%s') to ('%s')",
			pgx.Identifier{partitionName(month)}.Sanitize(), month.Format(time.DateOnly), month.AddDate(0, 1, 0).Format(time.DateOnly)))
		return err
	})
	if err != nil {
		return fmt.Errorf("make the payload partition of %s: %w", month.Format("2006-01"), err)
	}
	if p.partitions == nil {
		p.partitions = map[time.Time]time.Time{}
	}
	p.partitions[month] = time.Now()
	return nil
}

// partitionLock keeps those who make and drop partitions apart.
const partitionLock = "select pg_advisory_xact_lock(hashtext('payload partition'))"

const partitionForm = "payload_2006_01"

func partitionName(month time.Time) string { return month.Format(partitionForm) }
