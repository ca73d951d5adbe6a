package activities_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/testkit"
)

func (d *desk) housekeeping() *activities.Housekeeping {
	return &activities.Housekeeping{Desk: d.Desk, Schedules: d.schedules}
}

// arriveAt lets an order arrive so many days ago.
func (d *desk) arriveAt(daysAgo int, order domain.Order) {
	d.t.Helper()
	now := d.Now
	d.Now = func() time.Time { return time.Now().AddDate(0, 0, -daysAgo) }
	d.arrive(order)
	d.Now = now
	_, err := d.pool.Exec(context.Background(), "update inbox set arrived_at = now() - make_interval(days => $1) where source_id = $2", daysAgo, order.ID)
	require.NoError(d.t, err)
}

func (d *desk) finish(number string, marker int64) {
	d.t.Helper()
	require.NoError(d.t, db.Q.InboxFinished(context.Background(), d.pool, store.InboxFinishedParams{
		Integration: "shop", Entity: "order", SourceID: "id-" + number, Marker: marker,
	}))
}

func (d *desk) park(number string) {
	d.t.Helper()
	_, err := run[struct{}](d, d.orders().ParkOrder, activities.ParkOrderInput{
		Attempt: attempt(number, 1), Failure: activities.Failure{Code: "product_missing", Words: d.words(120, "No such article")},
	})
	require.NoError(d.t, err)
}

// words keeps what the far side said so many days ago.
func (d *desk) words(daysAgo int, text string) string {
	d.t.Helper()
	ref, err := d.Payloads.Prepare(context.Background(), "shop", time.Now().AddDate(0, 0, -daysAgo))
	require.NoError(d.t, err)
	require.NoError(d.t, d.Payloads.Put(context.Background(), d.pool, "shop", ref, []byte(text)))
	return ref.String()
}

// payload reads the payload of an order.
func (d *desk) payload(number string) error {
	row, err := db.Q.InboxGet(context.Background(), d.pool, store.InboxGetParams{Integration: "shop", Entity: "order", SourceID: "id-" + number})
	if err != nil {
		return err
	}
	_, err = d.Payloads.Get(context.Background(), "shop", db.PayloadRef{Month: row.PayloadMonth, ID: row.PayloadID})
	return err
}

func (d *desk) keep() activities.KeepOpenPayloadsResult {
	d.t.Helper()
	out, err := run[activities.KeepOpenPayloadsResult](d, d.housekeeping().KeepOpenPayloads, activities.KeepOpenPayloadsInput{Integration: "shop"})
	require.NoError(d.t, err)
	return out
}

func (d *desk) forget(before time.Time) activities.ForgetPayloadsResult {
	d.t.Helper()
	out, err := run[activities.ForgetPayloadsResult](d, d.housekeeping().ForgetPayloads, activities.ForgetPayloadsInput{Integration: "shop", Before: before})
	require.NoError(d.t, err)
	return out
}

func TestForgetOld_KeepsWhatIsOpenAndDestroysTheRest(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for i, number := range []string{"2026.1", "2026.2", "2026.3"} {
		d.arriveAt(130, sale(number, int64(i+1)))
	}
	d.arrive(sale("2026.4", 4))
	d.finish("2026.1", 1)
	d.park("2026.3")
	d.finish("2026.4", 4)

	kept := d.keep()
	require.Equal(t, 3, kept.Kept, "two orders, and what was said of one")
	forgotten := d.forget(kept.Before)
	require.Zero(t, forgotten.Waiting)
	require.Positive(t, forgotten.Months)
	require.Equal(t, 1, forgotten.Payloads)
	require.Equal(t, forgotten.Months, forgotten.Partitions)

	require.ErrorIs(t, d.payload("2026.1"), db.ErrNoPayload)
	for _, number := range []string{"2026.2", "2026.3", "2026.4"} {
		require.NoError(t, d.payload(number), number)
	}
	parked, err := db.Q.ParkedListOpen(t.Context(), d.pool, store.ParkedListOpenParams{Integration: "shop", Most: 10})
	require.NoError(t, err)
	words, err := d.Payloads.Get(t.Context(), "shop", db.PayloadRef{Month: *parked[0].PayloadMonth, ID: *parked[0].PayloadID})
	require.NoError(t, err)
	require.Equal(t, "No such article", string(words))

	out, err := d.confirm(attempt("2026.2", 2))
	require.NoError(t, err, "what was kept still goes to the books")
	require.Equal(t, "delivered", out.Outcome)
	again := d.keep()
	require.Zero(t, again.Kept)
	require.Equal(t, activities.ForgetPayloadsResult{}, d.forget(again.Before))

	_, err = d.check(attempt("2026.1", 1))
	_, f := failure(t, err)
	require.Equal(t, "payload_gone", f.Code)
}

func TestForgetPayloads_DestroysNoMonthThatHoldsWhatIsOpen(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arriveAt(130, sale("2026.1", 1))
	before := d.keep().Before
	d.arriveAt(130, sale("2026.2", 2)) // between the two steps

	out := d.forget(before)
	require.Equal(t, 1, out.Waiting)
	require.Zero(t, out.Months)
	require.NoError(t, d.payload("2026.1"))
	require.NoError(t, d.payload("2026.2"))

	require.Equal(t, 1, d.keep().Kept)
	require.Equal(t, 1, d.forget(before).Months)
	require.NoError(t, d.payload("2026.2"))
}

// A run may die anywhere: what it did is done, and the next one goes on.
func TestForgetOld_ARunThatDiesHalfWayLosesNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for i := range 10 {
		d.arriveAt(130, sale(fmt.Sprintf("2026.%d", i), int64(i+1)))
	}
	_, err := d.pool.Exec(t.Context(), `create function die() returns trigger language plpgsql as $$ begin
		if new.source_id = 'id-2026.5' then raise exception 'power cut'; end if; return new; end $$`)
	require.NoError(t, err)
	_, err = d.pool.Exec(t.Context(), "create trigger die before update of payload_id on inbox for each row execute function die()")
	require.NoError(t, err)

	_, err = run[activities.KeepOpenPayloadsResult](d, d.housekeeping().KeepOpenPayloads, activities.KeepOpenPayloadsInput{Integration: "shop"})
	_, f := failure(t, err)
	require.Equal(t, "unforeseen", f.Code)
	require.Equal(t, 1, d.forget(db.MonthOf(time.Now().AddDate(0, 0, -90))).Waiting, "destroying comes second, but is safe first")
	for i := range 10 {
		require.NoError(t, d.payload(fmt.Sprintf("2026.%d", i)))
	}

	_, err = d.pool.Exec(t.Context(), "drop trigger die on inbox")
	require.NoError(t, err)
	kept := d.keep()
	require.Equal(t, 5, kept.Kept)
	require.Equal(t, 1, d.forget(kept.Before).Months)
	for i := range 10 {
		require.NoError(t, d.payload(fmt.Sprintf("2026.%d", i)))
	}
}

func TestForgetOld_WithAnotherMasterKeyNothingIsDestroyed(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arriveAt(130, sale("2026.1", 1))
	ours := d.Payloads
	d.Payloads = &db.Payloads{DB: d.pool, Box: testkit.Box(t)}
	_, err := run[activities.KeepOpenPayloadsResult](d, d.housekeeping().KeepOpenPayloads, activities.KeepOpenPayloadsInput{Integration: "shop"})
	app, f := failure(t, err)
	require.Equal(t, "master_key_wrong", f.Code)
	require.True(t, app.NonRetryable())
	require.True(t, f.StopsEverything())
	d.Payloads = ours
	require.NoError(t, d.payload("2026.1"))
}

func TestForgetOld_AClockThatIsAheadForgetsNothingEarly(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arriveAt(1, sale("2026.1", 1))
	d.finish("2026.1", 1)
	d.Now = func() time.Time { return time.Now().AddDate(5, 0, 0) }
	out := d.forget(d.keep().Before)
	require.Zero(t, out.Months)
	require.NoError(t, d.payload("2026.1"))
}

func TestForgetPayloads_RefusesALimitThatIsNotInThePast(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(sale("2026.1", 1))
	d.finish("2026.1", 1)
	for _, before := range []time.Time{{}, time.Now().AddDate(0, 2, 0)} {
		_, err := run[activities.ForgetPayloadsResult](d, d.housekeeping().ForgetPayloads, activities.ForgetPayloadsInput{Integration: "shop", Before: before})
		require.Error(t, err)
	}
	require.NoError(t, d.payload("2026.1"))
}

// A reader that has read the row, and not yet the payload, when it is moved.
func TestCheckOrderExists_FindsAPayloadThatWasMovedMeanwhile(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arriveAt(130, sale("2026.1", 1))
	stop := make(chan struct{})
	var reading sync.WaitGroup
	for range 3 {
		reading.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if _, err := d.check(attempt("2026.1", 1)); err != nil {
					t.Errorf("read while moving: %v", err)
					return
				}
			}
		})
	}
	for range 25 { // back and forth
		d.keep()
		to, err := d.Payloads.Prepare(t.Context(), "shop", time.Now().AddDate(0, 0, -130))
		require.NoError(t, err)
		tx, err := d.pool.Begin(t.Context())
		require.NoError(t, err)
		at, err := db.Q.InboxPayloadLock(t.Context(), tx, store.InboxPayloadLockParams{Integration: "shop", Entity: "order", SourceID: "id-2026.1"})
		require.NoError(t, err)
		require.NoError(t, d.Payloads.Move(t.Context(), tx, "shop", db.PayloadRef{Month: at.PayloadMonth, ID: at.PayloadID}, to))
		require.NoError(t, db.Q.InboxPayloadMove(t.Context(), tx, store.InboxPayloadMoveParams{
			Integration: "shop", Entity: "order", SourceID: "id-2026.1", PayloadMonth: to.Month, PayloadID: to.ID,
		}))
		require.NoError(t, tx.Commit(t.Context()))
	}
	close(stop)
	reading.Wait()
}

// The property: after two runs at once, among orders that keep arriving and
// changing, no payload older than the limit opens, and every open record's does.
func TestForgetOld_AnyMixOfRecordsEndsWithTheOpenOnesReadableAndTheOldOnesGone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	random := rand.New(rand.NewPCG(7, 11))
	type record struct {
		number string
		days   int
		open   bool
	}
	var all []record
	var refs []db.PayloadRef
	for i := range 60 {
		r := record{number: fmt.Sprintf("2026.%d", i), days: random.IntN(400), open: random.IntN(2) == 0}
		d.arriveAt(r.days, sale(r.number, int64(i+1)))
		switch {
		case !r.open:
			d.finish(r.number, int64(i+1))
		case random.IntN(3) == 0:
			d.park(r.number)
		}
		row, err := db.Q.InboxGet(t.Context(), d.pool, store.InboxGetParams{Integration: "shop", Entity: "order", SourceID: "id-" + r.number})
		require.NoError(t, err)
		refs = append(refs, db.PayloadRef{Month: row.PayloadMonth, ID: row.PayloadID})
		all = append(all, r)
	}
	limit := db.MonthOf(time.Now().AddDate(0, 0, -90))
	var running sync.WaitGroup
	for range 2 {
		running.Go(func() {
			for range 3 {
				kept, err := run[activities.KeepOpenPayloadsResult](d, d.housekeeping().KeepOpenPayloads, activities.KeepOpenPayloadsInput{Integration: "shop"})
				if err != nil {
					t.Errorf("keep: %v", err)
					return
				}
				_, err = run[activities.ForgetPayloadsResult](d, d.housekeeping().ForgetPayloads, activities.ForgetPayloadsInput{Integration: "shop", Before: kept.Before})
				if err != nil {
					t.Errorf("forget: %v", err)
				}
			}
		})
	}
	for i := range 20 { // the till goes on
		d.arrive(sale(fmt.Sprintf("2026.%d", 100+i), int64(100+i)))
	}
	running.Wait()

	for i, r := range all {
		err := d.payload(r.number)
		if r.open || !refs[i].Month.Before(limit) {
			require.NoError(t, err, "%+v", r)
		} else {
			require.ErrorIs(t, err, db.ErrNoPayload, "%+v", r)
		}
		if refs[i].Month.Before(limit) {
			for _, p := range []*db.Payloads{d.Payloads, {DB: d.pool, Box: d.Payloads.Box}} {
				_, err := p.Get(t.Context(), "shop", refs[i])
				require.ErrorIs(t, err, db.ErrNoPayload, "where it stood before, nothing opens")
			}
		}
	}
	for i := range 20 {
		require.NoError(t, d.payload(fmt.Sprintf("2026.%d", 100+i)))
	}
	var old int
	require.NoError(t, d.pool.QueryRow(t.Context(), "select (select count(*) from payload where month < $1) + (select count(*) from payload_key where month < $1)", limit).Scan(&old))
	require.Zero(t, old)
}

func TestForgetRecords_DeletesWhatWasDealtWithAndKeepsTheLinks(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arriveAt(900, sale("2026.1", 1))
	out, err := d.confirm(attempt("2026.1", 1))
	require.NoError(t, err)
	d.arriveAt(900, sale("2026.2", 2)) // open still
	d.park("2026.2")
	d.arriveAt(100, sale("2026.3", 3))
	_, err = d.confirm(attempt("2026.3", 3))
	require.NoError(t, err)
	exec := func(sql string, args ...any) {
		t.Helper()
		_, err := d.pool.Exec(t.Context(), sql, args...)
		require.NoError(t, err)
	}
	exec("insert into parked (integration, flow, entity, source_id, code, document, opened_at, closed_at) values ('shop', 'orders', 'order', 'id-2026.1', 'x', 1, now() - interval '900 days', now() - interval '899 days')")
	exec("insert into request (id, integration, kind, asked_by, asked_at) values ($1, 'shop', 'preview', 'x', now() - interval '900 days')", uuid.New())
	exec("insert into incident (integration, flow, code, topic, closed_at) values ('shop', 'orders', 'x', 'parked', now() - interval '900 days')")
	exec("insert into till_sale (integration, stock_id, article, branch, quantity, document, at, settled_at) values ('shop', 1, '1', '1', '2', '', now() - interval '900 days', now() - interval '900 days'), ('shop', 2, '1', '1', '2', '', now() - interval '900 days', now()), ('shop', 3, '1', '1', '2', '', now() - interval '900 days', null)")
	exec("update outcome set at = now() - interval '900 days' where source_id in ('id-2026.1', 'id-2026.2')")
	count := func(table string) int {
		var n int
		require.NoError(t, d.pool.QueryRow(t.Context(), "select count(*) from "+table).Scan(&n))
		return n
	}
	links, cursors := count("link"), count("cursor")

	kept := d.keep()
	d.forget(kept.Before)
	require.Equal(t, 1, kept.Document)
	d.apply(document + "retention: {records: 3000}\n") // the next run goes by this one
	forgotten, err := run[activities.ForgetRecordsResult](d, d.housekeeping().ForgetRecords,
		activities.ForgetRecordsInput{Integration: "shop", Before: kept.Before, Document: kept.Document})
	require.NoError(t, err)
	require.Equal(t, activities.ForgetRecordsResult{Outcomes: 2, Parked: 1, Inbox: 1, Requests: 1, Incidents: 1, TillSales: 1}, forgotten)
	require.Equal(t, 1, count("outcome"))
	require.Equal(t, 2, count("inbox"))
	require.Equal(t, 2, count("till_sale"), "what counts still stays, however old")
	require.Equal(t, 1, count("parked"), "what is open stays, however old")
	require.Equal(t, links, count("link"))
	require.Equal(t, cursors, count("cursor"))

	// The order that nothing tells of any more, but its link, comes again from the till.
	writes := d.books.writes
	again := sale("2026.1", 9)
	d.arrive(again)
	checked, err := d.check(activities.Attempt{Integration: "shop", OrderID: "id-2026.1", Number: "2026.1"})
	require.NoError(t, err)
	require.Equal(t, "unchanged", checked.Outcome)
	require.Equal(t, out.TargetID, checked.TargetID)
	require.Equal(t, writes, d.books.writes, "it was written once, years ago")
}
