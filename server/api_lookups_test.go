package server_test

import (
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/server/api"
)

var csv = map[string]string{"Content-Type": "text/csv; charset=utf-8", "If-Match": `"1"`}

func TestAPI_ALookupTableGoesToASpreadsheetAndBack(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withVersions(t, 1)

	var list api.LookupList
	p.read(t, atShop+"/lookups", &list)
	var employee api.LookupTable
	for _, table := range list.Lookups {
		if table.Name == "employee" {
			employee = table
		}
	}
	require.Equal(t, api.LookupTable{Name: "employee", Title: "Employees", Keys: []string{"key"}, Unmapped: "default", Rows: 3}, employee)

	was := p.ask(t, request{method: "GET", path: atShop + "/lookups/employee"})
	require.Equal(t, `"1"`, was.Header().Get("ETag"))
	same := saved(t, p.ask(t, request{method: "PUT", path: atShop + "/lookups/employee", body: was.Body.String(), headers: csv}), 200)
	require.False(t, same.Made, "the same rows make no version")

	made := saved(t, p.ask(t, request{
		method: "PUT", path: atShop + "/lookups/employee", body: "\ufeffvalue,key\r\n10,1\r\n99,*\r\n", headers: csv,
	}), 200)
	require.Equal(t, 2, made.Version)
	now := p.ask(t, request{method: "GET", path: atShop + "/lookups/employee"}).Body.String()
	require.Equal(t, "key;value;percent;valid_from;valid_until\n1;10;;;\n*;99;;;\n", now)
}

func TestAPI_ALookupTableIsNotEmptiedUnlessThatIsMeant(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withVersions(t, 1)
	put := func(query, body string) *httptest.ResponseRecorder {
		t.Helper()
		return p.ask(t, request{method: "PUT", path: atShop + "/lookups/employee" + query, body: body, headers: csv})
	}
	r := requireRefused(t, put("", "key;value\n"), 422, "document_refused")
	require.Contains(t, r.Error.Problems[0].Text, "empty=true")
	requireRefused(t, put("?empty=yes", "key;value\n"), 400, "bad_query")
	requireRefused(t, put("?dry_run=maybe", "key;value\n"), 400, "bad_query")

	answer := p.ask(t, request{method: "PUT", path: atShop + "/lookups/employee?dry_run=true&empty=true", body: "key;value\n", headers: map[string]string{"Content-Type": "text/csv"}})
	require.Equal(t, 200, answer.Code, answer.Body.String())
	require.Contains(t, answer.Body.String(), `"would_make":true`)
	require.Contains(t, answer.Body.String(), "lookups.employee")
	var versions api.VersionList
	p.read(t, atShop+"/versions", &versions)
	require.Len(t, versions.Versions, 1, "a dry run makes none")

	require.Equal(t, 2, saved(t, put("?empty=true", "key;value\n"), 200).Version)
}

func TestAPI_ALookupTableWithAnythingWrongChangesNothing(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withVersions(t, 1)
	put := func(status int, code, table, body string, headers map[string]string) refused {
		t.Helper()
		return requireRefused(t, p.ask(t, request{method: "PUT", path: atShop + "/lookups/" + table, body: body, headers: headers}), status, code)
	}
	r := put(422, "document_refused", "vat_code", "key;value;percent\n1;2;nine\n2;1;21;4\n3;3;0\n", csv)
	require.Len(t, r.Error.Problems, 2)
	require.Equal(t, []int{2, 3}, []int{r.Error.Problems[0].Line, r.Error.Problems[1].Line})
	put(404, "no_such_lookup", "nonsense", "key;value\n", csv)
	put(428, "precondition_required", "employee", "key;value\n", map[string]string{"Content-Type": "text/csv"})
	put(412, "conflict", "employee", "key;value\n", map[string]string{"Content-Type": "text/csv", "If-Match": `"7"`})
	put(415, "wrong_media_type", "employee", "key;value\n", map[string]string{"If-Match": `"1"`})

	var versions api.VersionList
	p.read(t, atShop+"/versions", &versions)
	require.Len(t, versions.Versions, 1)
}
