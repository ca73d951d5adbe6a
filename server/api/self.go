package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/settings"
)

// mediaSchema is the media type of a JSON Schema.
const mediaSchema = "application/schema+json"

// selfRoutes are what the API says of itself and of what it takes.
func (h *Handler) selfRoutes() []Route {
	return []Route{
		{
			Method: http.MethodGet, Path: "/api/openapi.json", Scope: db.ScopeRead, Handle: h.describe,
			Summary: "This description, as an OpenAPI 3.1 document",
			Gives:   []Answer{{Status: http.StatusOK, Body: jsonOf[map[string]any]()}},
		},
		{
			Method: http.MethodGet, Path: "/api/schema", Scope: db.ScopeRead, Handle: h.schema,
			Summary: "The JSON Schema of an integration document",
			Detail:  "For editors and forms. Rules that tie keys together only a dry run tells.",
			Gives:   []Answer{{Status: http.StatusOK, Body: Body{Media: mediaSchema, Type: jsonOf[map[string]any]().Type}}},
		},
	}
}

func (h *Handler) describe(c echo.Context) error {
	return c.JSON(http.StatusOK, Describe(h.Routes()))
}

func (h *Handler) schema(c echo.Context) error {
	text, err := settings.JSONSchema()
	if err != nil {
		return err
	}
	return c.Blob(http.StatusOK, mediaSchema, text)
}
