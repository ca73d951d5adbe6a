package db

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/internal/secret"
)

// Secrets keeps the secrets of the outside systems, sealed with the master key.
type Secrets struct {
	DB  *pgxpool.Pool
	Box *secret.Box
}

// ErrNoSecret says that a secret was never set.
var ErrNoSecret = errors.New("secret is not set")

// SecretName is a secret that is set, without what it holds.
type SecretName struct {
	Name      string
	ChangedAt time.Time
}

// Put stores a secret, replacing what was there.
func (s Secrets) Put(ctx context.Context, integration, name string, value secret.Text) error {
	sealed, err := s.Box.Seal([]byte(value.Reveal()), secretPlace(integration, name))
	if err != nil {
		return err
	}
	err = Q.SecretPut(ctx, s.DB, store.SecretPutParams{Integration: integration, Name: name, Sealed: sealed})
	if err != nil {
		return fmt.Errorf("store secret %s: %w", name, err)
	}
	return nil
}

// Get reads a secret; ErrNoSecret when it was never set.
func (s Secrets) Get(ctx context.Context, integration, name string) (secret.Text, error) {
	row, err := Q.SecretGet(ctx, s.DB, store.SecretGetParams{Integration: integration, Name: name})
	if IsNotFound(err) {
		return "", fmt.Errorf("%s: %w", name, ErrNoSecret)
	}
	if err != nil {
		return "", fmt.Errorf("read secret %s: %w", name, err)
	}
	plain, err := s.Box.Open(row.Sealed, secretPlace(integration, name))
	if err != nil {
		return "", err
	}
	return secret.Text(plain), nil
}

// List names the secrets that are set.
func (s Secrets) List(ctx context.Context, integration string) ([]SecretName, error) {
	rows, err := Q.SecretList(ctx, s.DB, integration)
	if err != nil {
		return nil, fmt.Errorf("list secrets: %w", err)
	}
	names := make([]SecretName, len(rows))
	for i, row := range rows {
		names[i] = SecretName{Name: row.Name, ChangedAt: row.ChangedAt}
	}
	return names, nil
}

func secretPlace(integration, name string) string { return "secret/" + integration + "/" + name }
