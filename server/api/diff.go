package api

import (
	"errors"
	"fmt"
	"net/http"
	"reflect"

	"github.com/labstack/echo/v4"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/server/refusal"
	"github.com/koppel/koppel/settings"
)

// Differences is how one version of a document differs from another.
type Differences struct {
	From    int               `json:"from"`
	To      int               `json:"to"`
	Changes []settings.Change `json:"changes" doc:"in the order of the document; empty: they say the same"`
}

// RefusedVersion says that this build refuses a stored version, which a build
// before it took.
type RefusedVersion struct {
	Version  int
	Problems error
}

// Error names the version and lists its problems.
func (r *RefusedVersion) Error() string {
	return fmt.Sprintf("version %d is refused by this build:\n%s", r.Version, r.Problems)
}

// Unwrap gives the problems.
func (r *RefusedVersion) Unwrap() error { return r.Problems }

func (h *Handler) diffRoutes() []Route {
	return []Route{{
		Method: http.MethodGet, Path: "/api/integrations/:slug/diff", Scope: db.ScopeRead, Handle: h.diff,
		Summary: "Tell how one version of the document differs from another",
		Params: []Param{
			{Name: "from", In: "query", Text: "the one version; the one before to when it is left out", Type: reflect.TypeFor[int]()},
			{Name: "to", In: "query", Text: "the other version; the one in force when it is left out", Type: reflect.TypeFor[int]()},
		},
		Gives: []Answer{{Status: http.StatusOK, Body: jsonOf[Differences]()}},
	}}
}

func (h *Handler) diff(c echo.Context) error {
	inForce, err := h.existing(c)
	if err != nil {
		return err
	}
	to, err := numberOf(c, "to", inForce)
	if err != nil {
		return err
	}
	from, err := numberOf(c, "from", max(to-1, 1))
	if err != nil {
		return err
	}
	changes, err := h.Integrations.Diff(c.Request().Context(), c.Param("slug"), from, to)
	refused, isRefused := errors.AsType[*RefusedVersion](err)
	switch {
	case isRefused:
		return refusal.New(http.StatusConflict, "document_refused", fmt.Sprintf("Version %d is refused by this build, so it cannot be compared.", refused.Version),
			"Read both as YAML and compare the texts.").Because(err)
	case errors.Is(err, db.ErrNoVersion):
		return unknownVersion()
	case err != nil:
		return refusal.DatabaseDown(err)
	}
	return c.JSON(http.StatusOK, Differences{From: from, To: to, Changes: listed(changes)})
}

// listed is a list that JSON shows as one even when it is empty.
func listed[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}
