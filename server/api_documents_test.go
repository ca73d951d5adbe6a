package server_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/serviceerror"

	"github.com/koppel/koppel/configs/examples"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/settings"
)

const atShop = "/api/integrations/shop"

// withSecrets sets what a document of shop needs.
func (p *programs) withSecrets(t *testing.T) *programs {
	t.Helper()
	for _, name := range settings.RequiredSecrets(settings.Document{}) {
		require.NoError(t, p.app.SetSecret(t.Context(), "shop", name, "planted"))
	}
	return p
}

// shopText is a document of shop in which one thing was changed.
func shopText(t *testing.T, change func(*settings.Document)) string {
	t.Helper()
	doc, err := settings.Parse(examples.Demo)
	require.NoError(t, err)
	doc.Integration = "shop"
	if change != nil {
		change(&doc)
	}
	text, err := settings.Marshal(doc)
	require.NoError(t, err)
	return string(text)
}

func withPrefix(prefix string) func(*settings.Document) {
	return func(doc *settings.Document) { doc.Flows.Orders.ReferencePrefix = prefix }
}

// put sends a document. Headers come in pairs of name and value.
func (p *programs) put(t *testing.T, query, text string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := request{method: http.MethodPut, path: atShop + query, body: text, headers: map[string]string{"Content-Type": "application/yaml"}}
	for i := 0; i+1 < len(headers); i += 2 {
		r.headers[headers[i]] = headers[i+1]
	}
	return p.ask(t, r)
}

func saved(t *testing.T, answer *httptest.ResponseRecorder, status int) api.Saved {
	t.Helper()
	require.Equal(t, status, answer.Code, answer.Body.String())
	var s api.Saved
	require.NoError(t, json.Unmarshal(answer.Body.Bytes(), &s))
	return s
}

func TestAPI_ADocumentGoesInAndComesOutAsItIsStored(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withSecrets(t)
	note := url.QueryEscape("eerste opzet, €")
	answer := p.put(t, "?note="+note, shopText(t, nil), "If-None-Match", "*")
	require.Equal(t, api.Saved{Integration: "shop", Version: 1, Made: true}, saved(t, answer, 201))
	require.Equal(t, `"1"`, answer.Header().Get("ETag"))

	answer = p.ask(t, request{method: "GET", path: atShop, scope: db.ScopeRead})
	require.Equal(t, 200, answer.Code)
	require.Equal(t, "application/yaml", answer.Header().Get("Content-Type"))
	require.Equal(t, `"1"`, answer.Header().Get("ETag"))
	stored, err := p.app.Documents.Get(t.Context(), "shop", 1)
	require.NoError(t, err)
	require.Equal(t, string(stored), answer.Body.String())

	var view api.Document
	p.read(t, atShop, &view)
	require.Equal(t, "the admin", view.Author)
	require.Equal(t, "eerste opzet, €", view.Note)
	require.Equal(t, 1, view.Number)
	require.Equal(t, "shop", view.Document["integration"])
	require.False(t, view.At.IsZero())

	text := answer.Body.String()
	require.Equal(t, api.Saved{Integration: "shop", Version: 1}, saved(t, p.put(t, "", text, "If-Match", `"1"`), 200), "the same is no new version")
	_, err = settings.Parse([]byte(text))
	require.NoError(t, err)
}

func TestAPI_WhoSavesSecondGetsAConflict(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withSecrets(t)
	requireRefused(t, p.put(t, "", shopText(t, nil), "If-Match", `"1"`), 412, "conflict")
	saved(t, p.put(t, "", shopText(t, nil)), 201)

	anna, bert := shopText(t, withPrefix("ANNA ")), shopText(t, withPrefix("BERT "))
	answer := p.put(t, "", anna)
	requireRefused(t, answer, 428, "precondition_required")
	require.Equal(t, `"1"`, answer.Header().Get("ETag"))
	requireRefused(t, p.put(t, "", anna, "If-None-Match", "*"), 412, "conflict")
	require.Equal(t, 2, saved(t, p.put(t, "", anna, "If-Match", `"1"`), 200).Version)
	answer = p.put(t, "", bert, "If-Match", `"1"`)
	requireRefused(t, answer, 412, "conflict")
	require.Equal(t, `"2"`, answer.Header().Get("ETag"))
	requireRefused(t, p.put(t, "", anna, "If-Match", `"1"`), 412, "conflict")
	for _, bad := range []string{"*", "1", `W/"2"`, `"two"`, `"1", "2"`, `"0"`, `"99999999999999999999"`} {
		requireRefused(t, p.put(t, "", bert, "If-Match", bad), 400, "bad_precondition")
	}
	requireRefused(t, p.put(t, "", bert, "If-Match", `"2"`, "If-None-Match", "*"), 400, "bad_precondition")

	text, err := p.app.Documents.Get(t.Context(), "shop", 2)
	require.NoError(t, err)
	require.Equal(t, anna, string(text))
	require.Equal(t, 3, saved(t, p.put(t, "", bert, "If-Match", `"2"`), 200).Version)
}

func TestAPI_OfManyWhoSaveAtOnceOneIsFirst(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withSecrets(t)
	saved(t, p.put(t, "", shopText(t, nil)), 201)
	answers := make([]*httptest.ResponseRecorder, 8)
	var sent sync.WaitGroup
	for i := range answers {
		sent.Go(func() {
			answers[i] = p.put(t, "", shopText(t, withPrefix(string(rune('A'+i))+" ")), "If-Match", `"1"`)
		})
	}
	sent.Wait()
	count := map[int]int{}
	for _, answer := range answers {
		count[answer.Code]++
	}
	require.Equal(t, map[int]int{200: 1, 412: 7}, count)
}

func TestAPI_ADryRunStoresNothing(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withSecrets(t)
	dry := func(text string, headers ...string) (d api.DryRun) {
		answer := p.put(t, "?dry_run=true", text, headers...)
		require.Equal(t, 200, answer.Code, answer.Body.String())
		require.NoError(t, json.Unmarshal(answer.Body.Bytes(), &d))
		return d
	}
	first := dry(shopText(t, nil))
	require.Equal(t, 0, first.InForce)
	require.True(t, first.WouldMake)
	require.False(t, first.Compared)
	_, err := p.app.Documents.Current(t.Context(), "shop")
	require.ErrorIs(t, err, db.ErrNoIntegration)

	saved(t, p.put(t, "", shopText(t, nil)), 201)
	require.False(t, dry(shopText(t, nil)).WouldMake)
	changed := dry(shopText(t, withPrefix("X ")))
	require.True(t, changed.WouldMake && changed.Compared)
	require.Len(t, changed.Changes, 1)
	require.Equal(t, "flows.orders.reference_prefix", changed.Changes[0].Path)
	requireRefused(t, p.put(t, "?dry_run=true", shopText(t, withPrefix("X ")), "If-Match", `"7"`), 412, "conflict")
	requireRefused(t, p.put(t, "?dry_run=true", "nonsense: 1"), 422, "document_refused")
	requireRefused(t, p.put(t, "?dry_run=yes", shopText(t, nil)), 400, "bad_query")
	version, err := p.app.Documents.Current(t.Context(), "shop")
	require.NoError(t, err)
	require.Equal(t, 1, version)
}

func TestAPI_ARefusedDocumentComesBackWithEveryProblemAndItsLine(t *testing.T) {
	t.Parallel()
	p := withAPI(t)
	text := strings.Replace(shopText(t, nil), "integration: shop", "integration: other\nnonsense: 1", 1)
	r := requireRefused(t, p.put(t, "", text), 422, "document_refused")
	lines := map[string]int{}
	for _, problem := range r.Error.Problems {
		require.NotEmpty(t, problem.Text)
		lines[problem.Path] = problem.Line
	}
	require.Equal(t, 1, lines["integration"], "it is put at another integration")
	require.Equal(t, 2, lines["nonsense"])
	require.Contains(t, lines, settings.SecretMplusSecret, "secrets that are not set are told too")
	_, err := p.app.Documents.Current(t.Context(), "other")
	require.ErrorIs(t, err, db.ErrNoIntegration)
}

// The lists are those that a connection test fetched: nobody asks a system now.
func TestAPI_ATableThatMustCoverEveryCodeIsHeldToTheStoredLists(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withSecrets(t)
	text := shopText(t, func(doc *settings.Document) {
		table := doc.Lookups["payment_method"]
		table.Unmapped = domain.UnmappedRefuse
		doc.Lookups["payment_method"] = table
	})
	lists := db.Listings{DB: p.db, Box: p.deps.Secrets.Box}
	saved(t, p.put(t, "", text), 201)
	require.NoError(t, lists.Put(t.Context(), "shop", domain.Listings{domain.ListTillPaymentMethods: {{Code: "new-terminal"}}}))

	// A terminal that came since is no reason to refuse what is in force already, or a change beside it.
	warned := "lookups.payment_method: 1 of 1 payment methods of the till have no row: new-terminal"
	var dry api.DryRun
	require.NoError(t, json.Unmarshal(p.put(t, "?dry_run=true", text).Body.Bytes(), &dry))
	require.Equal(t, []string{warned}, dry.Warnings)
	changed := strings.Replace(text, "every: 30s", "every: 45s", 1)
	require.NotEqual(t, text, changed)
	require.Equal(t, []string{warned}, saved(t, p.put(t, "", changed, "If-Match", `"1"`), 200).Warnings)

	require.NoError(t, lists.Put(t.Context(), "shop", domain.Listings{domain.ListTillPaymentMethods: {{Code: "new-terminal"}, {Code: "CASH"}}}))
	covering := shopText(t, func(doc *settings.Document) {
		doc.Lookups["payment_method"] = domain.Lookup{Keys: []string{"key"}, Unmapped: domain.UnmappedRefuse, Rows: []domain.LookupRow{
			{Key: domain.LookupKey{"new-terminal"}, Value: "T"}, {Key: domain.LookupKey{"CASH"}, Value: "K"},
		}}
	})
	require.Empty(t, saved(t, p.put(t, "", covering, "If-Match", `"2"`), 200).Warnings)
	r := requireRefused(t, p.put(t, "?dry_run=true", text), 422, "document_refused")
	require.Len(t, r.Error.Problems, 1, "now it would be worse than it is")
	require.Equal(t, "lookups.payment_method", r.Error.Problems[0].Path)
	require.Contains(t, r.Error.Problems[0].Text, "new-terminal")
	back := p.ask(t, request{
		method: "POST", path: atShop + "/rollback", scope: db.ScopeAdmin, body: `{"version": 1}`, headers: map[string]string{"If-Match": `"3"`},
	})
	require.Equal(t, []string{"lookups.payment_method: 2 of 2 payment methods of the till have no row: new-terminal, CASH"}, saved(t, back, 200).Warnings,
		"no list keeps anybody from going back")
}

func TestAPI_RefusesWhatIsNoDocument(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withSecrets(t)
	requireRefused(t, p.put(t, "?note="+strings.Repeat("n", 501), shopText(t, nil)), 400, "bad_note")
	requireRefused(t, p.put(t, "", shopText(t, nil), "Content-Type", "application/json"), 415, "wrong_media_type")
	requireRefused(t, p.put(t, "", strings.Repeat("#", 1<<20+1)), 413, "body_too_large")
	requireRefused(t, p.ask(t, request{
		method: "PUT", path: "/api/integrations/Not-A-Slug", body: shopText(t, nil), headers: map[string]string{"Content-Type": "application/yaml"},
	}), 404, "unknown_integration")
	for _, path := range []string{atShop, atShop + "/versions", atShop + "/versions/1", "/api/integrations/Not-A-Slug", "/api/integrations/sh%00op"} {
		requireRefused(t, p.ask(t, request{method: "GET", path: path}), 404, "unknown_integration")
	}
}

// The document is what counts: a Temporal that is away must not undo it, nor go unsaid.
func TestAPI_SaysThatSchedulesDoNotFollowYet(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withSecrets(t)
	p.app.Temporal = p.temporal
	p.temporal.fail(serviceerror.NewUnavailable(internal))
	answer := p.put(t, "", shopText(t, nil))
	s := saved(t, answer, 201)
	require.Equal(t, 1, s.Version)
	require.Contains(t, s.Warning, "when a worker starts")
	require.NotContains(t, answer.Body.String(), internal)

	again := saved(t, p.put(t, "", shopText(t, nil), "If-Match", `"1"`), 200)
	require.False(t, again.Made)
	require.NotEmpty(t, again.Warning, "applying the same again is how the schedules are made to follow")
}

func TestAPI_DatabaseDownIsNoProblemOfTheDocument(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withSecrets(t)
	_, err := p.db.Exec(t.Context(), "drop table secret")
	require.NoError(t, err)
	requireRefused(t, p.put(t, "", shopText(t, nil)), 503, "database_unavailable")
}
