// Package webhooks starts flows for whoever can sign: POST
// /webhooks/<integration>/<flow>.
package webhooks

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
	"go.temporal.io/sdk/client"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/telemetry"
	"github.com/koppel/koppel/server/documents"
	"github.com/koppel/koppel/server/links"
	"github.com/koppel/koppel/server/refusal"
	"github.com/koppel/koppel/settings"
	"github.com/koppel/koppel/workflows"
)

// Handler takes deliveries. It keeps nothing itself: which delivery came before
// is Temporal's to know, so any server may get it again.
type Handler struct {
	Documents *documents.Reader
	Secrets   db.Secrets
	Temporal  client.Client
	Links     links.Links
	Log       *slog.Logger
	Now       func() time.Time
}

// Accepted is the answer to a delivery.
type Accepted struct {
	WorkflowID string `json:"workflow_id"`
	RunID      string `json:"run_id"`
	Link       string `json:"link,omitempty"` // the run in Temporal's Web UI
	StatusURL  string `json:"status_url"`     // the integration on the status page
}

// delivery is a request whose sender has proved who it is.
type delivery struct {
	integration string
	flow        workflows.Flow
	version     int // of the document in force
	id          string
	body        []byte
}

// Deliver starts a run of the flow, or finds the run that the same delivery
// started before, and answers 202.
func (h *Handler) Deliver(c echo.Context) error {
	ctx := c.Request().Context()
	d, err := h.receive(c)
	if err != nil {
		return err
	}
	want, err := h.check(ctx, d)
	if err != nil {
		return err
	}
	accepted, again, err := h.start(ctx, d, want)
	if err != nil {
		return err
	}
	h.Log.Info("webhook accepted", telemetry.KeyIntegration, d.integration, telemetry.KeyFlow, d.flow.Name,
		telemetry.KeyRun, accepted.RunID, "workflow", accepted.WorkflowID, "named", len(want.Keys), "again", again)
	return c.JSON(http.StatusAccepted, accepted)
}

// receive finds out what is asked and whether the sender may ask it. Until the
// signature is right, an answer says no more than that a flow or an integration
// is not known.
func (h *Handler) receive(c echo.Context) (delivery, error) {
	request := c.Request()
	d := delivery{integration: c.Param("integration")}
	var known bool
	if d.flow, known = workflows.FlowNamed(c.Param("flow")); !known {
		return d, unknownFlow()
	}
	var err error
	if d.version, err = h.Documents.Version(request.Context(), d.integration); errors.Is(err, db.ErrNoIntegration) {
		return d, unknownIntegration()
	} else if err != nil {
		return d, refusal.DatabaseDown(err)
	}
	if d.body, err = io.ReadAll(request.Body); err != nil {
		return d, unreadable(err)
	}
	timestamp := request.Header.Get(HeaderTimestamp)
	at, ok := parseTimestamp(timestamp)
	if !ok || !fresh(at, h.Now()) {
		return d, stale()
	}
	signature, ok := parseSignature(request.Header.Get(HeaderSignature))
	if !ok {
		return d, forged()
	}
	key, err := h.Secrets.Get(request.Context(), d.integration, settings.SecretWebhook)
	switch {
	case errors.Is(err, db.ErrNoSecret):
		h.Log.Warn("a webhook came, but webhook.secret is not set: koppel secret set webhook.secret", telemetry.KeyIntegration, d.integration)
		return d, forged()
	case err != nil:
		return d, refusal.DatabaseDown(err)
	case !signedBy(key, timestamp, d.body, signature):
		return d, forged()
	}
	d.id = deliveryID(timestamp, d.body)
	return d, nil
}

// check reads what a proven sender asks and whether it can be done.
func (h *Handler) check(ctx context.Context, d delivery) (workflows.Wanted, error) {
	want, err := wantedOf(d.flow, d.body)
	if err != nil {
		return want, malformed(d.flow, err)
	}
	if len(want.Keys) > 0 && !d.flow.Keys {
		return want, takesNoKeys()
	}
	doc, err := h.Documents.Get(ctx, d.integration, d.version)
	switch {
	case errors.Is(err, documents.ErrRefused):
		return want, documentRefused(err)
	case err != nil:
		return want, refusal.DatabaseDown(err)
	case !doc.Enabled(d.flow.Name):
		return want, switchedOff()
	}
	return want, nil
}
