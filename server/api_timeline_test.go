package server_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/server/api"
)

func (p *programs) arrived(t *testing.T, id, number string) {
	t.Helper()
	_, err := db.Q.InboxPut(t.Context(), p.db, store.InboxPutParams{
		Integration: "shop", Entity: "order", SourceID: id, Number: number, Marker: 4, ContentHash: "h",
		PayloadMonth: time.Now(), PayloadID: uuid.New(), TotalCents: 1995,
	})
	require.NoError(t, err)
}

func TestAPI_ATimelineTellsHowEachAttemptEndedAndWhy(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withVersions(t, 1)
	p.arrived(t, "a1", "2026.7")
	for i, end := range []store.OutcomePutParams{
		{Outcome: "parked", Code: "product_missing", Decisions: []byte(`[]`)},
		{Outcome: "delivered", TargetID: "26000004", Decisions: []byte(`[{"code":"customer_found","about":"10001 email"}]`)},
	} {
		end.Integration, end.Flow, end.Entity, end.SourceID, end.Document, end.Run, end.Marker = "shop", "orders", "order", "a1", 1, "run", int64(i)
		require.NoError(t, db.Q.OutcomePut(t.Context(), p.db, end))
	}
	var all []api.Timeline
	p.read(t, atShop+"/orders/2026.7/timeline", &all)
	require.Len(t, all, 1)
	require.EqualValues(t, 1995, all[0].TotalCents)
	require.Len(t, all[0].Entries, 2)
	require.Equal(t, "product_missing", all[0].Entries[0].Code)
	require.NotEmpty(t, all[0].Entries[0].Fix)
	require.Equal(t, "26000004", all[0].Entries[1].TargetID)
	require.Equal(t, []api.TimelineDecision{{Code: "customer_found", Words: "The debtor found for this customer", About: "10001 email"}}, all[0].Entries[1].Decisions)

	answer := p.ask(t, request{method: "GET", path: atShop + "/orders/2026.8/timeline", scope: db.ScopeRead})
	require.Equal(t, http.StatusNotFound, answer.Code)
}
