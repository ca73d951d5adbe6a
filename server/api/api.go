// Package api is Koppel for programs: documents, versions and secrets over HTTP,
// for whoever holds a token. Its table of routes is what is served and what the
// OpenAPI document says, so the two cannot disagree.
package api

import (
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/labstack/echo/v4"
	"go.temporal.io/sdk/client"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/server/documents"
	"github.com/koppel/koppel/server/links"
)

// Handler answers what is asked of the API.
type Handler struct {
	DB           *pgxpool.Pool
	Secrets      db.Secrets
	Documents    *documents.Reader
	Integrations Integrations
	Consents     Consents
	Parking      Parking
	Temporal     client.Client
	Links        links.Links
	Log          *slog.Logger
	Now          func() time.Time
}

// Register adds the routes, and the guard before every path under /api, whether
// there is a route or not.
func (h *Handler) Register(e *echo.Echo) {
	e.Use(h.guard)
	for _, route := range h.Routes() {
		e.Add(route.Method, route.Path, h.guarded(route))
	}
}

func (h *Handler) tokens() db.APITokens { return db.APITokens{DB: h.DB} }
