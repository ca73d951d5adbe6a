package app_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/configs/examples"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/app"
	"github.com/koppel/koppel/internal/testkit"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/workflows"
)

// runs remembers which runs were asked for.
type runs struct {
	*testkit.Schedules
	ids   []string
	asked []workflows.SyncCatalogInput
}

func (r *runs) ExecuteWorkflow(_ context.Context, options client.StartWorkflowOptions, _ any, args ...any) (client.WorkflowRun, error) {
	if in, ok := args[0].(workflows.SyncCatalogInput); ok {
		r.ids, r.asked = append(r.ids, options.ID), append(r.asked, in)
	}
	return nil, nil
}

// waiting is an app with products of the demo parked.
func waiting(t *testing.T, keys ...string) (*app.App, *runs) {
	t.Helper()
	pool := testkit.Database(t)
	r := &runs{Schedules: &testkit.Schedules{}}
	a := &app.App{DB: pool, Documents: db.Documents{DB: pool}, Temporal: r, Log: testkit.Logger(t), Secrets: db.Secrets{DB: pool, Box: testkit.Box(t)}, Listings: db.Listings{DB: pool, Box: testkit.Box(t)}}
	_, err := a.Documents.Put(t.Context(), "demo", examples.Demo, "test", "")
	require.NoError(t, err)
	for _, name := range []string{"webhook.secret", "accountview.client_secret", "accountview.refresh_token", "mplus.ident", "mplus.secret"} {
		require.NoError(t, a.Secrets.Put(t.Context(), "demo", name, "planted"))
	}
	for _, key := range keys {
		park(t, a, key, "number_taken")
		_, err := pool.Exec(t.Context(), `insert into catalog (integration, entity, source_id, outcome, code, draft_hash) values ('demo', 'product', $1, 'parked', 'number_taken', 'h')`, key)
		require.NoError(t, err)
	}
	return a, r
}

func park(t *testing.T, a *app.App, key, code string) {
	t.Helper()
	_, err := db.Q.ParkedPut(t.Context(), a.DB, store.ParkedPutParams{
		Integration: "demo", Flow: "products", Entity: "product", SourceID: key, Number: key, Code: code, Document: 1, WaitsFor: []string{},
	})
	require.NoError(t, err)
}

func interventions(t *testing.T, a *app.App, key string) []string {
	t.Helper()
	did, err := db.Q.InterventionList(t.Context(), a.DB, store.InterventionListParams{Integration: "demo", Entity: "product", SourceID: key})
	require.NoError(t, err)
	words := []string{}
	for _, d := range did {
		words = append(words, fmt.Sprint(d.Action, " ", d.Code, " ", d.Reason, " by ", d.Who))
	}
	return words
}

func TestParkedRecords_AreRetriedByOneRunThatNamesThem(t *testing.T) {
	t.Parallel()
	a, r := waiting(t, "100", "200", "300")
	done, err := a.RetryParked(t.Context(), api.ParkedChoice{Integration: "demo", All: true, Cause: "number_taken", By: "ann"})
	require.NoError(t, err)
	require.Len(t, done.Done, 3)
	require.Equal(t, []workflows.SyncCatalogInput{{Integration: "demo", Keys: []string{"100", "200", "300"}}}, r.asked)
	require.Regexp(t, `^products/demo/retry-`, r.ids[0])
	require.Equal(t, []string{"retry number_taken  by ann"}, interventions(t, a, "200"))

	_, err = a.RetryParked(t.Context(), api.ParkedChoice{Integration: "demo", Flow: "products", Numbers: []string{"200"}, By: "ann"})
	require.NoError(t, err)
	require.Equal(t, []string{"200"}, r.asked[1].Keys)
	_, err = a.RetryParked(t.Context(), api.ParkedChoice{Integration: "demo", Flow: "orders", Numbers: []string{"200"}})
	require.ErrorIs(t, err, api.NoSuchParked{})
}

func TestParkedRecords_TheQuestionAboutWhatIsGoneIsAnsweredExpressly(t *testing.T) {
	t.Parallel()
	a, r := waiting(t)
	park(t, a, "*", activities.CodeTooManyGone)
	choice := api.ParkedChoice{Integration: "demo", Numbers: []string{"*"}, By: "ann"}
	done, err := a.RetryParked(t.Context(), choice)
	require.NoError(t, err)
	require.Contains(t, done.Failed["*"], "--approve-gone")
	require.Empty(t, r.asked)
	require.Empty(t, interventions(t, a, "*"))
	done, err = a.SkipParked(t.Context(), choice, domain.SkipDoneByHand)
	require.NoError(t, err)
	require.Contains(t, done.Failed["*"], "question")

	choice.ApproveGone = true
	done, err = a.RetryParked(t.Context(), choice)
	require.NoError(t, err)
	require.Equal(t, []string{"*"}, done.Done)
	require.Equal(t, []workflows.SyncCatalogInput{{Integration: "demo", ApproveGone: true}}, r.asked)
}

func TestParkedRecords_SkippedAreLeftAloneAndWrittenDown(t *testing.T) {
	t.Parallel()
	a, _ := waiting(t, "100", "200")
	done, err := a.SkipParked(t.Context(), api.ParkedChoice{Integration: "demo", Numbers: []string{"100"}, By: "ann"}, domain.SkipDoneByHand)
	require.NoError(t, err)
	require.Equal(t, []string{"100"}, done.Done)
	rows, err := a.AllParked(t.Context(), "demo", 10)
	require.NoError(t, err)
	require.Len(t, rows, 1)
	all, err := api.RecordTimelinesOf(t.Context(), a.DB, "demo", "products", "100")
	require.NoError(t, err)
	require.Equal(t, activities.OutcomeSkipped, all[0].Outcome)
	require.Equal(t, domain.SkipDoneByHand, all[0].Code)
	require.Equal(t, activities.OutcomeSkipped, all[0].Entries[0].Outcome)
	require.Equal(t, "ann", all[0].People[0].Who)
	require.Equal(t, []string{"skip number_taken done_by_hand by ann"}, interventions(t, a, "100"))
}

func TestParkedRecords_AFixIsARowOfALookupTableAndNothingElse(t *testing.T) {
	t.Parallel()
	a, r := waiting(t, "100")
	_, err := a.FixParked(t.Context(), api.ParkedFix{Integration: "demo", Number: "100", By: "ann", Sale: []byte("{}")})
	var refused *api.FixRefused
	require.ErrorAs(t, err, &refused)
	require.Contains(t, refused.Words, "corrected in AccountView")
	_, err = a.FixParked(t.Context(), api.ParkedFix{Integration: "demo", Number: "100", By: "ann", Table: "no_such", Row: &domain.LookupRow{Key: domain.LookupKey{"9"}, Value: "1"}})
	require.ErrorAs(t, err, &refused)
	require.Contains(t, refused.Words, "no_such")
	require.Empty(t, r.asked)
	_, err = a.ParkedSale(t.Context(), "demo", "100")
	require.Error(t, err)

	fixed, err := a.FixParked(t.Context(), api.ParkedFix{
		Integration: "demo", Flow: "products", Number: "100", By: "ann", Table: "vat_code_till", Row: &domain.LookupRow{Key: domain.LookupKey{"9"}, Value: "1"},
	})
	require.NoError(t, err)
	require.Equal(t, 2, fixed.Document)
	require.Equal(t, []string{"100"}, r.asked[len(r.asked)-1].Keys)
	require.Equal(t, []string{"fix number_taken  by ann"}, interventions(t, a, "100"))
}
