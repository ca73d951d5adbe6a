package server

import (
	"context"
	"strings"
	"time"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/telemetry"
	"github.com/koppel/koppel/workflows"
)

// standing reads the gauges that only the database knows. A flow with nothing
// parked is shown as zero, so that an alarm can end.
func standing(deps Deps) func(context.Context) (telemetry.Standing, error) {
	return func(ctx context.Context) (telemetry.Standing, error) {
		s, err := readStanding(ctx, deps)
		if err != nil {
			deps.Log.Warn("the gauges of the database could not be read", "error", err)
		}
		return s, err
	}
}

func readStanding(ctx context.Context, deps Deps) (telemetry.Standing, error) {
	var s telemetry.Standing
	cursors, err := db.Q.CursorListAll(ctx, deps.DB)
	if err != nil {
		return s, err
	}
	for _, c := range cursors {
		if strings.HasSuffix(c.Flow, "/load") { // an initial load is over some day, and nothing is the matter then
			continue
		}
		s.Cursors = append(s.Cursors, telemetry.CursorAge{
			Integration: c.Integration, Flow: c.Flow, Age: time.Duration(c.AgeSeconds * float64(time.Second)),
		})
	}
	parked, err := db.Q.ParkedCountOpen(ctx, deps.DB)
	if err != nil {
		return s, err
	}
	open := map[[2]string]int64{}
	for _, p := range parked {
		open[[2]string{p.Integration, p.Flow}] = p.Records
	}
	causes, err := db.Q.IncidentCountOpen(ctx, deps.DB)
	if err != nil {
		return s, err
	}
	incidents := map[[2]string]int64{}
	for _, c := range causes {
		incidents[[2]string{c.Integration, c.Flow}] = c.Incidents
	}
	records, err := db.Q.CatalogCountAll(ctx, deps.DB)
	if err != nil {
		return s, err
	}
	for _, flow := range domain.CatalogFlows() {
		for _, r := range records {
			if r.Entity == string(domain.CarriedBy(flow)) {
				for state, n := range map[string]int64{"stand": r.Stand, "left_out": r.LeftOut, "parked": r.Parked, "put_off": r.PutOff, "gone": r.Gone} {
					s.Records = append(s.Records, telemetry.RecordsStand{Integration: r.Integration, Flow: flow, State: state, Records: n})
				}
			}
		}
	}
	integrations, err := db.Q.IntegrationList(ctx, deps.DB)
	if err != nil {
		return s, err
	}
	for _, integration := range integrations {
		for _, flow := range workflows.Catalog {
			s.Parked = append(s.Parked, telemetry.ParkedOpen{
				Integration: integration.Slug, Flow: flow.Name, Records: open[[2]string{integration.Slug, flow.Name}],
			})
			s.Open = append(s.Open, telemetry.IncidentsOpen{
				Integration: integration.Slug, Flow: flow.Name, Incidents: incidents[[2]string{integration.Slug, flow.Name}],
			})
		}
	}
	return s, nil
}
