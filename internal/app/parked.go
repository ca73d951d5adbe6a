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

// ParkedOf is which parked records are meant: all of an integration, or less.
type ParkedOf struct {
	Integration string
	Flow        string   // of this flow only
	Numbers     []string // only these: numbers of orders, keys of records of the books
	Code        string   // only those parked for this reason
}

// Parked finds parked orders, and parked records of the flows from the books to the
// till. A named order that is not parked but rests before it goes is among them.
func (a *App) Parked(ctx context.Context, of ParkedOf) ([]store.Parked, error) {
	rows, err := a.AllParked(ctx, of.Integration, mostRetried)
	if err != nil {
		return nil, err
	}
	rows = slices.DeleteFunc(rows, func(row store.Parked) bool {
		return row.Entity != string(domain.EntityOrder) && !fromBooks(row) ||
			of.Flow != "" && row.Flow != of.Flow || of.Code != "" && row.Code != of.Code ||
			len(of.Numbers) > 0 && !slices.Contains(of.Numbers, row.Number)
	})
	if of.Code == "" && of.Integration != "" && (of.Flow == "" || of.Flow == domain.FlowOrders) {
		return a.withResting(ctx, of.Integration, of.Numbers, rows)
	}
	return rows, nil
}

// fromBooks reports whether a parked record is on its way from the books to the
// till. Such a one has no workflow: a run of its flow tries it.
func fromBooks(row store.Parked) bool { return slices.Contains(domain.CatalogFlows(), row.Flow) }

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
