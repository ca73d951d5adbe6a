package server_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/workflows"
)

// sync runs a flow over the API.
func (p *programs) sync(t *testing.T, flow, body string) (int, api.FlowRun) {
	t.Helper()
	answer := p.ask(t, request{method: http.MethodPost, path: atShop + "/flows/" + flow + "/sync", scope: db.ScopeOperate, body: body})
	var run api.FlowRun
	require.NoError(t, json.Unmarshal(answer.Body.Bytes(), &run), answer.Body.String())
	return answer.Code, run
}

func synced(any) (any, error) {
	return workflows.SyncCatalogResult{
		Outcome: workflows.OutcomeDone, Mode: activities.ModeKeys, Pages: 1, Document: 1,
		Count: activities.CatalogCount{
			Read: 9, Created: 1, Parked: 3, LeftOut: 5, Why: map[string]int{"number_taken": 1, "barcode_invalid": 2, "filtered_record": 5},
			ParkedWhy: map[string]int{"number_taken": 1, "barcode_invalid": 2},
		},
	}, nil
}

func TestAPI_SyncCountsByOutcomeAndReason(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withVersions(t, 1)
	p.temporal.answer = synced
	code, run := p.sync(t, "products", `{"keys": ["1001", "A-1"], "dry_run": true}`)
	require.Equal(t, http.StatusOK, code)
	require.Equal(t, workflows.SyncCatalogInput{Integration: "shop", Keys: []string{"1001", "A-1"}, DryRun: true}, p.temporal.starts()[0].input)
	require.Equal(t, "done", run.State)
	require.Equal(t, 9, run.Count.Read)
	require.Equal(t, []string{"barcode_invalid", "number_taken"}, []string{run.Count.ParkedWhy[0].Code, run.Count.ParkedWhy[1].Code})
	require.Len(t, run.Count.OtherWhy, 1)
	require.Equal(t, 5, run.Count.OtherWhy[0].Records)
	require.NotEmpty(t, run.Count.OtherWhy[0].Words)

	var again api.FlowRun
	p.read(t, run.Link, &again)
	require.Equal(t, run, again)
	p.temporal.answer = func(any) (any, error) { return nil, errors.New("failed") }
	p.read(t, run.Link, &again)
	require.Equal(t, "failed", again.State)

	p.temporal.answer = func(any) (any, error) { return workflows.SyncOrdersResult{Outcome: workflows.OutcomeBusy}, nil }
	_, run = p.sync(t, "orders", `{}`)
	require.Equal(t, "busy", run.Outcome)
	require.Nil(t, run.Count)
	for _, body := range []string{`{"full": true}`, `{"approve_gone": true}`} {
		_, _ = p.sync(t, "products", body)
	}
	starts := p.temporal.starts()
	require.Equal(t, workflows.SyncCatalogInput{Integration: "shop", ApproveGone: true}, starts[len(starts)-1].input)
}

func TestAPI_SyncThatTakesLongIsReadAtItsLink(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withVersions(t, 1)
	code, run := p.sync(t, "products", `{"full": true}`)
	require.Equal(t, http.StatusAccepted, code)
	require.Equal(t, "running", run.State)
	p.temporal.tells = map[string]any{workflows.QueryProgress: workflows.CatalogProgress{Mode: activities.ModeFull, Pages: 3, Count: activities.CatalogCount{Read: 1500}}}
	p.read(t, run.Link, &run)
	require.Equal(t, 1500, run.Count.Read)
}

func TestAPI_SyncRefusesWhatAFlowCannotDo(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withVersions(t, 1)
	for body, flow := range map[string]string{
		`{"keys": ["1"]}`:                                    "doubles",
		`{"full": true}`:                                     "orders",
		`{"dry_run": true}`:                                  "orders",
		`{"keys": ["1"], "full": true}`:                      "products",
		`{"keys": [" 1"]}`:                                   "products",
		`{"dry_run": true, "approve_gone": true}`:            "products",
		`{"keys": ["1"` + strings.Repeat(`,"1"`, 500) + `]}`: "products",
		`{"orders": ["1"]}`:                                  "products",
	} {
		answer := p.ask(t, request{method: "POST", path: atShop + "/flows/" + flow + "/sync", scope: db.ScopeOperate, body: body})
		require.Equal(t, http.StatusBadRequest, answer.Code, body)
	}
	for path, scope := range map[string]db.Scope{"/flows/nonsense/sync": db.ScopeOperate, "/flows/products/sync": db.ScopeRead} {
		want := map[db.Scope]int{db.ScopeOperate: http.StatusNotFound, db.ScopeRead: http.StatusForbidden}[scope]
		require.Equal(t, want, p.ask(t, request{method: "POST", path: atShop + path, scope: scope, body: `{}`}).Code)
	}
	require.Equal(t, http.StatusNotFound, p.ask(t, request{method: "GET", path: atShop + "/flows/products/runs/api-1", scope: db.ScopeRead}).Code)
	require.Empty(t, p.temporal.starts())
}
