// Package app is the composition root: the only place where the rooms of the
// house meet. A process opens what it needs here and hands it on.
package app

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"go.temporal.io/sdk/client"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/configs"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/internal/telemetry"
)

// App is what the processes of Koppel are made of.
type App struct {
	Config    configs.Config
	Log       *slog.Logger
	DB        *pgxpool.Pool
	Secrets   db.Secrets
	Tokens    db.Tokens
	Documents db.Documents
	Payloads  *db.Payloads
	Listings  db.Listings
	Tests     db.ConnectionTests
	Consents  db.Consents
	Temporal  client.Client // nil until DialTemporal
	Metrics   *telemetry.Metrics
}

// Open opens the database and the master key: all that commands need which do
// not talk to Temporal. Close closes it.
func Open(ctx context.Context, config configs.Config, log *slog.Logger) (*App, error) {
	box, err := secret.OpenBox(config.Key)
	if err != nil {
		return nil, fmt.Errorf("KOPPEL_KEY: %w", err)
	}
	metrics, err := telemetry.NewMetrics()
	if err != nil {
		return nil, fmt.Errorf("start the metrics: %w", err)
	}
	pool, err := db.Open(ctx, config.DatabaseURL.Reveal())
	if err != nil {
		return nil, err
	}
	return &App{
		Config: config, Log: log, DB: pool,
		Secrets:   db.Secrets{DB: pool, Box: box},
		Tokens:    db.Tokens{DB: pool, Box: box},
		Documents: db.Documents{DB: pool},
		Payloads:  &db.Payloads{DB: pool, Box: box},
		Listings:  db.Listings{DB: pool, Box: box},
		Tests:     db.ConnectionTests{DB: pool, Box: box},
		Consents:  db.Consents{DB: pool, Box: box},
		Metrics:   metrics,
	}, nil
}

// Close closes what was opened.
func (a *App) Close() {
	if a.Temporal != nil {
		a.Temporal.Close()
	}
	a.DB.Close()
}

// Desk is what activities work with.
func (a *App) Desk() *activities.Desk {
	documents := &activities.Documents{Store: a.Documents}
	systems := &Directory{
		DB: a.DB, Documents: documents, Secrets: a.Secrets, Tokens: a.Tokens, Observe: a.Metrics.Upstream,
		Log: a.Log,
	}
	return &activities.Desk{
		Connections: systems, Catalogue: systems, SetUp: systems, Listings: a.Listings, Tests: a.Tests, Consents: a.Consents,
		DB: a.DB, Payloads: a.Payloads, Documents: documents, Now: time.Now, Metrics: a.Metrics,
	}
}
