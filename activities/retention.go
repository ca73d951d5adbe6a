package activities

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/internal/fault"
)

// forgetBatch is how many rows are moved or deleted between two heartbeats.
const forgetBatch = 500

// KeepOpenPayloadsInput names the integration.
type KeepOpenPayloadsInput struct {
	Integration string
}

// KeepOpenPayloadsResult says what was kept, and from when on.
type KeepOpenPayloadsResult struct {
	Before time.Time // first day of the oldest month that is kept
	Kept   int       // payloads of open records that were encrypted anew

	Document int // version that the run goes by from here on
}

// KeepOpenPayloads encrypts the payloads of open records into the current month
// where theirs is about to be forgotten. Each payload and what refers to it move
// in one transaction: a run that stops half-way is finished by the next.
func (h *Housekeeping) KeepOpenPayloads(ctx context.Context, in KeepOpenPayloadsInput) (KeepOpenPayloadsResult, error) {
	var out KeepOpenPayloadsResult
	err := h.keepOpen(ctx, in.Integration, &out)
	return out, h.fail(ctx, in.Integration, notDestroyed(err))
}

func (h *Housekeeping) keepOpen(ctx context.Context, integration string, out *KeepOpenPayloadsResult) error {
	doc, err := h.Documents.Current(ctx, integration)
	if err != nil {
		return err
	}
	limit, err := h.daysAgo(ctx, doc.Retention.Payloads)
	if err != nil {
		return err
	}
	out.Before, out.Document = db.MonthOf(limit), doc.Version
	if err := h.keepOpenRecords(ctx, integration, out); err != nil {
		return err
	}
	return h.keepOpenWords(ctx, integration, out)
}

// daysAgo goes by the earlier of two clocks, ours and the database's: a clock
// that is ahead must not destroy what is still to be kept.
func (h *Housekeeping) daysAgo(ctx context.Context, days int) (time.Time, error) {
	now, err := db.Q.DatabaseNow(ctx, h.DB)
	if err != nil {
		return now, fmt.Errorf("ask the database for the time: %w", err)
	}
	if ours := h.Now(); ours.Before(now) {
		now = ours
	}
	return now.AddDate(0, 0, -days), nil
}

func (h *Housekeeping) keepOpenRecords(ctx context.Context, integration string, out *KeepOpenPayloadsResult) error {
	list := store.InboxListOpenBeforeParams{Integration: integration, Before: out.Before, Most: forgetBatch}
	for {
		rows, err := db.Q.InboxListOpenBefore(ctx, h.DB, list)
		if err != nil {
			return fmt.Errorf("list what is open: %w", err)
		}
		for _, row := range rows {
			list.AfterEntity, list.AfterSourceID = row.Entity, row.SourceID
			key := store.InboxPayloadLockParams{Integration: integration, Entity: row.Entity, SourceID: row.SourceID}
			err := h.keepOne(ctx, integration, out, func(tx pgx.Tx) (db.PayloadRef, error) {
				at, err := db.Q.InboxPayloadLock(ctx, tx, key)
				return db.PayloadRef{Month: at.PayloadMonth, ID: at.PayloadID}, err
			}, func(tx pgx.Tx, to db.PayloadRef) error {
				return db.Q.InboxPayloadMove(ctx, tx, store.InboxPayloadMoveParams{
					Integration: integration, Entity: row.Entity, SourceID: row.SourceID, PayloadMonth: to.Month, PayloadID: to.ID,
				})
			})
			if err != nil {
				return err
			}
		}
		beat(ctx, "kept what is open")
		if len(rows) < forgetBatch {
			return nil
		}
	}
}

// keepOpenWords keeps what the far side said of records that wait for a person.
func (h *Housekeeping) keepOpenWords(ctx context.Context, integration string, out *KeepOpenPayloadsResult) error {
	list := store.ParkedListOpenBeforeParams{Integration: integration, Before: &out.Before, Most: forgetBatch}
	for {
		ids, err := db.Q.ParkedListOpenBefore(ctx, h.DB, list)
		if err != nil {
			return fmt.Errorf("list what is parked: %w", err)
		}
		for _, id := range ids {
			list.After = id
			err := h.keepOne(ctx, integration, out, func(tx pgx.Tx) (db.PayloadRef, error) {
				at, err := db.Q.ParkedPayloadLock(ctx, tx, id)
				if err != nil || at.PayloadID == nil || at.PayloadMonth == nil {
					return db.PayloadRef{}, err
				}
				return db.PayloadRef{Month: *at.PayloadMonth, ID: *at.PayloadID}, nil
			}, func(tx pgx.Tx, to db.PayloadRef) error {
				return db.Q.ParkedPayloadMove(ctx, tx, store.ParkedPayloadMoveParams{ID: id, PayloadMonth: &to.Month, PayloadID: &to.ID})
			})
			if err != nil {
				return err
			}
		}
		beat(ctx, "kept what was said")
		if len(ids) < forgetBatch {
			return nil
		}
	}
}

// keepOne moves one payload, if what refers to it still does: lock says where it
// is, under the lock of its row.
func (h *Housekeeping) keepOne(ctx context.Context, integration string, out *KeepOpenPayloadsResult,
	lock func(pgx.Tx) (db.PayloadRef, error), refer func(pgx.Tx, db.PayloadRef) error,
) error {
	to, err := h.Payloads.Prepare(ctx, integration, h.Now())
	if err != nil {
		return err
	}
	err = pgx.BeginFunc(ctx, h.DB, func(tx pgx.Tx) error {
		from, err := lock(tx)
		if err != nil {
			return err
		}
		if from.IsZero() || !from.Month.Before(out.Before) { // a newer one came, or another run was first
			return errMovedMeanwhile
		}
		if err := h.Payloads.Move(ctx, tx, integration, from, to); err != nil {
			return err
		}
		return refer(tx, to)
	})
	switch {
	case db.IsNotFound(err), errors.Is(err, errMovedMeanwhile):
		return nil
	case errors.Is(err, db.ErrNoPayload): // there is nothing left to keep
		return nil
	case err != nil:
		return fmt.Errorf("keep a payload: %w", err)
	}
	out.Kept++
	return nil
}

var errMovedMeanwhile = errors.New("nothing to move")

// notDestroyed tells a payload that this process cannot open apart from all else:
// most likely it was given another master key, and nothing may be destroyed.
func notDestroyed(err error) error {
	if errors.Is(err, db.ErrKeyNotOurs) {
		return fault.New(fault.Misconfigured, "master_key_wrong", "forget").Because(err)
	}
	return err
}
