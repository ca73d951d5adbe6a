package app

import (
	"context"
	"fmt"
	"slices"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/settings"
)

// WithRow implements activities.Rows.
func (a *App) WithRow(ctx context.Context, integration string, fix activities.RowFix) (text []byte, inForce int, err error) {
	change, err := a.rowChange(ctx, integration, fix)
	if err != nil {
		return nil, 0, err
	}
	checked, err := a.Check(ctx, change)
	return checked.Whole, checked.InForce, err
}

// AddRow implements activities.Rows.
func (a *App) AddRow(ctx context.Context, integration string, fix activities.RowFix, over int, author string) (version int, err error) {
	change, err := a.rowChange(ctx, integration, fix)
	if err != nil {
		return 0, err
	}
	if *change.From != over {
		return 0, &db.Conflict{Integration: integration, From: over, InForce: *change.From}
	}
	change.Author = author
	applied, err := a.Apply(ctx, change)
	if err == nil && applied.Schedules != nil {
		a.Log.Warn("the schedules do not follow the document yet", "integration", integration, "error", applied.Schedules.Error())
	}
	return applied.Version, err
}

// rowChange is the document in force with a row more. A row that is there already
// is not put there twice.
func (a *App) rowChange(ctx context.Context, integration string, fix activities.RowFix) (api.Change, error) {
	inForce, text, err := a.inForce(ctx, integration)
	if err != nil {
		return api.Change{}, err
	}
	if inForce == 0 {
		return api.Change{}, fmt.Errorf("%q: %w", integration, db.ErrNoIntegration)
	}
	doc, err := settings.Parse(text)
	if err != nil {
		return api.Change{}, err
	}
	table, there := doc.Lookups[fix.Table]
	if !there {
		return api.Change{}, settings.Problems{{Path: "lookups", Text: "has no table " + fix.Table}}
	}
	if !slices.ContainsFunc(table.Rows, func(row domain.LookupRow) bool { return sameRow(row, fix.Row) }) {
		table.Rows = append(slices.Clone(table.Rows), fix.Row)
		doc.Lookups[fix.Table] = table
	}
	whole, err := settings.Marshal(doc)
	if err != nil {
		return api.Change{}, err
	}
	note := fix.Note
	if note == "" {
		note = "a row of lookup table " + fix.Table + " for a parked order"
	}
	return api.Change{Integration: integration, Text: whole, From: &inForce, Note: note}, nil
}

func sameRow(a, b domain.LookupRow) bool {
	samePercent := a.Percent == nil && b.Percent == nil || a.Percent != nil && b.Percent != nil && a.Percent.Equal(*b.Percent)
	return samePercent && a.Key.Equal(b.Key) && a.Value == b.Value && a.ValidFrom == b.ValidFrom && a.ValidUntil == b.ValidUntil
}
