package api

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/server/refusal"
)

// Headers by which a writer says what a change was made from.
const (
	headerETag        = "ETag"
	headerIfMatch     = "If-Match"
	headerIfNoneMatch = "If-None-Match"
)

// etagOf is the entity tag of a version: its number, in quotes.
func etagOf(version int) string { return `"` + strconv.Itoa(version) + `"` }

var etag = regexp.MustCompile(`^"([1-9][0-9]{0,8})"$`)

// beganFrom reads which version a change was made from: 0 for the first, nil when
// the request does not say. "Whatever there is" is no answer to that.
func beganFrom(c echo.Context) (*int, error) {
	match, none := c.Request().Header.Get(headerIfMatch), c.Request().Header.Get(headerIfNoneMatch)
	switch {
	case match == "" && none == "":
		return nil, nil //nolint:nilnil // it does not say
	case match == "" && none == "*":
		return new(int), nil
	}
	number := etag.FindStringSubmatch(match)
	if number == nil || none != "" {
		return nil, refusal.New(http.StatusBadRequest, "bad_precondition", "The request does not say in a way that is read which version it was made from.",
			`Send If-Match with the ETag of the version that you changed, such as "3" with its quotes, or If-None-Match: * for a first version.`)
	}
	version, err := strconv.Atoi(number[1])
	return &version, err
}

// mustBegin refuses a change that does not say what it was made from.
func mustBegin(c echo.Context, inForce int) (*int, error) {
	from, err := beganFrom(c)
	switch {
	case err != nil || from != nil:
		return from, err
	case inForce == 0:
		return new(int), nil
	default:
		c.Response().Header().Set(headerETag, etagOf(inForce))
		return nil, refusal.New(http.StatusPreconditionRequired, "precondition_required",
			fmt.Sprintf("There is a document, version %d, and the request does not say that it was made from it.", inForce),
			"Read it, make your change in it, and send If-Match with its ETag.")
	}
}

// conflicted is the refusal of who saves second.
func conflicted(c echo.Context, conflict *db.Conflict) error {
	if conflict.InForce == 0 {
		return refusal.New(http.StatusPreconditionFailed, "conflict", "There is no document yet, so this cannot be a change of one.",
			"Send If-None-Match: * for a first version.").Because(conflict)
	}
	c.Response().Header().Set(headerETag, etagOf(conflict.InForce))
	return refusal.New(http.StatusPreconditionFailed, "conflict",
		fmt.Sprintf("Somebody else was first: version %d is in force. Nothing was stored.", conflict.InForce),
		"Read that version, make your change in it, and send it with its ETag in If-Match.").Because(conflict)
}

// inForce is the version in force; 0 when there is none.
func (h *Handler) inForce(c echo.Context) (int, error) {
	version, err := h.Documents.Version(c.Request().Context(), c.Param("slug"))
	switch {
	case errors.Is(err, db.ErrNoIntegration):
		return 0, nil
	case err != nil:
		return 0, refusal.DatabaseDown(err)
	default:
		return version, nil
	}
}

// existing is the version in force of an integration that must be there.
func (h *Handler) existing(c echo.Context) (int, error) {
	version, err := h.inForce(c)
	if err == nil && version == 0 {
		return 0, unknownIntegration()
	}
	return version, err
}
