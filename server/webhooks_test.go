package server_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/server"
	"github.com/koppel/koppel/server/webhooks"
	"github.com/koppel/koppel/settings"
	"github.com/koppel/koppel/workflows"
)

func accepted(t *testing.T, answer *httptest.ResponseRecorder) webhooks.Accepted {
	t.Helper()
	require.Equal(t, http.StatusAccepted, answer.Code, answer.Body.String())
	var a webhooks.Accepted
	require.NoError(t, json.Unmarshal(answer.Body.Bytes(), &a))
	return a
}

func TestWebhook_StartsTheFlowAndSaysWhereToLook(t *testing.T) {
	t.Parallel()
	b := setup(t).withShop(t, nil)

	a := accepted(t, b.send(t, signed("/webhooks/shop/orders", `{"orders": ["2026.123", "2026.7", "2026.123"]}`, now)))

	require.Len(t, b.temporal.starts(), 1)
	started := b.temporal.starts()[0]
	require.Equal(t, workflows.SyncOrdersInput{Integration: "shop", Keys: []string{"2026.123", "2026.7"}}, started.input)
	require.Equal(t, workflows.QueueSync, started.options.TaskQueue)
	require.Equal(t, enums.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE, started.options.WorkflowIDReusePolicy)
	integration, ok := started.options.TypedSearchAttributes.GetKeyword(workflows.AttributeIntegration)
	require.True(t, ok)
	require.Equal(t, "shop", integration)
	require.Regexp(t, `^orders/shop/[0-9a-f]{32}$`, started.options.ID)
	require.Equal(t, webhooks.Accepted{
		WorkflowID: started.options.ID, RunID: "run-1", StatusURL: "https://koppel.example/#shop",
		Link: "http://temporal.example/namespaces/default/workflows/" + strings.ReplaceAll(started.options.ID, "/", "%2F") + "/run-1/history",
	}, a)
}

func TestWebhook_WithoutNamesReadsAllChanges(t *testing.T) {
	t.Parallel()
	b := setup(t).withShop(t, nil)
	for _, body := range []string{"", " \n", "{}"} {
		accepted(t, b.send(t, signed("/webhooks/shop/orders", body, now)))
	}
	accepted(t, b.send(t, signed("/webhooks/shop/doubles", "", now)))

	require.Len(t, b.temporal.starts(), 4)
	for _, started := range b.temporal.starts()[:3] {
		require.Equal(t, workflows.SyncOrdersInput{Integration: "shop"}, started.input)
	}
	require.Equal(t, workflows.FindDoublesInput{Integration: "shop"}, b.temporal.starts()[3].input)
}

func TestWebhook_TheSameDeliveryTenTimesOnTwoServersStartsOnce(t *testing.T) {
	t.Parallel()
	b := setup(t).withShop(t, nil)
	otherDeps := b.deps
	otherDeps.Metrics = nil
	servers := []*echo.Echo{b.app, server.New(otherDeps)}

	answers := make([]*httptest.ResponseRecorder, 10)
	var sent sync.WaitGroup
	for i := range answers {
		answers[i] = httptest.NewRecorder()
		sent.Go(func() {
			servers[i%2].ServeHTTP(answers[i], signed("/webhooks/shop/orders", `{"orders":["2026.1"]}`, now).WithContext(t.Context()))
		})
	}
	sent.Wait()

	first := accepted(t, answers[0])
	require.Equal(t, "run-1", first.RunID)
	for _, answer := range answers {
		require.Equal(t, first, accepted(t, answer))
	}
	require.Len(t, b.temporal.starts(), 1)

	b.temporal.mu.Lock()
	b.temporal.newest[first.WorkflowID] = "run-that-continued"
	b.temporal.mu.Unlock()
	require.Equal(t, first, accepted(t, b.send(t, signed("/webhooks/shop/orders", `{"orders":["2026.1"]}`, now))))

	accepted(t, b.send(t, signed("/webhooks/shop/orders", `{"orders":["2026.1"]}`, now.Add(time.Second))))
	require.Len(t, b.temporal.starts(), 2, "signed anew, it is a new delivery")
}

func TestWebhook_RefusesBadInputAndStartsNothing(t *testing.T) {
	t.Parallel()
	b := setup(t).withShop(t, nil)
	many := `{"orders":["2026.1"` + strings.Repeat(`,"2026.1"`, 500) + `]}`
	for name, bad := range map[string]struct {
		request *http.Request
		status  int
		code    string
	}{
		"unknown flow":              {signed("/webhooks/shop/invoices", "", now), 404, "unknown_flow"},
		"unknown integration":       {signed("/webhooks/nobody/orders", "", now), 404, "unknown_integration"},
		"integration with a zero":   {signed("/webhooks/sh%00op/orders", "", now), 404, "unknown_integration"},
		"integration with a slash":  {signed("/webhooks/sh%2Fop/orders", "", now), 404, "unknown_integration"},
		"older than five minutes":   {signed("/webhooks/shop/orders", "", now.Add(-5*time.Minute-time.Second)), 401, "stale"},
		"from the future":           {signed("/webhooks/shop/orders", "", now.Add(5*time.Minute+time.Second)), 401, "stale"},
		"no timestamp":              {changed(webhooks.HeaderTimestamp, ""), 401, "stale"},
		"timestamp with a sign":     {changed(webhooks.HeaderTimestamp, "+1773500966"), 401, "stale"},
		"timestamp in words":        {changed(webhooks.HeaderTimestamp, "now"), 401, "stale"},
		"timestamp far too long":    {changed(webhooks.HeaderTimestamp, strings.Repeat("9", 400)), 401, "stale"},
		"timestamp not as signed":   {changed(webhooks.HeaderTimestamp, "1773500967"), 401, "forged"},
		"no signature":              {changed(webhooks.HeaderSignature, ""), 401, "forged"},
		"signature without prefix":  {changed(webhooks.HeaderSignature, strings.Repeat("a", 64)), 401, "forged"},
		"signature of another kind": {changed(webhooks.HeaderSignature, "sha1="+strings.Repeat("a", 40)), 401, "forged"},
		"signature not in hex":      {changed(webhooks.HeaderSignature, "sha256="+strings.Repeat("z", 64)), 401, "forged"},
		"signature cut short":       {changed(webhooks.HeaderSignature, "sha256="+strings.Repeat("a", 62)), 401, "forged"},
		"signature of another body": {withBody(signed("/webhooks/shop/orders", "{}", now), `{"orders":["2026.1"]}`), 401, "forged"},
		"signed with another key":   {signedWith("another"), 401, "forged"},
		"signed with no key":        {signedWith(""), 401, "forged"},
		"not JSON":                  {order("nonsense"), 400, "malformed_body"},
		"half of JSON":              {order(`{"orders":["2026.1"]`), 400, "malformed_body"},
		"something after it":        {order(`{"orders":["2026.1"]} {}`), 400, "malformed_body"},
		"a list":                    {order(`["2026.1"]`), 400, "malformed_body"},
		"null":                      {order(`null`), 400, "malformed_body"},
		"unknown key":               {order(`{"orders":["2026.1"],"full":true}`), 400, "malformed_body"},
		"key in capitals":           {order(`{"Orders":["2026.1"]}`), 400, "malformed_body"},
		"key twice":                 {order(`{"orders":["2026.1"],"orders":["2026.2"]}`), 400, "malformed_body"},
		"orders null":               {order(`{"orders":null}`), 400, "malformed_body"},
		"no orders":                 {order(`{"orders":[]}`), 400, "malformed_body"},
		"orders as text":            {order(`{"orders":"2026.1"}`), 400, "malformed_body"},
		"number as a number":        {order(`{"orders":[2026.1]}`), 400, "malformed_body"},
		"number with a zero":        {order(`{"orders":["2026.01"]}`), 400, "malformed_body"},
		"number with a path":        {order(`{"orders":["2026.1/../2"]}`), 400, "malformed_body"},
		"number of a year only":     {order(`{"orders":["2026"]}`), 400, "malformed_body"},
		"number with a new line":    {order("{\"orders\":[\"2026.1\\n\"]}"), 400, "malformed_body"},
		"501 orders":                {order(many), 400, "malformed_body"},
		"not UTF-8":                 {order("{\"orders\":[\"2026.\xff\"]}"), 400, "malformed_body"},
		"names for a sweep":         {signed("/webhooks/shop/doubles", `{"orders":["2026.1"]}`, now), 400, "flow_takes_no_keys"},
		"over 1 MB":                 {order(strings.Repeat(" ", 1<<20+1)), 413, "body_too_large"},
		"over 1 MB of no length":    {noLength(order(strings.Repeat(" ", 1<<20+1))), 413, "body_too_large"},
		"read instead of sent":      {httptest.NewRequest(http.MethodGet, "/webhooks/shop/orders", nil), 405, "method_not_allowed"},
		"no flow":                   {httptest.NewRequest(http.MethodPost, "/webhooks/shop", nil), 404, "no_such_page"},
	} {
		t.Run(name, func(t *testing.T) {
			requireRefused(t, b.send(t, bad.request), bad.status, bad.code)
		})
	}
	require.Empty(t, b.temporal.starts())
	accepted(t, b.send(t, order(strings.Repeat(" ", 1<<20))))
}

func order(body string) *http.Request { return signed("/webhooks/shop/orders", body, now) }

func changed(header, value string) *http.Request {
	request := order("")
	request.Header.Set(header, value)
	return request
}

func withBody(request *http.Request, body string) *http.Request {
	other := httptest.NewRequest(request.Method, request.URL.Path, strings.NewReader(body))
	other.Header = request.Header
	return other
}

func noLength(request *http.Request) *http.Request {
	other := httptest.NewRequest(request.Method, request.URL.Path, unsized{request.Body})
	other.Header = request.Header
	return other
}

func signedWith(key secret.Text) *http.Request {
	request := order("")
	timestamp, signature := webhooks.Sign(nil, now, key)
	request.Header.Set(webhooks.HeaderTimestamp, timestamp)
	request.Header.Set(webhooks.HeaderSignature, signature)
	return request
}

func TestWebhook_TellsAStrangerNothingMore(t *testing.T) {
	t.Parallel()
	b := setup(t).withShop(t, func(doc *settings.Document) { doc.Flows.Orders.Enabled = false })

	requireRefused(t, b.send(t, signedWith("another")), 401, "forged")
	requireRefused(t, b.send(t, order("")), 409, "flow_disabled")
	require.Empty(t, b.temporal.starts())
}

func TestWebhook_WithoutASecretNothingIsSignedRight(t *testing.T) {
	t.Parallel()
	b := setup(t).withShop(t, nil)
	_, err := b.db.Exec(t.Context(), "delete from secret")
	require.NoError(t, err)

	requireRefused(t, b.send(t, signedWith("")), 401, "forged")
	requireRefused(t, b.send(t, order("")), 401, "forged")
	require.Contains(t, b.log.String(), "webhook.secret is not set")
	require.Empty(t, b.temporal.starts())
}

func TestWebhook_ADocumentThatThisBuildRefusesStartsNothing(t *testing.T) {
	t.Parallel()
	b := setup(t).withShop(t, nil)
	_, err := db.Documents{DB: b.db}.Put(t.Context(), "shop", []byte("integration: shop\nnonsense: "+internal), "test", "")
	require.NoError(t, err)

	requireRefused(t, b.send(t, order("")), 409, "document_refused")
	require.Empty(t, b.temporal.starts())
}

func TestWebhook_TemporalDownLosesNothing(t *testing.T) {
	t.Parallel()
	b := setup(t).withShop(t, nil)
	b.temporal.fail(serviceerror.NewUnavailable(internal))

	requireRefused(t, b.send(t, order("")), 503, "temporal_unavailable")

	b.temporal.fail(nil)
	accepted(t, b.send(t, order("")))
	require.Len(t, b.temporal.starts(), 1)
}

func TestWebhook_DatabaseDownLosesNothing(t *testing.T) {
	t.Parallel()
	b := setup(t).withShop(t, nil)
	b.db.Close()

	requireRefused(t, b.send(t, order("")), 503, "database_unavailable")
	require.Empty(t, b.temporal.starts())
}

func TestWebhook_LogsNeitherSecretNorBodyNorQuery(t *testing.T) {
	t.Parallel()
	b := setup(t).withShop(t, nil)
	good := signed("/webhooks/shop/orders?token=planted-query", `{"orders":["2026.424242"]}`, now)
	forged := signed("/webhooks/shop/orders", `{"planted-body":1}`, now.Add(time.Second))
	accepted(t, b.send(t, good))
	requireRefused(t, b.send(t, forged), 400, "malformed_body")
	requireRefused(t, b.send(t, signedWith("planted-wrong-key")), 401, "forged")
	requireRefused(t, b.get(t, "/planted-path/of/a/stranger"), 404, "no_such_page")
	b.temporal.fail(serviceerror.NewUnavailable("at https://u:planted-password@host/?k=planted-query"))
	requireRefused(t, b.send(t, order("")), 503, "temporal_unavailable")

	log := b.log.String()
	require.Contains(t, log, `"path":"/webhooks/shop/orders"`)
	require.Contains(t, log, "webhook accepted")
	require.Contains(t, log, "temporal_unavailable")
	require.NotContains(t, log, "planted")
	require.NotContains(t, log, "424242")
	require.NotContains(t, log, good.Header.Get(webhooks.HeaderSignature))
}
