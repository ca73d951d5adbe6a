package api

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/server/refusal"
)

// mostParked bounds one answer; the causes count all.
const mostParked = 1000

// ParkedList is what waits for a person.
type ParkedList struct {
	Causes []ParkedCause `json:"causes" doc:"all that is parked, by cause; the most euros first"`
	Parked []Parked      `json:"parked" doc:"the oldest first, 1000 at most"`
}

// ParkedCause counts what is parked for one reason.
type ParkedCause struct {
	Code       string    `json:"code"`
	Records    int64     `json:"records"`
	TotalCents int64     `json:"total_cents" doc:"euro cents incl. VAT"`
	OldestAt   time.Time `json:"oldest_at"`
}

// Parked is one record that waits. It names nobody.
type Parked struct {
	Flow       string    `json:"flow"`
	Number     string    `json:"number" doc:"of an order; of a record from the books its key"`
	Code       string    `json:"code"`
	Words      string    `json:"words"`
	Fix        string    `json:"fix" doc:"what to do"`
	About      string    `json:"about" doc:"business keys: articles, codes, numbers"`
	WaitsFor   []string  `json:"waits_for" doc:"what it goes on by itself with"`
	TotalCents int64     `json:"total_cents" doc:"euro cents incl. VAT"`
	OpenedAt   time.Time `json:"opened_at"`
	AgeSeconds int64     `json:"age_seconds"`
	WorkflowID string    `json:"workflow_id" doc:"empty for a record from the books: runs of its flow try it"`
}

// AskedParked names parked records: by number, or all of a cause.
type AskedParked struct {
	Flow        string   `json:"flow,omitempty" doc:"of this flow only"`
	Numbers     []string `json:"numbers,omitempty" doc:"numbers of orders, keys of records from the books"`
	All         bool     `json:"all,omitempty" doc:"in place of numbers: all, or all of the cause"`
	Cause       string   `json:"cause,omitempty" doc:"only those parked for this code"`
	Reason      string   `json:"reason,omitempty" doc:"to skip: done_by_hand or not_for_the_books"`
	ApproveGone bool     `json:"approve_gone,omitempty" doc:"to retry the question too_many_gone: what is gone from the books may go at the till, however much it is"`
}

func (h *Handler) parkedRoutes() []Route {
	const at = "/api/integrations/:slug/parked"
	return []Route{
		{
			Method: http.MethodGet, Path: at, Scope: db.ScopeRead, Handle: h.listParked,
			Summary: "List what waits for a person, why, and what to do",
			Gives:   []Answer{{Status: http.StatusOK, Body: jsonOf[ParkedList]()}},
		},
		{
			Method: http.MethodGet, Path: at + "/:number/sale", Scope: db.ScopeOperate, Handle: h.getParkedSale,
			Summary: "Read a parked sale, to edit it", Detail: "It names people.",
			Gives: []Answer{{Status: http.StatusOK, Body: jsonOf[any]()}},
		},
		{
			Method: http.MethodPost, Path: at + "/retry", Scope: db.ScopeOperate, Handle: h.retryParked,
			Summary: "Try parked orders and records again, under the document in force", Detail: "Records from the books are tried by one run of their flow that names them all.",
			Takes: []Body{jsonOf[AskedParked]()}, Gives: []Answer{{Status: http.StatusOK, Body: jsonOf[ParkedDone]()}},
		},
		{
			Method: http.MethodPost, Path: at + "/skip", Scope: db.ScopeOperate, Handle: h.skipParked,
			Summary: "End parked orders and records that a person dealt with", Detail: "A later change brings one back.",
			Takes: []Body{jsonOf[AskedParked]()}, Gives: []Answer{{Status: http.StatusOK, Body: jsonOf[ParkedDone]()}},
		},
		h.fixRoute(at),
	}
}

func (h *Handler) listParked(c echo.Context) error {
	if _, err := h.documentInForce(c); err != nil {
		return err
	}
	ctx, slug := c.Request().Context(), c.Param("slug")
	list := ParkedList{Causes: []ParkedCause{}, Parked: []Parked{}}
	causes, err := db.Q.ParkedSumByCause(ctx, h.DB, slug)
	if err != nil {
		return refusal.DatabaseDown(err)
	}
	for _, cause := range causes {
		list.Causes = append(list.Causes, ParkedCause{cause.Code, cause.Records, cause.TotalCents, cause.OldestAt})
	}
	rows, err := db.Q.ParkedListOpen(ctx, h.DB, store.ParkedListOpenParams{Integration: slug, Most: mostParked})
	if err != nil {
		return refusal.DatabaseDown(err)
	}
	for _, row := range rows {
		list.Parked = append(list.Parked, parkedOf(row, h.Now()))
	}
	return c.JSON(http.StatusOK, list)
}

func parkedOf(row store.Parked, now time.Time) Parked {
	reason := domain.ReasonFor(row.Code)
	p := Parked{
		Flow: row.Flow, Number: row.Number, Code: row.Code, Words: reason.Words, Fix: reason.Fix, About: row.About, WaitsFor: []string{}, TotalCents: row.TotalCents,
		OpenedAt: row.OpenedAt, AgeSeconds: int64(now.Sub(row.OpenedAt).Seconds()), WorkflowID: row.WorkflowID,
	}
	for _, key := range row.WaitsFor {
		p.WaitsFor = append(p.WaitsFor, domain.WaitKey(key).Words())
	}
	return p
}

func (h *Handler) getParkedSale(c echo.Context) error {
	if _, err := h.documentInForce(c); err != nil {
		return err
	}
	sale, err := h.Parking.ParkedSale(c.Request().Context(), c.Param("slug"), c.Param("number"))
	if err != nil {
		return refusedParking(err)
	}
	return c.JSON(http.StatusOK, sale)
}

func (h *Handler) retryParked(c echo.Context) error {
	choice, _, err := h.choice(c)
	if err != nil {
		return err
	}
	done, err := h.Parking.RetryParked(c.Request().Context(), choice)
	return answerDone(c, done, err)
}

func (h *Handler) skipParked(c echo.Context) error {
	choice, reason, err := h.choice(c)
	if err != nil {
		return err
	}
	if !slices.Contains(domain.SkipReasons(), reason) {
		return malformed("The reason is not one that there is.", "Send \"reason\": \"done_by_hand\" or \"not_for_the_books\".")
	}
	if choice.All && choice.Cause == "" {
		return malformed("All parked orders cannot be ended at once.", "Name them, or say of which cause.")
	}
	done, err := h.Parking.SkipParked(c.Request().Context(), choice, reason)
	return answerDone(c, done, err)
}

func answerDone(c echo.Context, done ParkedDone, err error) error {
	if err != nil {
		return refusedParking(err)
	}
	return c.JSON(http.StatusOK, done)
}

// choice reads which orders are meant.
func (h *Handler) choice(c echo.Context) (ParkedChoice, string, error) {
	if _, err := h.documentInForce(c); err != nil {
		return ParkedChoice{}, "", err
	}
	asked, err := decode[AskedParked](c)
	if err != nil {
		return ParkedChoice{}, "", err
	}
	if asked.All == (len(asked.Numbers) > 0) {
		return ParkedChoice{}, "", malformed("Which orders or records are meant is not said.", `Send "numbers": ["2026.123"], or "all": true.`)
	}
	return ParkedChoice{
		Integration: c.Param("slug"), Flow: asked.Flow, ApproveGone: asked.ApproveGone, Numbers: asked.Numbers, All: asked.All, Cause: asked.Cause, By: authorOf(c),
	}, asked.Reason, nil
}

// refusedParking words why a decision reached nobody.
func refusedParking(err error) error {
	if _, none := errors.AsType[NoSuchParked](err); none {
		return refusal.New(http.StatusNotFound, "not_parked", "No such order or record is parked.", "GET /api/integrations/<slug>/parked lists what is.")
	}
	if refused, ok := errors.AsType[*FixRefused](err); ok {
		return refusal.New(http.StatusUnprocessableEntity, "fix_refused", strings.TrimSpace("The fix "+refused.FixID)+" took no effect, and nothing changed: "+refused.Words,
			"Send another fix, or correct the cause and send this one again.")
	}
	return refusal.TemporalDown(err)
}
