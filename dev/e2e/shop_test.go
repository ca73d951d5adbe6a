package e2e

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/sandboxkit"
)

// shop is a sandbox, used as a person at its pages would: not through our clients.
type shop struct {
	t   *testing.T
	url string
}

func (s shop) get(path string, into any) { s.t.Helper(); s.do(http.MethodGet, path, nil, into) }

func (s shop) post(path string, body, into any) {
	s.t.Helper()
	s.do(http.MethodPost, path, body, into)
}

func (s shop) put(path string, body, into any) { s.t.Helper(); s.do(http.MethodPut, path, body, into) }

func (s shop) do(method, path string, body, into any) {
	s.t.Helper()
	encoded, err := json.Marshal(body)
	require.NoError(s.t, err)
	status, answer := s.send(method, path, encoded, http.Header{"Content-Type": {"application/json"}})
	require.Less(s.t, status, http.StatusMultipleChoices, "%s %s: %s", method, path, answer)
	if into != nil {
		require.NoError(s.t, json.Unmarshal(answer, into))
	}
}

func (s shop) send(method, path string, body []byte, header http.Header) (status int, answer []byte) {
	s.t.Helper()
	req, err := http.NewRequest(method, s.url+path, bytes.NewReader(body))
	require.NoError(s.t, err)
	req.Header = header
	resp, err := http.DefaultClient.Do(req)
	require.NoError(s.t, err)
	defer resp.Body.Close()
	answer, err = io.ReadAll(resp.Body)
	require.NoError(s.t, err)
	return resp.StatusCode, answer
}

// breaks switches faults on.
func (s shop) breaks(rules ...sandboxkit.Rule) {
	s.t.Helper()
	s.post("/_sandbox/faults", rules, nil)
}

// mends switches all faults off.
func (s shop) mends() { s.t.Helper(); s.do(http.MethodDelete, "/_sandbox/faults", nil, nil) }

// hits counts the faults played, by kind.
func (s shop) hits() map[sandboxkit.Kind]int {
	s.t.Helper()
	var report sandboxkit.FaultReport
	s.get("/_sandbox/faults", &report)
	return report.Hits
}

// calls counts what the system was asked.
func (s shop) calls() sandboxkit.CallReport {
	s.t.Helper()
	var report sandboxkit.CallReport
	s.get("/_sandbox/calls", &report)
	return report
}

// forgetsCalls begins the counts anew.
func (s shop) forgetsCalls() { s.t.Helper(); s.do(http.MethodDelete, "/_sandbox/calls", nil, nil) }
