package db_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/internal/testkit"
)

// A table with sealed data that nobody lists would be lost with the old key.
func TestReseal_KnowsEverySealedColumn(t *testing.T) {
	t.Parallel()
	pool := testkit.Database(t)
	hashes := map[string]string{"api_token": "hash", "consent": "state_hash"} // never opened, so no key opens them
	rows, err := pool.Query(t.Context(), `select c.table_name, c.column_name from information_schema.columns c
		where c.table_schema = current_schema() and c.data_type = 'bytea' order by 1`)
	require.NoError(t, err)
	columns, err := pgx.CollectRows(rows, pgx.RowToStructByPos[struct{ Table, Column string }])
	require.NoError(t, err)
	listed := db.SealedTableNames()
	var sealed []string
	for _, c := range columns {
		if hashes[c.Table] == c.Column {
			continue
		}
		sealed = append(sealed, c.Table)
		require.Equal(t, "sealed", c.Column, c.Table)
		require.Contains(t, listed, c.Table, "table %s has sealed data: list it in sealed.go", c.Table)
	}
	require.ElementsMatch(t, sealed, slices.Collect(maps.Keys(listed)))
	for table, key := range listed {
		if key == nil { // sealed with another key than the master key
			continue
		}
		var is []string
		require.NoError(t, pool.QueryRow(t.Context(), `select array_agg(a.attname::text order by array_position(i.indkey::int2[], a.attnum))
			from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
			where i.indrelid = $1::regclass and i.indisprimary`, table).Scan(&is))
		require.Equal(t, is, key, table)
	}
}

// sealedShop is a database with something in every sealed table.
type sealedShop struct {
	pool    *pgxpool.Pool
	ref     db.PayloadRef
	consent uuid.UUID
	fix     uuid.UUID
}

func (s sealedShop) fill(t *testing.T, box *secret.Box, secrets int) sealedShop {
	t.Helper()
	ctx := context.Background()
	for i := range secrets {
		require.NoError(t, db.Secrets{DB: s.pool, Box: box}.Put(ctx, "shop", fmt.Sprintf("secret.%04d", i), "planted-secret"))
	}
	require.NoError(t, db.Tokens{DB: s.pool, Box: box}.Put(ctx, "shop", "accountview", []byte("planted-token")))
	require.NoError(t, db.Listings{DB: s.pool, Box: box}.Put(ctx, "shop", domain.Listings{domain.ListTillVATCodes: {{Code: "planted"}}}))
	require.NoError(t, db.ConnectionTests{DB: s.pool, Box: box}.Put(ctx, "shop", "mplus", domain.Findings{}))
	var err error
	consents := db.Consents{DB: s.pool, Box: box}
	s.consent, err = consents.Ask(ctx, db.Consent{Integration: "shop", System: "accountview", Verifier: "planted"}, "state", time.Now().Add(time.Hour))
	require.NoError(t, err)
	tried, err := consents.Ask(ctx, db.Consent{Integration: "shop", System: "accountview"}, "tried", time.Now().Add(time.Hour))
	require.NoError(t, err)
	require.NoError(t, consents.End(ctx, tried)) // nothing is left in it
	_, err = s.pool.Exec(ctx, "insert into payload_key (integration, month, sealed, destroyed_at) values ('shop', '2026-01-01', '', now())")
	require.NoError(t, err)
	require.NoError(t, db.Written{DB: s.pool, Box: box}.Put(ctx, s.pool, db.LinkKey{Integration: "shop", Entity: "customer", SourceID: "77"}, map[string]string{"A": "b"}))
	require.NoError(t, db.Bookings{DB: s.pool, Box: box}.Put(ctx, s.pool, plantedBooking()))
	s.fix, err = db.Fixes{DB: s.pool, Box: box}.Put(ctx, store.FixPutParams{Integration: "shop", Entity: "order", SourceID: "a1", Kind: db.FixLookup, Author: "jan"}, []byte("planted-fix"))
	require.NoError(t, err)
	payloads := &db.Payloads{DB: s.pool, Box: box}
	s.ref, err = payloads.Prepare(ctx, "shop", time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	require.NoError(t, payloads.Put(ctx, s.pool, "shop", s.ref, []byte("planted-order")))
	return s
}

// requireReadable reads everything with a key, as a process does that has only that one.
func (s sealedShop) requireReadable(t *testing.T, key secret.Text, secrets int) {
	t.Helper()
	ctx := context.Background()
	box, err := secret.OpenBox(key)
	require.NoError(t, err)
	for i := range secrets {
		value, err := db.Secrets{DB: s.pool, Box: box}.Get(ctx, "shop", fmt.Sprintf("secret.%04d", i))
		require.NoError(t, err)
		require.Equal(t, secret.Text("planted-secret"), value)
	}
	token, err := db.Tokens{DB: s.pool, Box: box}.Current(ctx, "shop", "accountview")
	require.NoError(t, err)
	require.Equal(t, "planted-token", string(token))
	lists, err := db.Listings{DB: s.pool, Box: box}.Get(ctx, "shop")
	require.NoError(t, err)
	require.Equal(t, "planted", lists[domain.ListTillVATCodes][0].Code)
	tests, err := db.ConnectionTests{DB: s.pool, Box: box}.List(ctx, "shop")
	require.NoError(t, err)
	require.Len(t, tests, 1)
	consent, err := db.Consents{DB: s.pool, Box: box}.Get(ctx, s.consent)
	require.NoError(t, err)
	require.Equal(t, secret.Text("planted"), consent.Verifier)
	fields, err := db.Written{DB: s.pool, Box: box}.Get(ctx, db.LinkKey{Integration: "shop", Entity: "customer", SourceID: "77"})
	require.NoError(t, err)
	require.Equal(t, map[string]string{"A": "b"}, fields)
	bookings, err := db.Bookings{DB: s.pool, Box: box}.Of(ctx, plantedBooking().Sale)
	require.NoError(t, err)
	requireBookings(t, []db.Booking{plantedBooking()}, bookings)
	fix, err := db.Fixes{DB: s.pool, Box: box}.Get(ctx, "shop", s.fix.String())
	require.NoError(t, err)
	require.Equal(t, "planted-fix", string(fix.Content))
	order, err := (&db.Payloads{DB: s.pool, Box: box}).Get(ctx, "shop", s.ref)
	require.NoError(t, err)
	require.Equal(t, "planted-order", string(order))
}

// rotated are a key alone, the same with a newer key that seals, and the newer alone.
func rotated(t *testing.T) (alone, switched, last secret.Text) {
	t.Helper()
	alone, err := secret.NewKey()
	require.NoError(t, err)
	added, err := secret.AddKey(alone)
	require.NoError(t, err)
	switched, err = secret.SwitchKey(added)
	require.NoError(t, err)
	last, err = secret.DropOldKeys(switched)
	require.NoError(t, err)
	return alone, switched, last
}

func opened(t *testing.T, key secret.Text) *secret.Box {
	t.Helper()
	box, err := secret.OpenBox(key)
	require.NoError(t, err)
	return box
}

func TestReseal_AfterItTheNewKeyAloneReadsEverything(t *testing.T) {
	t.Parallel()
	alone, switched, last := rotated(t)
	const secrets = 501 // more than a page
	shop := sealedShop{pool: testkit.Database(t)}.fill(t, opened(t, alone), secrets)
	var before, after []time.Time
	set := func() (at []time.Time) {
		rows, err := shop.pool.Query(t.Context(), "select changed_at from secret order by name")
		require.NoError(t, err)
		at, err = pgx.CollectRows(rows, pgx.RowTo[time.Time])
		require.NoError(t, err)
		return at
	}
	before = set()
	done, err := db.Reseal(t.Context(), shop.pool, opened(t, switched))
	require.NoError(t, err)
	require.Equal(t, []db.Resealed{
		{Table: "secret", Anew: secrets},
		{Table: "token", Anew: 1},
		{Table: "written", Anew: 1},
		{Table: "booking", Anew: 1},
		{Table: "payload_key", Anew: 1},
		{Table: "listing", Anew: 1},
		{Table: "connection_test", Anew: 1},
		{Table: "consent", Anew: 1},
		{Table: "fix", Anew: 1},
	}, done)
	shop.requireReadable(t, last, secrets)
	shop.requireReadable(t, switched, secrets)
	after = set()
	require.Equal(t, before, after, "nobody set a secret: connections need not be opened anew")

	again, err := db.Reseal(t.Context(), shop.pool, opened(t, switched))
	require.NoError(t, err)
	for _, table := range again {
		require.Zero(t, table.Anew, table.Table)
	}
}

func TestReseal_PassesOverAKeyThatRetentionDestroyed(t *testing.T) {
	t.Parallel()
	alone, switched, _ := rotated(t)
	pool := testkit.Database(t)
	payloads := &db.Payloads{DB: pool, Box: opened(t, alone)}
	old := put(t, payloads, "shop", summer)
	put(t, payloads, "shop", autumn)
	destroy(t, payloads, "shop", old.Month)

	done, err := db.Reseal(t.Context(), pool, opened(t, switched))
	require.NoError(t, err)
	require.Equal(t, db.Resealed{Table: "payload_key", Anew: 1}, done[4])
}

func TestReseal_AProcessThatHoldsAMonthsKeyInMemoryGoesOnStoring(t *testing.T) {
	t.Parallel()
	alone, switched, last := rotated(t)
	pool := testkit.Database(t)
	put(t, &db.Payloads{DB: pool, Box: opened(t, alone)}, "shop", autumn)
	running := &db.Payloads{DB: pool, Box: opened(t, switched)}
	put(t, running, "shop", autumn)

	_, err := db.Reseal(t.Context(), pool, opened(t, switched))
	require.NoError(t, err)
	ref := put(t, running, "shop", autumn)
	plain, err := (&db.Payloads{DB: pool, Box: opened(t, last)}).Get(t.Context(), "shop", ref)
	require.NoError(t, err)
	require.Equal(t, "planted", string(plain))
}

func TestReseal_BrokenOffHalfWayEverythingIsReadableAndItGoesOn(t *testing.T) {
	t.Parallel()
	alone, switched, last := rotated(t)
	const secrets = 20
	shop := sealedShop{pool: testkit.Database(t)}.fill(t, opened(t, alone), secrets)
	_, err := shop.pool.Exec(t.Context(), `
		create function break_off() returns trigger language plpgsql as $$ begin raise exception 'power cut'; end $$;
		create trigger break_off before update on secret for each row when (old.name = 'secret.0010') execute function break_off()`)
	require.NoError(t, err)

	done, err := db.Reseal(t.Context(), shop.pool, opened(t, switched))
	require.ErrorContains(t, err, "power cut")
	require.Equal(t, 10, done[0].Anew)
	shop.requireReadable(t, switched, secrets)

	_, err = shop.pool.Exec(t.Context(), "drop trigger break_off on secret")
	require.NoError(t, err)
	done, err = db.Reseal(t.Context(), shop.pool, opened(t, switched))
	require.NoError(t, err)
	require.Equal(t, db.Resealed{Table: "secret", Anew: 10, Already: 10}, done[0])
	shop.requireReadable(t, last, secrets)
}

// A refresh token dies when it is used: sealing the old one anew over the new one
// would end the consent.
func TestReseal_DoesNotUndoARenewalThatIsUnderWay(t *testing.T) {
	t.Parallel()
	alone, switched, last := rotated(t)
	pool := testkit.Database(t)
	tokens := db.Tokens{DB: pool, Box: opened(t, alone)}
	require.NoError(t, tokens.Put(t.Context(), "shop", "accountview", []byte("used")))
	resealed := make(chan error, 1)
	_, err := tokens.Renew(t.Context(), "shop", "accountview", []byte("used"), func(ctx context.Context, _ []byte) ([]byte, error) {
		go func() {
			_, err := db.Reseal(context.Background(), pool, opened(t, switched))
			resealed <- err
		}()
		// The sealing waits for the lock of this renewal before the answer comes.
		return []byte("next"), until(ctx, pool, "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
	})
	require.NoError(t, err)
	require.NoError(t, <-resealed)
	current, err := db.Tokens{DB: pool, Box: opened(t, last)}.Current(t.Context(), "shop", "accountview")
	require.NoError(t, err)
	require.Equal(t, "next", string(current))
}

// until asks until the answer is not 0.
func until(ctx context.Context, pool *pgxpool.Pool, question string) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for {
		var n int
		if err := pool.QueryRow(ctx, question).Scan(&n); err != nil || n > 0 {
			return err
		}
	}
}

func TestReseal_TellsWhatNoKeyOpensAndGoesOn(t *testing.T) {
	t.Parallel()
	alone, switched, _ := rotated(t)
	shop := sealedShop{pool: testkit.Database(t)}.fill(t, opened(t, alone), 2)
	require.NoError(t, db.Secrets{DB: shop.pool, Box: testkit.Box(t)}.Put(t.Context(), "shop", "secret.0000", "of a lost key"))
	done, err := db.Reseal(t.Context(), shop.pool, opened(t, switched))
	require.NoError(t, err)
	require.Equal(t, db.Resealed{Table: "secret", Anew: 1, Unreadable: []string{"secret/shop/secret.0000"}}, done[0])
}
