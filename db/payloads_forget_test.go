package db_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/internal/testkit"
)

var (
	summer = time.Date(2026, 6, 30, 23, 59, 59, 0, time.UTC)
	autumn = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
)

func newPayloads(t *testing.T) (*db.Payloads, *pgxpool.Pool) {
	t.Helper()
	pool := testkit.Database(t)
	return &db.Payloads{DB: pool, Box: testkit.Box(t)}, pool
}

func put(t *testing.T, p *db.Payloads, integration string, at time.Time) db.PayloadRef {
	t.Helper()
	ref, err := p.Prepare(t.Context(), integration, at)
	require.NoError(t, err)
	require.NoError(t, p.Put(t.Context(), p.DB, integration, ref, []byte("planted")))
	return ref
}

func destroy(t *testing.T, p *db.Payloads, integration string, month time.Time) {
	t.Helper()
	open, err := p.Destroy(t.Context(), integration, month)
	require.NoError(t, err)
	require.Zero(t, open)
}

func TestPayloads_ADestroyedMonthOpensInNoProcess(t *testing.T) {
	t.Parallel()
	p, pool := newPayloads(t)
	other := &db.Payloads{DB: pool, Box: p.Box}
	old, kept, theirs := put(t, p, "shop", summer), put(t, p, "shop", autumn), put(t, p, "other", summer)
	_, err := other.Get(t.Context(), "shop", old)
	require.NoError(t, err, "now both processes hold the key in memory")

	destroy(t, p, "shop", old.Month)
	for _, process := range []*db.Payloads{p, other} {
		_, err = process.Get(t.Context(), "shop", old)
		require.ErrorIs(t, err, db.ErrNoPayload)
		_, err = process.Get(t.Context(), "shop", kept)
		require.NoError(t, err)
		_, err = process.Get(t.Context(), "other", theirs)
		require.NoError(t, err, "a month is destroyed for one integration")
	}
	var left int
	require.NoError(t, pool.QueryRow(t.Context(), "select count(*) from payload_key where integration = 'shop' and month = $1 and sealed <> ''", old.Month).Scan(&left))
	require.Zero(t, left, "the key itself is gone")
	destroy(t, p, "shop", old.Month)
}

// A payload prepared before a month was destroyed must not be sealed with a key
// that only this process still knows.
func TestPayloads_APutIntoADestroyedMonthStoresNothing(t *testing.T) {
	t.Parallel()
	p, pool := newPayloads(t)
	other := &db.Payloads{DB: pool, Box: p.Box}
	put(t, p, "shop", summer)
	late, err := other.Prepare(t.Context(), "shop", summer)
	require.NoError(t, err)

	destroy(t, p, "shop", late.Month)
	require.ErrorIs(t, other.Put(t.Context(), pool, "shop", late, []byte("late")), db.ErrMonthForgotten)
	_, err = other.Prepare(t.Context(), "shop", summer)
	require.ErrorIs(t, err, db.ErrMonthForgotten, "while it is being forgotten, a month gets no new key")

	for deleted := int64(1); deleted > 0; {
		deleted, err = p.Delete(t.Context(), "shop", late.Month, 10)
		require.NoError(t, err)
	}
	n, err := p.DropPartitions(t.Context(), autumn)
	require.NoError(t, err)
	require.Equal(t, 1, n)
	late, err = other.Prepare(t.Context(), "shop", summer)
	require.NoError(t, err)
	require.ErrorIs(t, other.Put(t.Context(), pool, "shop", late, []byte("late")), db.ErrMonthForgotten, "it took the partition to be there")
	ref := put(t, other, "shop", summer) // a clock that is wrong: it can still be read, and is forgotten again
	plain, err := p.Get(t.Context(), "shop", ref)
	require.NoError(t, err)
	require.Equal(t, "planted", string(plain))
	months, err := p.MonthsBefore(t.Context(), "shop", autumn)
	require.NoError(t, err)
	require.Len(t, months, 1)
}

func TestPayloads_DestroyWaitsForAPutThatIsUnderWay(t *testing.T) {
	t.Parallel()
	p, pool := newPayloads(t)
	ref, err := p.Prepare(t.Context(), "shop", summer)
	require.NoError(t, err)
	tx, err := pool.Begin(t.Context())
	require.NoError(t, err)
	defer func() { _ = tx.Rollback(context.Background()) }()
	require.NoError(t, p.Put(t.Context(), tx, "shop", ref, []byte("planted")))
	insertInbox(t, tx, ref)

	open := make(chan int64, 1)
	go func() {
		n, err := (&db.Payloads{DB: pool, Box: p.Box}).Destroy(context.Background(), "shop", ref.Month)
		if err != nil {
			t.Errorf("destroy: %v", err)
		}
		open <- n
	}()
	require.Eventually(t, func() bool { // it waits for us
		var waiting int
		require.NoError(t, pool.QueryRow(t.Context(), "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'").Scan(&waiting))
		return waiting == 1
	}, 10*time.Second, 10*time.Millisecond)
	require.NoError(t, tx.Commit(t.Context()))
	require.EqualValues(t, 1, <-open, "it sees what came at the last moment, and destroys nothing")
	_, err = p.Get(t.Context(), "shop", ref)
	require.NoError(t, err)
}

func insertInbox(t *testing.T, tx store.DBTX, ref db.PayloadRef) {
	t.Helper()
	_, err := db.Q.InboxPut(t.Context(), tx, store.InboxPutParams{
		Integration: "shop", Entity: "order", SourceID: "a1", Number: "2026.1", Marker: 1, ContentHash: "h",
		PayloadMonth: ref.Month, PayloadID: ref.ID,
	})
	require.NoError(t, err)
}

func TestPayloads_MoveIsAllOrNothing(t *testing.T) {
	t.Parallel()
	p, pool := newPayloads(t)
	old := put(t, p, "shop", summer)
	to, err := p.Prepare(t.Context(), "shop", autumn)
	require.NoError(t, err)

	tx, err := pool.Begin(t.Context())
	require.NoError(t, err)
	require.NoError(t, p.Move(t.Context(), tx, "shop", old, to))
	require.NoError(t, tx.Rollback(t.Context())) // the process dies here
	_, err = p.Get(t.Context(), "shop", old)
	require.NoError(t, err)
	_, err = p.Get(t.Context(), "shop", to)
	require.ErrorIs(t, err, db.ErrNoPayload)

	require.NoError(t, pgx.BeginFunc(t.Context(), pool, func(tx pgx.Tx) error { return p.Move(t.Context(), tx, "shop", old, to) }))
	plain, err := p.Get(t.Context(), "shop", to)
	require.NoError(t, err)
	require.Equal(t, "planted", string(plain))
	_, err = p.Get(t.Context(), "shop", old)
	require.ErrorIs(t, err, db.ErrNoPayload)
	gone := db.PayloadRef{Month: old.Month, ID: uuid.New()}
	require.ErrorIs(t, pgx.BeginFunc(t.Context(), pool, func(tx pgx.Tx) error { return p.Move(t.Context(), tx, "shop", gone, to) }), db.ErrNoPayload)
}

func TestPayloads_AnotherMasterKeyIsToldApartFromAPayloadThatIsGone(t *testing.T) {
	t.Parallel()
	p, pool := newPayloads(t)
	ref := put(t, p, "shop", summer)
	_, err := (&db.Payloads{DB: pool, Box: testkit.Box(t)}).Get(t.Context(), "shop", ref)
	require.ErrorIs(t, err, db.ErrKeyNotOurs)
}

func TestPayloads_APartitionGoesWhenNoIntegrationNeedsIt(t *testing.T) {
	t.Parallel()
	p, _ := newPayloads(t)
	old := put(t, p, "shop", summer)
	put(t, p, "other", summer)
	put(t, p, "shop", autumn)
	drop := func() int {
		n, err := p.DropPartitions(t.Context(), db.MonthOf(autumn))
		require.NoError(t, err)
		return n
	}
	for _, integration := range []string{"shop", "other"} {
		require.Zero(t, drop(), "before %s", integration)
		destroy(t, p, integration, old.Month)
		require.Zero(t, drop(), "a run that stopped here is finished by the next")
		deleted, err := p.Delete(t.Context(), integration, old.Month, 10)
		require.NoError(t, err)
		require.EqualValues(t, 1, deleted)
		deleted, err = p.Delete(t.Context(), integration, old.Month, 10)
		require.NoError(t, err)
		require.Zero(t, deleted)
	}
	require.Equal(t, 1, drop())
	require.Zero(t, drop())
	put(t, p, "shop", autumn)
}

func TestPayloads_APartitionInUseIsLeftForAnotherTime(t *testing.T) {
	t.Parallel()
	p, pool := newPayloads(t)
	old := put(t, p, "shop", summer)
	destroy(t, p, "shop", old.Month)
	for deleted := int64(1); deleted > 0; {
		var err error
		deleted, err = p.Delete(t.Context(), "shop", old.Month, 10)
		require.NoError(t, err)
	}
	tx, err := pool.Begin(t.Context())
	require.NoError(t, err)
	_, err = tx.Exec(t.Context(), "select count(*) from payload")
	require.NoError(t, err)
	n, err := p.DropPartitions(t.Context(), db.MonthOf(autumn))
	require.NoError(t, err)
	require.Zero(t, n)
	require.NoError(t, tx.Rollback(t.Context()))
	n, err = p.DropPartitions(t.Context(), db.MonthOf(autumn))
	require.NoError(t, err)
	require.Equal(t, 1, n)
}

// A pool with one connection stands for one whose every connection is in the
// midst of such a transaction.
func TestPayloads_PutNeedsNoSecondConnection(t *testing.T) {
	t.Parallel()
	p, pool := newPayloads(t)
	ref, err := p.Prepare(t.Context(), "shop", autumn)
	require.NoError(t, err)
	config := pool.Config()
	config.MaxConns = 1
	narrow, err := pgxpool.NewWithConfig(t.Context(), config)
	require.NoError(t, err)
	t.Cleanup(narrow.Close)

	fresh := &db.Payloads{DB: narrow, Box: p.Box} // holds no key in memory
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	require.NoError(t, pgx.BeginFunc(ctx, narrow, func(tx pgx.Tx) error { return fresh.Put(ctx, tx, "shop", ref, []byte("planted")) }))
	plain, err := p.Get(t.Context(), "shop", ref)
	require.NoError(t, err)
	require.Equal(t, "planted", string(plain))
}
