package app

import (
	"context"
	"fmt"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/settings"
)

// ReplaceLookup puts the document in force with other rows in one lookup table.
// What is wrong with the rows is in the error with their lines, and so is what
// the document as a whole then says wrongly.
func (a *App) ReplaceLookup(ctx context.Context, change api.LookupChange) (api.Applied, error) {
	inForce, text, err := a.inForce(ctx, change.Integration)
	if err != nil {
		return api.Applied{}, err
	}
	if inForce == 0 {
		return api.Applied{}, fmt.Errorf("%q: %w", change.Integration, db.ErrNoIntegration)
	}
	if change.From != nil && *change.From != inForce {
		return api.Applied{}, &db.Conflict{Integration: change.Integration, From: *change.From, InForce: inForce}
	}
	doc, err := settings.Parse(text)
	if err != nil {
		return api.Applied{}, err
	}
	table, ok := doc.Lookups[change.Table]
	if !ok {
		return api.Applied{}, fmt.Errorf("%q: %w", change.Table, api.ErrNoLookup)
	}
	if doc.Lookups[change.Table], err = settings.ReadLookupCSV(change.Table, table, change.CSV); err != nil {
		return api.Applied{}, err
	}
	whole, err := settings.Marshal(doc)
	if err != nil {
		return api.Applied{}, err
	}
	note := change.Note
	if note == "" {
		note = "rows of lookup table " + change.Table
	}
	return a.Apply(ctx, api.Change{Integration: change.Integration, Text: whole, From: &inForce, Author: change.Author, Note: note})
}
