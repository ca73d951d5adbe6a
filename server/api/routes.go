package api

import (
	"net/http"
	"slices"

	"github.com/koppel/koppel/db"
)

// Routes is the table of all routes, subject by subject.
func (h *Handler) Routes() []Route {
	return slices.Concat(
		h.selfRoutes(),
		h.integrationRoutes(),
		h.documentRoutes(),
		h.versionRoutes(),
		h.lookupRoutes(),
		h.secretRoutes(),
		h.connectionRoutes(),
		h.consentRoutes(),
	)
}

// selfRoutes are what the API says of itself.
func (h *Handler) selfRoutes() []Route {
	return []Route{{
		Method: http.MethodGet, Path: "/api/openapi.json", Scope: db.ScopeRead, Handle: h.describe,
		Summary: "This description, as an OpenAPI 3.1 document",
		Gives:   []Answer{{Status: http.StatusOK, Body: jsonOf[map[string]any]()}},
	}}
}
