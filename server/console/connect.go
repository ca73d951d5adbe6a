package console

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
	"go.temporal.io/sdk/client"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/internal/telemetry"
	"github.com/koppel/koppel/workflows"
)

// connectWait is how long the page waits for the tokens.
const connectWait = 6 * time.Second

// longestAnswer bounds what the browser may bring back, in bytes.
const longestAnswer = 4096

// Connect is where a browser comes back to from giving consent. It shows no
// bearer: that it knows the state is the proof that the consent was asked here.
// The code is stored sealed and exchanged by a workflow; the server itself calls
// nothing outside. Nothing of the query is logged or shown.
func (h *Handler) Connect(c echo.Context) error {
	state, code := c.QueryParam("state"), c.QueryParam("code")
	if state == "" || len(state) > longestAnswer || len(code) > longestAnswer {
		return h.showConnected(c, http.StatusBadRequest, connected{Code: "consent_unknown"})
	}
	ctx := c.Request().Context()
	consent, err := h.Consents.Returned(ctx, secret.Text(state), secret.Text(code))
	switch {
	case errors.Is(err, db.ErrNoConsent):
		return h.showConnected(c, http.StatusBadRequest, connected{Code: "consent_unknown"})
	case err != nil:
		h.Log.Error("a consent could not be taken", "error", err)
		return h.showConnected(c, http.StatusServiceUnavailable, connected{Code: "database_unavailable"})
	case code == "":
		h.forget(ctx, consent)
		h.Log.Info("consent refused", telemetry.KeyIntegration, consent.Integration)
		return h.showConnected(c, http.StatusOK, connected{Integration: consent.Integration, Code: "consent_refused"})
	}
	return h.finish(c, consent)
}

// finish has the code exchanged and waits a moment for how that ends.
func (h *Handler) finish(c echo.Context, consent db.Consent) error {
	ctx := c.Request().Context()
	shown := connected{Integration: consent.Integration}
	run, err := h.Temporal.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: workflows.ConsentID(consent.Integration, consent.System, consent.ID.String()), TaskQueue: workflows.QueueSync,
		TypedSearchAttributes: workflows.SearchAttributes(consent.Integration, workflows.RequestConnect, consent.System),
	}, workflows.ConnectSystem, workflows.ConnectSystemInput{
		Integration: consent.Integration, System: consent.System, Consent: consent.ID.String(),
	})
	if err != nil {
		h.Log.Error("a consent could not be finished", telemetry.KeyIntegration, consent.Integration, "error", err)
		h.forget(ctx, consent)
		shown.Code = "consent_not_finished"
		return h.showConnected(c, http.StatusServiceUnavailable, shown)
	}
	waiting, cancel := context.WithTimeout(ctx, connectWait)
	defer cancel()
	var result workflows.ConnectSystemResult
	switch err := run.Get(waiting, &result); {
	case err == nil && result.Code == "":
		return h.showConnected(c, http.StatusOK, shown)
	case err == nil:
		shown.Code, shown.About = result.Code, result.About
		return h.showConnected(c, http.StatusOK, shown)
	case waiting.Err() != nil:
		shown.Code = "consent_pending"
		return h.showConnected(c, http.StatusAccepted, shown)
	default:
		h.Log.Error("a consent could not be finished", telemetry.KeyIntegration, consent.Integration, "error", err)
		shown.Code = "consent_not_finished"
		return h.showConnected(c, http.StatusServiceUnavailable, shown)
	}
}

// forget destroys what a consent held that nobody will exchange.
func (h *Handler) forget(ctx context.Context, consent db.Consent) {
	if err := h.Consents.End(ctx, consent.ID); err != nil {
		h.Log.Warn("a consent could not be forgotten; it expires by itself", telemetry.KeyIntegration, consent.Integration, "error", err)
	}
}

// connected is how a consent ended, as the page shows it.
type connected struct {
	Integration string
	Code        string // empty: there are tokens
	About       string
	Words, Fix  string
}

func (c connected) tone() string {
	if c.Code == "consent_pending" {
		return "warn"
	}
	return "bad"
}

func (h *Handler) showConnected(c echo.Context, status int, page connected) error {
	if page.Code != "" {
		reason := domain.ReasonFor(page.Code)
		page.Words, page.Fix = reason.Words, reason.Fix
	}
	return show(c, status, connectPage(page))
}
