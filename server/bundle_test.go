package server_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"github.com/koppel/koppel/configs/examples"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/internal/telemetry"
	"github.com/koppel/koppel/internal/testkit"
	"github.com/koppel/koppel/server"
	"github.com/koppel/koppel/server/refusal"
	"github.com/koppel/koppel/server/webhooks"
	"github.com/koppel/koppel/settings"
)

const (
	hookSecret = secret.Text("planted-hook-secret")
	// internal stands in errors of what lies behind the server; no answer may show it.
	internal = "planted-internal-text"
)

var now = time.Date(2026, 3, 14, 15, 9, 26, 0, time.UTC)

type testBundle struct {
	db       *pgxpool.Pool
	temporal *fakeTemporal
	deps     server.Deps
	log      *lines
	app      *echo.Echo
}

// lines is a log that a test can read while it is written.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// setup makes a server on an empty database.
func setup(t *testing.T) *testBundle {
	t.Helper()
	b := &testBundle{db: testkit.Database(t), temporal: newTemporal(), log: &lines{}}
	log := telemetry.NewLogger(b.log, slog.LevelDebug, true)
	metrics, err := telemetry.NewMetrics()
	require.NoError(t, err)
	b.deps = server.Deps{
		DB: b.db, Secrets: db.Secrets{DB: b.db, Box: testkit.Box(t)}, Temporal: b.temporal, Metrics: metrics, Log: log,
		Now: func() time.Time { return now }, Namespace: "default", TemporalUI: "http://temporal.example", PublicURL: "https://koppel.example",
		Health: telemetry.Health{Log: log, Checks: []telemetry.Check{
			{
				Name: "database", Ask: func(ctx context.Context) error { return db.CheckMigrated(ctx, b.db) },
				Explain: func(error) string { return "PostgreSQL does not answer." },
			},
			{
				Name: "temporal", Ask: func(ctx context.Context) error {
					_, err := b.temporal.CheckHealth(ctx, &client.CheckHealthRequest{})
					return err
				},
				Explain: func(error) string { return "Temporal does not answer." },
			},
		}},
	}
	b.app = server.New(b.deps)
	return b
}

// withShop applies the document of an integration called shop, and its secret.
func (b *testBundle) withShop(t *testing.T, change func(*settings.Document)) *testBundle {
	t.Helper()
	doc, err := settings.Parse(examples.Demo)
	require.NoError(t, err)
	if change != nil {
		change(&doc)
	}
	text, err := settings.Marshal(doc)
	require.NoError(t, err)
	_, err = db.Documents{DB: b.db}.Put(t.Context(), "shop", text, "test", "")
	require.NoError(t, err)
	require.NoError(t, b.deps.Secrets.Put(t.Context(), "shop", settings.SecretWebhook, hookSecret))
	return b
}

func (b *testBundle) send(t *testing.T, request *http.Request) *httptest.ResponseRecorder {
	t.Helper()
	answer := httptest.NewRecorder()
	b.app.ServeHTTP(answer, request.WithContext(t.Context()))
	return answer
}

func (b *testBundle) get(t *testing.T, path string) *httptest.ResponseRecorder {
	t.Helper()
	return b.send(t, httptest.NewRequest(http.MethodGet, path, nil))
}

// signed is a delivery as an honest sender makes it.
func signed(path, body string, at time.Time) *http.Request {
	request := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	timestamp, signature := webhooks.Sign([]byte(body), at, hookSecret)
	request.Header.Set(webhooks.HeaderTimestamp, timestamp)
	request.Header.Set(webhooks.HeaderSignature, signature)
	return request
}

type refused struct {
	Error struct {
		Code, Message, Fix string
		Problems           []refusal.Problem
	}
}

// requireRefused checks that an answer refuses in our form and shows nothing internal.
func requireRefused(t *testing.T, answer *httptest.ResponseRecorder, status int, code string) refused {
	t.Helper()
	body := answer.Body.String()
	require.Equal(t, status, answer.Code, body)
	var r refused
	decoder := json.NewDecoder(strings.NewReader(body))
	decoder.DisallowUnknownFields()
	require.NoError(t, decoder.Decode(&r), body)
	require.Equal(t, code, r.Error.Code, body)
	require.NotEmpty(t, r.Error.Message)
	require.NotEmpty(t, r.Error.Fix)
	require.NotContains(t, body, internal)
	require.NotEmpty(t, answer.Header().Get(echo.HeaderXRequestID))
	if status == http.StatusServiceUnavailable {
		require.NotEmpty(t, answer.Header().Get("Retry-After"))
	}
	return r
}

// unsized hides the length of a body, as a chunked request does.
type unsized struct{ io.Reader }
