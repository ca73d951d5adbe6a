package db_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
)

// arrives puts a version of one order into the inbox, with its payload.
func arrives(t *testing.T, p *db.Payloads, marker int64, at time.Time) (rows int64) {
	t.Helper()
	ref, err := p.Prepare(t.Context(), "shop", at)
	require.NoError(t, err)
	rows, err = db.Q.InboxPut(t.Context(), p.DB, store.InboxPutParams{
		Integration: "shop", Entity: "order", SourceID: "a1", Number: "2026.1", Marker: marker, PayloadMonth: ref.Month, PayloadID: ref.ID,
	})
	require.NoError(t, err)
	if rows > 0 {
		require.NoError(t, p.Put(t.Context(), p.DB, "shop", ref, []byte("planted")))
	}
	return rows
}

func TestInboxPut_TakesEachVersionOnceAndNoOlderOne(t *testing.T) {
	t.Parallel()
	p, _ := newPayloads(t)
	require.EqualValues(t, 1, arrives(t, p, 5, summer))
	require.Zero(t, arrives(t, p, 5, summer))
	require.Zero(t, arrives(t, p, 4, summer))
	require.EqualValues(t, 1, arrives(t, p, 6, summer))
}

func TestInboxPut_TakesAVersionAgainWhosePayloadIsGone(t *testing.T) {
	t.Parallel()
	p, pool := newPayloads(t)
	require.EqualValues(t, 1, arrives(t, p, 5, summer))
	_, err := pool.Exec(t.Context(), "update inbox set finished_marker = marker")
	require.NoError(t, err)
	destroy(t, p, "shop", db.MonthOf(summer))
	require.Zero(t, arrives(t, p, 4, autumn), "never an older one")
	require.EqualValues(t, 1, arrives(t, p, 5, autumn))
	require.Zero(t, arrives(t, p, 5, autumn))

	_, err = pool.Exec(t.Context(), "delete from payload")
	require.NoError(t, err)
	require.EqualValues(t, 1, arrives(t, p, 5, autumn))
}
