// Package server is Koppel's face to people, tills and programs: the status page,
// the webhooks, the API, health and metrics. It reads PostgreSQL and talks to Temporal; it
// never calls an outside system.
package server

import (
	"context"
	"log/slog"
	"net"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/labstack/echo/v4"
	"go.temporal.io/sdk/client"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/telemetry"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/server/links"
)

// Deps is what a server works with.
type Deps struct {
	DB       *pgxpool.Pool
	Secrets  db.Secrets
	Temporal client.Client // may be lazy: the pages say when it is down
	Health   telemetry.Health
	Metrics  *telemetry.Metrics // nil: /metrics answers 404
	Log      *slog.Logger
	Now      func() time.Time // nil: time.Now

	Integrations api.Integrations // what the API has done by others
	Consents     api.Consents     // who makes the addresses to give consent at
	Parking      api.Parking      // who does what people decide about parked orders

	Listen   string       // host:port
	Listener net.Listener // instead of Listen

	Namespace  string // of Temporal, for links
	TemporalUI string // empty: no links to runs
	PublicURL  string // empty: links to our own pages are relative
}

// New makes the server without listening.
func New(deps Deps) *echo.Echo {
	if deps.Now == nil {
		deps.Now = time.Now
	}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler, e.JSONSerializer = refuse(deps.Log), plainJSON{}
	use(e, deps.Log)
	route(e, deps)
	if err := deps.Metrics.Watch(standing(deps)); err != nil {
		deps.Log.Error("the gauges of the database are not shown", "error", err)
	}
	return e
}

// Run serves until the context ends, then lets the requests under way finish.
func Run(ctx context.Context, deps Deps) error {
	listener := deps.Listener
	if listener == nil {
		var err error
		if listener, err = telemetry.Listen(deps.Listen, "KOPPEL_LISTEN"); err != nil {
			return err
		}
	}
	deps.Log.Info("server is listening", "address", listener.Addr().String())
	return telemetry.ServeUntil(ctx, listener, New(deps))
}

func (d Deps) links() links.Links {
	return links.Links{TemporalUI: d.TemporalUI, Namespace: d.Namespace, PublicURL: d.PublicURL}
}
