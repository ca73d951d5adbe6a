package db_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/internal/testkit"
)

func TestListings_AreKeptApartAndUnreadable(t *testing.T) {
	t.Parallel()
	ctx, pool := t.Context(), testkit.Database(t)
	l := db.Listings{DB: pool, Box: testkit.Box(t)}
	people := []domain.ListedItem{{Code: "1", Name: "Planted Person", Detail: "x", Inactive: true}}
	require.NoError(t, l.Put(ctx, "shop", domain.Listings{domain.ListTillEmployees: people, domain.ListTillVATCodes: {}}))
	require.NoError(t, l.Put(ctx, "other", domain.Listings{domain.ListTillEmployees: {}}))

	got, err := l.Get(ctx, "shop")
	require.NoError(t, err)
	require.Equal(t, domain.Listings{domain.ListTillEmployees: people, domain.ListTillVATCodes: {}}, got, "an empty list was fetched too")

	ages, err := l.Ages(ctx, "shop")
	require.NoError(t, err)
	require.Len(t, ages, 2)
	require.Equal(t, domain.ListTillEmployees, ages[0].Kind)
	require.Equal(t, 1, ages[0].Items)
	require.WithinDuration(t, time.Now(), ages[0].FetchedAt, time.Minute)

	require.NoError(t, l.Put(ctx, "shop", domain.Listings{domain.ListTillVATCodes: {{Code: "2"}}}))
	got, err = l.Get(ctx, "shop")
	require.NoError(t, err)
	require.Equal(t, people, got[domain.ListTillEmployees], "a list that was not fetched again stays")
	require.Equal(t, "2", got[domain.ListTillVATCodes][0].Code)

	var readable int
	require.NoError(t, pool.QueryRow(ctx, "select count(*) from listing where position('Planted' in encode(sealed, 'escape')) > 0").Scan(&readable))
	require.Zero(t, readable)
	_, err = pool.Exec(ctx, "update listing set integration = 'third' where integration = 'shop'")
	require.NoError(t, err)
	_, err = l.Get(ctx, "third")
	require.Error(t, err, "what is sealed is bound to its integration")
}

func TestConnectionTests_KeepTheLastOfEachSystem(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	c := db.ConnectionTests{DB: testkit.Database(t), Box: testkit.Box(t)}
	failed := domain.Findings{Checks: []domain.Check{{Name: "reach", Outcome: domain.CheckFailed, Code: "name_not_found"}}}
	works := domain.Findings{
		Checks:      []domain.Check{{Name: "reach", Outcome: domain.CheckOK}},
		Assumptions: []domain.Assumption{{Row: "mplus 1", Found: "hundredths"}},
	}
	require.NoError(t, c.Put(ctx, "shop", "mplus", failed))
	require.NoError(t, c.Put(ctx, "shop", "accountview", failed))
	require.NoError(t, c.Put(ctx, "shop", "mplus", works))
	require.NoError(t, c.Put(ctx, "other", "mplus", failed))

	tests, err := c.List(ctx, "shop")
	require.NoError(t, err)
	require.Len(t, tests, 2)
	require.Equal(t, "accountview", tests[0].System)
	require.Equal(t, "name_not_found", tests[0].Code)
	require.Empty(t, tests[1].Code)
	require.Equal(t, works.Assumptions, tests[1].Assumptions)
}

func TestConsents_AStateCountsOnceAndInTime(t *testing.T) {
	t.Parallel()
	ctx, pool := t.Context(), testkit.Database(t)
	c := db.Consents{DB: pool, Box: testkit.Box(t)}
	asked := db.Consent{Integration: "shop", System: "accountview", RedirectURI: "https://k/connect/accountview", Verifier: "planted-verifier"}
	id, err := c.Ask(ctx, asked, "planted-state", time.Now().Add(time.Minute))
	require.NoError(t, err)
	_, err = c.Ask(ctx, asked, "late-state", time.Now().Add(-time.Second))
	require.NoError(t, err)

	_, err = c.Returned(ctx, "made-up", "code")
	require.ErrorIs(t, err, db.ErrNoConsent)
	_, err = c.Returned(ctx, "late-state", "code")
	require.ErrorIs(t, err, db.ErrNoConsent)
	got, err := c.Returned(ctx, "planted-state", "planted-code")
	require.NoError(t, err)
	require.Equal(t, id, got.ID)
	_, err = c.Returned(ctx, "planted-state", "planted-code")
	require.ErrorIs(t, err, db.ErrNoConsent, "a state counts once")

	got, err = c.Get(ctx, id)
	require.NoError(t, err)
	require.Equal(t, secret.Text("planted-code"), got.Code)
	require.Equal(t, secret.Text("planted-verifier"), got.Verifier)
	require.Equal(t, "shop", got.Integration)

	var readable int
	require.NoError(t, pool.QueryRow(ctx,
		"select count(*) from consent c where position('planted' in encode(sealed, 'escape') || encode(state_hash, 'escape')) > 0").Scan(&readable))
	require.Zero(t, readable)

	require.NoError(t, c.End(ctx, id))
	_, err = c.Get(ctx, id)
	require.ErrorIs(t, err, db.ErrNoConsent, "nothing of it is kept once it ended")
}

func TestConsents_OfTwoWhoReturnAtOnceOneCounts(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	c := db.Consents{DB: testkit.Database(t), Box: testkit.Box(t)}
	_, err := c.Ask(ctx, db.Consent{Integration: "shop", System: "accountview"}, "state", time.Now().Add(time.Minute))
	require.NoError(t, err)
	ends := make(chan error, 8)
	for range cap(ends) {
		go func() {
			_, err := c.Returned(ctx, "state", "code")
			ends <- err
		}()
	}
	won := 0
	for range cap(ends) {
		if err := <-ends; err == nil {
			won++
		} else {
			require.ErrorIs(t, err, db.ErrNoConsent)
		}
	}
	require.Equal(t, 1, won)
}
