package server_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/temporal"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/workflows"
)

const atLoad = atShop + "/flows/products/load"

// load asks something of the load of the products.
func (p *programs) load(t *testing.T, method, path, body string) (int, api.Load) {
	t.Helper()
	answer := p.ask(t, request{method: method, path: atLoad + path, scope: db.ScopeOperate, body: body})
	var load api.Load
	require.NoError(t, json.Unmarshal(answer.Body.Bytes(), &load))
	return answer.Code, load
}

func TestAPI_LoadIsStartedSteeredAndTold(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withVersions(t, 1)
	code, _ := p.load(t, "GET", "", "")
	require.Equal(t, http.StatusNotFound, code)
	code, _ = p.load(t, "POST", "/pause", "{}")
	require.Equal(t, http.StatusNotFound, code)

	p.temporal.tells = map[string]any{workflows.QueryProgress: workflows.LoadProgress{
		State: workflows.LoadRunning, Done: 250, Total: 1000, Began: now, At: now, PerMinute: 50, Left: 15 * time.Minute, Pace: 60,
		Count: activities.CatalogCount{Read: 250, Created: 249, Parked: 1, Why: map[string]int{"number_taken": 1}, ParkedWhy: map[string]int{"number_taken": 1}},
	}}
	code, load := p.load(t, "POST", "", `{"per_minute": 60}`)
	require.Equal(t, http.StatusOK, code)
	started := p.temporal.starts()[0]
	require.Equal(t, "load/products/shop", started.options.ID)
	require.Equal(t, workflows.LoadCatalogInput{Integration: "shop", Flow: "products", PerMinute: 60}, started.input)
	require.Equal(t, 250, load.Done)
	require.True(t, now.Add(15*time.Minute).Equal(*load.DoneAt))
	require.Equal(t, "number_taken", load.Count.ParkedWhy[0].Code)
	code, _ = p.load(t, "POST", "", `{}`)
	require.Equal(t, http.StatusConflict, code, "one at a time")

	for path, body := range map[string]string{"/pause": "{}", "/resume": "{}", "/pace": `{"per_minute": 600}`} {
		code, _ = p.load(t, "POST", path, body)
		require.Equal(t, http.StatusOK, code, path)
	}
	require.Equal(t, map[string]any{
		workflows.UpdatePause: workflows.PauseLoad{By: "the operate"}, workflows.UpdateResume: workflows.ResumeLoad{By: "the operate"},
		workflows.UpdateSetPace: workflows.SetPace{PerMinute: 600, By: "the operate"},
	}, p.temporal.updates)
	p.temporal.refuses = temporal.NewApplicationError("the load is paused already", "")
	answer := p.ask(t, request{method: "POST", path: atLoad + "/pause", scope: db.ScopeOperate, body: "{}"})
	requireRefused(t, answer, http.StatusConflict, "load_refused")
	require.Contains(t, answer.Body.String(), "the load is paused already")

	code, _ = p.load(t, "POST", "/stop", "{}")
	require.Equal(t, http.StatusOK, code)
	require.Equal(t, []string{"load/products/shop"}, p.temporal.canceled)
	p.temporal.status = enums.WORKFLOW_EXECUTION_STATUS_CANCELED
	_, load = p.load(t, "GET", "", "")
	require.Equal(t, "stopped", load.State)
	require.Nil(t, load.DoneAt)
	code, _ = p.load(t, "POST", "/resume", "{}")
	require.Equal(t, http.StatusConflict, code)
}

func TestAPI_LoadRefusesWhatCannotBe(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withVersions(t, 1)
	for path, want := range map[string]int{"/flows/orders/load": http.StatusBadRequest, "/flows/none/load": http.StatusNotFound} {
		require.Equal(t, want, p.ask(t, request{method: "POST", path: atShop + path, scope: db.ScopeOperate, body: "{}"}).Code)
	}
	for _, body := range []string{`{"per_minute": -1}`, `{"per_minute": 1000001}`, `{"pace": 1}`} {
		code, _ := p.load(t, "POST", "", body)
		require.Equal(t, http.StatusBadRequest, code, body)
	}
	require.Equal(t, http.StatusForbidden, p.ask(t, request{method: "POST", path: atLoad, scope: db.ScopeRead, body: "{}"}).Code)
	require.Empty(t, p.temporal.starts())
}

func TestAPI_LoadWithoutAWorkerIsKnownToRunAndNoMore(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withVersions(t, 1)
	code, load := p.load(t, "POST", "", `{}`)
	require.Equal(t, http.StatusOK, code)
	require.Equal(t, "running", load.State)
	require.Nil(t, load.Count)
}
