package api

import (
	"net/http"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/server/documents"
	"github.com/koppel/koppel/server/refusal"
)

// ConnectionList is how the connections of an integration stand.
type ConnectionList struct {
	Connections []Connection `json:"connections" doc:"those that were tested"`
	Lists       []ListAge    `json:"lists" doc:"what was fetched from the systems"`
}

// Connection is the last test of the connection to one system.
type Connection struct {
	System      string       `json:"system"`
	TestedAt    time.Time    `json:"tested_at"`
	Works       bool         `json:"works" doc:"whether it can do what the flows need"`
	Code        string       `json:"code" doc:"why it cannot; empty: it can"`
	Words       string       `json:"words"`
	Fix         string       `json:"fix"`
	Checks      []Check      `json:"checks"`
	Assumptions []Assumption `json:"assumptions"`
}

// Check is one thing that was looked at.
type Check struct {
	Name    string `json:"name"`
	About   string `json:"about" doc:"which one of several"`
	Outcome string `json:"outcome" doc:"ok, failed, warns or not_run"`
	Code    string `json:"code"`
	Words   string `json:"words" doc:"what the code means"`
	Fix     string `json:"fix" doc:"what to do"`
	Found   string `json:"found"`
}

// Assumption is one open question about a system, and what the system says.
type Assumption struct {
	Row     string `json:"row"`
	Topic   string `json:"topic"`
	Setting string `json:"setting" doc:"path in the document; empty: nothing depends on it"`
	Assumed string `json:"assumed"`
	Found   string `json:"found" doc:"empty: reading cannot settle it"`
	Set     string `json:"set" doc:"the value to set; empty: nothing needs to change"`
	How     string `json:"how" doc:"how to find out, when reading cannot settle it"`
}

// ListAge is how old and how long a fetched list is.
type ListAge struct {
	Kind      string    `json:"kind"`
	Items     int       `json:"items"`
	FetchedAt time.Time `json:"fetched_at"`
}

// List is a list of a system, for pickers.
type List struct {
	Kind  string       `json:"kind"`
	Items []ListedItem `json:"items"`
}

// ListedItem is one code of a list.
type ListedItem struct {
	Code     string `json:"code"`
	Name     string `json:"name"`
	Detail   string `json:"detail"`
	Inactive bool   `json:"inactive" doc:"it exists, but is no longer used"`
}

func (h *Handler) connectionRoutes() []Route {
	return append([]Route{
		{
			Method: http.MethodGet, Path: "/api/integrations/:slug/connections", Scope: db.ScopeRead, Handle: h.listConnections,
			Summary: "Show how the last test of each connection ended, and what lists were fetched",
			Gives:   []Answer{{Status: http.StatusOK, Body: jsonOf[ConnectionList]()}},
		},
		{
			Method: http.MethodGet, Path: "/api/integrations/:slug/lists/:kind", Scope: db.ScopeRead, Handle: h.readList,
			Summary: "Read a list as it was last fetched from a system",
			Detail:  "A list of employees names people.",
			Gives:   []Answer{{Status: http.StatusOK, Body: jsonOf[List]()}},
		},
	}, h.connectionTestRoutes()...)
}

func (h *Handler) listings() db.Listings { return db.Listings{DB: h.DB, Box: h.Secrets.Box} }

func (h *Handler) tests() db.ConnectionTests {
	return db.ConnectionTests{DB: h.DB, Box: h.Secrets.Box}
}

func (h *Handler) listConnections(c echo.Context) error {
	ctx, integration := c.Request().Context(), c.Param("slug")
	if !documents.CanBeCalled(integration) {
		return badName()
	}
	tests, err := h.tests().List(ctx, integration)
	if err != nil {
		return refusal.DatabaseDown(err)
	}
	ages, err := h.listings().Ages(ctx, integration)
	if err != nil {
		return refusal.DatabaseDown(err)
	}
	list := ConnectionList{Connections: []Connection{}, Lists: []ListAge{}}
	for _, test := range tests {
		list.Connections = append(list.Connections, connectionOf(test))
	}
	for _, age := range ages {
		list.Lists = append(list.Lists, ListAge{Kind: string(age.Kind), Items: age.Items, FetchedAt: age.FetchedAt})
	}
	return c.JSON(http.StatusOK, list)
}

func connectionOf(test db.ConnectionTest) Connection {
	shown := Connection{
		System: test.System, TestedAt: test.TestedAt, Works: test.Code == "", Code: test.Code,
		Checks: checksOf(test.Checks), Assumptions: []Assumption{},
	}
	shown.Words, shown.Fix = explained(test.Code)
	for _, a := range test.Assumptions {
		shown.Assumptions = append(shown.Assumptions, Assumption{
			Row: a.Row, Topic: a.Topic, Setting: a.Path, Assumed: a.Assumed, Found: a.Found, Set: a.Set, How: a.How,
		})
	}
	return shown
}

func checksOf(checks []domain.Check) []Check {
	shown := []Check{}
	for _, check := range checks {
		words, fix := explained(check.Code)
		shown = append(shown, Check{
			Name: check.Name, About: check.About, Outcome: string(check.Outcome), Code: check.Code, Words: words, Fix: fix, Found: check.Found,
		})
	}
	return shown
}

func explained(code string) (words, fix string) {
	if code == "" {
		return "", ""
	}
	reason := domain.ReasonFor(code)
	return reason.Words, reason.Fix
}

func (h *Handler) readList(c echo.Context) error {
	integration, kind := c.Param("slug"), domain.ListKind(c.Param("kind"))
	if !documents.CanBeCalled(integration) {
		return badName()
	}
	if !slices.Contains(domain.ListKinds(), kind) {
		return refusal.New(http.StatusNotFound, "unknown_list", "There is no list of that kind.", "GET the connections of the integration: it names those that were fetched.")
	}
	lists, err := h.listings().Get(c.Request().Context(), integration)
	if err != nil {
		return refusal.DatabaseDown(err)
	}
	items, fetched := lists[kind]
	if !fetched {
		return refusal.New(http.StatusNotFound, "list_not_fetched", "This list was never fetched from its system.", "Test the connection first; a test fetches what it may read.")
	}
	list := List{Kind: string(kind), Items: []ListedItem{}}
	for _, item := range items {
		list.Items = append(list.Items, ListedItem(item))
	}
	return c.JSON(http.StatusOK, list)
}
