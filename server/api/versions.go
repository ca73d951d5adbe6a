package api

import (
	"net/http"
	"reflect"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/server/refusal"
)

// Version is one version of a document, without its text.
type Version struct {
	Number int       `json:"version"`
	Author string    `json:"author" doc:"name of the token, or of the user of the command line"`
	Note   string    `json:"note"`
	At     time.Time `json:"made_at"`
}

// VersionList is a page of versions, the newest first.
type VersionList struct {
	InForce  int       `json:"in_force"`
	Versions []Version `json:"versions"`
	Next     *int      `json:"next" doc:"what to send as before for the next page; null: this is the last"`
}

// RollbackTo asks for an earlier version.
type RollbackTo struct {
	Version int    `json:"version"`
	Note    string `json:"note,omitempty" doc:"why, at most 500 characters"`
}

// Versions that a page holds: most, and when the request does not say.
const (
	mostVersions = 200
	someVersions = 50
)

func (h *Handler) versionRoutes() []Route {
	const at = "/api/integrations/:slug"
	return []Route{
		{
			Method: http.MethodGet, Path: at + "/versions", Scope: db.ScopeRead, Handle: h.listVersions,
			Summary: "List the versions of the document, the newest first",
			Params: []Param{
				{Name: "before", In: "query", Text: "only versions below this one", Type: reflect.TypeFor[int]()},
				{Name: "limit", In: "query", Text: "how many, at most 200; 50 when it is left out", Type: reflect.TypeFor[int]()},
			},
			Gives: []Answer{{Status: http.StatusOK, Body: jsonOf[VersionList]()}},
		},
		{
			Method: http.MethodGet, Path: at + "/versions/:version", Scope: db.ScopeRead, Handle: h.getVersion,
			Summary: "Read one version of the document",
			Detail:  "YAML, the very text that was stored; with Accept: application/json a JSON view of it.",
			Gives: []Answer{
				{Status: http.StatusOK, Body: yamlOf(), Headers: []Param{headerOfVersion}},
				{Status: http.StatusOK, Body: jsonOf[Document]()},
			},
		},
		{
			Method: http.MethodPost, Path: at + "/rollback", Scope: db.ScopeAdmin, Handle: h.rollBack,
			Summary: "Put an earlier version in force again",
			Detail:  "Its very text becomes the newest version. If this build refuses it, it is refused with its problems. If-Match is required.",
			Params:  []Param{paramIfMatch},
			Takes:   []Body{jsonOf[RollbackTo]()},
			Gives:   []Answer{{Status: http.StatusOK, Body: jsonOf[Saved](), Headers: []Param{headerOfVersion}}},
		},
	}
}

func (h *Handler) listVersions(c echo.Context) error {
	inForce, err := h.existing(c)
	if err != nil {
		return err
	}
	before, err := numberOf(c, "before", 0)
	if err != nil {
		return err
	}
	limit, err := numberOf(c, "limit", someVersions)
	if err != nil {
		return err
	}
	limit = min(limit, mostVersions)
	rows, err := h.Documents.Store.Versions(c.Request().Context(), c.Param("slug"), before, limit)
	if err != nil {
		return refusal.DatabaseDown(err)
	}
	list := VersionList{InForce: inForce, Versions: []Version{}}
	for _, row := range rows {
		list.Versions = append(list.Versions, versionOf(row))
	}
	if last := len(rows) - 1; last >= 0 && len(rows) == limit && rows[last].Number > 1 {
		list.Next = &rows[last].Number
	}
	return c.JSON(http.StatusOK, list)
}

func versionOf(v db.Version) Version {
	return Version{Number: v.Number, Author: v.Author, Note: v.Note, At: v.At.UTC()}
}

func (h *Handler) getVersion(c echo.Context) error {
	if _, err := h.existing(c); err != nil {
		return err
	}
	number, err := strconv.Atoi(c.Param("version"))
	if err != nil {
		return unknownVersion()
	}
	return h.showVersion(c, number)
}

func (h *Handler) rollBack(c echo.Context) error {
	inForce, err := h.existing(c)
	if err != nil {
		return err
	}
	asked, err := decode[RollbackTo](c)
	if err != nil {
		return err
	}
	note, err := noteOf(asked.Note)
	if err != nil {
		return err
	}
	from, err := mustBegin(c, inForce)
	if err != nil {
		return err
	}
	applied, err := h.Integrations.Rollback(c.Request().Context(), Rollback{
		Integration: c.Param("slug"), To: asked.Version, From: from, Author: authorOf(c), Note: note,
	})
	if err != nil {
		return refusedChange(c, err)
	}
	return h.saved(c, applied, inForce)
}

// numberOf reads a number above 0 from the query.
func numberOf(c echo.Context, name string, otherwise int) (int, error) {
	text := c.QueryParam(name)
	if text == "" {
		return otherwise, nil
	}
	number, err := strconv.Atoi(text)
	if err != nil || number < 1 {
		return 0, refusal.New(http.StatusBadRequest, "bad_query", name+" is not a whole number above 0.", "Correct it, or leave it out.")
	}
	return number, nil
}
