package db_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/testkit"
)

func TestWritten_KeepsTheLastAndOfThatRecordOnly(t *testing.T) {
	t.Parallel()
	pool := testkit.Database(t)
	written := db.Written{DB: pool, Box: testkit.Box(t)}
	key := db.LinkKey{Integration: "shop", Entity: "customer", SourceID: "77"}

	none, err := written.Get(t.Context(), key)
	require.NoError(t, err)
	require.Nil(t, none)
	for _, fields := range []map[string]string{{"CITY": "a1", "TEL_BUS": "b2"}, {"CITY": "c3"}} {
		require.NoError(t, written.Put(t.Context(), pool, key, fields))
		got, err := written.Get(t.Context(), key)
		require.NoError(t, err)
		require.Equal(t, fields, got)
	}
	for _, other := range []db.LinkKey{
		{Integration: "other", Entity: key.Entity, SourceID: key.SourceID},
		{Integration: key.Integration, Entity: "order", SourceID: key.SourceID},
		{Integration: key.Integration, Entity: key.Entity, SourceID: "78"},
	} {
		none, err := written.Get(t.Context(), other)
		require.NoError(t, err)
		require.Nil(t, none)
	}
}

func TestWritten_ShowsNothingInTheTable(t *testing.T) {
	t.Parallel()
	pool := testkit.Database(t)
	written := db.Written{DB: pool, Box: testkit.Box(t)}
	key := db.LinkKey{Integration: "shop", Entity: "customer", SourceID: "77"}
	require.NoError(t, written.Put(t.Context(), pool, key, map[string]string{"CITY": "planted-fingerprint"}))
	var sealed []byte
	require.NoError(t, pool.QueryRow(t.Context(), "select sealed from written").Scan(&sealed))
	require.NotContains(t, string(sealed), "planted-fingerprint")

	_, err := pool.Exec(t.Context(), "update written set source_id = '78'")
	require.NoError(t, err)
	key.SourceID = "78"
	_, err = written.Get(t.Context(), key)
	require.Error(t, err, "what was sealed for one record opens for no other")
}
