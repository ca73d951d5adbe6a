package testkit

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/secret"
)

// Database gives the test a migrated database of its own.
func Database(t testing.TB) *pgxpool.Pool {
	t.Helper()
	url := DatabaseURL(t)
	pool, err := db.Open(context.Background(), url)
	require.NoError(t, err)
	t.Cleanup(pool.Close)
	return pool
}

// DatabaseURL gives the URL of a migrated database of the test's own, for a
// process that opens it itself.
func DatabaseURL(t testing.TB) string {
	t.Helper()
	return PostgresTemplate(t, "koppel", func(url string) error {
		pool, err := db.Open(context.Background(), url)
		if err != nil {
			return err
		}
		defer pool.Close()
		return db.Migrate(context.Background(), pool)
	})
}

// Box makes a box with a fresh key.
func Box(t testing.TB) *secret.Box {
	t.Helper()
	key, err := secret.NewKey()
	require.NoError(t, err)
	box, err := secret.OpenBox(key)
	require.NoError(t, err)
	return box
}
