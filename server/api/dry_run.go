package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

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

// checkDocument answers a dry run. It need not say what the change was made from;
// if it does, that is held to.
func (h *Handler) checkDocument(c echo.Context, change Change) error {
	var err error
	if change.From, err = beganFrom(c); err != nil {
		return err
	}
	checked, err := h.Integrations.Check(c.Request().Context(), change)
	if err != nil {
		return refusedChange(c, err)
	}
	return c.JSON(http.StatusOK, DryRun{
		Integration: checked.Integration, InForce: checked.InForce, WouldMake: !checked.Same(),
		Compared: checked.Compared, Changes: listed(checked.Changes), Warnings: listed(checked.Warnings),
	})
}
