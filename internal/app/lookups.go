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
	whole, err := a.withRows(ctx, change)
	if err != nil {
		return api.Applied{}, err
	}
	return a.Apply(ctx, whole)
}

// CheckLookup says what ReplaceLookup would do, and does nothing.
func (a *App) CheckLookup(ctx context.Context, change api.LookupChange) (api.Checked, error) {
	whole, err := a.withRows(ctx, change)
	if err != nil {
		return api.Checked{}, err
	}
	return a.Check(ctx, whole)
}

// withRows is the document in force with other rows in one lookup table.
func (a *App) withRows(ctx context.Context, change api.LookupChange) (api.Change, error) {
	inForce, text, err := a.inForce(ctx, change.Integration)
	if err != nil {
		return api.Change{}, err
	}
	if inForce == 0 {
		return api.Change{}, fmt.Errorf("%q: %w", change.Integration, db.ErrNoIntegration)
	}
	if change.From != nil && *change.From != inForce {
		return api.Change{}, &db.Conflict{Integration: change.Integration, From: *change.From, InForce: inForce}
	}
	doc, err := settings.Parse(text)
	if err != nil {
		return api.Change{}, err
	}
	table, ok := doc.Lookups[change.Table]
	if !ok {
		return api.Change{}, fmt.Errorf("%q: %w", change.Table, api.ErrNoLookup)
	}
	if doc.Lookups[change.Table], err = settings.ReadLookupCSV(change.Table, table, change.CSV); err != nil {
		return api.Change{}, err
	}
	if len(doc.Lookups[change.Table].Rows) == 0 && len(table.Rows) > 0 && !change.Empty {
		return api.Change{}, settings.Problems{{Text: fmt.Sprintf(
			"there is no row under the line that names the columns; it would take all %d out of the table. If that is meant, say so: --empty, or empty=true over the API", len(table.Rows))}}
	}
	whole, err := settings.Marshal(doc)
	if err != nil {
		return api.Change{}, err
	}
	note := change.Note
	if note == "" {
		note = "rows of lookup table " + change.Table
	}
	return api.Change{Integration: change.Integration, Text: whole, From: &inForce, Author: change.Author, Note: note}, nil
}
