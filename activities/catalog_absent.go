package activities

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
)

// absent deals with named records that the books do not have under that name. One
// that never came to the till waits for nothing any more; one that could not be taken
// away there is tried again by the next full compare.
func (p *carriage) absent(ctx context.Context, found []string) error {
	var missing []string
	for _, key := range p.Keys {
		if !slices.Contains(found, key) {
			missing = append(missing, key)
		}
	}
	if p.DryRun || len(missing) == 0 {
		return nil
	}
	err := db.Q.CatalogGoneAgain(ctx, p.DB, store.CatalogGoneAgainParams{Integration: p.Integration, Entity: string(p.entity), SourceIds: missing})
	if err != nil {
		return fmt.Errorf("note what is to be taken away: %w", err)
	}
	return p.forgetUnmade(ctx, missing)
}

// forgetUnmade ends the waiting of records that never came to the till and that the
// books no longer have: the named ones, or all that a complete crawl did not meet.
func (p *carriage) forgetUnmade(ctx context.Context, keys []string) error {
	in := store.CatalogGoneUnmadeParams{
		Integration: p.Integration, Entity: string(p.entity), Outcome: OutcomeGone, Code: CodeGoneInBooks, Crawl: p.Place.Crawl, SourceIds: keys,
	}
	if keys != nil {
		in.Crawl = 0
	}
	return p.inTx(ctx, func(tx pgx.Tx) error {
		gone, err := db.Q.CatalogGoneUnmade(ctx, tx, in)
		if err != nil {
			return fmt.Errorf("note what is gone: %w", err)
		}
		if len(gone) == 0 {
			return nil
		}
		_, err = db.Q.ParkedCloseMany(ctx, tx, store.ParkedCloseManyParams{
			Integration: p.Integration, Entity: string(p.entity), SourceIds: gone, ClosedBy: OutcomeGone,
		})
		if err != nil {
			return fmt.Errorf("close what was parked: %w", err)
		}
		for _, key := range gone {
			if err := p.outcomeOf(ctx, tx, key, OutcomeGone, CodeGoneInBooks, "", nil); err != nil {
				return err
			}
		}
		return nil
	})
}
