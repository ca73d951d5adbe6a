package main

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/server/api"
)

func TestShowLoad_TellsHowFarAndWhyItStands(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 9, 8, 0, 0, 0, time.UTC)
	for want, load := range map[string]api.Load{
		"250 of 1000 gone through (25 %)":             {State: "running", Done: 250, Total: 1000, PerMinute: 49.6, DoneAt: &at, Count: &api.FlowCount{}},
		"50 a minute; the pace is 60 a minute":        {State: "running", PerMinute: 49.6, Pace: 60, Count: &api.FlowCount{}},
		"as fast as the limits":                       {State: "running", Count: &api.FlowCount{}},
		"of how many is not known":                    {State: "running", Done: 3, Count: &api.FlowCount{}},
		"done at " + domain.Moment(at):                {State: "running", DoneAt: &at, Count: &api.FlowCount{}},
		"paused by ann since " + domain.Moment(at):    {State: "paused", PausedBy: "ann", PausedAt: &at, Count: &api.FlowCount{}},
		"paused by itself since " + domain.Moment(at): {State: "paused", PausedAt: &at, Count: &api.FlowCount{}, Failure: &api.FlowFailed{}},
		"waiting for the end of an outage":            {State: "waiting", Count: &api.FlowCount{}},
		"check that koppel worker runs":               {State: "running"},
		"number_taken":                                {State: "running", Count: &api.FlowCount{Parked: 1, ParkedWhy: []api.WhyCount{{Code: "number_taken", Records: 1}}}},
		"Put them right":                              {State: "paused", PausedAt: &at, Count: &api.FlowCount{}, Failure: &api.FlowFailed{Code: "c", Fix: "Put them right."}},
	} {
		var out strings.Builder
		load.Flow = "products"
		require.NoError(t, showLoad(&out, load))
		require.Contains(t, out.String(), want)
		require.True(t, strings.HasPrefix(out.String(), "initial load of products: "+load.State))
	}
}
