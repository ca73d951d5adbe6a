package api

import (
	"errors"
	"net/http"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/telemetry"
	"github.com/koppel/koppel/server/documents"
	"github.com/koppel/koppel/server/refusal"
	"github.com/koppel/koppel/settings"
)

// Document is one version of an integration's document.
type Document struct {
	Version
	Integration string         `json:"integration"`
	Document    map[string]any `json:"document" doc:"as in the YAML; numbers keep their digits"`
}

// Saved tells what became of a document or a rollback.
type Saved struct {
	Integration string `json:"integration"`
	Version     int    `json:"version" doc:"the version in force now"`
	Made        bool   `json:"made" doc:"a new version was made; false: the version in force says the same"`
	Warning     string `json:"warning,omitempty" doc:"the document is in force, but its schedules do not follow yet, and what to do"`

	Warnings []string `json:"warnings,omitempty" doc:"what the lists last fetched from the systems make doubtful; it refuses nothing"`
}

var (
	paramIfMatch     = Param{Name: headerIfMatch, In: "header", Text: `ETag of the version that the change was made from, such as "3"`}
	paramIfNoneMatch = Param{Name: headerIfNoneMatch, In: "header", Text: "* for a first version"}
	paramNote        = Param{Name: "note", In: "query", Text: "why the version is made, at most 500 characters"}
	headerOfVersion  = Param{Name: headerETag, Text: "the version, in quotes"}
)

// yamlOf is a document as YAML.
func yamlOf() Body { return Body{Media: mediaYAML, Type: reflect.TypeFor[map[string]any]()} }

func (h *Handler) documentRoutes() []Route {
	const at = "/api/integrations/:slug"
	return []Route{
		{
			Method: http.MethodGet, Path: at, Scope: db.ScopeRead, Handle: h.getDocument,
			Summary: "Read the document in force",
			Detail:  "YAML, the very text that was stored; with Accept: application/json a JSON view of it.",
			Gives: []Answer{
				{Status: http.StatusOK, Body: yamlOf(), Headers: []Param{headerOfVersion}},
				{Status: http.StatusOK, Body: jsonOf[Document]()},
			},
		},
		{
			Method: http.MethodPut, Path: at, Scope: db.ScopeAdmin, Handle: h.putDocument,
			Summary: "Put a document in force as a new version",
			Detail: "A document with anything wrong is refused whole, with every problem and its line. Where there is a document, If-Match is required. " +
				"The same as is in force makes no new version. A dry run is answered with what would change.",
			Params: []Param{paramIfMatch, paramIfNoneMatch, paramNote, paramDryRun},
			Takes:  []Body{yamlOf()},
			Gives: []Answer{
				{Status: http.StatusOK, Body: jsonOf[Saved](), Headers: []Param{headerOfVersion}},
				{Status: http.StatusOK, Body: jsonOf[DryRun]()},
				{Status: http.StatusCreated, Body: jsonOf[Saved](), Headers: []Param{headerOfVersion}},
			},
		},
	}
}

func (h *Handler) getDocument(c echo.Context) error {
	version, err := h.existing(c)
	if err != nil {
		return err
	}
	return h.showVersion(c, version)
}

// showVersion answers a version as YAML, or as JSON to who asks for that.
func (h *Handler) showVersion(c echo.Context, number int) error {
	version, text, err := h.Documents.Store.Version(c.Request().Context(), c.Param("slug"), number)
	switch {
	case errors.Is(err, db.ErrNoVersion):
		return unknownVersion()
	case err != nil:
		return refusal.DatabaseDown(err)
	}
	c.Response().Header().Set(headerETag, etagOf(number))
	c.Response().Header().Set(echo.HeaderVary, echo.HeaderAccept)
	if !strings.Contains(c.Request().Header.Get(echo.HeaderAccept), mediaJSON) {
		return c.Blob(http.StatusOK, mediaYAML, text)
	}
	view, err := viewOf(text)
	if err != nil {
		return refusal.New(http.StatusConflict, "document_refused", "The stored text of this version cannot be shown as JSON.", "Read it as YAML.").Because(err)
	}
	return c.JSON(http.StatusOK, Document{Integration: c.Param("slug"), Version: versionOf(version), Document: view})
}

func (h *Handler) putDocument(c echo.Context) error {
	if !documents.CanBeCalled(c.Param("slug")) {
		return badName()
	}
	note, err := noteOf(c.QueryParam("note"))
	if err != nil {
		return err
	}
	text, err := bodyOf(c)
	if err != nil {
		return err
	}
	change := Change{Integration: c.Param("slug"), Text: text, Author: authorOf(c), Note: note}
	if dry, err := truth(c, "dry_run"); err != nil {
		return err
	} else if dry {
		return h.checkDocument(c, change)
	}
	inForce, err := h.inForce(c)
	if err != nil {
		return err
	}
	if change.From, err = mustBegin(c, inForce); err != nil {
		return err
	}
	applied, err := h.Integrations.Apply(c.Request().Context(), change)
	if err != nil {
		return refusedChange(c, err)
	}
	return h.saved(c, applied, inForce)
}

// saved answers what became of a change.
func (h *Handler) saved(c echo.Context, applied Applied, before int) error {
	h.Log.Info("document applied", telemetry.KeyIntegration, applied.Integration, "version", applied.Version, "made", applied.Made, "by", authorOf(c))
	answer := Saved{Integration: applied.Integration, Version: applied.Version, Made: applied.Made, Warnings: applied.Warnings}
	if applied.Schedules != nil {
		h.Log.Warn("the schedules do not follow the document yet", telemetry.KeyIntegration, applied.Integration, "error", applied.Schedules)
		answer.Warning = "The document is in force, but Temporal did not take its schedules. They follow when a worker starts, or when it is applied again."
	}
	c.Response().Header().Set(headerETag, etagOf(applied.Version))
	if before == 0 {
		return c.JSON(http.StatusCreated, answer)
	}
	return c.JSON(http.StatusOK, answer)
}

// refusedChange tells why a document is not in force now.
func refusedChange(c echo.Context, err error) error {
	if problems, ok := errors.AsType[settings.Problems](err); ok {
		listed := make([]refusal.Problem, len(problems))
		for i, p := range problems {
			listed[i] = refusal.Problem{Path: p.Path, Line: p.Line, Text: p.Text}
		}
		return refusal.New(http.StatusUnprocessableEntity, "document_refused", "The document is refused whole; nothing changed.",
			"Correct every problem that is listed and send it again.").Listing(listed)
	}
	if conflict, ok := errors.AsType[*db.Conflict](err); ok {
		return conflicted(c, conflict)
	}
	if errors.Is(err, db.ErrNoVersion) {
		return unknownVersion()
	}
	return refusal.DatabaseDown(err)
}

// longestNote bounds a note, in characters.
const longestNote = 500

func noteOf(note string) (string, error) {
	note = strings.TrimSpace(note)
	if !utf8.ValidString(note) || utf8.RuneCountInString(note) > longestNote || strings.ContainsRune(note, 0) {
		return "", refusal.New(http.StatusBadRequest, "bad_note", "The note is longer than 500 characters, or not text.", "Say shorter why the version is made.")
	}
	return note, nil
}
