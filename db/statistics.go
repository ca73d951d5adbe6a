package db

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/koppel/koppel/db/store"
)

// tablesGrown lists tables that changed by more rows than the planner knows them to
// have. It reads views that sqlc does not know.
const tablesGrown = `select s.relname::text from pg_stat_user_tables s join pg_class c on c.oid = s.relid
where s.schemaname = current_schema() and s.relname = any($1) and s.n_mod_since_analyze > greatest(c.reltuples, 500)
order by s.relname`

// Analyze has PostgreSQL count the named tables that have doubled since it last did. It
// does so by itself only after a minute or so: a first load of many thousand records
// would go by plans for an empty table, which read all of it for every page.
func Analyze(ctx context.Context, conn store.DBTX, tables ...string) error {
	rows, err := conn.Query(ctx, tablesGrown, tables)
	if err != nil {
		return fmt.Errorf("see which tables have grown: %w", err)
	}
	grown, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return fmt.Errorf("see which tables have grown: %w", err)
	}
	for _, table := range grown {
		if _, err := conn.Exec(ctx, "analyze (skip_locked) "+pgx.Identifier{table}.Sanitize()); err != nil {
			return fmt.Errorf("count the rows of %s: %w", table, err)
		}
	}
	return nil
}
