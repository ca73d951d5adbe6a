package app

import (
	"context"
	"errors"
	"net"

	"go.temporal.io/sdk/client"
	"golang.org/x/sync/errgroup"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/telemetry"
	"github.com/koppel/koppel/server"
	"github.com/koppel/koppel/worker"
)

// RunWorker runs the flows, and the worker's health and metrics, until the context ends.
func (a *App) RunWorker(ctx context.Context) error {
	if err := db.CheckMigrated(ctx, a.DB); err != nil {
		return err
	}
	if err := a.CheckKey(ctx); err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	if address := a.Config.Worker.Listen; address != "" {
		listener, err := telemetry.Listen(address, "KOPPEL_WORKER_LISTEN")
		if err != nil {
			return err
		}
		group.Go(func() error { return telemetry.Serve(ctx, listener, a.health(), a.Metrics) })
	}
	group.Go(func() error {
		return worker.Run(ctx, worker.Deps{
			Temporal: a.Temporal, Namespace: a.Config.Temporal.Namespace, Desk: a.Desk(), Telling: a.Telling(), Rows: a,
			Integrations: Plans{Documents: a.Documents, Log: a.Log}, Log: a.Log,
			Concurrency: a.Config.Worker.Concurrency, StopTimeout: a.Config.Worker.StopTimeout,
		})
	})
	return group.Wait()
}

// RunServer serves the pages and the webhooks until the context ends. Without a
// listener it opens the address of the configuration.
func (a *App) RunServer(ctx context.Context, listener net.Listener) error {
	if err := a.refuseWrongKey(ctx); err != nil {
		return err
	}
	c := a.Config
	return server.Run(ctx, server.Deps{
		DB: a.DB, Secrets: a.Secrets, Temporal: a.Temporal, Health: a.health(), Metrics: a.Metrics, Log: a.Log, Integrations: a, Consents: a, Parking: a,
		Listener: listener, Listen: c.Server.Listen, Namespace: c.Temporal.Namespace, TemporalUI: c.Temporal.UIURL, PublicURL: c.Server.PublicURL,
	})
}

// health is what a worker and a server cannot work without.
func (a *App) health() telemetry.Health {
	return telemetry.Health{Log: a.Log, Checks: []telemetry.Check{
		{
			Name: "database", Ask: func(ctx context.Context) error { return db.CheckMigrated(ctx, a.DB) },
			Explain: func(err error) string {
				if errors.Is(err, db.ErrNotMigrated) {
					return db.ErrNotMigrated.Error()
				}
				return "PostgreSQL does not answer: check that it runs, and KOPPEL_DATABASE_URL"
			},
		},
		{
			Name: "temporal",
			Ask: func(ctx context.Context) error {
				_, err := a.Temporal.CheckHealth(ctx, &client.CheckHealthRequest{})
				return err
			},
			Explain: func(error) string { return "Temporal does not answer: check that it runs, and KOPPEL_TEMPORAL_ADDRESS" },
		},
	}}
}
