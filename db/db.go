// Package db keeps everything Koppel must not forget in PostgreSQL: what
// arrived, what was linked to what, how each attempt ended, what waits for a
// person, and, encrypted, secrets and payloads.
package db

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"github.com/koppel/koppel/db/store"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Q runs the queries. It has no state; each call names its pool or transaction.
var Q = store.New()

// defaultConns is how many connections a process keeps at most, where the URL
// does not say (pool_max_conns): a renewal of tokens holds one while its call
// needs another, so the driver's own four would let four of them wait for ever.
const defaultConns = 16

// Open connects to the database and checks that it answers.
func Open(ctx context.Context, url string) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, errors.New("the database URL cannot be read: write postgres://user:password@host:port/name") // the error would show the password
	}
	if !strings.Contains(url, "pool_max_conns") {
		config.MaxConns = max(config.MaxConns, defaultConns)
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, fmt.Errorf("the database does not answer at %s:%d: %w", config.ConnConfig.Host, config.ConnConfig.Port, cause(err))
	}
	return pool, nil
}

// cause leaves the user and database name out of a connection error.
func cause(err error) error {
	if failed, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return failed.Unwrap()
	}
	return err
}

// Migrate brings the schema to this build's version. It is safe to run from
// several processes at once.
func Migrate(ctx context.Context, pool *pgxpool.Pool) error {
	provider, closeDB, err := provider(pool)
	if err != nil {
		return err
	}
	defer closeDB()
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	defer conn.Release()
	const lock = 0x6b6f7070656c // "koppel"
	if _, err := conn.Exec(ctx, "select pg_advisory_lock($1)", int64(lock)); err != nil {
		return fmt.Errorf("migrate: wait for another migration: %w", err)
	}
	defer func() { _, _ = conn.Exec(context.WithoutCancel(ctx), "select pg_advisory_unlock($1)", int64(lock)) }()
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// ErrNotMigrated says that the database's schema is older than this build.
var ErrNotMigrated = errors.New("the database schema is older than this build: run 'koppel migrate'")

// CheckMigrated answers ErrNotMigrated when Migrate has something to do.
func CheckMigrated(ctx context.Context, pool *pgxpool.Pool) error {
	provider, closeDB, err := provider(pool)
	if err != nil {
		return err
	}
	defer closeDB()
	pending, err := provider.HasPending(ctx)
	switch {
	case err != nil:
		return fmt.Errorf("read the schema version: %w", err)
	case pending:
		return ErrNotMigrated
	default:
		return nil
	}
}

func provider(pool *pgxpool.Pool) (*goose.Provider, func(), error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, nil, fmt.Errorf("read the migrations: %w", err)
	}
	var handle *sql.DB = stdlib.OpenDBFromPool(pool)
	p, err := goose.NewProvider(goose.DialectPostgres, handle, files)
	if err != nil {
		_ = handle.Close()
		return nil, nil, fmt.Errorf("read the migrations: %w", err)
	}
	return p, func() { _ = handle.Close() }, nil
}

// IsNotFound reports whether a query for one row found none.
func IsNotFound(err error) bool { return errors.Is(err, pgx.ErrNoRows) }

// Interval turns a duration into what an interval parameter takes.
func Interval(d time.Duration) pgtype.Interval {
	return pgtype.Interval{Microseconds: d.Microseconds(), Valid: true}
}
