package server_test

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/configs"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/app"
	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/server"
	"github.com/koppel/koppel/server/api"
)

// programs is the API with what it works with in production, and a token of each scope.
type programs struct {
	*testBundle
	app     *app.App
	asking  *asking
	parking *parking
	tokens  map[db.Scope]secret.Text
}

func withAPI(t *testing.T) *programs {
	t.Helper()
	b := setup(t)
	p := &programs{testBundle: b, tokens: map[db.Scope]secret.Text{}, app: &app.App{
		Log: b.deps.Log, DB: b.db, Secrets: b.deps.Secrets, Tokens: db.Tokens{DB: b.db, Box: b.deps.Secrets.Box},
		Documents: db.Documents{DB: b.db}, Payloads: &db.Payloads{DB: b.db, Box: b.deps.Secrets.Box},
		Consents: db.Consents{DB: b.db, Box: b.deps.Secrets.Box},
		Config:   configs.Config{Server: configs.Server{PublicURL: b.deps.PublicURL}},
	}}
	p.asking = b.asking(p.app)
	p.parking = &parking{}
	b.deps.Integrations, b.deps.Consents, b.deps.Metrics, b.deps.Parking = p.asking, p.app, nil, p.parking
	b.app = server.New(b.deps)
	for _, scope := range db.Scopes() {
		token, err := db.APITokens{DB: b.db}.Create(t.Context(), "the "+string(scope), scope, "test")
		require.NoError(t, err)
		p.tokens[scope] = token
	}
	return p
}

// request is what a test asks of the API.
type request struct {
	method, path string
	scope        db.Scope // of the token shown; empty: admin
	body         string
	headers      map[string]string // Content-Type is JSON for a body, unless it says otherwise
}

// ask sends a request with a token, and holds its answer to what the OpenAPI document says.
func (p *programs) ask(t *testing.T, r request) *httptest.ResponseRecorder {
	t.Helper()
	sent := httptest.NewRequest(r.method, r.path, strings.NewReader(r.body))
	scope := r.scope
	if scope == "" {
		scope = db.ScopeAdmin
	}
	sent.Header.Set("Authorization", "Bearer "+p.tokens[scope].Reveal())
	if r.body != "" {
		sent.Header.Set("Content-Type", "application/json")
	}
	for name, value := range r.headers {
		sent.Header.Set(name, value)
	}
	answer := p.send(t, sent)
	requireDescribed(t, sent, answer)
	return answer
}

// read reads JSON.
func (p *programs) read(t *testing.T, path string, into any) {
	t.Helper()
	answer := p.ask(t, request{method: http.MethodGet, path: path, scope: db.ScopeRead, headers: map[string]string{"Accept": "application/json"}})
	require.Equal(t, http.StatusOK, answer.Code, answer.Body.String())
	decoder := json.NewDecoder(answer.Body)
	decoder.DisallowUnknownFields()
	require.NoError(t, decoder.Decode(into))
}

// description is the OpenAPI document, read by a library that knows the standard. It
// is stricter than what is served: an answer may have no key that is not described.
var description = sync.OnceValues(func() (*openapi3.T, error) {
	text, err := json.Marshal(api.Describe((&api.Handler{}).Routes()))
	if err != nil {
		return nil, err
	}
	doc, err := openapi3.NewLoader().LoadFromData(text)
	if err != nil {
		return nil, err
	}
	if err := doc.Validate(context.Background()); err != nil {
		return nil, err
	}
	closed := false
	for _, of := range doc.Components.Schemas {
		of.Value.AdditionalProperties = openapi3.AdditionalProperties{Has: &closed}
	}
	return doc, nil
})

func described(t *testing.T) *openapi3.T {
	t.Helper()
	doc, err := description()
	require.NoError(t, err)
	return doc
}

// requireDescribed checks an answer against the OpenAPI document.
func requireDescribed(t *testing.T, sent *http.Request, answer *httptest.ResponseRecorder) {
	t.Helper()
	require.NoError(t, undescribed(t, sent, answer), "%s %s: %s", sent.Method, sent.URL.Path, answer.Body.String())
}

// undescribed says in what an answer differs from what the OpenAPI document says.
func undescribed(t *testing.T, sent *http.Request, answer *httptest.ResponseRecorder) error {
	t.Helper()
	router, err := gorillamux.NewRouter(described(t))
	require.NoError(t, err)
	route, params, err := router.FindRoute(sent)
	if err != nil {
		require.Contains(t, []int{404, 405}, answer.Code, "%s %s answers and is not described", sent.Method, sent.URL.Path)
		return nil
	}
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: sent, PathParams: params, Route: route},
		Status:                 answer.Code, Header: maps.Clone(answer.Header()),
		Options: &openapi3filter.Options{IncludeResponseStatus: true},
	}
	input.SetBodyBytes(answer.Body.Bytes())
	return openapi3filter.ValidateResponse(t.Context(), input)
}
