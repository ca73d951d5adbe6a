package api

import (
	"errors"
	"net/http"
	"reflect"

	"github.com/labstack/echo/v4"

	"github.com/koppel/koppel/server/refusal"
	"github.com/koppel/koppel/settings"
)

// DryRun says what a document would change, if it were put in force.
type DryRun struct {
	Integration string `json:"integration"`
	InForce     int    `json:"in_force" doc:"the version it was compared with; 0: there is none"`
	WouldMake   bool   `json:"would_make" doc:"it would become a new version; false: it says what is in force already"`
	Compared    bool   `json:"compared" doc:"false: there is no document in force, or none that this build reads"`

	Changes  []settings.Change `json:"changes" doc:"how it differs from what is in force"`
	Warnings []string          `json:"warnings" doc:"what the lists last fetched from the systems make doubtful; it refuses nothing"`
}

var paramDryRun = Param{
	Name: "dry_run", In: "query", Text: "true: check it and say what would change, store nothing", Type: reflect.TypeFor[bool](),
}

// checkDocument answers a dry run. It need not say what the change was made from;
// if it does, that is held to.
func (h *Handler) checkDocument(c echo.Context, change Change) error {
	var err error
	if change.From, err = beganFrom(c); err != nil {
		return err
	}
	return wouldChange(c)(h.Integrations.Check(c.Request().Context(), change))
}

// wouldChange answers what a change would do.
func wouldChange(c echo.Context) func(Checked, error) error {
	return func(checked Checked, err error) error {
		if errors.Is(err, ErrNoLookup) {
			return unknownLookup()
		}
		if err != nil {
			return refusedChange(c, err)
		}
		return c.JSON(http.StatusOK, DryRun{
			Integration: checked.Integration, InForce: checked.InForce, WouldMake: !checked.Same(),
			Compared: checked.Compared, Changes: listed(checked.Changes), Warnings: listed(checked.Warnings),
		})
	}
}

// truth reads a query parameter that is true, false or not there.
func truth(c echo.Context, name string) (bool, error) {
	switch c.QueryParam(name) {
	case "true":
		return true, nil
	case "", "false":
		return false, nil
	default:
		return false, refusal.New(http.StatusBadRequest, "bad_query", name+" is neither true nor false.", "Send "+name+"=true, or leave it out.")
	}
}
