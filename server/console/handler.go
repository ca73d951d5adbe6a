// Package console is the pages that people look at.
package console

import (
	"bytes"
	"log/slog"
	"net/http"
	"time"

	"github.com/a-h/templ"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/labstack/echo/v4"
	"go.temporal.io/sdk/client"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/server/documents"
	"github.com/koppel/koppel/server/links"
)

// Handler shows the pages.
type Handler struct {
	DB        *pgxpool.Pool
	Documents *documents.Reader
	Consents  db.Consents
	Temporal  client.Client
	Links     links.Links
	Log       *slog.Logger
	Now       func() time.Time
}

// Status shows how every integration stands. When the database is away the page
// says so, with status 503: people keep it open to see when it is back.
func (h *Handler) Status(c echo.Context) error {
	ctx := c.Request().Context()
	status, err := h.read(ctx)
	if err != nil {
		h.Log.Error("the status page could not be read", "error", err)
		c.Response().Header().Set("Retry-After", "10")
		return show(c, http.StatusServiceUnavailable, databaseDownPage(clockOf(h.Now())))
	}
	return show(c, http.StatusOK, statusPage(status))
}

// show renders a page whole before it answers, so that half a page is never sent.
func show(c echo.Context, status int, page templ.Component) error {
	var out bytes.Buffer
	if err := page.Render(c.Request().Context(), &out); err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.HTMLBlob(status, out.Bytes())
}
