package activities_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
)

func TestForgetRecords_WhatWasWrittenOfRecordsThatAreGoneAndNothingElseOfThem(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "full_at: '', gone_most: 100")
	s.put(morning, goods(1, 3)...)
	s.carry(activities.CarryInput{})
	delete(s.products, "100001")
	delete(s.products, "100002")
	_, last := s.carry(activities.CarryInput{Full: true})
	require.Equal(t, 2, s.sweep(last, true).Swept)
	_, err := s.pool.Exec(t.Context(), "update catalog set gone_at = now() - interval '30 years' where source_id = '100001'")
	require.NoError(t, err)

	out, err := run[activities.ForgetRecordsResult](s.desk, s.housekeeping().ForgetRecords,
		activities.ForgetRecordsInput{Integration: "shop", Before: db.MonthOf(time.Now())})
	require.NoError(t, err)
	require.Equal(t, 1, out.Written)
	var left []string
	rows, err := s.pool.Query(t.Context(), "select source_id from written where entity = 'product' order by 1")
	require.NoError(t, err)
	for rows.Next() {
		var id string
		require.NoError(t, rows.Scan(&id))
		left = append(left, id)
	}
	require.NoError(t, rows.Err())
	require.Equal(t, []string{"100002", "100003"}, left, "one that is gone since yesterday may come back")
	require.NotNil(t, s.row("100001").GoneAt, "how it stands is kept")
}

func TestCarry_ARunThatFindsNothingSaysThatItRead(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "full_at: ''")
	s.put(morning, goods(1, 2)...)
	s.carry(activities.CarryInput{})
	var before, after int64
	_, err := s.pool.Exec(t.Context(), "update cursor set moved_at = now() - interval '1 day'")
	require.NoError(t, err)
	require.NoError(t, s.pool.QueryRow(t.Context(), "select marker from cursor where flow = 'products'").Scan(&before))
	s.products = map[string]connectors.ProductRecord{}
	s.carry(activities.CarryInput{})
	var age time.Duration
	require.NoError(t, s.pool.QueryRow(t.Context(), "select marker, now() - moved_at from cursor where flow = 'products'").Scan(&after, &age))
	require.Equal(t, before, after, "the marker stays")
	require.Less(t, age, time.Hour)
}
