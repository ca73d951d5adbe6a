package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"github.com/koppel/koppel/server/refusal"
)

// bodyOf reads the whole body.
func bodyOf(c echo.Context) ([]byte, error) {
	body, err := io.ReadAll(c.Request().Body)
	if tooLarge, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return nil, refusal.TooLarge(tooLarge.Limit)
	}
	if err != nil {
		return nil, refusal.New(http.StatusBadRequest, "body_broken", "The body broke off or came too slowly.", "Send it again.").Because(err)
	}
	return body, nil
}

// decode reads a JSON body that must hold a T and nothing else. What a refusal
// says of it repeats nothing of it: it may hold a secret.
func decode[T any](c echo.Context) (T, error) {
	var into T
	body, err := bodyOf(c)
	if err != nil {
		return into, err
	}
	reader := json.NewDecoder(bytes.NewReader(body))
	reader.DisallowUnknownFields()
	if !utf8.Valid(body) || reader.Decode(&into) != nil || reader.More() {
		return into, malformed("The body is not the JSON object that is read here.", "Send what GET /api/openapi.json describes, with no other key.")
	}
	return into, nil
}
