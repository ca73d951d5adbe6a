package db_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/testkit"
)

func plantedBooking() db.Booking {
	return db.Booking{
		Sale: db.LinkKey{Integration: "shop", Entity: "order", SourceID: "a1"}, Version: 1, Target: domain.TargetSalesOrder,
		TargetID: "20260001", Reference: "MPLUS 2026.1", ContentHash: "hash", Document: 3,
		Held: db.Held{
			Draft: domain.Draft{Entity: domain.EntityOrder, Key: "2026.1", Fields: []domain.Field{
				{Name: "COMMENT1", Value: domain.TextValue("planted")}, {Name: "ORD_QTY", Value: domain.NumberValue(decimal.RequireFromString("1.25"))},
			}},
			Order: domain.Order{ID: "a1", Number: "2026.1", EnteredAt: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)},
		},
	}
}

// requireBookings compares numbers by what they are, not by how they are kept.
func requireBookings(t *testing.T, want, have []db.Booking) {
	t.Helper()
	wanted, err := json.Marshal(want)
	require.NoError(t, err)
	held, err := json.Marshal(have)
	require.NoError(t, err)
	require.JSONEq(t, string(wanted), string(held))
}

func TestBookings_ComeBackInTheOrderInWhichTheyWereWritten(t *testing.T) {
	t.Parallel()
	pool := testkit.Database(t)
	bookings := db.Bookings{DB: pool, Box: testkit.Box(t)}
	first, counter, second := plantedBooking(), plantedBooking(), plantedBooking()
	counter.Counter, counter.TargetID = true, "20260002"
	second.Version, second.TargetID = 2, "20260003"
	for _, b := range []db.Booking{second, counter, first} {
		require.NoError(t, bookings.Put(t.Context(), pool, b))
	}
	all, err := bookings.Of(t.Context(), first.Sale)
	require.NoError(t, err)
	requireBookings(t, []db.Booking{first, counter, second}, all)

	for _, other := range []db.LinkKey{
		{Integration: "other", Entity: "order", SourceID: "a1"}, {Integration: "shop", Entity: "journal", SourceID: "a1"}, {Integration: "shop", Entity: "order", SourceID: "a2"},
	} {
		none, err := bookings.Of(t.Context(), other)
		require.NoError(t, err)
		require.Empty(t, none)
	}
}

func TestBookings_OnlyAnAnnouncementIsDropped(t *testing.T) {
	t.Parallel()
	pool := testkit.Database(t)
	bookings := db.Bookings{DB: pool, Box: testkit.Box(t)}
	written, announced := plantedBooking(), plantedBooking()
	announced.Counter, announced.TargetID = true, ""
	require.NoError(t, bookings.Put(t.Context(), pool, written))
	require.NoError(t, bookings.Put(t.Context(), pool, announced))
	require.NoError(t, bookings.Drop(t.Context(), announced))
	require.NoError(t, bookings.Drop(t.Context(), written), "it stands in the books")
	all, err := bookings.Of(t.Context(), written.Sale)
	require.NoError(t, err)
	requireBookings(t, []db.Booking{written}, all)
}

func TestBookings_ShowNothingInTheTable(t *testing.T) {
	t.Parallel()
	pool := testkit.Database(t)
	require.NoError(t, db.Bookings{DB: pool, Box: testkit.Box(t)}.Put(t.Context(), pool, plantedBooking()))
	var sealed []byte
	require.NoError(t, pool.QueryRow(t.Context(), "select sealed from booking").Scan(&sealed))
	require.NotContains(t, string(sealed), "planted")
}

// A sale of which a document is young, or that somebody is at work on, is kept whole.
func TestBookings_AreForgottenByTheSale(t *testing.T) {
	t.Parallel()
	pool := testkit.Database(t)
	bookings := db.Bookings{DB: pool, Box: testkit.Box(t)}
	put := func(id string, counter bool, daysAgo int) {
		t.Helper()
		b := plantedBooking()
		b.Sale.SourceID, b.Counter = id, counter
		require.NoError(t, bookings.Put(t.Context(), pool, b))
		_, err := pool.Exec(t.Context(), "update booking set changed_at = now() - make_interval(days => $1) where source_id = $2 and kind = $3",
			daysAgo, id, map[bool]string{true: "counter", false: "sale"}[counter])
		require.NoError(t, err)
	}
	put("old", false, 20)
	put("old", true, 15)
	put("young", false, 20)
	put("young", true, 5)
	put("open", false, 20)
	_, err := pool.Exec(t.Context(), `insert into inbox (integration, entity, source_id, number, marker, content_hash, payload_month, payload_id)
		values ('shop', 'order', 'open', '2026.1', 7, '', '2026-01-01', gen_random_uuid())`)
	require.NoError(t, err)

	gone, err := db.Q.BookingDeleteBefore(t.Context(), pool, store.BookingDeleteBeforeParams{
		Integration: "shop", Before: time.Now().AddDate(0, 0, -10), Most: 100,
	})
	require.NoError(t, err)
	require.EqualValues(t, 2, gone)
	rows, err := pool.Query(t.Context(), "select distinct source_id from booking order by 1")
	require.NoError(t, err)
	left, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	require.Equal(t, []string{"open", "young"}, left)
}
