package db

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
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
	keys       map[payloadMonth]*secret.Box
	partitions map[time.Time]bool
}

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

type payloadMonth struct {
	integration string
	month       time.Time
}

// Prepare makes this month's partition and key, outside any transaction of the
// caller, and gives the reference under which one payload can then be Put.
func (p *Payloads) Prepare(ctx context.Context, integration string, now time.Time) (PayloadRef, error) {
	month := time.Date(now.UTC().Year(), now.UTC().Month(), 1, 0, 0, 0, 0, time.UTC)
	if err := p.partition(ctx, month); err != nil {
		return PayloadRef{}, err
	}
	if _, err := p.key(ctx, payloadMonth{integration, month}, keyMade); err != nil {
		return PayloadRef{}, err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return PayloadRef{}, fmt.Errorf("name a payload: %w", err)
	}
	return PayloadRef{Month: month, ID: id}, nil
}

// Put stores a payload under a prepared reference, in the caller's transaction.
func (p *Payloads) Put(ctx context.Context, db store.DBTX, integration string, ref PayloadRef, plain []byte) error {
	box, err := p.key(ctx, payloadMonth{integration, ref.Month}, keyMade)
	if err != nil {
		return err
	}
	sealed, err := box.Seal(plain, "payload/"+ref.ID.String())
	if err != nil {
		return err
	}
	err = Q.PayloadPut(ctx, db, store.PayloadPutParams{ID: ref.ID, Integration: integration, Month: ref.Month, Sealed: sealed})
	if err != nil {
		return fmt.Errorf("store a payload: %w", err)
	}
	return nil
}

// Get reads a payload.
func (p *Payloads) Get(ctx context.Context, integration string, ref PayloadRef) ([]byte, error) {
	sealed, err := Q.PayloadGet(ctx, p.DB, store.PayloadGetParams{Integration: integration, Month: ref.Month, ID: ref.ID})
	if IsNotFound(err) {
		return nil, ErrNoPayload
	}
	if err != nil {
		return nil, fmt.Errorf("read a payload: %w", err)
	}
	box, err := p.key(ctx, payloadMonth{integration, ref.Month}, keyAsItIs)
	if err != nil {
		return nil, err
	}
	return box.Open(sealed, "payload/"+ref.ID.String())
}

// keyWanted says what becomes of a month without a key.
type keyWanted int

const (
	keyMade   keyWanted = iota // it is made, once over all processes
	keyAsItIs                  // it was destroyed, and its payloads with it
)

// key gives the month's key.
func (p *Payloads) key(ctx context.Context, of payloadMonth, wanted keyWanted) (*secret.Box, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if box := p.keys[of]; box != nil {
		return box, nil
	}
	place := payloadKeyPlace(of.integration, of.month.Format("2006-01"))
	row := store.PayloadKeyGetParams{Integration: of.integration, Month: of.month}
	sealed, err := Q.PayloadKeyGet(ctx, p.DB, row)
	if IsNotFound(err) {
		if wanted == keyAsItIs {
			return nil, ErrNoPayload
		}
		if _, sealed, err = p.Box.NewInner(place); err != nil {
			return nil, err
		}
		if err = Q.PayloadKeyPut(ctx, p.DB, store.PayloadKeyPutParams{Integration: of.integration, Month: of.month, Sealed: sealed}); err == nil {
			sealed, err = Q.PayloadKeyGet(ctx, p.DB, row) // another process may have been first
		}
	}
	if err != nil {
		return nil, fmt.Errorf("read the payload key: %w", err)
	}
	box, err := p.Box.OpenInner(sealed, place)
	if err != nil {
		return nil, err
	}
	if p.keys == nil {
		p.keys = map[payloadMonth]*secret.Box{}
	}
	p.keys[of] = box
	return box, nil
}

func payloadKeyPlace(integration, month string) string {
	return "payload_key/" + integration + "/" + month
}

func (p *Payloads) partition(ctx context.Context, month time.Time) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.partitions[month] {
		return nil
	}
	name := pgx.Identifier{"payload_" + month.Format("2006_01")}.Sanitize()
	err := pgx.BeginFunc(ctx, p.DB, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "select pg_advisory_xact_lock(hashtext('payload partition'))"); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, fmt.Sprintf("create table if not exists %s partition of payload for values from ('%s') to ('%s')",
			name, month.Format(time.DateOnly), month.AddDate(0, 1, 0).Format(time.DateOnly)))
		return err
	})
	if err != nil {
		return fmt.Errorf("make the payload partition of %s: %w", month.Format("2006-01"), err)
	}
	if p.partitions == nil {
		p.partitions = map[time.Time]bool{}
	}
	p.partitions[month] = true
	return nil
}
