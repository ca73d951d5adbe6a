package server_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/enums/v1"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/workflows"
)

// example is one request that a route answers as asked.
type example struct {
	method, route string
	path          string
	scope         db.Scope
	body          string
	headers       map[string]string

	answered int // status
}

// requestMade is a request that somebody made.
func (p *programs) requestMade(t *testing.T) string {
	t.Helper()
	id, err := p.asking.Ask(t.Context(), api.Question{Kind: api.AskPreview, Integration: "shop", By: "test", Last: 1})
	require.NoError(t, err)
	return id
}

// run is the name of a run that somebody asked for.
func (p *programs) run(t *testing.T) string {
	t.Helper()
	_, run := p.sync(t, "products", `{}`)
	return run.Run
}

// asked sends the examples in this order and says how each was answered. A new
// route gets its line here.
func (p *programs) asked(t *testing.T) []example {
	t.Helper()
	p.withVersions(t, 2)
	p.results(func(any) (any, error) { return workflows.TestConnectionResult{Outcome: workflows.OutcomeDone}, nil })
	p.temporal.status = enums.WORKFLOW_EXECUTION_STATUS_RUNNING
	p.arrived(t, "a1", "2026.1")
	p.met(t)
	text := shopText(t, withPrefix("NEW "))
	yaml := map[string]string{"Content-Type": "application/yaml", "If-Match": `"2"`}
	examples := []example{
		{method: "GET", route: "/api/openapi.json", path: "/api/openapi.json", scope: db.ScopeRead},
		{method: "GET", route: "/api/schema", path: "/api/schema", scope: db.ScopeRead},
		{method: "GET", route: "/api/integrations/:slug/diff", path: atShop + "/diff?from=1&to=2", scope: db.ScopeRead},
		{method: "GET", route: "/api/integrations", path: "/api/integrations", scope: db.ScopeRead},
		{method: "GET", route: "/api/integrations/:slug", path: atShop, scope: db.ScopeRead},
		{method: "PUT", route: "/api/integrations/:slug", path: atShop + "?note=why", scope: db.ScopeAdmin, body: text, headers: yaml},
		{method: "GET", route: "/api/integrations/:slug/coverage", path: atShop + "/coverage", scope: db.ScopeRead},
		{method: "GET", route: "/api/integrations/:slug/parked", path: atShop + "/parked", scope: db.ScopeRead},
		{method: "GET", route: "/api/integrations/:slug/parked/:number/sale", path: atShop + "/parked/2026.1/sale", scope: db.ScopeOperate},
		{method: "POST", route: "/api/integrations/:slug/parked/retry", path: atShop + "/parked/retry", scope: db.ScopeOperate, body: `{"numbers": ["2026.1"]}`},
		{
			method: "POST", route: "/api/integrations/:slug/parked/skip", path: atShop + "/parked/skip", scope: db.ScopeOperate,
			body: `{"numbers": ["2026.1"], "reason": "done_by_hand"}`,
		},
		{
			method: "POST", route: "/api/integrations/:slug/parked/:number/fix", path: atShop + "/parked/2026.1/fix", scope: db.ScopeAdmin,
			body: `{"row": {"table": "vat_code", "key": ["9"], "value": "1"}}`,
		},
		{method: "GET", route: "/api/integrations/:slug/orders/:number/timeline", path: atShop + "/orders/2026.1/timeline", scope: db.ScopeRead},
		{method: "GET", route: "/api/integrations/:slug/flows/:flow/records/:key/timeline", path: atShop + "/flows/products/records/A%2F1/timeline", scope: db.ScopeRead},
		{method: "POST", route: "/api/integrations/:slug/flows/:flow/sync", path: atShop + "/flows/products/sync", scope: db.ScopeOperate, body: `{}`},
		{method: "GET", route: "/api/integrations/:slug/flows/:flow/runs/:run", path: atShop + "/flows/products/runs/" + p.run(t), scope: db.ScopeRead},
		{method: "POST", route: "/api/integrations/:slug/flows/:flow/load", path: atLoad, scope: db.ScopeOperate, body: `{"per_minute": 600}`},
		{method: "GET", route: "/api/integrations/:slug/flows/:flow/load", path: atLoad, scope: db.ScopeRead},
		{method: "POST", route: "/api/integrations/:slug/flows/:flow/load/pause", path: atLoad + "/pause", scope: db.ScopeOperate, body: `{}`},
		{method: "POST", route: "/api/integrations/:slug/flows/:flow/load/resume", path: atLoad + "/resume", scope: db.ScopeOperate, body: `{}`},
		{method: "POST", route: "/api/integrations/:slug/flows/:flow/load/pace", path: atLoad + "/pace", scope: db.ScopeOperate, body: `{"per_minute": 60}`},
		{method: "POST", route: "/api/integrations/:slug/flows/:flow/load/stop", path: atLoad + "/stop", scope: db.ScopeOperate, body: `{}`},
		{method: "GET", route: "/api/integrations/:slug/lookups", path: atShop + "/lookups", scope: db.ScopeRead},
		{method: "GET", route: "/api/integrations/:slug/lookups/:table", path: atShop + "/lookups/employee", scope: db.ScopeRead},
		{
			method: "PUT", route: "/api/integrations/:slug/lookups/:table", path: atShop + "/lookups/employee", scope: db.ScopeAdmin,
			body: "key;value\n1;10\n2;11\n3;12\n", headers: map[string]string{"Content-Type": "text/csv", "If-Match": `"3"`},
		},
		{method: "GET", route: "/api/integrations/:slug/versions", path: atShop + "/versions", scope: db.ScopeRead},
		{method: "GET", route: "/api/integrations/:slug/versions/:version", path: atShop + "/versions/1", scope: db.ScopeRead},
		{
			method: "POST", route: "/api/integrations/:slug/rollback", path: atShop + "/rollback", scope: db.ScopeAdmin,
			body: `{"version": 1, "note": "why"}`, headers: map[string]string{"If-Match": `"3"`},
		},
		{method: "GET", route: "/api/integrations/:slug/secrets", path: "/api/integrations/shop/secrets", scope: db.ScopeRead},
		{
			method: "PUT", route: "/api/integrations/:slug/secrets/:name", path: "/api/integrations/shop/secrets/mplus.secret", scope: db.ScopeAdmin,
			body: `{"value": "planted"}`,
		},
		{method: "POST", route: "/api/integrations/:slug/preview", path: atShop + "/preview", scope: db.ScopeOperate, body: `{"keys": ["2026.1"]}`},
		{method: "POST", route: "/api/integrations/:slug/dry-run", path: atShop + "/dry-run", scope: db.ScopeOperate, body: `{"most": 5}`},
		{
			method: "POST", route: "/api/integrations/:slug/what-if", path: atShop + "/what-if", scope: db.ScopeOperate,
			body: `{"from": "2026-01-01", "until": "2026-01-31", "version": 1}`,
		},
		{method: "GET", route: "/api/integrations/:slug/requests/:request", path: atShop + "/requests/" + p.requestMade(t), scope: db.ScopeOperate},
		{
			method: "PUT", route: "/api/integrations/:slug/secrets/:name", path: atShop + "/secrets/accountview.client_secret", scope: db.ScopeAdmin,
			body: `{"value": "planted"}`,
		},
		{method: "GET", route: "/api/integrations/:slug/connections", path: atShop + "/connections", scope: db.ScopeRead},
		{method: "GET", route: "/api/integrations/:slug/lists/:kind", path: atShop + "/lists/mplus.branches", scope: db.ScopeRead},
		{
			method: "POST", route: "/api/integrations/:slug/connections/:system/test", path: atShop + "/connections/mplus/test", scope: db.ScopeOperate,
		},
		{
			method: "POST", route: "/api/integrations/:slug/connections/:system/test-draft", path: atShop + "/connections/mplus/test-draft",
			scope: db.ScopeAdmin, body: text, headers: map[string]string{"Content-Type": "application/yaml"},
		},
		{method: "GET", route: "/api/integrations/:slug/connect/accountview", path: atShop + "/connect/accountview", scope: db.ScopeAdmin},
	}
	require.NoError(t, db.Listings{DB: p.db, Box: p.deps.Secrets.Box}.Put(t.Context(), "shop", domain.Listings{domain.ListTillBranches: {{Code: "1"}}}))
	for i, e := range examples {
		examples[i].answered = p.ask(t, request{method: e.method, path: e.path, scope: e.scope, body: e.body, headers: e.headers}).Code
	}
	return examples
}
