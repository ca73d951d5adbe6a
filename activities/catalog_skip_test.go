package activities_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// refuses lets the till refuse to make an article.
func (s *shelf) refuses(sku string) {
	s.fails = func(op, about string) (error, bool) { //nolint:revive // as the fake asks
		if op == "create" && about == sku {
			return fault.New(fault.Rejected, "till_refused", "createProduct").About(sku), false
		}
		return nil, true
	}
}

func (s *shelf) skip(sku string) {
	s.t.Helper()
	_, err := db.Q.ParkedClose(s.t.Context(), s.pool, store.ParkedCloseParams{Integration: "shop", Entity: "product", SourceID: sku, ClosedBy: activities.OutcomeSkipped})
	require.NoError(s.t, err)
	n, err := db.Q.CatalogSkip(s.t.Context(), s.pool, store.CatalogSkipParams{
		Integration: "shop", Entity: "product", SourceID: sku, Outcome: activities.OutcomeSkipped, Code: domain.SkipDoneByHand,
	})
	require.NoError(s.t, err)
	require.EqualValues(s.t, 1, n)
}

func TestCarry_AVersionThatAPersonEndedIsLeftAloneUntilItChanges(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "full_at: ''")
	s.put(morning, goods(1, 3)...)
	s.refuses("100002")
	s.carry(activities.CarryInput{})
	require.Equal(t, map[string]string{"100002": "till_refused"}, s.parked())
	s.skip("100002")
	writes := s.writes
	for _, in := range []activities.CarryInput{{Full: true}, {}, {Keys: []string{"100002"}}} {
		count, _ := s.carry(in)
		require.Empty(t, s.parked())
		require.Equal(t, writes, s.writes)
		if in.Full || len(in.Keys) > 0 {
			require.Equal(t, 1, count.Why[domain.SkipDoneByHand])
		}
	}
	changed := goods(2, 2)[0]
	changed.LongDescription = "better"
	s.put(morning.Add(time.Hour), changed)
	s.carry(activities.CarryInput{})
	require.Equal(t, map[string]string{"100002": "till_refused"}, s.parked(), "another version is another matter")
}

func TestCarry_WhatWaitsAndIsGoneFromTheBooksWaitsNoLonger(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "full_at: ''")
	s.put(morning, goods(1, 4)...)
	s.fails = func(op, about string) (error, bool) { //nolint:revive // as the fake asks
		if op == "create" && (about == "100002" || about == "100003") {
			return fault.New(fault.Rejected, "till_refused", "createProduct").About(about), false
		}
		return nil, true
	}
	s.carry(activities.CarryInput{})
	require.Len(t, s.parked(), 2)
	delete(s.products, "100002")
	delete(s.products, "100003")
	s.carry(activities.CarryInput{Keys: []string{"100002"}, DryRun: true})
	require.Len(t, s.parked(), 2)
	s.carry(activities.CarryInput{Keys: []string{"100002"}})
	require.Equal(t, map[string]string{"100003": "till_refused"}, s.parked())
	_, last := s.carry(activities.CarryInput{Full: true})
	require.Empty(t, s.parked())
	require.Zero(t, last.Gone, "the till never had them")
	require.Equal(t, activities.OutcomeGone, s.row("100003").Outcome)
}

// A record that an older run is writing is in the books: a crawl that met it must not
// take it away.
func TestCarry_WhatAnotherRunWritesIsNotGone(t *testing.T) {
	t.Parallel()
	s := newShelf(t, "full_at: ''")
	s.put(morning, goods(1, 2)...)
	s.carry(activities.CarryInput{})
	p := goods(1, 1)[0]
	p.LongDescription = "new"
	s.put(morning.Add(time.Hour), p)
	_, err := s.pool.Exec(t.Context(), "update catalog set holder = gen_random_uuid(), locked_until = now() + interval '1 hour' where source_id = '100001'")
	require.NoError(t, err)
	count, last := s.carry(activities.CarryInput{Full: true})
	require.Equal(t, 1, count.Deferred)
	require.Zero(t, last.Gone)
}
