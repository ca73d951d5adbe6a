package activities_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
)

func TestEndRequest_TellsOnceHowItEnded(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := uuid.New()
	require.NoError(t, db.Q.RequestPut(t.Context(), d.pool, store.RequestPutParams{ID: id, Integration: "shop", Kind: "preview", AskedBy: "test"}))
	end := func(request string, why activities.Failure, results ...string) {
		t.Helper()
		_, err := run[struct{}](d, d.previews().EndRequest, activities.EndRequestInput{
			Ask: activities.Ask{Request: request, Integration: "shop"}, Results: results, Failure: why,
		})
		require.NoError(t, err)
	}
	end("", activities.Failure{})               // nobody waits
	end(uuid.NewString(), activities.Failure{}) // nor for this one
	end(id.String(), activities.Failure{}, "2026-11/x")
	end(id.String(), activities.Failure{Code: "late"})

	row, err := db.Q.RequestGet(t.Context(), d.pool, store.RequestGetParams{ID: id, Integration: "shop"})
	require.NoError(t, err)
	require.Equal(t, activities.RequestDone, row.State)
	require.Equal(t, []string{"2026-11/x"}, row.Results)
	require.JSONEq(t, `{"records": 0, "tally": []}`, string(row.Summary))
	require.NotNil(t, row.EndedAt)
	_, err = db.Q.RequestGet(t.Context(), d.pool, store.RequestGetParams{ID: id, Integration: "other"})
	require.True(t, db.IsNotFound(err), "a request belongs to one integration")
}

func TestEndRequest_SaysWhyThereIsNoAnswer(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := uuid.New()
	require.NoError(t, db.Q.RequestPut(t.Context(), d.pool, store.RequestPutParams{ID: id, Integration: "shop", Kind: "what_if", AskedBy: "test"}))
	_, err := run[struct{}](d, d.previews().EndRequest, activities.EndRequestInput{
		Ask: activities.Ask{Request: id.String(), Integration: "shop"}, Failure: activities.Failure{Code: "document_refused", About: "shop"},
	})
	require.NoError(t, err)
	row, err := db.Q.RequestGet(t.Context(), d.pool, store.RequestGetParams{ID: id, Integration: "shop"})
	require.NoError(t, err)
	require.Equal(t, []string{"failed", "document_refused", "shop"}, []string{row.State, row.Code, row.About})
}
