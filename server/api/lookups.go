package api

import (
	"errors"
	"maps"
	"net/http"
	"reflect"
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/server/documents"
	"github.com/koppel/koppel/server/refusal"
	"github.com/koppel/koppel/settings"
)

// LookupList is all lookup tables of the document in force.
type LookupList struct {
	Lookups []LookupTable `json:"lookups"`
}

// LookupTable is one lookup table, without its rows.
type LookupTable struct {
	Name     string   `json:"name"`
	Title    string   `json:"title" doc:"empty for a table of the person's own"`
	Keys     []string `json:"keys" doc:"names of the key columns"`
	Unmapped string   `json:"unmapped" doc:"what happens to a code without a row: park, default or refuse"`
	Rows     int      `json:"rows"`
}

// csvOf is a table as CSV.
func csvOf() Body { return Body{Media: mediaCSV, Type: reflect.TypeFor[string]()} }

func (h *Handler) lookupRoutes() []Route {
	const at = "/api/integrations/:slug/lookups"
	return []Route{
		{
			Method: http.MethodGet, Path: at, Scope: db.ScopeRead, Handle: h.listLookups,
			Summary: "List the lookup tables of the document in force",
			Gives:   []Answer{{Status: http.StatusOK, Body: jsonOf[LookupList](), Headers: []Param{headerOfVersion}}},
		},
		{
			Method: http.MethodGet, Path: at + "/:table", Scope: db.ScopeRead, Handle: h.getLookup,
			Summary: "Read the rows of a lookup table as CSV, for a spreadsheet",
			Gives:   []Answer{{Status: http.StatusOK, Body: csvOf(), Headers: []Param{headerOfVersion}}},
		},
		{
			Method: http.MethodPut, Path: at + "/:table", Scope: db.ScopeAdmin, Handle: h.putLookup,
			Summary: "Replace the rows of a lookup table by those of a CSV text",
			Detail: "Makes a new version of the document. The first line names the columns: the keys of the table, value and, where wanted, percent, valid_from and " +
				"valid_until. A text with anything wrong is refused whole, with every problem and its line. One without any row is refused too, unless empty=true " +
				"says that it is meant. If-Match is required, except of a dry run, which is answered with what would change.",
			Params: []Param{paramIfMatch, paramNote, paramDryRun, {
				Name: "empty", In: "query", Text: "true: a text without rows is meant to take all rows out of the table", Type: reflect.TypeFor[bool](),
			}},
			Takes: []Body{csvOf()},
			Gives: []Answer{
				{Status: http.StatusOK, Body: jsonOf[Saved](), Headers: []Param{headerOfVersion}},
				{Status: http.StatusOK, Body: jsonOf[DryRun]()},
			},
		},
	}
}

func (h *Handler) listLookups(c echo.Context) error {
	doc, err := h.documentInForce(c)
	if err != nil {
		return err
	}
	list := LookupList{Lookups: []LookupTable{}}
	for _, name := range slices.Sorted(maps.Keys(doc.Lookups)) {
		table := doc.Lookups[name]
		known, _ := domain.LookupTableNamed(name)
		list.Lookups = append(list.Lookups, LookupTable{
			Name: name, Title: known.Title, Keys: table.Columns(), Unmapped: string(table.Unmapped), Rows: len(table.Rows),
		})
	}
	return c.JSON(http.StatusOK, list)
}

func (h *Handler) getLookup(c echo.Context) error {
	doc, err := h.documentInForce(c)
	if err != nil {
		return err
	}
	table, ok := doc.Lookups[c.Param("table")]
	if !ok {
		return unknownLookup()
	}
	text, err := settings.WriteLookupCSV(table)
	if err != nil {
		return refusal.New(http.StatusConflict, "not_csv", "The rows of this table cannot be written as CSV.", "Read the document instead.").Because(err)
	}
	return c.Blob(http.StatusOK, mediaCSV+"; charset=utf-8", text)
}

func (h *Handler) putLookup(c echo.Context) error {
	inForce, err := h.existing(c)
	if err != nil {
		return err
	}
	note, err := noteOf(c.QueryParam("note"))
	if err != nil {
		return err
	}
	dry, err := truth(c, "dry_run")
	if err != nil {
		return err
	}
	change := LookupChange{Integration: c.Param("slug"), Table: c.Param("table"), Author: authorOf(c), Note: note}
	if change.Empty, err = truth(c, "empty"); err != nil {
		return err
	}
	if dry {
		change.From, err = beganFrom(c)
	} else {
		change.From, err = mustBegin(c, inForce)
	}
	if err != nil {
		return err
	}
	if change.CSV, err = bodyOf(c); err != nil {
		return err
	}
	if dry {
		return wouldChange(c)(h.Integrations.CheckLookup(c.Request().Context(), change))
	}
	applied, err := h.Integrations.ReplaceLookup(c.Request().Context(), change)
	if errors.Is(err, ErrNoLookup) {
		return unknownLookup()
	}
	if err != nil {
		return refusedChange(c, err)
	}
	return h.saved(c, applied, inForce)
}

// documentInForce opens the document in force, and says in the answer which
// version it is.
func (h *Handler) documentInForce(c echo.Context) (settings.Document, error) {
	version, err := h.existing(c)
	if err != nil {
		return settings.Document{}, err
	}
	doc, err := h.Documents.Get(c.Request().Context(), c.Param("slug"), version)
	switch {
	case errors.Is(err, documents.ErrRefused):
		return doc, refusal.New(http.StatusConflict, "document_refused", "This build refuses the document in force.",
			"Apply a corrected one; PUT it with dry_run=true to see what is wrong.").Because(err)
	case err != nil:
		return doc, refusal.DatabaseDown(err)
	}
	c.Response().Header().Set(headerETag, etagOf(version))
	return doc, nil
}

func unknownLookup() error {
	return refusal.New(http.StatusNotFound, "no_such_lookup", "The document has no lookup table of that name.",
		"GET /api/integrations/<slug>/lookups lists them. A new table is added to the document itself.")
}
