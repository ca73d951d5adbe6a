package api

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/server/refusal"
	"github.com/koppel/koppel/workflows"
)

// RecordTimeline is what became of one record of the books, whenever that changed,
// and how it stands at the till. It names nobody.
type RecordTimeline struct {
	Flow     string          `json:"flow"`
	Entity   string          `json:"entity"`
	Key      string          `json:"key" doc:"in the books"`
	TargetID string          `json:"target_id" doc:"its number at the till; empty: not there"`
	Outcome  string          `json:"outcome" doc:"how it stands; empty: not met yet"`
	Code     string          `json:"code,omitempty"`
	Words    string          `json:"words,omitempty" doc:"the code in words"`
	ReadAt   *time.Time      `json:"read_at" doc:"when it was read to what stands at the till"`
	GoneAt   *time.Time      `json:"gone_at" doc:"when the books were seen to have it no more"`
	Entries  []TimelineEntry `json:"entries" doc:"the first one first"`
	People   []Intervention  `json:"people" doc:"what people did when it was parked"`
}

// Intervention is what a person did about a parked record.
type Intervention struct {
	At     time.Time `json:"at"`
	Who    string    `json:"who"`
	Action string    `json:"action" enum:"retry|skip|fix"`
	Code   string    `json:"code" doc:"what it was parked for"`
	Reason string    `json:"reason,omitempty" doc:"why it was ended"`
}

// RecordTimelinesOf reads what became of a record of a flow from the books: one
// timeline for each kind of record that has the key.
func RecordTimelinesOf(ctx context.Context, tx store.DBTX, integration, flow, key string) ([]RecordTimeline, error) {
	rows, err := db.Q.OutcomeListOfFlow(ctx, tx, store.OutcomeListOfFlowParams{Integration: integration, Flow: flow, SourceID: key})
	if err != nil {
		return nil, fmt.Errorf("read the timeline: %w", err)
	}
	all := []RecordTimeline{}
	for _, row := range rows {
		if len(all) == 0 || all[len(all)-1].Entity != row.Entity {
			all = append(all, RecordTimeline{Flow: flow, Entity: row.Entity, Key: key, Entries: []TimelineEntry{}})
		}
		entry, err := timelineEntry(store.OutcomeListOfRow{
			Outcome: row.Outcome, Code: row.Code, TargetID: row.TargetID, Marker: row.Marker, Document: row.Document, Decisions: row.Decisions, At: row.At,
		})
		if err != nil {
			return nil, err
		}
		all[len(all)-1].Entries = append(all[len(all)-1].Entries, entry)
	}
	for i := range all {
		if err := all[i].stands(ctx, tx, integration); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// stands adds how the record stands, and what people did.
func (r *RecordTimeline) stands(ctx context.Context, tx store.DBTX, integration string) error {
	rows, err := db.Q.CatalogGet(ctx, tx, store.CatalogGetParams{Integration: integration, Entity: r.Entity, SourceIds: []string{r.Key}})
	if err != nil {
		return fmt.Errorf("read how a record stands: %w", err)
	}
	for _, row := range rows {
		r.TargetID, r.Outcome, r.Code, r.GoneAt = row.TargetID, row.Outcome, row.Code, row.GoneAt
		if row.ReadAt.Unix() > 0 {
			r.ReadAt = &row.ReadAt
		}
		if r.Code != "" {
			r.Words = domain.ReasonFor(r.Code).Words
		}
	}
	did, err := db.Q.InterventionList(ctx, tx, store.InterventionListParams{Integration: integration, Entity: r.Entity, SourceID: r.Key})
	if err != nil {
		return fmt.Errorf("read what people did: %w", err)
	}
	r.People = []Intervention{}
	for _, d := range did {
		r.People = append(r.People, Intervention{At: d.At, Who: d.Who, Action: d.Action, Code: d.Code, Reason: d.Reason})
	}
	return nil
}

func (h *Handler) recordTimelineRoute() Route {
	return Route{
		Method: http.MethodGet, Path: "/api/integrations/:slug/flows/:flow/records/:key/timeline", Scope: db.ScopeRead, Handle: h.recordTimeline,
		Summary: "Tell what became of a record of the books, and why",
		Detail:  "The key is that of the books: an article code, a debtor number, a group code.",
		Gives:   []Answer{{Status: http.StatusOK, Body: jsonOf[[]RecordTimeline]()}},
	}
}

func (h *Handler) recordTimeline(c echo.Context) error {
	if _, err := h.documentInForce(c); err != nil {
		return err
	}
	flow, known := workflows.FlowNamed(c.Param("flow"))
	switch {
	case !known:
		return unknownFlow()
	case !flow.FromBooks():
		return badQuestion("only the flows from the books to the till have records; of a sale, GET .../orders/<number>/timeline")
	}
	all, err := RecordTimelinesOf(c.Request().Context(), h.DB, c.Param("slug"), flow.Name, keyIn(c, "key"))
	if err != nil {
		return refusal.DatabaseDown(err)
	}
	if len(all) == 0 {
		return refusal.New(http.StatusNotFound, "unknown_record", "No record of that key was met.",
			"Look in the books whether there is one, then POST .../flows/"+flow.Name+"/sync with its key.")
	}
	return c.JSON(http.StatusOK, all)
}

// keyIn reads a key from the path of a request. One with a slash comes escaped, and
// only then is it still so.
func keyIn(c echo.Context, name string) string {
	key := c.Param(name)
	if c.Request().URL.RawPath == "" {
		return key
	}
	if plain, err := url.PathUnescape(key); err == nil {
		return plain
	}
	return key
}
