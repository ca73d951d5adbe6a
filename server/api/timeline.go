package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/server/refusal"
)

// Timeline is what became of one sale, attempt by attempt. It names nobody.
type Timeline struct {
	OrderID    string          `json:"order_id"`
	Number     string          `json:"number"`
	TotalCents int64           `json:"total_cents" doc:"euro cents incl. VAT of the newest version"`
	Entries    []TimelineEntry `json:"entries" doc:"the first one first"`
}

// TimelineEntry is how one attempt ended, and why.
type TimelineEntry struct {
	At        time.Time          `json:"at"`
	Outcome   string             `json:"outcome"`
	Code      string             `json:"code,omitempty" doc:"why it was parked or skipped, or what it waits for"`
	Words     string             `json:"words,omitempty" doc:"the code in words"`
	Fix       string             `json:"fix,omitempty" doc:"what to do"`
	TargetID  string             `json:"target_id,omitempty" doc:"its number in the books"`
	Version   int64              `json:"version" doc:"the till's marker of the version that was tried"`
	Document  int                `json:"document" doc:"version of the document it went by"`
	Decisions []TimelineDecision `json:"decisions"`
}

// TimelineDecision is one choice on the way.
type TimelineDecision struct {
	Code  string `json:"code"`
	Words string `json:"words"`
	About string `json:"about,omitempty"`
}

// TimelinesOf reads what became of the sales with a number: one, unless the till
// gave a number twice.
func TimelinesOf(ctx context.Context, tx store.DBTX, integration, number string) ([]Timeline, error) {
	rows, err := db.Q.InboxListNumbered(ctx, tx, store.InboxListNumberedParams{
		Integration: integration, Entity: string(domain.EntityOrder), Numbers: []string{number},
	})
	if err != nil {
		return nil, fmt.Errorf("read the inbox: %w", err)
	}
	all := []Timeline{}
	for _, row := range rows {
		one := Timeline{OrderID: row.SourceID, Number: row.Number, TotalCents: row.TotalCents, Entries: []TimelineEntry{}}
		ended, err := db.Q.OutcomeListOf(ctx, tx, store.OutcomeListOfParams{Integration: integration, Entity: row.Entity, SourceID: row.SourceID})
		if err != nil {
			return nil, fmt.Errorf("read the timeline: %w", err)
		}
		for _, end := range ended {
			entry, err := timelineEntry(end)
			if err != nil {
				return nil, err
			}
			one.Entries = append(one.Entries, entry)
		}
		all = append(all, one)
	}
	return all, nil
}

func timelineEntry(end store.OutcomeListOfRow) (TimelineEntry, error) {
	entry := TimelineEntry{
		At: end.At, Outcome: end.Outcome, Code: end.Code, TargetID: end.TargetID, Version: end.Marker, Document: int(end.Document),
		Decisions: []TimelineDecision{},
	}
	if end.Code != "" {
		reason := domain.ReasonFor(end.Code)
		entry.Words, entry.Fix = reason.Words, reason.Fix
	}
	var decisions []domain.Decision
	if err := json.Unmarshal(end.Decisions, &decisions); err != nil {
		return entry, fmt.Errorf("read the timeline: %w", err)
	}
	for _, d := range decisions {
		entry.Decisions = append(entry.Decisions, TimelineDecision{Code: d.Code, Words: d.Words(), About: d.About})
	}
	return entry, nil
}

func (h *Handler) timelineRoutes() []Route {
	return []Route{{
		Method: http.MethodGet, Path: "/api/integrations/:slug/orders/:number/timeline", Scope: db.ScopeRead, Handle: h.timeline,
		Summary: "Tell what became of a sale, and why",
		Detail:  "The number is what people call it: 2026.123 for an order, B1-1-2026.55 for a receipt, F2026.12 for an invoice, D1.2026-11-24 for the total of a day.",
		Gives:   []Answer{{Status: http.StatusOK, Body: jsonOf[[]Timeline]()}},
	}, h.recordTimelineRoute()}
}

func (h *Handler) timeline(c echo.Context) error {
	if _, err := h.documentInForce(c); err != nil {
		return err
	}
	all, err := TimelinesOf(c.Request().Context(), h.DB, c.Param("slug"), c.Param("number"))
	if err != nil {
		return refusal.DatabaseDown(err)
	}
	if len(all) == 0 {
		return unknownOrder()
	}
	return c.JSON(http.StatusOK, all)
}
