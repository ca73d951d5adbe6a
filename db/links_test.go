package db_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/internal/testkit"
)

var order = db.LinkKey{Integration: "shop", Entity: "order", SourceID: "a1"}

func links(t *testing.T) (db.Links, context.Context) {
	t.Helper()
	return db.Links{DB: testkit.Database(t)}, context.Background()
}

func locked(t *testing.T, err error) *db.Locked {
	t.Helper()
	var l *db.Locked
	require.ErrorAs(t, err, &l)
	return l
}

func TestLinks_OneOwnerAtATime(t *testing.T) {
	t.Parallel()
	l, ctx := links(t)
	lock, link, err := l.Take(ctx, order, "first", time.Minute)
	require.NoError(t, err)
	require.Equal(t, "pending", link.State)

	_, _, err = l.Take(ctx, order, "second", time.Minute)
	require.False(t, locked(t, err).Unclear)

	require.NoError(t, lock.Release(ctx))
	_, _, err = l.Take(ctx, order, "second", time.Minute)
	require.NoError(t, err)
}

func TestLinks_ManyAtOnceMakeOneHolder(t *testing.T) {
	t.Parallel()
	l, ctx := links(t)
	var taken atomic.Int32
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			if _, _, err := l.Take(ctx, order, string(rune('a'+i)), time.Minute); err == nil {
				taken.Add(1)
			}
		})
	}
	wg.Wait()
	require.EqualValues(t, 1, taken.Load())
}

func TestLinks_AnUnclearWriteHoldsTheLockEvenAgainstItsOwner(t *testing.T) {
	t.Parallel()
	l, ctx := links(t)
	lock, _, err := l.Take(ctx, order, "first", time.Minute)
	require.NoError(t, err)
	require.NoError(t, lock.BeforeWrite(ctx, db.Writing{ContentHash: "what", Document: 1}, time.Minute))
	require.NoError(t, lock.Unclear(ctx, 300*time.Millisecond))

	_, _, err = l.Take(ctx, order, "first", time.Minute)
	wait := locked(t, err)
	require.True(t, wait.Unclear)
	require.LessOrEqual(t, wait.Wait, 300*time.Millisecond)

	require.Eventually(t, func() bool {
		_, _, err := l.Take(ctx, order, "second", time.Minute)
		return err == nil
	}, 5*time.Second, 20*time.Millisecond, "after the settle time anybody may look")
}

func TestLinks_AWorkerThatDiedWhileWritingLeavesTheRecordLocked(t *testing.T) {
	t.Parallel()
	l, ctx := links(t)
	lock, _, err := l.Take(ctx, order, "first", 50*time.Millisecond)
	require.NoError(t, err)
	require.NoError(t, lock.BeforeWrite(ctx, db.Writing{ContentHash: "what", Document: 1}, time.Minute)) // and then nothing is told any more

	_, _, err = l.Take(ctx, order, "first", time.Minute)
	require.Greater(t, locked(t, err).Wait, 50*time.Second)
}

func TestLinks_AnOlderHolderOfTheSameOwnerCanNoLongerWrite(t *testing.T) {
	t.Parallel()
	l, ctx := links(t)
	zombie, _, err := l.Take(ctx, order, "first", time.Minute)
	require.NoError(t, err)
	successor, _, err := l.Take(ctx, order, "first", time.Minute)
	require.NoError(t, err)

	locked(t, zombie.BeforeWrite(ctx, db.Writing{ContentHash: "what", Document: 1}, time.Minute))
	require.NoError(t, successor.BeforeWrite(ctx, db.Writing{ContentHash: "what", Document: 1}, time.Minute))
	require.NoError(t, zombie.Release(ctx), "telling too late changes nothing")
	_, _, err = l.Take(ctx, order, "second", time.Minute)
	require.True(t, locked(t, err).Unclear)
}

func TestLinks_ALockThatRanOutCannotWrite(t *testing.T) {
	t.Parallel()
	l, ctx := links(t)
	lock, _, err := l.Take(ctx, order, "first", time.Nanosecond)
	require.NoError(t, err)
	locked(t, lock.BeforeWrite(ctx, db.Writing{ContentHash: "what", Document: 1}, time.Minute))
}

func TestLinkMade_FreesTheLockAndKeepsTheRow(t *testing.T) {
	t.Parallel()
	l, ctx := links(t)
	lock, _, err := l.Take(ctx, order, "first", time.Minute)
	require.NoError(t, err)
	require.NoError(t, lock.BeforeWrite(ctx, db.Writing{ContentHash: "what", Document: 1}, time.Minute))
	require.NoError(t, db.Q.LinkMade(ctx, l.DB, store.LinkMadeParams{
		Integration: order.Integration, Entity: order.Entity, SourceID: order.SourceID, TargetID: "20001", ContentHash: "h", Marker: 7,
	}))

	link, ok, err := l.Get(ctx, order)
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, "linked", link.State)
	require.False(t, link.Unclear)

	_, link, err = l.Take(ctx, order, "second", time.Minute)
	require.NoError(t, err)
	require.Equal(t, "20001", link.TargetID, "a link survives the next lock")
}

func TestLinks_GetOfAnUnseenRecord(t *testing.T) {
	t.Parallel()
	l, ctx := links(t)
	_, ok, err := l.Get(ctx, order)
	require.NoError(t, err)
	require.False(t, ok)
	require.False(t, errors.As(err, new(*db.Locked)))
}

func TestLinks_LookTellsWhatTakeWouldAndTakesNothing(t *testing.T) {
	t.Parallel()
	pool := testkit.Database(t)
	links := db.Links{DB: pool}
	ctx := t.Context()
	key := db.LinkKey{Integration: "shop", Entity: "order", SourceID: "1"}
	none, err := links.Look(ctx, key, "us")
	require.NoError(t, err)
	require.Equal(t, "pending", none.State)
	_, known, err := links.Get(ctx, key)
	require.NoError(t, err)
	require.False(t, known, "looking made no row")

	lock, _, err := links.Take(ctx, key, "us", time.Minute)
	require.NoError(t, err)
	_, err = links.Look(ctx, key, "us")
	require.NoError(t, err, "its owner may take it again")
	_, err = links.Look(ctx, key, "them")
	var locked *db.Locked
	require.ErrorAs(t, err, &locked)
	require.False(t, locked.Unclear)
	require.NoError(t, lock.BeforeWrite(ctx, db.Writing{}, time.Minute))
	_, err = links.Look(ctx, key, "us")
	require.ErrorAs(t, err, &locked)
	require.True(t, locked.Unclear, "a write is on its way: its owner waits too")
	require.NoError(t, lock.BeforeWrite(ctx, db.Writing{}, time.Minute), "the lock is where it was")
}
