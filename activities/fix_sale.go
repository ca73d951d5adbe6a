package activities

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
)

// fixSale lets an edited sale stand for its version, if the whole of it would
// reach the books: it is still the same sale for the same money, maps, and is
// proved to the cent against its own VAT groups.
func (o *Orders) fixSale(ctx context.Context, a Attempt, fix db.Fix, kept arrival, row store.Inbox) error {
	edited, err := domain.ParseOrder(fix.Content)
	if err != nil {
		return fault.New(fault.Invalid, "fix_not_understood", "read fix").About(row.Number).WithDetail(err.Error()).Because(err)
	}
	if problem := reconcile.EditProblem(kept.Order, edited); problem != "" {
		return fault.New(fault.Invalid, problem, "check fix").About(row.Number)
	}
	doc, err := o.Documents.Current(ctx, a.Integration)
	if err != nil {
		return err
	}
	kept = arrival{Order: edited, Raw: kept.Raw, EditedBy: fix.ID.String()}
	if err := o.passes(ctx, a.Integration, doc, doc.Version, kept, func(ShownReason) bool { return false }); err != nil {
		return err
	}
	plain, err := json.Marshal(kept)
	if err != nil {
		return fmt.Errorf("encode an order: %w", err)
	}
	ref, err := o.Payloads.Prepare(ctx, a.Integration, o.Now())
	if err != nil {
		return err
	}
	a.Marker, a.Document = row.Marker, doc.Version
	return o.accept(ctx, a, fix, 0, "sale_edited", func(tx store.DBTX) error {
		edits, err := db.Q.InboxEdit(ctx, tx, store.InboxEditParams{
			Integration: row.Integration, Entity: row.Entity, SourceID: row.SourceID, Marker: row.Marker,
			ContentHash: edited.ContentHash(), PayloadMonth: ref.Month, PayloadID: ref.ID, EditedBy: &fix.ID,
		})
		if err != nil {
			return fmt.Errorf("put the edit in the inbox: %w", err)
		}
		if edits == 0 { // a newer version came while we looked: it wins
			return fault.New(fault.Conflict, "fix_outdated", "check fix").About(row.Number)
		}
		return o.Payloads.Put(ctx, tx, a.Integration, ref, plain)
	})
}
