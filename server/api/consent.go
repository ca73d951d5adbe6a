package api

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/server/documents"
	"github.com/koppel/koppel/server/refusal"
)

// Consents makes the addresses at which people give consent.
type Consents interface {
	// AskConsent makes an address for the document in force, or for a draft among
	// the payloads. It calls nothing outside.
	AskConsent(ctx context.Context, integration, draft string) (ConsentAsked, error)
}

// ConsentAsked is an address to give consent at, or why there is none.
type ConsentAsked struct {
	AuthorizeURL string
	ExpiresAt    time.Time
	Refused      string // the code of why; empty: there is an address
	About        string // what the refusal is about
}

// ConsentAddress is an address to give consent at.
type ConsentAddress struct {
	AuthorizeURL string    `json:"authorize_url" doc:"to be opened in a browser by whoever may give consent; it works once"`
	ExpiresAt    time.Time `json:"expires_at" doc:"when the way back ends"`
}

func (h *Handler) consentRoutes() []Route {
	return []Route{{
		Method: http.MethodGet, Path: "/api/integrations/:slug/connect/accountview", Scope: db.ScopeAdmin, Handle: h.askConsent,
		Summary: "Make an address at which a person gives consent to AccountView",
		Detail:  "The browser comes back to /connect/accountview, where the tokens are fetched and stored. Each call makes a new address.",
		Gives:   []Answer{{Status: http.StatusOK, Body: jsonOf[ConsentAddress]()}},
	}}
}

func (h *Handler) askConsent(c echo.Context) error {
	integration := c.Param("slug")
	if !documents.CanBeCalled(integration) {
		return badName()
	}
	asked, err := h.Consents.AskConsent(c.Request().Context(), integration, "")
	if err != nil {
		return refusal.DatabaseDown(err)
	}
	if asked.Refused != "" {
		reason := domain.ReasonFor(asked.Refused)
		return refusal.New(http.StatusConflict, asked.Refused, said(reason.Words, asked.About), reason.Fix)
	}
	h.Log.Info("consent asked", "integration", integration, "by", authorOf(c))
	return c.JSON(http.StatusOK, ConsentAddress{AuthorizeURL: asked.AuthorizeURL, ExpiresAt: asked.ExpiresAt})
}

// said adds to a sentence what it is about.
func said(words, about string) string {
	if about == "" {
		return words
	}
	return words + " It is about " + about + "."
}
