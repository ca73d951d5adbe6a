package db

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/internal/secret"
)

// Written remembers what we last wrote to a record of the target: by field a
// fingerprint of the value, never the value. It is encrypted all the same, since
// short values (a postcode, a phone number) can be guessed from a fingerprint.
type Written struct {
	DB  *pgxpool.Pool
	Box *secret.Box
}

// Put replaces what is remembered of a record, in the caller's transaction.
func (w Written) Put(ctx context.Context, tx store.DBTX, key LinkKey, fields map[string]string) error {
	plain, err := json.Marshal(fields)
	if err != nil {
		return fmt.Errorf("encode what was written: %w", err)
	}
	sealed, err := w.Box.Seal(plain, writtenPlace(key))
	if err != nil {
		return err
	}
	err = Q.WrittenPut(ctx, tx, store.WrittenPutParams{Integration: key.Integration, Entity: key.Entity, SourceID: key.SourceID, Sealed: sealed})
	if err != nil {
		return fmt.Errorf("remember what was written: %w", err)
	}
	return nil
}

// Get gives what is remembered of a record; nil when we never wrote it.
func (w Written) Get(ctx context.Context, key LinkKey) (map[string]string, error) {
	sealed, err := Q.WrittenGet(ctx, w.DB, store.WrittenGetParams(key))
	if IsNotFound(err) {
		return nil, nil //nolint:nilnil // nothing remembered is an answer
	}
	if err != nil {
		return nil, fmt.Errorf("read what was written: %w", err)
	}
	return w.open(key, sealed)
}

// List gives what is remembered of several records, by their key at the source.
func (w Written) List(ctx context.Context, integration, entity string, sourceIDs []string) (map[string]map[string]string, error) {
	rows, err := Q.WrittenList(ctx, w.DB, store.WrittenListParams{Integration: integration, Entity: entity, SourceIds: sourceIDs})
	if err != nil {
		return nil, fmt.Errorf("read what was written: %w", err)
	}
	all := make(map[string]map[string]string, len(rows))
	for _, row := range rows {
		fields, err := w.open(LinkKey{Integration: integration, Entity: entity, SourceID: row.SourceID}, row.Sealed)
		if err != nil {
			return nil, err
		}
		all[row.SourceID] = fields
	}
	return all, nil
}

func (w Written) open(key LinkKey, sealed []byte) (map[string]string, error) {
	plain, err := w.Box.Open(sealed, writtenPlace(key))
	if err != nil {
		return nil, err
	}
	var fields map[string]string
	if err := json.Unmarshal(plain, &fields); err != nil {
		return nil, fmt.Errorf("read what was written: %w", err)
	}
	return fields, nil
}

func writtenPlace(key LinkKey) string {
	return "written/" + key.Integration + "/" + key.Entity + "/" + key.SourceID
}
