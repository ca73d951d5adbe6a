package db_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/testkit"
)

func gate(t *testing.T, pool *pgxpool.Pool, inFlight int, perSecond float64, patience time.Duration) *db.Gate {
	t.Helper()
	g, err := db.OpenGate(context.Background(), db.Gate{
		DB: pool, Connection: "shop/accountview", InFlight: inFlight, PerSecond: perSecond, Patience: patience,
	})
	require.NoError(t, err)
	return g
}

func TestGate_HoldsTheLimitAcrossWorkers(t *testing.T) {
	t.Parallel()
	pool := testkit.Database(t)
	workers := []*db.Gate{gate(t, pool, 2, 0, time.Minute), gate(t, pool, 2, 0, time.Minute)}
	var inside, most atomic.Int32
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			leave, err := workers[i%2].Enter(context.Background(), time.Minute)
			if err != nil {
				t.Error(err)
				return
			}
			defer leave()
			now := inside.Add(1)
			for {
				seen := most.Load()
				if now <= seen || most.CompareAndSwap(seen, now) {
					break
				}
			}
			time.Sleep(5 * time.Millisecond) // the remote call
			inside.Add(-1)
		})
	}
	wg.Wait()
	require.EqualValues(t, 2, most.Load())
}

func TestGate_NoPlaceInTimeIsThrottled(t *testing.T) {
	t.Parallel()
	g := gate(t, testkit.Database(t), 1, 0, 100*time.Millisecond)
	_, err := g.Enter(context.Background(), time.Minute)
	require.NoError(t, err)

	_, err = g.Enter(context.Background(), time.Minute)
	require.True(t, fault.Is(err, fault.Throttled), "%v", err)
}

func TestGate_APlaceOfADeadWorkerComesBack(t *testing.T) {
	t.Parallel()
	g := gate(t, testkit.Database(t), 1, 0, 10*time.Second)
	_, err := g.Enter(context.Background(), 200*time.Millisecond) // and it never leaves
	require.NoError(t, err)

	_, err = g.Enter(context.Background(), time.Minute)
	require.NoError(t, err)
}

func TestGate_LeavingLateDoesNotTakeAnothersPlace(t *testing.T) {
	t.Parallel()
	g := gate(t, testkit.Database(t), 1, 0, 5*time.Second)
	leaveLate, err := g.Enter(context.Background(), time.Millisecond)
	require.NoError(t, err)
	_, err = g.Enter(context.Background(), time.Minute)
	require.NoError(t, err)

	leaveLate()
	g.Patience = 50 * time.Millisecond
	_, err = g.Enter(context.Background(), time.Minute)
	require.True(t, fault.Is(err, fault.Throttled))
}

func TestGate_SpacesCallsAndRefusesWhatWouldWaitTooLong(t *testing.T) {
	t.Parallel()
	g := gate(t, testkit.Database(t), 10, 2, 600*time.Millisecond)
	entered := 0
	for range 5 { // at two a second, the fifth would begin after two seconds
		if _, err := g.Enter(context.Background(), time.Minute); err == nil {
			entered++
		} else {
			require.True(t, fault.Is(err, fault.Throttled))
		}
	}
	require.GreaterOrEqual(t, entered, 2)
}
