package app

import (
	"context"
	"encoding/json"
	"errors"

	"go.temporal.io/sdk/temporal"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/workflows"
)

var _ api.Parking = (*App)(nil)

// RetryParked implements api.Parking.
func (a *App) RetryParked(ctx context.Context, choice api.ParkedChoice) (api.ParkedDone, error) {
	return a.each(ctx, choice, func(row store.Parked) error { return a.Retry(ctx, row, choice.By) })
}

// SkipParked implements api.Parking.
func (a *App) SkipParked(ctx context.Context, choice api.ParkedChoice, reason string) (api.ParkedDone, error) {
	return a.each(ctx, choice, func(row store.Parked) error { return a.Skip(ctx, row, reason, choice.By) })
}

func (a *App) each(ctx context.Context, choice api.ParkedChoice, do func(store.Parked) error) (api.ParkedDone, error) {
	done := api.ParkedDone{Done: []string{}, Failed: map[string]string{}}
	rows, err := a.Parked(ctx, choice.Integration, choice.Numbers, choice.Cause)
	if err != nil {
		return done, err
	}
	if len(rows) == 0 {
		return done, api.NoSuchParked{}
	}
	for _, row := range rows {
		if err := do(row); err != nil {
			done.Failed[row.Number] = err.Error()
			continue
		}
		done.Done = append(done.Done, row.Number)
	}
	return done, nil
}

// FixParked implements api.Parking.
func (a *App) FixParked(ctx context.Context, fix api.ParkedFix) (api.ParkedFixed, error) {
	row, err := a.oneParked(ctx, fix.Integration, fix.Number)
	if err != nil {
		return api.ParkedFixed{}, err
	}
	kind, content := db.FixPayload, []byte(fix.Sale)
	if fix.Row != nil {
		kind = db.FixLookup
		if content, err = json.Marshal(activities.RowFix{Table: fix.Table, Row: *fix.Row, Note: fix.Note}); err != nil {
			return api.ParkedFixed{}, err
		}
	}
	fixed, err := a.Fix(ctx, row, kind, content, fix.By)
	if refused, ok := errors.AsType[*temporal.ApplicationError](err); ok && refused.Type() == workflows.FixRefused {
		return api.ParkedFixed{}, &api.FixRefused{FixID: fixed.ID, Words: refused.Message()}
	}
	return api.ParkedFixed{FixID: fixed.ID, Kind: fixed.Kind, Document: fixed.Document}, err
}

// ParkedSale implements api.Parking.
func (a *App) ParkedSale(ctx context.Context, integration, number string) (domain.Order, error) {
	row, err := a.oneParked(ctx, integration, number)
	if err != nil {
		return domain.Order{}, err
	}
	return a.Sale(ctx, row)
}

func (a *App) oneParked(ctx context.Context, integration, number string) (store.Parked, error) {
	rows, err := a.Parked(ctx, integration, []string{number}, "")
	if err != nil {
		return store.Parked{}, err
	}
	if len(rows) == 0 || rows[0].Code == "" {
		return store.Parked{}, api.NoSuchParked{}
	}
	return rows[0], nil
}
