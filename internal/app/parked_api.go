package app

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

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
	return a.chosen(ctx, choice, func(rows []store.Parked) []error { return a.Retry(ctx, rows, choice.ApproveGone, choice.By) })
}

// SkipParked implements api.Parking.
func (a *App) SkipParked(ctx context.Context, choice api.ParkedChoice, reason string) (api.ParkedDone, error) {
	return a.chosen(ctx, choice, func(rows []store.Parked) []error {
		failed := make([]error, len(rows))
		for i, row := range rows {
			failed[i] = a.Skip(ctx, row, reason, choice.By)
		}
		return failed
	})
}

func (a *App) chosen(ctx context.Context, choice api.ParkedChoice, do func([]store.Parked) []error) (api.ParkedDone, error) {
	done := api.ParkedDone{Done: []string{}, Failed: map[string]string{}}
	rows, err := a.Parked(ctx, ParkedOf{Integration: choice.Integration, Flow: choice.Flow, Numbers: choice.Numbers, Code: choice.Cause})
	if err != nil {
		return done, err
	}
	if len(rows) == 0 {
		return done, api.NoSuchParked{}
	}
	for i, err := range do(rows) {
		if err != nil {
			done.Failed[rows[i].Number] = err.Error()
			continue
		}
		done.Done = append(done.Done, rows[i].Number)
	}
	return done, nil
}

// FixParked implements api.Parking.
func (a *App) FixParked(ctx context.Context, fix api.ParkedFix) (api.ParkedFixed, error) {
	row, err := a.oneParked(ctx, fix.Integration, fix.Flow, fix.Number)
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
	if refused, ok := errors.AsType[*RecordFixRefused](err); ok {
		return api.ParkedFixed{}, &api.FixRefused{Words: refused.Error()}
	}
	if refused, ok := errors.AsType[*temporal.ApplicationError](err); ok && refused.Type() == workflows.FixRefused {
		return api.ParkedFixed{}, &api.FixRefused{FixID: fixed.ID, Words: refused.Message()}
	}
	return api.ParkedFixed{FixID: fixed.ID, Kind: fixed.Kind, Document: fixed.Document}, err
}

// ParkedSale implements api.Parking.
func (a *App) ParkedSale(ctx context.Context, integration, number string) (domain.Order, error) {
	row, err := a.oneParked(ctx, integration, domain.FlowOrders, number)
	if err != nil {
		return domain.Order{}, err
	}
	return a.Sale(ctx, row)
}

func (a *App) oneParked(ctx context.Context, integration, flow, number string) (store.Parked, error) {
	rows, err := a.Parked(ctx, ParkedOf{Integration: integration, Flow: flow, Numbers: []string{number}})
	if err != nil {
		return store.Parked{}, err
	}
	at := max(0, slices.IndexFunc(rows, func(row store.Parked) bool { return !fromBooks(row) })) // of two with one number the order
	if len(rows) == 0 || rows[at].Code == "" {
		return store.Parked{}, api.NoSuchParked{}
	}
	return rows[at], nil
}
