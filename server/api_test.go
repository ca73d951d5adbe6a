package server_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/server/api"
)

// Both ways: what is served is described, and what is described is served.
func TestAPI_TheOpenAPIDocumentIsWhatIsServed(t *testing.T) {
	t.Parallel()
	p := withAPI(t)
	var served []string
	parameter := regexp.MustCompile(`:([a-z_]+)`)
	for _, route := range p.testBundle.app.Routes() {
		if strings.HasPrefix(route.Path, "/api") {
			served = append(served, route.Method+" "+parameter.ReplaceAllString(route.Path, "{$1}"))
		}
	}
	var told []string
	for path, item := range described(t).Paths.Map() {
		for method := range item.Operations() {
			told = append(told, method+" "+path)
		}
	}
	require.ElementsMatch(t, served, told)
	require.Contains(t, told, "GET /api/openapi.json")

	var answered map[string]any
	p.read(t, "/api/openapi.json", &answered)
	require.Equal(t, "3.1.0", answered["openapi"])
}

func TestAPI_EachRouteSaysWhoMayUseItAndWhatItIsFor(t *testing.T) {
	t.Parallel()
	for _, route := range (&api.Handler{}).Routes() {
		require.Contains(t, db.Scopes(), route.Scope, route.Path)
		require.NotEmpty(t, route.Summary, route.Path)
		require.NotEmpty(t, route.Gives, route.Path)
		require.False(t, route.Method != http.MethodGet && route.Scope == db.ScopeRead, "%s %s changes something with scope read", route.Method, route.Path)
	}
}

// Whoever may use one of these decides where secrets are sent, or which they are.
// Taking a line from this list takes a wall out of the house.
func TestAPI_WhatDecidesWhereSecretsGoIsForAdministratorsOnly(t *testing.T) {
	t.Parallel()
	var admins []string
	for _, route := range (&api.Handler{}).Routes() {
		if route.Scope == db.ScopeAdmin {
			admins = append(admins, route.Method+" "+route.Path)
		}
	}
	require.Subset(t, admins, []string{
		"PUT /api/integrations/:slug",
		"POST /api/integrations/:slug/rollback",
		"PUT /api/integrations/:slug/lookups/:table",
		"PUT /api/integrations/:slug/secrets/:name",
		"POST /api/integrations/:slug/connections/:system/test-draft",
		"GET /api/integrations/:slug/connect/accountview",
	})
	p := withAPI(t)
	answer := p.ask(t, request{
		method: "POST", path: atShop + "/connections/mplus/test-draft", scope: db.ScopeOperate,
		body: "integration: shop", headers: map[string]string{"Content-Type": "application/yaml"},
	})
	requireRefused(t, answer, 403, "scope_too_small")
	require.Empty(t, p.temporal.starts())
}

func TestAPI_AnAnswerThatIsNotAsDescribedIsCaught(t *testing.T) {
	t.Parallel()
	for body, caught := range map[string]bool{
		`{"integrations": [{"slug": "shop", "version": 1}]}`:                false,
		`{"integrations": [{"slug": "shop"}]}`:                              true,
		`{"integrations": [{"slug": "shop", "version": "1"}]}`:              true,
		`{"integrations": [{"slug": "shop", "version": 1, "secret": "x"}]}`: true,
		`[]`: true,
	} {
		answer := httptest.NewRecorder()
		answer.Header().Set("Content-Type", "application/json")
		answer.WriteHeader(200)
		_, err := answer.WriteString(body)
		require.NoError(t, err)
		err = undescribed(t, httptest.NewRequest("GET", "/api/integrations", nil), answer)
		require.Equal(t, caught, err != nil, "%s: %v", body, err)
	}
}

func TestAPI_IsOffUntilATokenIsMade(t *testing.T) {
	t.Parallel()
	b := setup(t)
	tokens := db.APITokens{DB: b.db}
	for _, path := range []string{"/api", "/api/", "/api/openapi.json", "/api/integrations", "/api/nothing"} {
		answer := b.get(t, path)
		requireRefused(t, answer, 404, "api_is_off")
		require.Contains(t, answer.Body.String(), "koppel token create")
	}
	_, err := tokens.Create(t.Context(), "ci", db.ScopeRead, "test")
	require.NoError(t, err)
	requireRefused(t, b.get(t, "/api/integrations"), 401, "unauthorized")

	require.NoError(t, tokens.Revoke(t.Context(), "ci"))
	requireRefused(t, b.get(t, "/api/integrations"), 404, "api_is_off")
	require.Equal(t, 200, b.get(t, "/").Code)
}

func TestAPI_WithoutATokenNothingIsTold(t *testing.T) {
	t.Parallel()
	p := withAPI(t)
	good := p.tokens[db.ScopeAdmin].Reveal()
	for name, headers := range map[string][]string{
		"none":            nil,
		"empty":           {""},
		"no scheme":       {good},
		"another scheme":  {"Basic " + good},
		"cut short":       {"Bearer " + good[:len(good)-1]},
		"no token":        {"Bearer "},
		"another's":       {"Bearer koppel_1_" + strings.Repeat("a", 43)},
		"two headers":     {"Bearer " + good, "Bearer " + good},
		"two in a header": {"Bearer " + good + ", Bearer " + good},
	} {
		for _, path := range []string{"/api/integrations", "/api/openapi.json", "/api/nothing/here", "/api", "/api/integrations?token=" + good} {
			sent := httptest.NewRequest(http.MethodGet, path, nil)
			sent.Header["Authorization"] = headers
			answer := p.send(t, sent)
			requireRefused(t, answer, 401, "unauthorized")
			require.Contains(t, answer.Header().Get("WWW-Authenticate"), `Bearer realm="koppel"`, name)
			require.Equal(t, "no-store", answer.Header().Get("Cache-Control"))
		}
	}
	sent := httptest.NewRequest(http.MethodDelete, "/api/integrations", nil)
	requireRefused(t, p.send(t, sent), 401, "unauthorized")
}

// Every route, with a token of every scope: who has less gets no further.
func TestAPI_AScopeReachesAsFarAsItSays(t *testing.T) {
	t.Parallel()
	p := withAPI(t)
	for _, route := range (&api.Handler{}).Routes() {
		for _, scope := range db.Scopes() {
			answer := p.ask(t, request{method: route.Method, path: filledIn(route.Path), scope: scope})
			if scope.Includes(route.Scope) {
				require.NotContains(t, []int{401, 403}, answer.Code, "%s with %s", route.Path, scope)
				continue
			}
			requireRefused(t, answer, 403, "scope_too_small")
			require.Contains(t, answer.Body.String(), string(route.Scope))
			require.Contains(t, answer.Header().Get("WWW-Authenticate"), `scope="`+string(route.Scope)+`"`)
		}
	}
}

// filledIn is a path at which nothing is.
func filledIn(path string) string {
	return regexp.MustCompile(`:[a-z_]+`).ReplaceAllString(path, "1")
}

func TestAPI_ARevokedTokenIsRefusedAtTheNextRequest(t *testing.T) {
	t.Parallel()
	p := withAPI(t)
	require.Equal(t, 200, p.ask(t, request{method: "GET", path: "/api/integrations", scope: db.ScopeRead}).Code)
	require.NoError(t, db.APITokens{DB: p.db}.Revoke(t.Context(), "the read"))
	requireRefused(t, p.ask(t, request{method: "GET", path: "/api/integrations", scope: db.ScopeRead}), 401, "unauthorized")
}

func TestAPI_NamesWhatIsNotThere(t *testing.T) {
	t.Parallel()
	p := withAPI(t)
	requireRefused(t, p.ask(t, request{method: "GET", path: "/api/nothing"}), 404, "no_such_route")
	requireRefused(t, p.ask(t, request{method: "GET", path: "/api"}), 404, "no_such_route")
	requireRefused(t, p.ask(t, request{method: "DELETE", path: "/api/integrations"}), 405, "method_not_allowed")
}

func TestAPI_DatabaseDownSaysSo(t *testing.T) {
	t.Parallel()
	p := withAPI(t)
	p.db.Close()
	requireRefused(t, p.ask(t, request{method: "GET", path: "/api/integrations"}), 503, "database_unavailable")
}

func TestAPI_LogsNoToken(t *testing.T) {
	t.Parallel()
	p := withAPI(t)
	secretPart := strings.SplitN(p.tokens[db.ScopeAdmin].Reveal(), "_", 3)[2]
	p.ask(t, request{method: "GET", path: "/api/integrations?access_token=" + p.tokens[db.ScopeAdmin].Reveal()})
	p.ask(t, request{method: "GET", path: "/api/nothing/" + p.tokens[db.ScopeAdmin].Reveal()})
	p.ask(t, request{method: "GET", path: "/api/integrations", headers: map[string]string{"Authorization": "Bearer x" + secretPart}})
	p.db.Close()
	p.ask(t, request{method: "GET", path: "/api/integrations"})
	require.Contains(t, p.log.String(), `"path":"/api/integrations"`)
	require.NotContains(t, p.log.String(), secretPart)
}

func TestAPI_ListsTheIntegrations(t *testing.T) {
	t.Parallel()
	p := withAPI(t)
	var list api.IntegrationList
	p.read(t, "/api/integrations", &list)
	require.Empty(t, list.Integrations)
	p.withShop(t, nil)
	p.read(t, "/api/integrations", &list)
	require.Equal(t, []api.Integration{{Slug: "shop", Version: 1}}, list.Integrations)
}

// A route whose answer nobody looked at could answer anything.
func TestAPI_EachRouteIsAskedForWhatItGives(t *testing.T) {
	t.Parallel()
	p := withAPI(t).asked(t)
	for _, route := range (&api.Handler{}).Routes() {
		at := slices.IndexFunc(p, func(e example) bool { return e.method == route.Method && e.route == route.Path })
		require.GreaterOrEqual(t, at, 0, "%s %s has no example in api_examples_test.go", route.Method, route.Path)
		require.True(t, slices.ContainsFunc(route.Gives, func(a api.Answer) bool { return a.Status == p[at].answered }),
			"%s %s answered %d", route.Method, route.Path, p[at].answered)
	}
}
