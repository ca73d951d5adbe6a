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

var (
	// ErrNoIntegration says that no document was applied under that name.
	ErrNoIntegration = errors.New("no such integration")
	// ErrNoVersion says that an integration has no version of that number. It is an ErrNoIntegration too.
	ErrNoVersion = fmt.Errorf("%w or version", ErrNoIntegration)
)

// Conflict says that another version is in force than the one that a writer began from.
type Conflict struct {
	Integration string
	From        int // 0: there should have been none
	InForce     int // 0: there is none
}

// Error tells the writer what to do.
func (c *Conflict) Error() string {
	switch {
	case c.InForce == 0:
		return fmt.Sprintf("%s has no document yet, so none was changed: it cannot be made from version %d", c.Integration, c.From)
	case c.From == 0:
		return fmt.Sprintf("%s has a document already, version %d: begin from that one", c.Integration, c.InForce)
	default:
		return fmt.Sprintf("somebody else was first: %s is at version %d, this was made from version %d. Make the change again from the newer one",
			c.Integration, c.InForce, c.From)
	}
}

// PutOption says more about a new version.
type PutOption func(*putting)

type putting struct{ over *int }

// Over lets a version be stored only when it was made from the one in force: a
// *Conflict otherwise. From version 0 there must be none yet.
func Over(version int) PutOption { return func(p *putting) { p.over = &version } }

// Put stores a new version and makes it current. Two at once get two versions,
// unless both say which one they were made Over.
func (d Documents) Put(ctx context.Context, integration string, yaml []byte, author, note string, options ...PutOption) (version int, err error) {
	var asked putting
	for _, option := range options {
		option(&asked)
	}
	err = pgx.BeginFunc(ctx, d.DB, func(tx pgx.Tx) error {
		if err := Q.IntegrationPut(ctx, tx, integration); err != nil {
			return err
		}
		current, err := Q.IntegrationLock(ctx, tx, integration)
		if err != nil {
			return err
		}
		if asked.over != nil && *asked.over != int(current) {
			return &Conflict{Integration: integration, From: *asked.over, InForce: int(current)}
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

// Get reads the text of one version; ErrNoVersion when there is none of that number.
func (d Documents) Get(ctx context.Context, integration string, version int) ([]byte, error) {
	_, text, err := d.Version(ctx, integration, version)
	return text, err
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
