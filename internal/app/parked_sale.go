package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
)

// Sale reads the newest version of a parked sale, as the till told it or as a
// person edited it. It names people: it is for the person who solves it.
func (a *App) Sale(ctx context.Context, row store.Parked) (domain.Order, error) {
	if fromBooks(row) {
		return domain.Order{}, errors.New("it is a record of the books, and stands there: there is no sale to edit")
	}
	inbox, err := db.Q.InboxGet(ctx, a.DB, store.InboxGetParams{Integration: row.Integration, Entity: row.Entity, SourceID: row.SourceID})
	if err != nil {
		return domain.Order{}, fmt.Errorf("read the inbox: %w", err)
	}
	plain, err := a.Payloads.Get(ctx, row.Integration, db.PayloadRef{Month: inbox.PayloadMonth, ID: inbox.PayloadID})
	if errors.Is(err, db.ErrNoPayload) {
		return domain.Order{}, errors.New("its content is no longer kept: " + domain.ReasonFor("payload_gone").Fix)
	}
	if err != nil {
		return domain.Order{}, err
	}
	var kept struct {
		Order domain.Order
		Fault string
	}
	if err := json.Unmarshal(plain, &kept); err != nil {
		return domain.Order{}, errors.New("its content cannot be read: " + domain.ReasonFor("payload_damaged").Fix)
	}
	if kept.Fault != "" {
		return kept.Order, errors.New("the till's text could not be understood, so there is no sale to edit: " + domain.ReasonFor(kept.Fault).Fix)
	}
	return kept.Order, nil
}
