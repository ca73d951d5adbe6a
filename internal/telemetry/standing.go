package telemetry

import (
	"context"
	"fmt"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
)

// Standing is how things stand, as the database knows it: not counted in this
// process, but read when somebody asks.
type Standing struct {
	Cursors []CursorAge
	Parked  []ParkedOpen
	Open    []IncidentsOpen
	Records []RecordsStand
}

// CursorAge is how long ago a flow last read its source to the end of a page.
type CursorAge struct {
	Integration string
	Flow        string
	Age         time.Duration
}

// ParkedOpen is how many records of a flow wait for a person.
type ParkedOpen struct {
	Integration string
	Flow        string
	Records     int64
}

// IncidentsOpen is how many causes of a flow people are told of and have not solved.
type IncidentsOpen struct {
	Integration string
	Flow        string
	Incidents   int64
}

// RecordsStand is how many records of a flow from the books stand in one way at the till.
type RecordsStand struct {
	Integration string
	Flow        string
	State       string // stand, left_out, parked, put_off or gone
	Records     int64
}

// standingTimeout bounds a reading: a scrape must not hang on the database.
const standingTimeout = 2 * time.Second

// Watch shows cursor_age_seconds, parked_open, incidents_open and records_standing, read anew for every scrape.
// When the reading fails the gauges are left out of that scrape: an old value
// would say that all is well. Call it once.
func (m *Metrics) Watch(read func(ctx context.Context) (Standing, error)) error {
	if m == nil {
		return nil
	}
	age, err := m.meter.Float64ObservableGauge("cursor_age", metric.WithUnit("s"),
		metric.WithDescription("Time since a flow last read its source."))
	if err != nil {
		return fmt.Errorf("make the metrics: %w", err)
	}
	parked, err := m.meter.Int64ObservableGauge("parked_open", metric.WithDescription("Records that wait for a person."))
	if err != nil {
		return fmt.Errorf("make the metrics: %w", err)
	}
	incidents, err := m.meter.Int64ObservableGauge("incidents_open", metric.WithDescription("Causes that people are told of and that are not solved."))
	if err != nil {
		return fmt.Errorf("make the metrics: %w", err)
	}
	records, err := m.meter.Int64ObservableGauge("records_standing", metric.WithDescription("Records of the books by how they stand at the till."))
	if err != nil {
		return fmt.Errorf("make the metrics: %w", err)
	}
	_, err = m.meter.RegisterCallback(func(ctx context.Context, o metric.Observer) error {
		ctx, cancel := context.WithTimeout(ctx, standingTimeout)
		defer cancel()
		standing, err := read(ctx)
		if err != nil {
			return nil // whoever reads has logged it
		}
		for _, c := range standing.Cursors {
			o.ObserveFloat64(age, c.Age.Seconds(), ofFlow(c.Integration, c.Flow))
		}
		for _, p := range standing.Parked {
			o.ObserveInt64(parked, p.Records, ofFlow(p.Integration, p.Flow))
		}
		for _, i := range standing.Open {
			o.ObserveInt64(incidents, i.Incidents, ofFlow(i.Integration, i.Flow))
		}
		for _, r := range standing.Records {
			o.ObserveInt64(records, r.Records, metric.WithAttributes(
				attribute.String(KeyIntegration, r.Integration), attribute.String(KeyFlow, r.Flow), attribute.String("state", r.State)))
		}
		return nil
	}, age, parked, incidents, records)
	if err != nil {
		return fmt.Errorf("make the metrics: %w", err)
	}
	return nil
}

func ofFlow(integration, flow string) metric.MeasurementOption {
	return metric.WithAttributes(attribute.String(KeyIntegration, integration), attribute.String(KeyFlow, flow))
}
