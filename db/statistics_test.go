package db_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/testkit"
)

func TestAnalyze_CountsWhatHasGrownAndNothingElse(t *testing.T) {
	t.Parallel()
	pool := testkit.Database(t)
	fill := func(from, to int) {
		t.Helper()
		_, err := pool.Exec(t.Context(), `insert into catalog (integration, entity, source_id)
			select 'shop', 'product', n::text from generate_series($1::int, $2::int) as n`, from, to)
		require.NoError(t, err)
	}
	counted := func() (rows int) {
		t.Helper()
		require.NoError(t, pool.QueryRow(t.Context(), "select reltuples::int from pg_class where relname = 'catalog'").Scan(&rows))
		return rows
	}
	// PostgreSQL tells of changes within a second or so.
	analyzed := func(rows int) bool {
		require.NoError(t, db.Analyze(t.Context(), pool, "catalog", "written"))
		return counted() == rows
	}

	fill(1, 400)
	require.NoError(t, db.Analyze(t.Context(), pool, "catalog", "written"))
	require.Equal(t, -1, counted(), "too few to matter")
	fill(401, 1000)
	require.Eventually(t, func() bool { return analyzed(1000) }, time.Minute, 50*time.Millisecond)
	fill(1001, 1500)
	require.NoError(t, db.Analyze(t.Context(), pool, "catalog", "written"))
	require.Equal(t, 1000, counted(), "half as many again")
	fill(1501, 2500)
	require.Eventually(t, func() bool { return analyzed(2500) }, time.Minute, 50*time.Millisecond)
}
