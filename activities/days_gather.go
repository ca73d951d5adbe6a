package activities

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

// gathered notes that a receipt counts in the total of its day.
func (k keptLedger) gathered(ctx context.Context, tx pgx.Tx, a Attempt, day reconcile.Day) error {
	err := db.Q.DayReceiptPut(ctx, tx, store.DayReceiptPutParams{
		Integration: a.Integration, SourceID: a.OrderID, Branch: day.Branch, Day: midnight(day.Date), Marker: a.Marker,
	})
	if err != nil {
		return fmt.Errorf("note the day of a receipt: %w", err)
	}
	return nil
}

func (k keptLedger) inDay(ctx context.Context, order domain.Order, a Attempt) (bool, error) {
	if order.Source != domain.SourceReceipt {
		return false, nil
	}
	_, err := db.Q.DayReceiptGet(ctx, k.DB, store.DayReceiptGetParams{Integration: a.Integration, SourceID: a.OrderID})
	if db.IsNotFound(err) {
		return false, nil
	}
	return err == nil, err
}

func (m *memoryLedger) inDay(ctx context.Context, order domain.Order, a Attempt) (bool, error) {
	return m.kept.inDay(ctx, order, a)
}
