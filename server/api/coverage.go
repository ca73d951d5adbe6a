package api

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/mapping"
	"github.com/koppel/koppel/server/refusal"
	"github.com/koppel/koppel/settings"
)

// Coverage tells where a document and the systems do not fit together, as far as
// the lists last fetched from the systems show it.
type Coverage struct {
	Tables  []TableCoverage `json:"tables"`
	Fields  []string        `json:"fields" doc:"fields of the shop's own making that a mapping row reads and the system has not"`
	Numbers []string        `json:"numbers" doc:"numbers of the till that settings name and the till has not"`
}

// TableCoverage is a lookup table beside the lists of the systems.
type TableCoverage struct {
	Table    string   `json:"table"`
	Title    string   `json:"title"`
	Read     bool     `json:"read" doc:"a row of the mapping reads the table"`
	Compared bool     `json:"compared" doc:"false: none of its lists was fetched, so nothing can be said"`
	Unmapped []string `json:"unmapped" doc:"codes in use without a row"`
	Gone     []string `json:"gone" doc:"keys of rows that are no code any more"`
	Unknown  []string `json:"unknown" doc:"values of rows that the other system does not know"`
	Words    []string `json:"words" doc:"the same in sentences; empty: nothing to do"`
}

// CoverageOf compares a document with lists. It is pure.
func CoverageOf(doc settings.Document, lists domain.Listings) Coverage {
	c := Coverage{Tables: []TableCoverage{}, Fields: []string{}, Numbers: []string{}}
	for _, table := range settings.Coverage(doc, lists) {
		c.Tables = append(c.Tables, tableCoverageOf(table))
	}
	for _, missing := range settings.MissingCustomFields(doc, lists) {
		c.Fields = append(c.Fields, missing.String())
	}
	for _, unknown := range unknownColumns(doc, lists) {
		c.Fields = append(c.Fields, unknown.String())
	}
	for _, unknown := range settings.UnknownNumbers(doc, lists) {
		c.Numbers = append(c.Numbers, unknown.String())
	}
	return c
}

// WarningsOf says what the lists of the systems make doubtful of a document that
// may be put in force all the same, each with its place. A list may be old, and
// what is missing may be made tomorrow.
func WarningsOf(doc settings.Document, lists domain.Listings) []string {
	warnings := []string{}
	for _, table := range settings.Coverage(doc, lists) {
		for _, words := range table.Warnings() {
			warnings = append(warnings, "lookups."+table.Table+": "+words)
		}
	}
	c := CoverageOf(doc, lists)
	return slices.Concat(warnings, c.Fields, c.Numbers)
}

func tableCoverageOf(t settings.TableCoverage) TableCoverage {
	of := TableCoverage{
		Table: t.Table, Title: t.Title, Read: t.Read, Compared: t.Compared,
		Unmapped: []string{}, Gone: codesOf(t.Gone), Unknown: codesOf(t.Unknown), Words: t.Words(),
	}
	for _, item := range t.Unmapped() {
		of.Unmapped = append(of.Unmapped, item.Code)
	}
	if of.Words == nil {
		of.Words = []string{}
	}
	return of
}

func codesOf(rows []settings.RowFinding) []string {
	codes := make([]string, len(rows))
	for i, row := range rows {
		codes[i] = row.Code
	}
	return codes
}

// unknownColumns looks for columns of articles that rows read and the books have
// not. A document that does not compile is refused elsewhere.
func unknownColumns(doc settings.Document, lists domain.Listings) domain.DocumentProblems {
	var columns []string
	for _, item := range lists[domain.ListBooksArticleFields] {
		columns = append(columns, item.Code)
	}
	mapper, err := mapping.Compile(doc.MappingRules())
	if len(columns) == 0 || err != nil {
		return nil
	}
	return mapper.UnknownColumns(columns)
}

func (h *Handler) coverageRoutes() []Route {
	return []Route{{
		Method: http.MethodGet, Path: "/api/integrations/:slug/coverage", Scope: db.ScopeRead, Handle: h.coverage,
		Summary: "Compare the lookup tables of the document in force with the lists of the systems",
		Detail:  "The lists are those that the last connection test fetched; GET .../connections says how old they are.",
		Gives:   []Answer{{Status: http.StatusOK, Body: jsonOf[Coverage](), Headers: []Param{headerOfVersion}}},
	}}
}

func (h *Handler) coverage(c echo.Context) error {
	doc, err := h.documentInForce(c)
	if err != nil {
		return err
	}
	lists, err := db.Listings{DB: h.DB, Box: h.Secrets.Box}.Get(c.Request().Context(), c.Param("slug"))
	if err != nil {
		return refusal.DatabaseDown(err)
	}
	return c.JSON(http.StatusOK, CoverageOf(doc, lists))
}
