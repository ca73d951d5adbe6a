package server_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"

	"github.com/koppel/koppel/server"
)

func TestServer_ReadyNamesWhatIsDown(t *testing.T) {
	t.Parallel()
	b := setup(t)
	answer := b.get(t, "/readyz")
	require.Equal(t, 200, answer.Code, answer.Body.String())

	b.temporal.fail(serviceerror.NewUnavailable(internal))
	answer = b.get(t, "/readyz")
	require.Equal(t, 503, answer.Code)
	require.JSONEq(t, `{"ready": false, "down": {"temporal": "Temporal does not answer."}}`, answer.Body.String())

	b.db.Close()
	answer = b.get(t, "/readyz")
	require.Equal(t, 503, answer.Code)
	require.JSONEq(t, `{"ready": false, "down": {"temporal": "Temporal does not answer.", "database": "PostgreSQL does not answer."}}`, answer.Body.String())
	require.Equal(t, 200, b.get(t, "/healthz").Code)
}

// The real client, and nothing behind it: whatever the client does to reach
// Temporal, an answer comes while a sender still waits for one.
func TestServer_AnswersInTimeWithoutTemporal(t *testing.T) {
	t.Parallel()
	b := setup(t).withShop(t, nil)
	nowhere, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, nowhere.Close())
	temporal, err := client.NewLazyClient(client.Options{HostPort: nowhere.Addr().String(), Logger: log.NewStructuredLogger(b.deps.Log)})
	require.NoError(t, err)
	t.Cleanup(temporal.Close)
	b.deps.Temporal, b.deps.Metrics = temporal, nil
	b.app = server.New(b.deps)

	begun := time.Now()
	requireRefused(t, b.send(t, order("")), 503, "temporal_unavailable")
	require.Less(t, time.Since(begun), 20*time.Second)
	begun = time.Now()
	require.Contains(t, textOf(t, b.get(t, "/")), "Temporal does not answer.")
	require.Less(t, time.Since(begun), 8*time.Second)
}

func TestServer_AnswersHeadWithoutABody(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for path, status := range map[string]int{"/": 200, "/healthz": 200, "/readyz": 200, "/nowhere": 404} {
		server := httptest.NewServer(b.app)
		answer, err := server.Client().Head(server.URL + path)
		require.NoError(t, err)
		require.NoError(t, answer.Body.Close())
		require.Equal(t, status, answer.StatusCode, path)
		server.Close()
	}
}

func TestServer_MeasuresHowThingsStand(t *testing.T) {
	t.Parallel()
	b := setup(t).withShop(t, nil)
	seed(t, b)

	page := b.get(t, "/metrics").Body.String()
	require.Regexp(t, `cursor_age_seconds\{flow="orders",integration="shop"\} 9\d\.`, page)
	require.Contains(t, page, `parked_open{flow="orders",integration="shop"} 2`)
	require.Contains(t, page, `parked_open{flow="doubles",integration="shop"} 1`)
	require.Contains(t, page, `incidents_open{flow="alerts",integration="shop"} 0`)

	_, err := b.db.Exec(t.Context(), "update parked set closed_at = now()")
	require.NoError(t, err)
	require.Contains(t, b.get(t, "/metrics").Body.String(), `parked_open{flow="orders",integration="shop"} 0`)
}

func TestServer_WithoutMetricsHasNone(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.deps.Metrics = nil
	b.app = server.New(b.deps)
	require.Equal(t, 404, b.get(t, "/metrics").Code)
}

func TestServer_APanicIsAnAnswerAndShowsNothing(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.app.GET("/panics", func(echo.Context) error { panic(internal) })
	b.app.GET("/index", func(echo.Context) error { return []error{}[len(b.log.String())*0+1] })

	requireRefused(t, b.get(t, "/panics"), 500, "unforeseen")
	requireRefused(t, b.get(t, "/index"), 500, "unforeseen")
	require.NotContains(t, b.log.String(), internal)
	require.Contains(t, b.log.String(), "index out of range")
	require.Contains(t, b.log.String(), "server_test.go", "the stack says where")
}

func TestServer_KeepsAPlainRequestIDAndReplacesAnyOther(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for given, kept := range map[string]bool{"till-42.a_b": true, "": false, "two words": false, "<script>": false} {
		request := httptest.NewRequest(http.MethodGet, "/healthz", nil)
		request.Header.Set(echo.HeaderXRequestID, given)
		answer := b.send(t, request)
		if id := answer.Header().Get(echo.HeaderXRequestID); kept {
			require.Equal(t, given, id)
		} else {
			require.Regexp(t, `^[0-9a-f-]{36}$`, id)
		}
		require.Equal(t, "nosniff", answer.Header().Get("X-Content-Type-Options"))
	}
}

func TestRun_ServesUntilItIsStopped(t *testing.T) {
	t.Parallel()
	b := setup(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	b.deps.Listener, b.deps.Metrics = listener, nil
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- server.Run(ctx, b.deps) }()

	visitor := &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := visitor.Get("http://" + listener.Addr().String() + "/healthz")
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.Equal(t, 200, answer.StatusCode)

	stop()
	require.NoError(t, <-ended)
}

func TestRun_NamesATakenPort(t *testing.T) {
	t.Parallel()
	b := setup(t)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer taken.Close()
	b.deps.Listen = taken.Addr().String()

	err = server.Run(t.Context(), b.deps)
	require.ErrorContains(t, err, taken.Addr().String())
	require.ErrorContains(t, err, "KOPPEL_LISTEN")
}
