package api

import (
	"errors"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/telemetry"
	"github.com/koppel/koppel/server/refusal"
)

// AskedPreview asks to see orders in every form they take.
type AskedPreview struct {
	Entity  string   `json:"entity,omitempty" doc:"order, or relation: debtors of the books as customers of the till; order when it is not said"`
	Keys    []string `json:"keys,omitempty" doc:"order numbers, such as 2026.123, or debtor numbers"`
	Last    int      `json:"last,omitempty" doc:"without keys: how many, those that arrived last; at most 20"`
	Draft   string   `json:"draft,omitempty" doc:"YAML of a document that is not in force"`
	Version int      `json:"version,omitempty" doc:"or an earlier version of it"`
}

// AskedDryRun asks what the flow would do now.
type AskedDryRun struct {
	Keys    []string `json:"keys,omitempty" doc:"order numbers; none: what changed at the till since the flow last read it"`
	Most    int      `json:"most,omitempty" doc:"how many orders at most; 200 when it is not said, 1000 at the most"`
	Draft   string   `json:"draft,omitempty" doc:"YAML of a document that is not in force"`
	Version int      `json:"version,omitempty" doc:"or an earlier version of it"`
}

// AskedWhatIf asks what another document would have made of a period.
type AskedWhatIf struct {
	From    string `json:"from" doc:"first day of the period, YYYY-MM-DD, by the orders' own date"`
	Until   string `json:"until" doc:"last day of it"`
	Draft   string `json:"draft,omitempty" doc:"YAML of a document that is not in force"`
	Version int    `json:"version,omitempty" doc:"or an earlier version of it"`
}

var headerLocation = Param{Name: echo.HeaderLocation, Text: "where the answer is read"}

func (h *Handler) questionRoutes() []Route {
	const at = "/api/integrations/:slug"
	const soon = "Nothing is written to a system, and no flow goes by it. Answered with 200 when the result is there in a few seconds, else with 202: read it at the link. It may name people."
	gives := []Answer{
		{Status: http.StatusOK, Body: jsonOf[Answered]()},
		{Status: http.StatusAccepted, Body: jsonOf[Answered](), Headers: []Param{headerLocation}},
	}
	return []Route{
		{
			Method: http.MethodPost, Path: at + "/preview", Scope: db.ScopeOperate, Handle: h.askPreview,
			Summary: "Show orders as the till sent them, as we read them, and as the books would get them, field by field",
			Detail:  soon, Takes: []Body{jsonOf[AskedPreview]()}, Gives: gives,
		},
		{
			Method: http.MethodPost, Path: at + "/dry-run", Scope: db.ScopeOperate, Handle: h.askDryRun,
			Summary: "Show what the order flow would do now",
			Detail:  soon, Takes: []Body{jsonOf[AskedDryRun]()}, Gives: gives,
		},
		{
			Method: http.MethodPost, Path: at + "/what-if", Scope: db.ScopeOperate, Handle: h.askWhatIf,
			Summary: "Show which fields and how many euros another document would have made different",
			Detail:  soon, Takes: []Body{jsonOf[AskedWhatIf]()}, Gives: gives,
		},
		{
			Method: http.MethodGet, Path: at + "/requests/:request", Scope: db.ScopeOperate, Handle: h.getRequest,
			Summary: "Read how far a preview, a dry run or a what-if is, and its result",
			Detail:  "Results are kept, encrypted, as long as payloads are.",
			Gives:   []Answer{{Status: http.StatusOK, Body: jsonOf[Answered]()}},
		},
	}
}

func (h *Handler) askPreview(c echo.Context) error {
	asked, err := decode[AskedPreview](c)
	if err != nil {
		return err
	}
	return h.ask(c, Question{Kind: AskPreview, Entity: domain.Entity(asked.Entity), Keys: asked.Keys, Last: asked.Last, Draft: []byte(asked.Draft), Version: asked.Version})
}

func (h *Handler) askDryRun(c echo.Context) error {
	asked, err := decode[AskedDryRun](c)
	if err != nil {
		return err
	}
	return h.ask(c, Question{Kind: AskDryRun, Keys: asked.Keys, Most: asked.Most, Draft: []byte(asked.Draft), Version: asked.Version})
}

func (h *Handler) askWhatIf(c echo.Context) error {
	asked, err := decode[AskedWhatIf](c)
	if err != nil {
		return err
	}
	from, fromErr := domain.ParseDate(asked.From)
	until, untilErr := domain.ParseDate(asked.Until)
	if fromErr != nil || untilErr != nil {
		return badQuestion("from and until are days, written as YYYY-MM-DD")
	}
	return h.ask(c, Question{Kind: AskWhatIf, From: from, Until: until, Draft: []byte(asked.Draft), Version: asked.Version})
}

const (
	// answerWithin is how long a request waits for its answer before it tells where to read it.
	answerWithin = 4 * time.Second
	lookEvery    = 100 * time.Millisecond
)

// ask has a question answered, and gives the answer if it is there soon.
func (h *Handler) ask(c echo.Context, q Question) error {
	if _, err := h.existing(c); err != nil {
		return err
	}
	q.Integration, q.By = c.Param("slug"), authorOf(c)
	if problem := q.Problem(); problem != "" {
		return badQuestion(problem)
	}
	request, err := h.Integrations.Ask(c.Request().Context(), q)
	if _, notStarted := errors.AsType[*NotStarted](err); notStarted {
		return refusal.TemporalDown(err)
	}
	if err != nil {
		return refusedChange(c, err)
	}
	h.Log.Info("asked", telemetry.KeyIntegration, q.Integration, "kind", string(q.Kind), "request", request, "by", q.By)
	answer, err := Await(c.Request().Context(), h.Integrations, q.Integration, request, lookEvery, answerWithin)
	if err != nil {
		return refusal.DatabaseDown(err)
	}
	answer.Link = requestLink(q.Integration, request)
	if !answer.Ended() {
		c.Response().Header().Set(echo.HeaderLocation, answer.Link)
		return c.JSON(http.StatusAccepted, answer)
	}
	return c.JSON(http.StatusOK, answer)
}

func (h *Handler) getRequest(c echo.Context) error {
	if _, err := h.existing(c); err != nil {
		return err
	}
	answer, err := h.Integrations.Answer(c.Request().Context(), c.Param("slug"), c.Param("request"))
	if errors.Is(err, ErrNoRequest) {
		return refusal.New(http.StatusNotFound, "unknown_request", "There is no such request.", "Ask again: POST .../preview, .../dry-run or .../what-if.")
	}
	if err != nil {
		return refusal.DatabaseDown(err)
	}
	answer.Link = requestLink(c.Param("slug"), answer.ID)
	return c.JSON(http.StatusOK, answer)
}

func requestLink(integration, request string) string {
	return "/api/integrations/" + integration + "/requests/" + request
}

func badQuestion(what string) error {
	return refusal.New(http.StatusBadRequest, "bad_question", "This cannot be answered: "+what+".", "GET /api/openapi.json describes what can be asked.")
}
