package activities

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain/reconcile"
)

// goneRows is the key under which a person is asked about too many rows that are gone.
const goneRows = holderTill + "/gone"

// forgetGone takes rows away that a complete reading did not meet; their lists lose
// them in this run. More than the document's share of all is no clean-up: then they
// stay, and a person is asked.
func (c *priceCarrier) forgetGone(ctx context.Context) error {
	n, err := db.Q.PriceRowsCount(ctx, c.DB, store.PriceRowsCountParams{Crawl: c.Place.Crawl, Integration: c.Integration})
	if err != nil {
		return fmt.Errorf("count rows of prices: %w", err)
	}
	if reconcile.TooManyGone(int(n.Gone), int(n.Known), c.set.GoneMost) && !c.ApproveGone {
		about := fmt.Sprintf("%d of %d", n.Gone, n.Known)
		if _, err := db.Q.ParkedPut(ctx, c.DB, c.parkedRow(goneRows, CodeTooManyGone, about)); err != nil {
			return fmt.Errorf("ask about prices that are gone: %w", err)
		}
		return nil
	}
	closed := store.ParkedCloseParams{Integration: c.Integration, Entity: string(c.entity), SourceID: goneRows, ClosedBy: OutcomeGone}
	if _, err := db.Q.ParkedClose(ctx, c.DB, closed); err != nil {
		return fmt.Errorf("close the question about prices that are gone: %w", err)
	}
	for n.Gone > 0 {
		done, err := c.forgetSome(ctx)
		if err != nil || done {
			return err
		}
		beat(ctx, "forgot prices that are gone")
	}
	return nil
}

func (c *priceCarrier) forgetSome(ctx context.Context) (done bool, err error) {
	err = c.inTx(ctx, func(tx pgx.Tx) error {
		gone, err := db.Q.PriceRowsGone(ctx, tx, store.PriceRowsGoneParams{Integration: c.Integration, Crawl: c.Place.Crawl, Most: goneAtOnce})
		if err != nil {
			return fmt.Errorf("forget prices that are gone: %w", err)
		}
		done = len(gone) < goneAtOnce
		due := store.PriceListsDueParams{Integration: c.Integration, DueAt: c.dueAt()}
		for _, row := range gone {
			due.Holders, due.Subjects = append(due.Holders, row.Holder), append(due.Subjects, row.Subject)
		}
		if due.Holders, due.Subjects = distinctLists(due.Holders, due.Subjects); len(due.Holders) == 0 {
			return nil
		}
		if err := db.Q.PriceListsDue(ctx, tx, due); err != nil {
			return fmt.Errorf("note lists of prices that lose rows: %w", err)
		}
		return nil
	})
	return done, err
}
