package db_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/testkit"
)

func TestDocuments_WhoSavesSecondGetsAConflict(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	docs := db.Documents{DB: testkit.Database(t)}
	_, err := docs.Put(ctx, "shop", []byte("first"), "anna", "", db.Over(3))
	require.ErrorAs(t, err, new(*db.Conflict))
	require.ErrorContains(t, err, "no document yet")
	_, err = docs.Current(ctx, "shop")
	require.ErrorIs(t, err, db.ErrNoIntegration, "a refused first version leaves nothing behind")

	version, err := docs.Put(ctx, "shop", []byte("first"), "anna", "", db.Over(0))
	require.NoError(t, err)
	require.Equal(t, 1, version)
	_, err = docs.Put(ctx, "shop", []byte("other first"), "bert", "", db.Over(0))
	require.ErrorContains(t, err, "has a document already, version 1")

	_, err = docs.Put(ctx, "shop", []byte("second"), "anna", "", db.Over(1))
	require.NoError(t, err)
	_, err = docs.Put(ctx, "shop", []byte("other second"), "bert", "", db.Over(1))
	var conflict *db.Conflict
	require.ErrorAs(t, err, &conflict)
	require.Equal(t, db.Conflict{Integration: "shop", From: 1, InForce: 2}, *conflict)
	text, err := docs.Get(ctx, "shop", 2)
	require.NoError(t, err)
	require.Equal(t, "second", string(text))
}

func TestDocuments_OfManyAtOnceFromOneVersionOneIsStored(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	docs := db.Documents{DB: testkit.Database(t)}
	var mu sync.Mutex
	var stored, conflicts int
	var wg sync.WaitGroup
	for i := range 10 {
		wg.Go(func() {
			_, err := docs.Put(ctx, "shop", fmt.Appendf(nil, "text %d", i), "anna", "", db.Over(0))
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				stored++
			} else if _, ok := errors.AsType[*db.Conflict](err); ok {
				conflicts++
			}
		})
	}
	wg.Wait()
	require.Equal(t, 1, stored)
	require.Equal(t, 9, conflicts)
}

func TestDocuments_ListsVersionsFromTheNewest(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	docs := db.Documents{DB: testkit.Database(t)}
	for i := 1; i <= 5; i++ {
		_, err := docs.Put(ctx, "shop", fmt.Appendf(nil, "text %d", i), "anna", fmt.Sprintf("note %d", i))
		require.NoError(t, err)
	}
	_, err := docs.Put(ctx, "other", []byte("other"), "bert", "")
	require.NoError(t, err)

	numbers := func(below, most int) (all []int) {
		versions, err := docs.Versions(ctx, "shop", below, most)
		require.NoError(t, err)
		for _, v := range versions {
			require.Equal(t, fmt.Sprintf("note %d", v.Number), v.Note)
			require.Equal(t, "anna", v.Author)
			require.False(t, v.At.IsZero())
			all = append(all, v.Number)
		}
		return all
	}
	require.Equal(t, []int{5, 4, 3, 2, 1}, numbers(0, 10))
	require.Equal(t, []int{5, 4}, numbers(0, 2))
	require.Equal(t, []int{3, 2}, numbers(4, 2))
	require.Empty(t, numbers(1, 2))

	for _, none := range []int{-1, 0, 6, 1 << 40} {
		_, _, err := docs.Version(ctx, "shop", none)
		require.ErrorIs(t, err, db.ErrNoVersion)
	}
}
