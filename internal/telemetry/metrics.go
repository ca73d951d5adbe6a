package telemetry

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"go.opentelemetry.io/otel/attribute"
	exporter "go.opentelemetry.io/otel/exporters/prometheus"
	"go.opentelemetry.io/otel/metric"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/contrib/opentelemetry"

	"github.com/koppel/koppel/internal/fault"
)

// Metrics measures what Koppel does. A nil *Metrics measures nothing, so that
// whoever is measured need not care.
type Metrics struct {
	registry *prometheus.Registry
	meter    metric.Meter
	records  metric.Int64Counter
	upstream metric.Float64Histogram
}

// seconds are the boundaries of every histogram: remote calls take milliseconds
// to a minute, waits of the Temporal SDK likewise.
var seconds = []float64{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60}

// NewMetrics makes the metrics of one process.
func NewMetrics() (*Metrics, error) {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	reader, err := exporter.New(exporter.WithRegisterer(registry), exporter.WithoutScopeInfo(), exporter.WithoutTargetInfo())
	if err != nil {
		return nil, fmt.Errorf("export metrics: %w", err)
	}
	provider := sdkmetric.NewMeterProvider(sdkmetric.WithReader(reader), sdkmetric.WithView(sdkmetric.NewView(
		sdkmetric.Instrument{Kind: sdkmetric.InstrumentKindHistogram},
		sdkmetric.Stream{Aggregation: sdkmetric.AggregationExplicitBucketHistogram{Boundaries: seconds}},
	)))
	m := &Metrics{registry: registry, meter: provider.Meter("koppel")}
	var errs [2]error
	m.records, errs[0] = m.meter.Int64Counter("records", metric.WithDescription("Records that ended, by outcome."))
	m.upstream, errs[1] = m.meter.Float64Histogram("upstream", metric.WithUnit("s"),
		metric.WithDescription("Calls to outside systems; kind is ok or the kind of the fault."))
	if err := errors.Join(errs[:]...); err != nil {
		return nil, fmt.Errorf("make the metrics: %w", err)
	}
	return m, nil
}

// Handler answers a Prometheus scrape; 404 when nothing is measured.
func (m *Metrics) Handler() http.Handler {
	if m == nil {
		return http.NotFoundHandler()
	}
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// Temporal is where a Temporal client reports its own metrics.
func (m *Metrics) Temporal() client.MetricsHandler {
	if m == nil {
		return client.MetricsNopHandler
	}
	return opentelemetry.NewMetricsHandler(opentelemetry.MetricsHandlerOptions{
		Meter:                m.meter,
		UseMonotonicCounters: true,
		OnError:              func(error) {}, // a metric that cannot be made must not stop the work it would count
	})
}

// Record counts a record that ended with this outcome.
func (m *Metrics) Record(integration, flow, outcome string) {
	if m == nil {
		return
	}
	m.records.Add(context.Background(), 1, metric.WithAttributes(
		attribute.String(KeyIntegration, integration), attribute.String(KeyFlow, flow), attribute.String("outcome", outcome)))
}

// Upstream measures one call to an outside system. The operation is a word of
// the system's interface ("POST SO1", "getOrders"), never a key or an address.
func (m *Metrics) Upstream(system, op string, took time.Duration, err error) {
	if m == nil {
		return
	}
	m.upstream.Record(context.Background(), took.Seconds(), metric.WithAttributes(
		attribute.String(KeySystem, system), attribute.String("op", op), attribute.String(KeyKind, kindOf(err))))
}

func kindOf(err error) string {
	if err == nil {
		return "ok"
	}
	if f, ok := fault.As(err); ok {
		return string(f.Kind)
	}
	return string(fault.Unknown)
}
