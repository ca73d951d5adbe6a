package telemetry_test

import (
	"context"
	"errors"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/telemetry"
)

func scrape(t *testing.T, m *telemetry.Metrics) string {
	t.Helper()
	answer := httptest.NewRecorder()
	m.Handler().ServeHTTP(answer, httptest.NewRequest("GET", "/metrics", nil))
	require.Equal(t, 200, answer.Code, answer.Body.String())
	return answer.Body.String()
}

func newMetrics(t *testing.T) *telemetry.Metrics {
	t.Helper()
	m, err := telemetry.NewMetrics()
	require.NoError(t, err)
	return m
}

func TestMetrics_ShowRecordsAndCallsUnderTheirNames(t *testing.T) {
	t.Parallel()
	m := newMetrics(t)
	m.Record("shop", "orders", "delivered")
	m.Record("shop", "orders", "delivered")
	m.Upstream("accountview", "POST SO1", 30*time.Millisecond, nil)
	m.Upstream("accountview", "POST SO1", 3*time.Second, fault.New(fault.Throttled, "busy", "POST SO1"))
	m.Upstream("mplus", "getOrders", time.Second, errors.New("secret text"))
	m.Temporal().WithTags(map[string]string{"namespace": "default"}).Counter("temporal_request").Inc(1)
	m.Temporal().Timer("temporal_request_latency").Record(time.Second)

	page := scrape(t, m)
	for _, line := range []string{
		`records_total{flow="orders",integration="shop",outcome="delivered"} 2`,
		`upstream_seconds_bucket{kind="ok",op="POST SO1",system="accountview",le="0.05"} 1`,
		`upstream_seconds_bucket{kind="ok",op="POST SO1",system="accountview",le="0.025"} 0`,
		`upstream_seconds_sum{kind="Throttled",op="POST SO1",system="accountview"} 3`,
		`upstream_seconds_count{kind="Unknown",op="getOrders",system="mplus"} 1`,
		`temporal_request_total{namespace="default"} 1`,
		`temporal_request_latency_seconds_count 1`,
		"go_goroutines ",
	} {
		require.Contains(t, page, line)
	}
	require.NotContains(t, page, "secret text")
}

func TestMetrics_ReadTheStandingForEveryScrape(t *testing.T) {
	t.Parallel()
	m := newMetrics(t)
	standing, failure := telemetry.Standing{
		Cursors: []telemetry.CursorAge{{Integration: "shop", Flow: "orders", Age: 90 * time.Second}},
		Parked:  []telemetry.ParkedOpen{{Integration: "shop", Flow: "orders", Records: 2}},
	}, error(nil)
	require.NoError(t, m.Watch(func(ctx context.Context) (telemetry.Standing, error) {
		deadline, bounded := ctx.Deadline()
		require.True(t, bounded && time.Until(deadline) <= 2*time.Second)
		return standing, failure
	}))
	page := scrape(t, m)
	require.Contains(t, page, `cursor_age_seconds{flow="orders",integration="shop"} 90`)
	require.Contains(t, page, `parked_open{flow="orders",integration="shop"} 2`)

	standing.Parked = nil
	require.NotContains(t, scrape(t, m), "parked_open{", "what no longer waits is no longer shown")

	failure = errors.New("database is away")
	require.NotContains(t, scrape(t, m), "cursor_age_seconds{", "an old age would say that all is well")
}

func TestMetrics_NilMeasuresNothing(t *testing.T) {
	t.Parallel()
	var m *telemetry.Metrics
	require.NotPanics(t, func() {
		m.Record("shop", "orders", "delivered")
		m.Upstream("mplus", "getOrders", time.Second, nil)
		m.Temporal().Counter("x").Inc(1)
	})
	require.NoError(t, m.Watch(nil))
	answer := httptest.NewRecorder()
	m.Handler().ServeHTTP(answer, httptest.NewRequest("GET", "/metrics", nil))
	require.Equal(t, 404, answer.Code)
}
