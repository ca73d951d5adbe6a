package server_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/enums/v1"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/settings"
	"github.com/koppel/koppel/workflows"
)

func (p *programs) results(answer func(input any) (any, error)) {
	p.temporal.mu.Lock()
	defer p.temporal.mu.Unlock()
	p.temporal.answer = answer
}

func TestAPI_AConnectionTestTellsThePreciseCause(t *testing.T) {
	t.Parallel()
	p := withAPI(t)
	p.results(func(any) (any, error) {
		return workflows.TestConnectionResult{
			Outcome: workflows.OutcomeDone, Code: "company_not_listed",
			Checks: []domain.Check{{Name: "company", Outcome: domain.CheckFailed, Code: "company_not_listed", Found: "2 companies"}},
			Lists:  []activities.ListCount{{Kind: domain.ListBooksCompanies, Items: 2}},
		}, nil
	})
	answer := p.ask(t, request{method: "POST", path: atShop + "/connections/accountview/test", scope: db.ScopeOperate})
	require.Equal(t, 200, answer.Code, answer.Body.String())
	require.Contains(t, answer.Body.String(), `"works":false`)
	require.Contains(t, answer.Body.String(), domain.ReasonFor("company_not_listed").Fix)
	require.Contains(t, answer.Body.String(), `{"kind":"accountview.companies","items":2}`)

	started := p.temporal.starts()[0]
	require.Equal(t, "test/shop/accountview", started.options.ID)
	require.Equal(t, enums.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING, started.options.WorkflowIDConflictPolicy)
	require.Equal(t, workflows.TestConnectionInput{Integration: "shop", System: "accountview"}, started.input)

	requireRefused(t, p.ask(t, request{method: "POST", path: atShop + "/connections/mplus/test", scope: db.ScopeRead}), 403, "scope_too_small")
	requireRefused(t, p.ask(t, request{method: "POST", path: atShop + "/connections/lightspeed/test"}), 404, "system_unknown")
}

func TestAPI_ATestThatTakesLongerIsFoundLater(t *testing.T) {
	t.Parallel()
	p := withAPI(t)
	answer := p.ask(t, request{method: "POST", path: atShop + "/connections/mplus/test"}) // waits as long as a person would
	require.Equal(t, 202, answer.Code, answer.Body.String())
	require.Contains(t, answer.Body.String(), `"done":false`)
	require.Contains(t, answer.Body.String(), "http://temporal.example/namespaces/default/workflows/test")
}

func TestAPI_ADraftIsTestedWithoutBeingInForce(t *testing.T) {
	t.Parallel()
	p := withAPI(t)
	p.results(func(any) (any, error) { return workflows.TestConnectionResult{Outcome: workflows.OutcomeDone}, nil })
	const draft = "integration: new\n# planted"
	answer := p.ask(t, request{
		method: "POST", path: "/api/integrations/new/connections/mplus/test-draft", body: draft, headers: map[string]string{"Content-Type": "application/yaml"},
	})
	require.Equal(t, 200, answer.Code, answer.Body.String())
	in, ok := p.temporal.starts()[0].input.(workflows.TestConnectionInput)
	require.True(t, ok)
	require.NotContains(t, in.Draft, "planted")
	ref, err := db.ParsePayloadRef(in.Draft)
	require.NoError(t, err)
	text, err := p.app.Payloads.Get(t.Context(), "new", ref)
	require.NoError(t, err)
	require.Equal(t, draft, string(text))
	require.Contains(t, p.log.String(), `"by":"the admin"`, "who sent secrets to another address can be told")
}

func TestAPI_ConnectionsAndListsAreReadFromWhatIsStored(t *testing.T) {
	t.Parallel()
	p := withAPI(t)
	var none api.ConnectionList
	p.read(t, atShop+"/connections", &none)
	require.Empty(t, none.Connections)

	box := p.deps.Secrets.Box
	require.NoError(t, db.Listings{DB: p.db, Box: box}.Put(t.Context(), "shop", domain.Listings{
		domain.ListTillEmployees: {{Code: "14", Name: "K. Assa", Inactive: true}},
	}))
	require.NoError(t, db.ConnectionTests{DB: p.db, Box: box}.Put(t.Context(), "shop", "mplus", domain.Findings{
		Checks:      []domain.Check{{Name: "reach", Outcome: domain.CheckFailed, Code: "certificate_expired"}},
		Assumptions: []domain.Assumption{{Row: "mplus 1", Topic: "scale", Path: "mplus.percent_scale", Assumed: "auto", How: "look"}},
	}))
	var list api.ConnectionList
	p.read(t, atShop+"/connections", &list)
	require.Equal(t, "certificate_expired", list.Connections[0].Code)
	require.Equal(t, domain.ReasonFor("certificate_expired").Fix, list.Connections[0].Checks[0].Fix)
	require.Equal(t, "mplus.percent_scale", list.Connections[0].Assumptions[0].Setting)
	require.Equal(t, 1, list.Lists[0].Items)
	require.WithinDuration(t, time.Now(), list.Lists[0].FetchedAt, time.Minute)

	var employees api.List
	p.read(t, atShop+"/lists/mplus.employees", &employees)
	require.Equal(t, []api.ListedItem{{Code: "14", Name: "K. Assa", Inactive: true}}, employees.Items)
	requireRefused(t, p.ask(t, request{method: "GET", path: atShop + "/lists/mplus.branches"}), 404, "list_not_fetched")
	requireRefused(t, p.ask(t, request{method: "GET", path: atShop + "/lists/mplus.passwords"}), 404, "unknown_list")
	require.NotContains(t, p.log.String(), "Assa")
}

func TestAPI_AnAddressToGiveConsentAt(t *testing.T) {
	t.Parallel()
	p := withAPI(t)
	requireRefused(t, p.ask(t, request{method: "GET", path: atShop + "/connect/accountview"}), 409, "no_document")
	p.withShop(t, nil)
	requireRefused(t, p.ask(t, request{method: "GET", path: atShop + "/connect/accountview"}), 409, "secret_missing")
	require.NoError(t, p.deps.Secrets.Put(t.Context(), "shop", settings.SecretAccountViewClient, "planted-secret"))
	requireRefused(t, p.ask(t, request{method: "GET", path: atShop + "/connect/accountview", scope: db.ScopeOperate}), 403, "scope_too_small")
	answer := p.ask(t, request{method: "GET", path: atShop + "/connect/accountview"})
	require.Equal(t, 200, answer.Code, answer.Body.String())
	address := addressIn(t, answer)
	require.Equal(t, "https://koppel.example/connect/accountview", address.Query().Get("redirect_uri"))
	require.Len(t, address.Query().Get("state"), 43)
	require.Empty(t, address.Query().Get("code_challenge"), "off unless the document says that it is offered")
	require.NotContains(t, p.log.String(), address.Query().Get("state"))

	p.app.Config.Server.PublicURL = ""
	requireRefused(t, p.ask(t, request{method: "GET", path: atShop + "/connect/accountview"}), 409, "public_url_missing")
}

func addressIn(t *testing.T, answer *httptest.ResponseRecorder) *url.URL {
	t.Helper()
	_, rest, found := strings.Cut(answer.Body.String(), `"authorize_url":"`)
	require.True(t, found)
	text, _, _ := strings.Cut(rest, `"`)
	address, err := url.Parse(strings.ReplaceAll(text, `\u0026`, "&"))
	require.NoError(t, err)
	return address
}

// asks makes an address to give consent at, and gives its state.
func (p *programs) asks(t *testing.T) string {
	t.Helper()
	answer := p.ask(t, request{method: "GET", path: atShop + "/connect/accountview"})
	require.Equal(t, http.StatusOK, answer.Code, answer.Body.String())
	return addressIn(t, answer).Query().Get("state")
}

func withConsent(t *testing.T) *programs {
	t.Helper()
	p := withAPI(t)
	p.withShop(t, nil)
	require.NoError(t, p.deps.Secrets.Put(t.Context(), "shop", settings.SecretAccountViewClient, "planted-secret"))
	return p
}

func TestConnect_TheBrowserComesBackOnce(t *testing.T) {
	t.Parallel()
	p := withConsent(t)
	p.results(func(any) (any, error) { return workflows.ConnectSystemResult{Outcome: workflows.OutcomeDone}, nil })
	state := p.asks(t)
	back := "/connect/accountview?code=planted%2Bcode%2F%3D&state=" + state

	page := p.get(t, back)

	require.Equal(t, 200, page.Code)
	require.Contains(t, page.Body.String(), "shop is connected")
	require.Contains(t, page.Header().Get("Content-Security-Policy"), "default-src 'none'")
	require.NotContains(t, page.Body.String(), "<script")
	require.Equal(t, "no-store", page.Header().Get("Cache-Control"))
	in, ok := p.temporal.starts()[0].input.(workflows.ConnectSystemInput)
	require.True(t, ok)
	var sealed []byte
	require.NoError(t, p.db.QueryRow(t.Context(), "select sealed from consent where id = $1", in.Consent).Scan(&sealed))
	opened, err := p.deps.Secrets.Box.Open(sealed, "consent/"+in.Consent)
	require.NoError(t, err)
	require.Contains(t, string(opened), `"planted+code/="`, "decoded once")

	again := p.get(t, back)
	require.Equal(t, 400, again.Code)
	require.Contains(t, again.Body.String(), "was used before")
	require.Len(t, p.temporal.starts(), 1)
	for _, text := range []string{p.log.String(), page.Body.String(), again.Body.String()} {
		require.NotContains(t, text, "planted")
		require.NotContains(t, text, state)
	}
}

func TestConnect_WhatGoesWrongIsToldWithWhatToDo(t *testing.T) {
	t.Parallel()
	p := withConsent(t)
	tell := func(query, code string, status int) {
		t.Helper()
		page := p.get(t, "/connect/accountview?"+query)
		require.Equal(t, status, page.Code, page.Body.String())
		require.Contains(t, page.Body.String(), code)
	}
	tell("", "consent_unknown", 400)
	tell("code=x&state=made-up", "consent_unknown", 400)
	tell("code="+strings.Repeat("x", 5000)+"&state="+p.asks(t), "consent_unknown", 400)
	tell("error=access_denied&state="+p.asks(t), "consent_refused", 200)

	p.results(func(any) (any, error) {
		return workflows.ConnectSystemResult{Outcome: workflows.OutcomeDone, Code: "consent_code_refused"}, nil
	})
	tell("code=x&state="+p.asks(t), "consent_code_refused", 200)

	p.results(func(any) (any, error) {
		return workflows.ConnectSystemResult{Outcome: workflows.OutcomeDone, Code: "consent_too_narrow", About: "planted-right"}, nil
	})
	tell("code=x&state="+p.asks(t), "planted-right", 200)

	p.temporal.fail(http.ErrServerClosed)
	tell("code=x&state="+p.asks(t), "consent_not_finished", 503)
	var left int
	require.NoError(t, p.db.QueryRow(t.Context(), "select count(*) from consent where returned_at is not null").Scan(&left))
	require.Equal(t, 2, left, "only the run that was started still needs what it holds")
}
