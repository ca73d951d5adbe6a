package db

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/koppel/koppel/internal/secret"
)

// Resealed tells what became of the rows of one table.
type Resealed struct {
	Table      string
	Anew       int      // sealed anew just now
	Already    int      // sealed with the newest key before
	Unreadable []string // places that no key of the box opens
}

// resealPage is how many rows are read at a time.
const resealPage = 500

// Reseal seals everything with the key of the box that seals now. Each row is a
// step by itself, so it may break off at any point and be run again, beside
// processes that read and write: a row that changed meanwhile is looked at again.
func Reseal(ctx context.Context, pool *pgxpool.Pool, box *secret.Box) ([]Resealed, error) {
	var all []Resealed
	for _, table := range sealedTables() {
		if table.by == byMonth {
			continue
		}
		done, err := table.reseal(ctx, pool, box)
		all = append(all, done)
		if err != nil {
			return all, fmt.Errorf("seal table %s anew: %w", table.name, err)
		}
	}
	return all, nil
}

func (t sealedTable) reseal(ctx context.Context, pool *pgxpool.Pool, box *secret.Box) (Resealed, error) {
	done := Resealed{Table: t.name}
	var after []string
	for {
		rows, err := t.page(ctx, pool, after)
		if err != nil {
			return done, err
		}
		for _, row := range rows {
			if err := t.resealRow(ctx, pool, box, row, &done); err != nil {
				return done, err
			}
		}
		if len(rows) < resealPage {
			return done, nil
		}
		after = rows[len(rows)-1].key
	}
}

type sealedRow struct {
	key    []string
	sealed []byte
}

func (t sealedTable) resealRow(ctx context.Context, pool *pgxpool.Pool, box *secret.Box, row sealedRow, done *Resealed) error {
	for {
		place := t.place(row.key)
		anew, err := t.anew(box, row.sealed, place)
		switch {
		case err != nil:
			done.Unreadable = append(done.Unreadable, place)
			return nil
		case anew == nil:
			done.Already++
			return nil
		}
		stored, err := t.replace(ctx, pool, row, anew)
		if err != nil {
			return err
		}
		if stored {
			done.Anew++
			return nil
		}
		row.sealed, err = t.sealedOf(ctx, pool, row.key)
		if IsNotFound(err) || err == nil && len(row.sealed) == 0 {
			return nil // it was destroyed meanwhile
		}
		if err != nil {
			return err
		}
	}
}

func (t sealedTable) anew(box *secret.Box, sealed []byte, place string) ([]byte, error) {
	if t.by == byMasterInner {
		return box.ResealInner(sealed, place)
	}
	return box.Reseal(sealed, place)
}

// page reads the rows after a key, in the order of the key. A row that holds
// nothing is a key that was destroyed.
func (t sealedTable) page(ctx context.Context, pool *pgxpool.Pool, after []string) ([]sealedRow, error) {
	where, args := " where sealed <> ''", []any{}
	if after != nil {
		where += fmt.Sprintf(" and (%s) > (%s)", t.columns(), t.parameters(1))
		args = valuesOf(after)
	}
	texts := strings.ReplaceAll(t.columns(), ",", "::text,") + "::text"
	rows, err := pool.Query(ctx, fmt.Sprintf("select array[%s], sealed from %s%s order by %s limit %d", texts, t.table(), where, t.columns(), resealPage), args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (read sealedRow, err error) {
		err = row.Scan(&read.key, &read.sealed)
		return read, err
	})
}

func (t sealedTable) sealedOf(ctx context.Context, pool *pgxpool.Pool, key []string) (sealed []byte, err error) {
	err = pool.QueryRow(ctx, fmt.Sprintf("select sealed from %s where (%s) = (%s)", t.table(), t.columns(), t.parameters(1)), valuesOf(key)...).Scan(&sealed)
	return sealed, err
}

// replace stores what was sealed anew, if the row still is what it was. When it
// last changed is not touched: its content did not.
func (t sealedTable) replace(ctx context.Context, pool *pgxpool.Pool, row sealedRow, anew []byte) (stored bool, err error) {
	tag, err := pool.Exec(ctx, fmt.Sprintf("update %s set sealed = $1 where sealed = $2 and (%s) = (%s)", t.table(), t.columns(), t.parameters(3)),
		append([]any{anew, row.sealed}, valuesOf(row.key)...)...)
	return tag.RowsAffected() == 1, err
}

func (t sealedTable) table() string { return pgx.Identifier{t.name}.Sanitize() }

func (t sealedTable) columns() string {
	names := make([]string, len(t.key))
	for i, name := range t.key {
		names[i] = pgx.Identifier{name}.Sanitize()
	}
	return strings.Join(names, ",")
}

func (t sealedTable) parameters(first int) string {
	numbers := make([]string, len(t.key))
	for i := range t.key {
		numbers[i] = fmt.Sprintf("$%d", first+i)
	}
	return strings.Join(numbers, ",")
}

func valuesOf(key []string) []any {
	values := make([]any, len(key))
	for i, value := range key {
		values[i] = value
	}
	return values
}
