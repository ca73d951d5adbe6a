package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/server/refusal"
)

// IntegrationList is all integrations.
type IntegrationList struct {
	Integrations []Integration `json:"integrations"`
}

// Integration is one integration, and which version of its document is in force.
type Integration struct {
	Slug    string `json:"slug"`
	Version int    `json:"version" doc:"the version of its document that is in force"`
}

func (h *Handler) integrationRoutes() []Route {
	return []Route{{
		Method: http.MethodGet, Path: "/api/integrations", Scope: db.ScopeRead, Handle: h.listIntegrations,
		Summary: "List the integrations",
		Gives:   []Answer{{Status: http.StatusOK, Body: jsonOf[IntegrationList]()}},
	}}
}

func (h *Handler) listIntegrations(c echo.Context) error {
	rows, err := db.Q.IntegrationList(c.Request().Context(), h.DB)
	if err != nil {
		return refusal.DatabaseDown(err)
	}
	list := IntegrationList{Integrations: []Integration{}}
	for _, row := range rows {
		list.Integrations = append(list.Integrations, Integration{Slug: row.Slug, Version: int(row.CurrentVersion)})
	}
	return c.JSON(http.StatusOK, list)
}
