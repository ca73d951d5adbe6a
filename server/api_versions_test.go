package server_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/settings"
)

// withVersions puts so many versions of shop in force, each with a prefix of its own.
func (p *programs) withVersions(t *testing.T, n int) *programs {
	t.Helper()
	p.withSecrets(t)
	for i := 1; i <= n; i++ {
		_, err := p.app.Documents.Put(t.Context(), "shop", []byte(shopText(t, withPrefix(fmt.Sprintf("V%d ", i)))), "anna", fmt.Sprintf("note %d", i))
		require.NoError(t, err)
	}
	return p
}

func TestAPI_ListsVersionsPageByPage(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withVersions(t, 5)
	var seen []int
	for next := ""; ; {
		var page api.VersionList
		p.read(t, atShop+"/versions?limit=2"+next, &page)
		require.Equal(t, 5, page.InForce)
		for _, v := range page.Versions {
			require.Equal(t, "anna", v.Author)
			require.Equal(t, fmt.Sprintf("note %d", v.Number), v.Note)
			seen = append(seen, v.Number)
		}
		if page.Next == nil {
			break
		}
		next = fmt.Sprintf("&before=%d", *page.Next)
	}
	require.Equal(t, []int{5, 4, 3, 2, 1}, seen)
	for _, bad := range []string{"limit=0", "limit=x", "before=-1", "before=1.5"} {
		requireRefused(t, p.ask(t, request{method: "GET", path: atShop + "/versions?" + bad}), 400, "bad_query")
	}
}

func TestAPI_ReadsAnOlderVersion(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withVersions(t, 2)
	answer := p.ask(t, request{method: "GET", path: atShop + "/versions/1", scope: db.ScopeRead})
	require.Equal(t, shopText(t, withPrefix("V1 ")), answer.Body.String())
	require.Equal(t, `"1"`, answer.Header().Get("ETag"))
	var view api.Document
	p.read(t, atShop+"/versions/1", &view)
	require.Equal(t, "note 1", view.Note)
	for _, none := range []string{"0", "3", "-1", "x", "99999999999999999999"} {
		requireRefused(t, p.ask(t, request{method: "GET", path: atShop + "/versions/" + none}), 404, "unknown_version")
	}
}

func TestAPI_TellsHowVersionsDiffer(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withVersions(t, 3)
	for query, want := range map[string][2]int{"": {2, 3}, "?to=2": {1, 2}, "?from=1": {1, 3}, "?from=3&to=1": {3, 1}} {
		var d api.Differences
		p.read(t, atShop+"/diff"+query, &d)
		require.Equal(t, want, [2]int{d.From, d.To}, query)
		require.Equal(t, []settings.Change{{
			Path: "flows.orders.reference_prefix", Kind: settings.Changed, From: fmt.Sprintf("'V%d '", want[0]), To: fmt.Sprintf("'V%d '", want[1]),
		}}, d.Changes)
	}
	var same api.Differences
	p.read(t, atShop+"/diff?from=2&to=2", &same)
	require.Empty(t, same.Changes)
	requireRefused(t, p.ask(t, request{method: "GET", path: atShop + "/diff?from=1&to=4"}), 404, "unknown_version")
	requireRefused(t, p.ask(t, request{method: "GET", path: atShop + "/diff?from=one"}), 400, "bad_query")

	_, err := p.app.Documents.Put(t.Context(), "shop", []byte("integration: shop\nofanotherbuild: 1\n"), "anna", "")
	require.NoError(t, err)
	requireRefused(t, p.ask(t, request{method: "GET", path: atShop + "/diff"}), 409, "document_refused")
}

func (p *programs) rollBack(t *testing.T, body string, headers map[string]string) *httptest.ResponseRecorder {
	t.Helper()
	return p.ask(t, request{method: http.MethodPost, path: atShop + "/rollback", body: body, headers: headers})
}

func TestAPI_RollsBackToTheVeryBytes(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withSecrets(t)
	original := shopText(t, withPrefix("V1 ")) + "# a remark that only the text has\n"
	_, err := p.app.Documents.Put(t.Context(), "shop", []byte(original), "anna", "")
	require.NoError(t, err)
	p.withVersions(t, 1)

	requireRefused(t, p.rollBack(t, `{"version": 1}`, nil), 428, "precondition_required")
	requireRefused(t, p.rollBack(t, `{"version": 1}`, map[string]string{"If-Match": `"1"`}), 412, "conflict")
	requireRefused(t, p.rollBack(t, `{"version": 7}`, map[string]string{"If-Match": `"2"`}), 404, "unknown_version")
	requireRefused(t, p.rollBack(t, `{"to": 1}`, map[string]string{"If-Match": `"2"`}), 400, "malformed_body")

	answer := p.rollBack(t, `{"version": 1}`, map[string]string{"If-Match": `"2"`})
	require.Equal(t, api.Saved{Integration: "shop", Version: 3, Made: true}, saved(t, answer, 200))
	version, text, err := p.app.Documents.Version(t.Context(), "shop", 3)
	require.NoError(t, err)
	require.Equal(t, original, string(text))
	require.Equal(t, "back to version 1", version.Note)
	require.Equal(t, "the admin", version.Author)

	s := saved(t, p.rollBack(t, `{"version": 1, "note": "again"}`, map[string]string{"If-Match": `"3"`}), 200)
	require.Equal(t, 4, s.Version, "who rolls back gets a version, whatever is in force")
}

func TestAPI_AVersionThatThisBuildRefusesStaysWhereItIs(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withSecrets(t)
	_, err := p.app.Documents.Put(t.Context(), "shop", []byte("integration: shop\nofanotherbuild: 1\n"), "anna", "")
	require.NoError(t, err)
	p.withVersions(t, 1)

	answer := p.rollBack(t, `{"version": 1}`, map[string]string{"If-Match": `"2"`})
	requireRefused(t, answer, 422, "document_refused")
	require.Contains(t, answer.Body.String(), "ofanotherbuild")
	current, err := p.app.Documents.Current(t.Context(), "shop")
	require.NoError(t, err)
	require.Equal(t, 2, current)

	var view api.Document
	p.read(t, atShop+"/versions/1", &view)
	require.EqualValues(t, 1, view.Document["ofanotherbuild"])
}
