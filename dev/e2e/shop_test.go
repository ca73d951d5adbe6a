package e2e

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/dev/outside"
	"github.com/koppel/koppel/internal/sandboxkit"
)

// shop is a sandbox, used as a person at its pages would: not through our clients.
type shop struct {
	t   *testing.T
	url string
}

func (s shop) page() outside.Page { return outside.Page{URL: s.url} }

func (s shop) get(path string, into any) {
	s.t.Helper()
	require.NoError(s.t, s.page().Get(s.t.Context(), path, into))
}

func (s shop) post(path string, body, into any) {
	s.t.Helper()
	require.NoError(s.t, s.page().Post(s.t.Context(), path, body, into))
}

func (s shop) put(path string, body, into any) {
	s.t.Helper()
	require.NoError(s.t, s.page().Put(s.t.Context(), path, body, into))
}

func (s shop) delete(path string) {
	s.t.Helper()
	require.NoError(s.t, s.page().Delete(s.t.Context(), path))
}

func (s shop) send(method, path string, body []byte, header http.Header) (status int, answer []byte) {
	s.t.Helper()
	status, answer, err := s.page().Send(s.t.Context(), method, path, body, header)
	require.NoError(s.t, err)
	return status, answer
}

// breaks switches faults on.
func (s shop) breaks(rules ...sandboxkit.Rule) {
	s.t.Helper()
	s.post("/_sandbox/faults", rules, nil)
}

// mends switches all faults off.
func (s shop) mends() { s.t.Helper(); s.delete("/_sandbox/faults") }

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
func (s shop) forgetsCalls() { s.t.Helper(); s.delete("/_sandbox/calls") }
