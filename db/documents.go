package db

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/koppel/koppel/db/store"
)

// Documents keeps the versions of each integration's document. A version never
// changes; runs and attempts name the one they work under.
type Documents struct {
	DB *pgxpool.Pool
}

// ErrNoIntegration says that no document was applied under that name.
var ErrNoIntegration = errors.New("no such integration")

// Put stores a new version and makes it current. Two at once get two versions.
func (d Documents) Put(ctx context.Context, integration string, yaml []byte, author, note string) (version int, err error) {
	err = pgx.BeginFunc(ctx, d.DB, func(tx pgx.Tx) error {
		if err := Q.IntegrationPut(ctx, tx, integration); err != nil {
			return err
		}
		current, err := Q.IntegrationLock(ctx, tx, integration)
		if err != nil {
			return err
		}
		version = int(current) + 1
		err = Q.DocumentPut(ctx, tx, store.DocumentPutParams{
			Integration: integration, Version: int32(version), Yaml: string(yaml), Author: author, Note: note,
		})
		if err != nil {
			return err
		}
		return Q.IntegrationSetVersion(ctx, tx, store.IntegrationSetVersionParams{Slug: integration, Version: int32(version)})
	})
	if err != nil {
		return 0, fmt.Errorf("store document of %s: %w", integration, err)
	}
	return version, nil
}

// Current is the number of the version in force; ErrNoIntegration when there is none.
func (d Documents) Current(ctx context.Context, integration string) (int, error) {
	row, err := Q.IntegrationGet(ctx, d.DB, integration)
	if IsNotFound(err) || err == nil && row.CurrentVersion == 0 {
		return 0, fmt.Errorf("%q: %w", integration, ErrNoIntegration)
	}
	if err != nil {
		return 0, fmt.Errorf("read integration %s: %w", integration, err)
	}
	return int(row.CurrentVersion), nil
}

// Get reads one version.
func (d Documents) Get(ctx context.Context, integration string, version int) ([]byte, error) {
	row, err := Q.DocumentGet(ctx, d.DB, store.DocumentGetParams{Integration: integration, Version: int32(version)})
	if IsNotFound(err) {
		return nil, fmt.Errorf("%q version %d: %w", integration, version, ErrNoIntegration)
	}
	if err != nil {
		return nil, fmt.Errorf("read document %s version %d: %w", integration, version, err)
	}
	return []byte(row.Yaml), nil
}

// List names all integrations that have a document.
func (d Documents) List(ctx context.Context) ([]string, error) {
	rows, err := Q.IntegrationList(ctx, d.DB)
	if err != nil {
		return nil, fmt.Errorf("list integrations: %w", err)
	}
	names := make([]string, len(rows))
	for i, row := range rows {
		names[i] = row.Slug
	}
	return names, nil
}
