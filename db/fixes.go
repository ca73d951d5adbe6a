package db

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/internal/secret"
)

// Fixes keeps what people want changed so that parked records can pass, from the
// moment they say it until it took effect. It may hold personal data: it is
// encrypted, and none is left once it took effect.
type Fixes struct {
	DB  *pgxpool.Pool
	Box *secret.Box
}

// Kinds of fixes.
const (
	FixPayload = "payload" // the record itself, edited
	FixLookup  = "lookup"  // a row of a lookup table
)

// FixAccepted is the state of a fix that took effect.
const FixAccepted = "accepted"

// ErrNoFix says that there is no such fix, or no longer.
var ErrNoFix = errors.New("there is no such fix")

// Fix is a fix and what it holds.
type Fix struct {
	store.Fix
	Content []byte // none once it took effect
}

// Put keeps a fix and names it.
func (f Fixes) Put(ctx context.Context, fix store.FixPutParams, content []byte) (uuid.UUID, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return uuid.Nil, fmt.Errorf("name a fix: %w", err)
	}
	fix.ID = id
	if fix.Sealed, err = f.Box.Seal(content, fixPlace(id)); err != nil {
		return uuid.Nil, err
	}
	if err := Q.FixPut(ctx, f.DB, fix); err != nil {
		return uuid.Nil, fmt.Errorf("keep a fix: %w", err)
	}
	return id, nil
}

// Get reads a fix; ErrNoFix when there is none.
func (f Fixes) Get(ctx context.Context, integration, id string) (Fix, error) {
	named, err := uuid.Parse(id)
	if err != nil {
		return Fix{}, ErrNoFix
	}
	row, err := Q.FixGet(ctx, f.DB, store.FixGetParams{ID: named, Integration: integration})
	if IsNotFound(err) {
		return Fix{}, ErrNoFix
	}
	if err != nil {
		return Fix{}, fmt.Errorf("read a fix: %w", err)
	}
	fix := Fix{Fix: row}
	if len(row.Sealed) > 0 {
		fix.Content, err = f.Box.Open(row.Sealed, fixPlace(named))
	}
	return fix, err
}

func fixPlace(id uuid.UUID) string { return "fix/" + id.String() }
