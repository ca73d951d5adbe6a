package console

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/server/documents"
	"github.com/koppel/koppel/settings"
	"github.com/koppel/koppel/workflows"
)

// counts is what the database counts, over all integrations together.
type counts struct {
	cursors    []store.CursorListAllRow
	arrived    []store.InboxCountArrivedSinceRow
	unfinished []store.InboxCountUnfinishedRow
	outcomes   []store.OutcomeCountAllSinceRow
	waiting    []store.ParkedCountOpenRow
	oldest     []store.ParkedListOldestRow
	untold     []store.Incident
	records    []store.CatalogCountAllRow
}

// read puts the page together. The database must answer; Temporal need not.
func (h *Handler) read(ctx context.Context) (status, error) {
	now := h.Now()
	page := status{At: clockOf(now)}
	rows, err := db.Q.IntegrationList(ctx, h.DB)
	if err != nil {
		return page, fmt.Errorf("list integrations: %w", err)
	}
	c, err := h.count(ctx, now.Add(-day))
	if err != nil {
		return page, err
	}
	for _, row := range rows {
		one := c.of(row.Slug, now, h)
		one.Version = int(row.CurrentVersion)
		doc, err := h.Documents.Get(ctx, row.Slug, one.Version)
		switch {
		case errors.Is(err, documents.ErrRefused):
			one.Problem = domain.ReasonFor("document_refused").Words + " " + domain.ReasonFor("document_refused").Fix
		case err != nil:
			return page, err
		}
		one.Flows = c.flows(row.Slug, doc, one.Problem == "")
		one.Catalogue = c.catalogue(row.Slug)
		page.Integrations = append(page.Integrations, one)
	}
	page.TemporalDown = h.askSchedules(ctx, page.Integrations)
	return page, nil
}

func (h *Handler) count(ctx context.Context, since time.Time) (c counts, err error) {
	ask := func(what string, query func() error) {
		if err != nil {
			return
		}
		if queryErr := query(); queryErr != nil {
			err = fmt.Errorf("%s: %w", what, queryErr)
		}
	}
	ask("read the cursors", func() (err error) { c.cursors, err = db.Q.CursorListAll(ctx, h.DB); return })
	ask("count what arrived", func() (err error) { c.arrived, err = db.Q.InboxCountArrivedSince(ctx, h.DB, since); return })
	ask("count what is unfinished", func() (err error) { c.unfinished, err = db.Q.InboxCountUnfinished(ctx, h.DB); return })
	ask("count the outcomes", func() (err error) { c.outcomes, err = db.Q.OutcomeCountAllSince(ctx, h.DB, since); return })
	ask("count what is parked", func() (err error) { c.waiting, err = db.Q.ParkedCountOpen(ctx, h.DB); return })
	ask("list what is parked", func() (err error) { c.oldest, err = db.Q.ParkedListOldest(ctx, h.DB, mostParked); return })
	ask("list the channels that fail", func() (err error) { c.untold, err = db.Q.IncidentListOpenOf(ctx, h.DB, domain.TopicChannel); return })
	ask("count the records of the books", func() (err error) { c.records, err = db.Q.CatalogCountAll(ctx, h.DB); return })
	return c, err
}

// of picks out what was counted of one integration.
func (c counts) of(slug string, now time.Time, h *Handler) integration {
	one := integration{Slug: slug, Webhook: h.Links.Webhook(slug, workflows.FlowOrders)}
	for _, row := range c.arrived {
		if row.Integration == slug && row.Entity == string(domain.EntityOrder) {
			one.Arrived += row.Records
		}
	}
	for _, row := range c.unfinished {
		if row.Integration == slug && row.Entity == string(domain.EntityOrder) {
			one.Unfinished += row.Records
		}
	}
	byOutcome := map[string]int64{}
	for _, row := range c.outcomes {
		if row.Integration == slug && !fromBooks(row.Flow) { // those stand in a table of their own
			byOutcome[row.Outcome] += row.Records
		}
	}
	one.Outcomes = outcomesOf(byOutcome)
	var cents int64
	for _, row := range c.waiting {
		if row.Integration == slug {
			one.ParkedAll += row.Records
			cents += row.TotalCents
		}
	}
	one.ParkedEuro = euro(cents)
	for _, row := range c.untold {
		if row.Integration == slug {
			reason := domain.ReasonFor(row.Code)
			one.Untold = append(one.Untold, untold{Channel: row.Subject, Words: reason.Words, Fix: reason.Fix, Age: ago(now.Sub(row.FirstSeen))})
		}
	}
	for _, row := range c.oldest {
		if row.Integration == slug {
			one.Parked = append(one.Parked, parkedOf(row, now, h))
		}
	}
	return one
}

func parkedOf(row store.ParkedListOldestRow, now time.Time, h *Handler) parked {
	reason := domain.ReasonFor(row.Code)
	return parked{
		Flow: row.Flow, Number: row.Number, Words: reason.Words, Fix: reason.Fix, About: row.About,
		Euro: euro(row.TotalCents), Age: ago(now.Sub(row.OpenedAt)), Link: h.Links.Run(row.WorkflowID, ""),
	}
}

// flows lists every flow of the catalogue. What its schedule does is not known yet.
func (c counts) flows(slug string, doc settings.Document, usable bool) []flow {
	var flows []flow
	for _, each := range workflows.Catalog {
		f := flow{Name: each.Name, State: flowNotKnown, Reads: each.Record != nil || each.FromBooks(), NoMarker: each.FromBooks()}
		switch {
		case !usable:
			f.State = flowNoDocument
		case !doc.Enabled(each.Name):
			f.State = flowOff
		}
		for _, row := range c.cursors {
			if row.Integration == slug && row.Flow == each.Name {
				f.HasRead, f.Marker = true, row.Marker
				f.LastRead = ago(time.Duration(row.AgeSeconds * float64(time.Second)))
			}
		}
		flows = append(flows, f)
	}
	return flows
}
