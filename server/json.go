package server

import (
	"encoding/json"

	"github.com/labstack/echo/v4"
)

// plainJSON writes JSON for programs and people: "<" stays what it is. Nothing of
// it stands in a page, so there is nothing to escape for.
type plainJSON struct{ echo.DefaultJSONSerializer }

// Serialize implements echo.JSONSerializer.
func (plainJSON) Serialize(c echo.Context, value any, indent string) error {
	encoder := json.NewEncoder(c.Response())
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", indent)
	return encoder.Encode(value)
}
