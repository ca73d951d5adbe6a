package db

import (
	"bytes"
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/internal/secret"
)

// Tokens keeps the OAuth tokens of a connection, sealed with the master key. Its
// row lock makes one refresher however many workers ask at the same time.
type Tokens struct {
	DB  *pgxpool.Pool
	Box *secret.Box
}

// Put stores the tokens of a first consent.
func (t Tokens) Put(ctx context.Context, integration, system string, token []byte) error {
	return t.put(ctx, t.DB, integration, system, token)
}

// Current reads the tokens in use; ErrNoSecret when there was no consent yet.
func (t Tokens) Current(ctx context.Context, integration, system string) ([]byte, error) {
	sealed, err := Q.TokenGet(ctx, t.DB, store.TokenGetParams{Integration: integration, System: system})
	return t.open(integration, system, sealed, err)
}

// Renew replaces the tokens. When another worker replaced used meanwhile, its
// tokens are given and renew is not called. What renew gives is stored before
// it is given back, so a refresh token that rotated is never used unstored.
func (t Tokens) Renew(ctx context.Context, integration, system string, used []byte,
	renew func(ctx context.Context, current []byte) ([]byte, error),
) ([]byte, error) {
	var token []byte
	// The far side rotates once it is asked, whatever becomes of the asker: so the
	// answer is stored even when the caller has gone.
	stored := context.WithoutCancel(ctx)
	err := pgx.BeginFunc(stored, t.DB, func(tx pgx.Tx) error {
		sealed, err := Q.TokenLock(ctx, tx, store.TokenLockParams{Integration: integration, System: system})
		current, err := t.open(integration, system, sealed, err)
		if err != nil {
			return err
		}
		if !bytes.Equal(current, used) {
			token = current
			return nil
		}
		if token, err = renew(ctx, current); err != nil {
			return err
		}
		return t.put(stored, tx, integration, system, token)
	})
	return token, err
}

func (t Tokens) put(ctx context.Context, db store.DBTX, integration, system string, token []byte) error {
	sealed, err := t.Box.Seal(token, tokenPlace(integration, system))
	if err != nil {
		return err
	}
	if err := Q.TokenPut(ctx, db, store.TokenPutParams{Integration: integration, System: system, Sealed: sealed}); err != nil {
		return fmt.Errorf("store the %s tokens: %w", system, err)
	}
	return nil
}

func (t Tokens) open(integration, system string, sealed []byte, err error) ([]byte, error) {
	if IsNotFound(err) {
		return nil, fmt.Errorf("%s consent: %w", system, ErrNoSecret)
	}
	if err != nil {
		return nil, fmt.Errorf("read the %s tokens: %w", system, err)
	}
	return t.Box.Open(sealed, tokenPlace(integration, system))
}

func tokenPlace(integration, system string) string { return "token/" + integration + "/" + system }
