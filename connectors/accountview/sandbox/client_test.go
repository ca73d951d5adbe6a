package sandbox_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/accountview/sandbox"
)

// foreign is a client that was written for the real system by somebody else: it knows addresses, parameters and JSON,
// and nothing of this package.
type foreign struct {
	t       *testing.T
	server  *sandbox.Server
	base    string
	token   string
	company string
	http    *http.Client
}

// answer is a response, with numbers as they were written.
type answer struct {
	status int
	header http.Header
	raw    string
	tables map[string][]map[string]any
	body   map[string]any
}

func start(t *testing.T, o sandbox.Options) *foreign {
	t.Helper()
	server, err := sandbox.New(o)
	require.NoError(t, err)
	web := httptest.NewServer(server.Handler())
	f := &foreign{
		t: t, server: server, base: web.URL, token: server.Ready().AccessToken, company: server.Ready().CompanyID,
		http: &http.Client{Timeout: 20 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
	}
	t.Cleanup(func() {
		f.http.CloseIdleConnections()
		require.NoError(t, server.Close())
		web.Close()
	})
	return f
}

// send does a call with the headers of a signed-in client.
func (f *foreign) send(method, path, body string) (answer, error) {
	f.t.Helper()
	req, err := http.NewRequest(method, f.base+path, strings.NewReader(body))
	require.NoError(f.t, err)
	if f.token != "" {
		req.Header.Set("Authorization", "Bearer "+f.token)
	}
	if f.company != "" {
		req.Header.Set("x-company", f.company)
	}
	req.Header.Set("Accept", "application/json")
	if method == http.MethodPost || method == http.MethodPut {
		req.Header.Set("Content-Type", "application/json; charset=utf-8")
	}
	return f.do(req)
}

func (f *foreign) do(req *http.Request) (answer, error) {
	f.t.Helper()
	resp, err := f.http.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		return answer{status: resp.StatusCode, raw: string(raw)}, err
	}
	a := answer{status: resp.StatusCode, header: resp.Header, raw: string(raw), tables: map[string][]map[string]any{}}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if decoder.Decode(&a.body) == nil {
		for name, value := range a.body {
			list, _ := value.([]any)
			for _, item := range list {
				if r, ok := item.(map[string]any); ok {
					a.tables[name] = append(a.tables[name], r)
				}
			}
		}
	}
	return a, nil
}

// get reads with a query written by hand: name, value, name, value.
func (f *foreign) get(pairs ...string) answer {
	f.t.Helper()
	a, err := f.send(http.MethodGet, "/api/v3/accountviewdata?"+query(pairs...), "")
	require.NoError(f.t, err)
	return a
}

func (f *foreign) system(pairs ...string) answer {
	f.t.Helper()
	a, err := f.send(http.MethodGet, "/api/v3/accountviewsystemdata?"+query(pairs...), "")
	require.NoError(f.t, err)
	return a
}

func query(pairs ...string) string {
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	return values.Encode()
}

func (f *foreign) post(body string) answer {
	f.t.Helper()
	a, err := f.send(http.MethodPost, "/api/v3/accountviewdata", body)
	require.NoError(f.t, err)
	return a
}

func (f *foreign) put(body string) answer {
	f.t.Helper()
	a, err := f.send(http.MethodPut, "/api/v3/accountviewdata", body)
	require.NoError(f.t, err)
	return a
}

// ok demands a success and gives the rows of one table.
func (a answer) ok(t *testing.T, tableName string) []map[string]any {
	t.Helper()
	require.Equal(t, http.StatusOK, a.status, a.raw)
	require.Contains(t, a.body, tableName, a.raw)
	return a.tables[tableName]
}

// refused demands an error body with the status and a part of its message.
func (a answer) refused(t *testing.T, status int, part string) {
	t.Helper()
	require.Equal(t, status, a.status, a.raw)
	require.Equal(t, "AccountViewError", a.body["ErrorType"], a.raw)
	require.Contains(t, a.body["ErrorMessage"], part)
	require.Contains(t, a.body, "ErrorNumbers")
}

// values gives one column of rows.
func values(rows []map[string]any, column string) []string {
	var list []string
	for _, r := range rows {
		list = append(list, text(r[column]))
	}
	return list
}

func text(v any) string {
	if n, ok := v.(json.Number); ok {
		return n.String()
	}
	s, _ := v.(string)
	return s
}

// single is an envelope of one header row: name, letter, JSON value, and so on.
func single(object, tableName string, columns ...string) string {
	fields, vals := []string{`{"Name":"RowId","FieldType":"C"}`}, []string{`"1"`}
	for i := 0; i+2 < len(columns); i += 3 {
		fields = append(fields, `{"Name":"`+columns[i]+`","FieldType":"`+columns[i+1]+`"}`)
		vals = append(vals, columns[i+2])
	}
	return `{"BookDate":"","BusinessObject":"` + object + `","Table":{"Definition":{"Name":"` + tableName + `","Fields":[` +
		strings.Join(fields, ",") + `]},"DetailDefinitions":null},"TableData":{"Data":{"Rows":[{"Values":[` +
		strings.Join(vals, ",") + `]}]},"DetailData":null}}`
}

// debtor is an envelope of a new debtor as clients send it, with more columns after those every debtor needs.
func debtor(name string, more ...string) string {
	return single("AR1", "CONTACT", append([]string{
		"ACCT_NAME", "C", `"` + name + `"`, "SRC_CODE", "C", `"-"`, "ACCT_NR", "C", `"1300"`,
	}, more...)...)
}

// order is an envelope of a sales order of one line: article 100101, three of them.
func order(debtorNumber, reference string, more ...string) string {
	fields, vals := "", ""
	for i := 0; i+2 < len(more); i += 3 {
		fields += `,{"Name":"` + more[i] + `","FieldType":"` + more[i+1] + `"}`
		vals += "," + more[i+2]
	}
	return `{"BookDate":null,"BusinessObject":"SO1","Table":{
	"Definition":{"Name":"SO_HDR","Fields":[{"Name":"RowId","FieldType":"C"},{"Name":"RPL_INV","FieldType":"C"},{"Name":"COMMENT1","FieldType":"C"}` + fields + `]},
	"DetailDefinitions":[{"Name":"SO_LINE","Fields":[{"Name":"RowId","FieldType":"C"},{"Name":"HeaderId","FieldType":"C"},
	{"Name":"ART_CODE","FieldType":"C"},{"Name":"ORD_QTY","FieldType":"N"}]}]},
	"TableData":{"Data":{"Rows":[{"Values":["1","` + debtorNumber + `","` + reference + `"` + vals + `]}]},
	"DetailData":[{"Rows":[{"Values":["1","1","100101",3]}]}]}}`
}
