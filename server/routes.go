package server

import (
	"github.com/labstack/echo/v4"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/server/console"
	"github.com/koppel/koppel/server/documents"
	"github.com/koppel/koppel/server/webhooks"
)

// Paths that machines ask for all the time: their requests are not worth a log line.
const (
	pathHealth  = "/healthz"
	pathReady   = "/readyz"
	pathMetrics = "/metrics"
	pathAssets  = "/assets/"
)

func route(e *echo.Echo, deps Deps) {
	reader := &documents.Reader{Store: db.Documents{DB: deps.DB}}
	hooks := &webhooks.Handler{
		Documents: reader, Secrets: deps.Secrets, Temporal: deps.Temporal, Links: deps.links(), Log: deps.Log, Now: deps.Now,
	}
	e.POST("/webhooks/:integration/:flow", hooks.Deliver)

	programs := &api.Handler{
		DB: deps.DB, Secrets: deps.Secrets, Documents: reader, Integrations: deps.Integrations, Consents: deps.Consents, Parking: deps.Parking, Temporal: deps.Temporal,
		Links: deps.links(), Log: deps.Log, Now: deps.Now,
	}
	programs.Register(e)

	pages := &console.Handler{
		DB: deps.DB, Documents: reader, Temporal: deps.Temporal, Links: deps.links(), Log: deps.Log, Now: deps.Now,
		Consents: db.Consents{DB: deps.DB, Box: deps.Secrets.Box},
	}
	read(e, "/", pages.Status)
	e.GET("/connect/accountview", pages.Connect)
	read(e, pathAssets+"*", echo.WrapHandler(console.Assets(pathAssets)))

	read(e, pathHealth, echo.WrapHandler(deps.Health.Live()))
	read(e, pathReady, echo.WrapHandler(deps.Health.Ready()))
	read(e, pathMetrics, echo.WrapHandler(deps.Metrics.Handler()))
}

// read routes GET, and HEAD, which load balancers like to ask with.
func read(e *echo.Echo, path string, handler echo.HandlerFunc) {
	e.GET(path, handler)
	e.HEAD(path, handler)
}
