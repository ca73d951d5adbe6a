package telemetry_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/koppel/koppel/internal/telemetry"
	"github.com/koppel/koppel/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m, testkit.CheckLeaks(goleak.IgnoreCurrent())) }

func TestServe_AnswersHealthAndMetricsUntilTheContextEnds(t *testing.T) {
	t.Parallel()
	var down atomic.Bool
	health := telemetry.Health{Log: testkit.Logger(t), Checks: []telemetry.Check{{
		Name: "database",
		Ask: func(context.Context) error {
			if down.Load() {
				return errors.New("dial tcp 10.0.0.1: " + planted)
			}
			return nil
		},
		Explain: func(error) string { return "The database does not answer." },
	}}}
	listener, err := telemetry.Listen("127.0.0.1:0", "KOPPEL_WORKER_LISTEN")
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- telemetry.Serve(ctx, listener, health, newMetrics(t)) }()
	base := "http://" + listener.Addr().String()

	status, _ := get(t, base+"/healthz")
	require.Equal(t, 200, status)
	status, body := get(t, base+"/readyz")
	require.Equal(t, 200, status)
	require.JSONEq(t, `{"ready": true, "down": {}}`, body)
	status, body = get(t, base+"/metrics")
	require.Equal(t, 200, status)
	require.Contains(t, body, "go_goroutines")

	down.Store(true)
	status, body = get(t, base+"/readyz")
	require.Equal(t, 503, status)
	require.JSONEq(t, `{"ready": false, "down": {"database": "The database does not answer."}}`, body)
	status, _ = get(t, base+"/healthz")
	require.Equal(t, 200, status, "a process without its database still lives")

	cancel()
	require.NoError(t, <-ended)
	_, err = http.Get(base + "/healthz")
	require.Error(t, err)
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 10 * time.Second}
	answer, err := client.Get(url)
	require.NoError(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return answer.StatusCode, string(body)
}

func TestHealth_GivesUpOnACheckThatHangs(t *testing.T) {
	t.Parallel()
	health := telemetry.Health{Log: testkit.Logger(t), Checks: []telemetry.Check{{
		Name:    "temporal",
		Ask:     func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() },
		Explain: func(error) string { return "Temporal does not answer." },
	}}}
	begun := time.Now()
	require.Equal(t, map[string]string{"temporal": "Temporal does not answer."}, health.Down(t.Context()))
	require.Less(t, time.Since(begun), 2*telemetry.CheckTimeout)
}

func TestListen_NamesTheTakenPortAndItsSetting(t *testing.T) {
	t.Parallel()
	first, err := telemetry.Listen("127.0.0.1:0", "KOPPEL_LISTEN")
	require.NoError(t, err)
	defer first.Close()
	_, err = telemetry.Listen(first.Addr().String(), "KOPPEL_LISTEN")
	require.ErrorContains(t, err, first.Addr().String())
	require.ErrorContains(t, err, "KOPPEL_LISTEN")
	require.ErrorContains(t, err, "address already in use")
}

func TestServeUntil_LetsARequestUnderWayFinish(t *testing.T) {
	t.Parallel()
	listener, err := telemetry.Listen("127.0.0.1:0", "KOPPEL_LISTEN")
	require.NoError(t, err)
	arrived, finish := make(chan struct{}), make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- telemetry.ServeUntil(ctx, listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			close(arrived)
			<-finish
			_ = json.NewEncoder(w).Encode(r.Context().Err() == nil)
		}))
	}()
	answered := make(chan string, 1)
	go func() {
		_, body := get(t, "http://"+listener.Addr().String())
		answered <- body
	}()
	<-arrived
	cancel()
	close(finish)
	require.Equal(t, "true\n", <-answered)
	require.NoError(t, <-ended)
}
