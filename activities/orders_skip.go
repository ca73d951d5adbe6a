package activities

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
)

// SkipOrderInput names a parked order, the version of it that was tried, and why
// a person ends it: one of domain.SkipReasons.
type SkipOrderInput struct {
	Attempt
	Reason string
}

// SkipOrder ends a parked order because a person says so. Where the order is in
// the books already, this version counts as dealt with: only a later change at
// the till asks for a person again.
func (o *Orders) SkipOrder(ctx context.Context, in SkipOrderInput) error {
	err := o.skip(ctx, in)
	o.counted(in.Integration, OutcomeSkipped, err)
	return o.failButTryOn(ctx, in.Integration, err)
}

func (o *Orders) skip(ctx context.Context, in SkipOrderInput) error {
	key := store.InboxGetParams{Integration: in.Integration, Entity: string(domain.EntityOrder), SourceID: in.OrderID}
	row, err := db.Q.InboxGet(ctx, o.DB, key)
	if err != nil && !db.IsNotFound(err) {
		return fmt.Errorf("read the inbox: %w", err)
	}
	if in.Document == 0 { // the step that reads the document failed: it went by the one in force
		if doc, err := o.Documents.Current(ctx, in.Integration); err == nil {
			in.Document = doc.Version
		}
	}
	return o.inTx(ctx, func(tx pgx.Tx) error {
		if row.Marker == in.Marker { // a newer version has not been judged by anybody
			err := db.Q.LinkSettled(ctx, tx, store.LinkSettledParams{
				Integration: key.Integration, Entity: key.Entity, SourceID: key.SourceID, ContentHash: row.ContentHash, Marker: in.Marker,
			})
			if err != nil {
				return fmt.Errorf("settle the link: %w", err)
			}
		}
		return keptLedger{o.Desk}.close(ctx, tx, attemptEnd{attempt: in.Attempt, outcome: OutcomeSkipped, code: in.Reason})
	})
}
