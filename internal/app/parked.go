package app

import (
	"context"
	"fmt"
	"slices"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/workflows"
)

const mostRetried = 10_000

// AllParked lists what waits for a person, the oldest first: of one integration,
// or of all when none is named.
func (a *App) AllParked(ctx context.Context, integration string, most int) ([]store.Parked, error) {
	if integration != "" {
		if _, err := a.Documents.Current(ctx, integration); err != nil {
			return nil, err
		}
	}
	rows, err := db.Q.ParkedListOpen(ctx, a.DB, store.ParkedListOpenParams{Integration: integration, Most: int32(most)})
	if err != nil {
		return nil, fmt.Errorf("list what is parked: %w", err)
	}
	return rows, nil
}

// Parked finds parked orders: by number, or all of an integration, and if a
// reason is given only those parked for it. A named order that is not parked but
// rests before it goes is among them.
func (a *App) Parked(ctx context.Context, integration string, numbers []string, code string) ([]store.Parked, error) {
	rows, err := a.AllParked(ctx, integration, mostRetried)
	if err != nil {
		return nil, err
	}
	rows = slices.DeleteFunc(rows, func(row store.Parked) bool {
		return row.Entity != string(domain.EntityOrder) ||
			code != "" && row.Code != code ||
			len(numbers) > 0 && !slices.Contains(numbers, row.Number)
	})
	if code == "" && integration != "" {
		return a.withResting(ctx, integration, numbers, rows)
	}
	return rows, nil
}

// withResting adds the named orders that are not parked and not dealt with: one
// that rests before it goes can be told to go, or be ended, as well.
func (a *App) withResting(ctx context.Context, integration string, numbers []string, rows []store.Parked) ([]store.Parked, error) {
	named := slices.DeleteFunc(slices.Clone(numbers), func(number string) bool {
		return slices.ContainsFunc(rows, func(row store.Parked) bool { return row.Number == number })
	})
	if len(named) == 0 {
		return rows, nil
	}
	open, err := db.Q.InboxListNumbered(ctx, a.DB, store.InboxListNumberedParams{
		Integration: integration, Entity: string(domain.EntityOrder), Numbers: named,
	})
	if err != nil {
		return nil, fmt.Errorf("read the inbox: %w", err)
	}
	for _, row := range open {
		if row.FinishedMarker < row.Marker {
			rows = append(rows, store.Parked{
				Integration: integration, Entity: row.Entity, SourceID: row.SourceID, Number: row.Number, TotalCents: row.TotalCents,
				WorkflowID: workflows.OrderWorkflowID(integration, row.SourceID),
			})
		}
	}
	return rows, nil
}
