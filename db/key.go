package db

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/koppel/koppel/internal/secret"
)

// ErrWrongKey says that a master key opens nothing of what is stored.
var ErrWrongKey = errors.New("KOPPEL_KEY is not the key that this database was sealed with: it opens nothing of what is stored. " +
	"Start this with the key that the other processes have, or with the copy that was kept of it (KOPPEL_KEY, or the file that KOPPEL_KEY_FILE names)")

// CheckKey compares a master key with what is stored, so that nothing is sealed
// with a stray key beside it: ErrWrongKey where there is something and the key
// opens none of it. It looks at the first rows of each table only; a damaged row
// among good ones is no sign of another key.
func CheckKey(ctx context.Context, pool *pgxpool.Pool, box *secret.Box) error {
	sealed := 0
	for _, table := range sealedTables() {
		if table.by == byMonth {
			continue
		}
		rows, err := table.page(ctx, pool, nil)
		if err != nil {
			return fmt.Errorf("read table %s: %w", table.name, err)
		}
		for _, row := range rows {
			if table.opens(box, row) {
				return nil
			}
		}
		sealed += len(rows)
	}
	if sealed == 0 {
		return nil
	}
	return ErrWrongKey
}

func (t sealedTable) opens(box *secret.Box, row sealedRow) bool {
	place := t.place(row.key)
	if t.by == byMasterInner {
		_, err := box.OpenInner(row.sealed, place)
		return err == nil
	}
	_, err := box.Open(row.sealed, place)
	return err == nil
}
