package activities_test

import (
	"strings"
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

// What is applied while pages are gone through does not get into the answer: the
// first page settles the versions, also for who asked by hand.
func TestQuestions_GoByTheVersionsOfTheFirstPage(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.apply(document)
	d.arrived(sale("2026.1", 1))
	d.tell(sale("2026.2", 2))
	newer := strings.Replace(document, `value: "1"`, `value: "5"`, 1)
	draft := d.draft(newer)
	for name, c := range map[string]struct {
		ask   activities.Ask
		under activities.Versions
	}{
		"what is in force": {activities.Ask{}, activities.Versions{Document: 2, InForce: 2}},
		"an earlier one":   {activities.Ask{Document: 1}, activities.Versions{Document: 1, InForce: 2}},
		"a draft":          {activities.Ask{Draft: draft}, activities.Versions{InForce: 2}},
	} {
		c.ask.Integration = "shop"
		schemas, err := run[activities.ReadSchemasResult](d, d.previews().ReadSchemas, c.ask)
		require.NoError(t, err)
		require.Equal(t, c.under, schemas.Under, name)
	}
	d.apply(newer)
	d.books.versions = nil
	for name, c := range map[string]struct {
		first  activities.Ask
		under  activities.Versions
		differ int
	}{
		"what was in force": {activities.Ask{}, activities.Versions{Document: 2, InForce: 2}, 0},
		"an earlier one":    {activities.Ask{Document: 1}, activities.Versions{Document: 1, InForce: 2}, 0},
		"a draft":           {activities.Ask{Draft: draft}, activities.Versions{InForce: 2}, 1},
	} {
		ask := c.first.Under(c.under)
		in := november
		in.Ask = ask
		whatIf := d.whatIf(in)
		require.Equal(t, c.under, whatIf.Versions, name)
		require.Equal(t, c.differ, whatIf.Differ, "%s: orders that are not booked go under the version that was in force", name)

		dry, err := d.dryRun(activities.DryRunOrdersInput{Ask: ask})
		require.NoError(t, err)
		require.Equal(t, c.under, dry.Under, name)
		require.Equal(t, c.under, answer[activities.DryRunAnswer](d, dry.Results).Versions, name)

		ask.Integration = "shop"
		preview, err := run[activities.PreviewOrdersResult](d, d.previews().PreviewOrders, activities.PreviewOrdersInput{Ask: ask, Last: 1})
		require.NoError(t, err)
		require.Equal(t, c.under, preview.Under, name)
		require.Equal(t, c.under, answer[activities.PreviewAnswer](d, preview.Results).Versions, name)
	}
	for _, version := range d.books.versions {
		require.Equal(t, 2, version, "systems are opened as the document says that was in force")
	}
}
