package api

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/internal/telemetry"
	"github.com/koppel/koppel/server/documents"
	"github.com/koppel/koppel/server/refusal"
	"github.com/koppel/koppel/settings"
)

// SecretList is the secrets that an integration needs.
type SecretList struct {
	Secrets []Secret `json:"secrets"`
}

// Secret is a secret without what it holds.
type Secret struct {
	Name     string     `json:"name"`
	Required bool       `json:"required" doc:"the document in force needs it"`
	Set      bool       `json:"set"`
	SetAt    *time.Time `json:"set_at" doc:"when it was last set; null: never"`
}

// SecretValue is a secret on its way in. None ever goes out.
type SecretValue struct {
	Value string `json:"value" doc:"the secret itself; it is never shown again"`
}

func (h *Handler) secretRoutes() []Route {
	return []Route{
		{
			Method: http.MethodGet, Path: "/api/integrations/:slug/secrets", Scope: db.ScopeRead, Handle: h.listSecrets,
			Summary: "List which secrets are set, never what they are",
			Detail:  "Secrets can be set before the integration has a document.",
			Gives:   []Answer{{Status: http.StatusOK, Body: jsonOf[SecretList]()}},
		},
		{
			Method: http.MethodPut, Path: "/api/integrations/:slug/secrets/:name", Scope: db.ScopeAdmin, Handle: h.putSecret,
			Summary: "Set a secret",
			Detail:  "It is stored encrypted and counts from the next call to the outside system on. As text, one line end at its end is not part of it.",
			Takes:   []Body{jsonOf[SecretValue](), textOf()},
			Gives:   []Answer{{Status: http.StatusNoContent}},
		},
	}
}

func (h *Handler) listSecrets(c echo.Context) error {
	integration := c.Param("slug")
	if !documents.CanBeCalled(integration) {
		return badName()
	}
	set, err := h.Secrets.List(c.Request().Context(), integration)
	if err != nil {
		return refusal.DatabaseDown(err)
	}
	required, err := h.requiredSecrets(c, integration)
	if err != nil {
		return err
	}
	at := map[string]time.Time{}
	names := required
	for _, one := range set {
		at[one.Name] = one.ChangedAt.UTC()
		if !slices.Contains(required, one.Name) {
			names = append(names, one.Name)
		}
	}
	list := SecretList{Secrets: []Secret{}}
	for i, name := range names {
		one := Secret{Name: name, Required: i < len(required)}
		if setAt, ok := at[name]; ok {
			one.Set, one.SetAt = true, &setAt
		}
		list.Secrets = append(list.Secrets, one)
	}
	return c.JSON(http.StatusOK, list)
}

// requiredSecrets are what the document in force needs; without one that this
// build can read, what every document needs.
func (h *Handler) requiredSecrets(c echo.Context, integration string) ([]string, error) {
	version, err := h.inForce(c)
	if err != nil || version == 0 {
		return settings.RequiredSecrets(settings.Document{}), err
	}
	doc, err := h.Documents.Get(c.Request().Context(), integration, version)
	if err != nil && !errors.Is(err, documents.ErrRefused) {
		return nil, refusal.DatabaseDown(err)
	}
	return settings.RequiredSecrets(doc), nil
}

func (h *Handler) putSecret(c echo.Context) error {
	integration, name := c.Param("slug"), c.Param("name")
	if !documents.CanBeCalled(integration) {
		return badName()
	}
	if !settings.KnownSecret(name) {
		return refusal.New(http.StatusNotFound, "unknown_secret", "There is no secret of that name.",
			"The names are: "+strings.Join(append(settings.RequiredSecrets(settings.Document{}), settings.AlertSecret("CHANNEL"), settings.AlertURLSecret("CHANNEL")), ", ")+".")
	}
	value, err := secretOf(c)
	if err != nil {
		return err
	}
	err = h.Integrations.SetSecret(c.Request().Context(), integration, name, value)
	if problems, ok := errors.AsType[settings.Problems](err); ok {
		return malformed("This cannot be the secret: "+problems.Error()+".", "Send another value.")
	}
	if err != nil {
		return refusal.DatabaseDown(err)
	}
	h.Log.Info("secret set", telemetry.KeyIntegration, integration, "name", name, "by", authorOf(c))
	return c.NoContent(http.StatusNoContent)
}

// longestSecret bounds a secret, in bytes.
const longestSecret = 1 << 16

func secretOf(c echo.Context) (secret.Text, error) {
	var value string
	if mediaOf(c) == mediaText {
		body, err := bodyOf(c)
		if err != nil {
			return "", err
		}
		value = strings.TrimSuffix(strings.TrimSuffix(string(body), "\n"), "\r")
	} else {
		body, err := decode[SecretValue](c)
		if err != nil {
			return "", err
		}
		value = body.Value
	}
	if value == "" || len(value) > longestSecret || strings.ContainsAny(value, "\x00\r\n") {
		return "", malformed("The secret is empty, longer than 64 KiB or of several lines.", `Send it as text, or as {"value": "..."}.`)
	}
	return secret.Text(value), nil
}
