package db_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/internal/testkit"
)

func TestSecrets_AreUnreadableInTheDatabase(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s := db.Secrets{DB: testkit.Database(t), Box: testkit.Box(t)}
	require.NoError(t, s.Put(ctx, "shop", "mplus.secret", "planted-1"))
	require.NoError(t, s.Put(ctx, "shop", "mplus.secret", "planted-2"))

	value, err := s.Get(ctx, "shop", "mplus.secret")
	require.NoError(t, err)
	require.Equal(t, secret.Text("planted-2"), value)

	var dump string
	require.NoError(t, s.DB.QueryRow(ctx, "select string_agg(encode(sealed, 'escape'), ' ') from secret").Scan(&dump))
	require.NotContains(t, dump, "planted")

	_, err = s.Get(ctx, "other", "mplus.secret")
	require.ErrorIs(t, err, db.ErrNoSecret)
	names, err := s.List(ctx, "shop")
	require.NoError(t, err)
	require.Len(t, names, 1)
}

func TestSecrets_AreBoundToTheirIntegration(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s := db.Secrets{DB: testkit.Database(t), Box: testkit.Box(t)}
	require.NoError(t, s.Put(ctx, "shop", "webhook.secret", "planted"))
	_, err := s.DB.Exec(ctx, "update secret set integration = 'thief'")
	require.NoError(t, err)

	_, err = s.Get(ctx, "thief", "webhook.secret")
	require.Error(t, err)
}

func TestTokens_OneRefresherHoweverManyAsk(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	tokens := db.Tokens{DB: testkit.Database(t), Box: testkit.Box(t)}
	require.NoError(t, tokens.Put(ctx, "shop", "accountview", []byte("old")))
	var exchanges atomic.Int32
	var wg sync.WaitGroup
	for range 30 {
		wg.Go(func() {
			token, err := tokens.Renew(ctx, "shop", "accountview", []byte("old"), func(context.Context, []byte) ([]byte, error) {
				exchanges.Add(1)
				return []byte("new"), nil
			})
			if err != nil || string(token) != "new" {
				t.Errorf("got %q, %v", token, err)
			}
		})
	}
	wg.Wait()
	require.EqualValues(t, 1, exchanges.Load())
}

func TestTokens_AFailedExchangeKeepsTheOldToken(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	tokens := db.Tokens{DB: testkit.Database(t), Box: testkit.Box(t)}
	require.NoError(t, tokens.Put(ctx, "shop", "accountview", []byte("old")))

	_, err := tokens.Renew(ctx, "shop", "accountview", []byte("old"), func(context.Context, []byte) ([]byte, error) {
		return nil, errors.New("refused")
	})
	require.Error(t, err)
	current, err := tokens.Current(ctx, "shop", "accountview")
	require.NoError(t, err)
	require.Equal(t, "old", string(current))
}

func TestTokens_ANewTokenIsStoredEvenWhenItsAskerHasGone(t *testing.T) {
	t.Parallel()
	ctx, leave := context.WithCancel(context.Background())
	tokens := db.Tokens{DB: testkit.Database(t), Box: testkit.Box(t)}
	require.NoError(t, tokens.Put(ctx, "shop", "accountview", []byte("old")))

	_, err := tokens.Renew(ctx, "shop", "accountview", []byte("old"), func(context.Context, []byte) ([]byte, error) {
		leave() // between the answer and its storing
		return []byte("new"), nil
	})
	require.NoError(t, err)
	current, err := tokens.Current(context.Background(), "shop", "accountview")
	require.NoError(t, err)
	require.Equal(t, "new", string(current))
}

func TestPayloads_ReadBackFromAnyProcessAndGoneWithTheirKey(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	pool, box := testkit.Database(t), testkit.Box(t)
	one, two := &db.Payloads{DB: pool, Box: box}, &db.Payloads{DB: pool, Box: box}
	now := time.Date(2026, 11, 30, 23, 59, 0, 0, time.UTC)

	var refs [2]db.PayloadRef
	for i, p := range []*db.Payloads{one, two} {
		ref, err := p.Prepare(ctx, "shop", now)
		require.NoError(t, err)
		require.NoError(t, pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error { return p.Put(ctx, tx, "shop", ref, []byte("planted")) }))
		refs[i] = ref
	}
	plain, err := two.Get(ctx, "shop", refs[0])
	require.NoError(t, err)
	require.Equal(t, "planted", string(plain))

	again, err := db.ParsePayloadRef(refs[1].String())
	require.NoError(t, err)
	require.Equal(t, refs[1], again)

	_, err = pool.Exec(ctx, "delete from payload_key")
	require.NoError(t, err)
	_, err = (&db.Payloads{DB: pool, Box: box}).Get(ctx, "shop", refs[0])
	require.ErrorIs(t, err, db.ErrNoPayload, "without its key a payload is gone")
}
