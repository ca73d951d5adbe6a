package e2e

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"github.com/koppel/koppel/dev/stack"
	"github.com/koppel/koppel/internal/telemetry"
	"github.com/koppel/koppel/settings"
)

// program is somebody who works with the API, with a token from the command line.
type program struct {
	*bundle
	token string
}

// ask sends a request. Headers come in pairs of name and value.
func (p program) ask(method, path, body string, headers ...string) (status int, answer, etag string) {
	p.t.Helper()
	request, err := http.NewRequestWithContext(p.t.Context(), method, p.ServerURL+"/api/integrations/"+stack.Integration+path, strings.NewReader(body))
	require.NoError(p.t, err)
	request.Header.Set("Authorization", "Bearer "+p.token)
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	require.NoError(p.t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	require.NoError(p.t, err)
	return response.StatusCode, string(text), response.Header.Get("ETag")
}

func changed(t *testing.T, text string, change func(*settings.Document)) string {
	t.Helper()
	doc, err := settings.Parse([]byte(text))
	require.NoError(t, err)
	change(&doc)
	whole, err := settings.Marshal(doc)
	require.NoError(t, err)
	return string(whole)
}

// A document changed over HTTP, with the schedules in a real Temporal that follow
// it, and brought back from the command line.
func TestAPI_SchedulesFollowTheDocument(t *testing.T) {
	log := &journal{}
	b := setup(t, withServer, func(o *stack.Options) { o.Log = telemetry.NewLogger(log, slog.LevelDebug, true) })
	p := program{b, strings.TrimSpace(b.koppel("", "token", "create", "e2e", "--scope", "admin"))}
	every := func() time.Duration { return b.described().Schedule.Spec.Intervals[0].Every }

	status, text, first := p.ask("GET", "", "")
	require.Equal(t, 200, status, text)
	before := every()
	slower := changed(t, text, func(doc *settings.Document) { doc.Flows.Orders.Every = settings.Duration(45 * time.Second) })
	status, answer, second := p.ask("PUT", "?note=slower", slower, "Content-Type", "application/yaml", "If-Match", first)
	require.Equal(t, 200, status, answer)
	require.NotContains(t, answer, "warning")
	require.Equal(t, 45*time.Second, every())

	status, answer, _ = p.ask("PUT", "", text, "Content-Type", "application/yaml", "If-Match", first)
	require.Equal(t, 412, status, answer)
	require.Equal(t, 45*time.Second, every())

	off := changed(t, text, func(doc *settings.Document) { doc.Flows.Orders.Enabled = false })
	status, answer, _ = p.ask("PUT", "", off, "Content-Type", "application/yaml", "If-Match", second)
	require.Equal(t, 200, status, answer)
	state := b.described().Schedule.State
	require.True(t, state.Paused)
	require.Contains(t, state.Note, "Switched off in the document (flows.orders.enabled). ")
	found := b.koppel("", "doctor", "-i", stack.Integration)
	require.Regexp(t, `(?m)ok +schedule +orders +switched off in the document`, found)
	require.Regexp(t, `(?m)ok +schedule +doubles +switched off in the document`, found)
	written := b.described().Info.LastUpdateAt
	b.koppel(off, "apply", "-f", "-")
	require.Equal(t, written, b.described().Info.LastUpdateAt, "what is as it should be is not written")

	b.koppel("", "rollback", "-i", stack.Integration, "--to", strings.Trim(first, `"`), "--note", "as it was")
	require.Equal(t, before, every())
	require.False(t, b.described().Schedule.State.Paused)
	written = b.described().Info.LastUpdateAt
	b.koppel(text, "apply", "-f", "-")
	require.Equal(t, written, b.described().Info.LastUpdateAt)

	require.Equal(t, text, b.koppel("", "export", "-i", stack.Integration))
	versions := b.koppel("", "versions", "-i", stack.Integration)
	require.Regexp(t, `\(in force\) .* as it was`, versions)
	require.Regexp(t, `e2e +slower`, versions)
	require.Regexp(t, `e2e +admin .*\d\d:\d\d:\d\d CES?T +-`, b.koppel("", "token", "list"))

	require.NoError(t, b.schedule().Pause(t.Context(), client.SchedulePauseOptions{Note: "stocktaking"}))
	for _, document := range []string{off, text} {
		b.koppel(document, "apply", "-f", "-")
		require.Equal(t, client.ScheduleState{Paused: true, Note: "stocktaking"}, *b.described().Schedule.State)
	}

	b.koppel("", "token", "revoke", "e2e")
	status, answer, _ = p.ask("GET", "", "")
	require.Equal(t, 404, status, answer)
	require.Contains(t, answer, "api_is_off")
	for _, h := range log.haystacks() {
		require.False(t, bytes.Contains(h.text, []byte(p.token)), "the token stands in the log")
	}
}
