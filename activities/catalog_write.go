package activities

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"go.temporal.io/sdk/activity"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/mapping"
)

// writing is the part of a page that writes: it claims records, and settles them.
type writing[T any] struct {
	*carriage
	count   CatalogCount
	renewed time.Time // when the lease of the cursor was renewed last
}

// holder is the same for every try of a page: what a dead worker claimed, the one
// that takes its place may write.
func (w *writing[T]) holder(ctx context.Context) uuid.UUID {
	return uuid.NewSHA1(uuid.NameSpaceOID, []byte(activity.GetInfo(ctx).WorkflowExecution.RunID))
}

// claim gives those of the records that may be written now. The others are for the
// next run: somebody else writes them, or wrote them from a later reading.
func (w *writing[T]) claim(ctx context.Context, rs []*record[T]) ([]*record[T], error) {
	holder := w.holder(ctx)
	mine, err := db.Q.CatalogClaim(ctx, w.DB, store.CatalogClaimParams{
		Integration: w.Integration, Entity: string(w.entity), SourceIds: keysIn(rs), Holder: holder, ReadAt: w.readAt,
		Lease: db.Interval(w.claimLease()),
	})
	if err != nil {
		return nil, fmt.Errorf("claim records: %w", err)
	}
	var claimed []*record[T]
	for _, r := range rs {
		if slices.Contains(mine, r.key) {
			claimed = append(claimed, r)
			continue
		}
		r.outcome, r.code, r.again = OutcomeDeferred, "record_busy", true
		if err := db.Q.CatalogLookAgain(ctx, w.DB, store.CatalogLookAgainParams{
			Integration: w.Integration, Entity: string(w.entity), SourceIds: []string{r.key},
		}); err != nil {
			return nil, fmt.Errorf("note what is to be looked at again: %w", err)
		}
		if err := db.Q.CatalogSeen(ctx, w.DB, store.CatalogSeenParams{ // the books have it: whoever writes it may be of an older crawl
			Integration: w.Integration, Entity: string(w.entity), Crawl: w.Place.Crawl, SourceIds: []string{r.key},
		}); err != nil {
			return nil, fmt.Errorf("note what was met: %w", err)
		}
	}
	return claimed, nil
}

// claimLease is how long a claim holds: a few calls that time out, and the time that
// the far side may still be working after them.
func (w *writing[T]) claimLease() time.Duration {
	p := w.doc.patience()
	return 5*p.call + p.settle
}

// did says how the write of a record ended: a fault of the record parks it, an
// unclear answer leaves it to a later run, and what stops everything is given back.
func (w *writing[T]) did(r *record[T], err error) error {
	f, known := fault.As(err)
	switch {
	case err == nil:
		switch r.step {
		case reconcile.CatalogCreate:
			r.outcome = OutcomeCreated
		case reconcile.CatalogUpdate:
			r.outcome = OutcomeUpdated
		default: // a closer look found nothing to write
			r.outcome = OutcomeInPlace
		}
		if len(r.kept) > 0 {
			r.code = CodeChangedThere
		}
		return nil
	case !known:
		return err
	case f.Kind == fault.Uncertain:
		r.outcome, r.code, r.again, r.settle = OutcomeDeferred, f.Code, true, w.doc.patience().settle
		return nil
	case f.Kind == fault.Invalid || f.Kind == fault.Rejected || f.Kind == fault.NotFound || f.Kind == fault.Conflict:
		r.fault = f
		r.outcome, r.code = outcomeParked, f.Code
		return nil
	default:
		return err
	}
}

// settle notes how claimed records ended, whatever became of the attempt: the till
// has done its part by then.
func (w *writing[T]) settle(ctx context.Context, rs []*record[T]) error {
	if len(rs) == 0 {
		return nil
	}
	ctx = context.WithoutCancel(ctx)
	in := store.CatalogSettleParams{
		Integration: w.Integration, Entity: string(w.entity), Holder: w.holder(ctx), Document: int32(w.doc.Version), ReadAt: w.readAt,
		Crawl: w.Place.Crawl, SourceIds: keysIn(rs),
	}
	for _, r := range rs {
		in.TargetIds, in.DraftHashes = append(in.TargetIds, r.target), append(in.DraftHashes, r.print())
		in.Outcomes, in.Codes = append(in.Outcomes, r.outcome), append(in.Codes, r.code)
		in.Again, in.Settles = append(in.Again, r.again), append(in.Settles, r.settle.Milliseconds())
	}
	err := w.inTx(ctx, func(tx pgx.Tx) error {
		if _, err := db.Q.CatalogSettle(ctx, tx, in); err != nil {
			return fmt.Errorf("note how records ended: %w", err)
		}
		for _, r := range rs {
			if r.written != nil && (r.outcome == OutcomeCreated || r.outcome == OutcomeUpdated || r.outcome == OutcomeInPlace) {
				if err := w.written().Put(ctx, tx, w.linkKey(r.key), r.written); err != nil {
					return err
				}
			}
			if err := w.tell(ctx, tx, r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	activity.RecordHeartbeat(ctx, w.count)
	return w.keepLease(ctx)
}

// keepLease renews the right to read while a long page is written.
func (w *writing[T]) keepLease(ctx context.Context) error {
	if w.Place.Mode == ModeKeys || time.Since(w.renewed) < cursorLease/4 {
		return nil
	}
	_, err := w.lease(ctx)
	w.renewed = time.Now()
	return err
}

// claimedAtOnce is how many records are claimed and settled together: a crash costs a
// look at so many.
const claimedAtOnce = 20

// oneByOne writes records each by a call of its own.
func (w *writing[T]) oneByOne(ctx context.Context, rs []*record[T], write func(ctx context.Context, r *record[T]) error) error {
	for len(rs) > 0 {
		few := rs[:min(claimedAtOnce, len(rs))]
		until := time.Now().Add(w.claimLease() - 2*w.doc.patience().call)
		claimed, err := w.claim(ctx, few)
		if err != nil {
			return err
		}
		rest, stops := rs[len(few):], error(nil)
		var done []*record[T]
		for i, r := range claimed {
			if i > 0 && time.Now().After(until) { // slow calls: the claim would end under the next one
				rest = append(slices.Clone(claimed[i:]), rest...)
				break
			}
			if stops = w.did(r, patiently(ctx, func() error { return write(ctx, r) })); stops != nil {
				break // claimed still: whoever tries this page again goes on with it
			}
			activity.RecordHeartbeat(ctx, r.key)
			done = append(done, r)
		}
		if err := w.settle(ctx, done); err != nil || stops != nil {
			return errors.Join(stops, err)
		}
		rs = rest
	}
	return nil
}

func (p *carriage) linkKey(key string) db.LinkKey {
	return db.LinkKey{Integration: p.Integration, Entity: string(p.entity), SourceID: key}
}

func (p *carriage) written() db.Written { return db.Written{DB: p.DB, Box: p.Payloads.Box} }

// remembered reads what we last wrote to records that the till holds.
func remembered[T any](ctx context.Context, p *carriage, rs []*record[T]) error {
	held := those(rs, func(r *record[T]) bool { return r.held != nil })
	if len(held) == 0 {
		return nil
	}
	all, err := p.written().List(ctx, p.Integration, string(p.entity), keysIn(held))
	if err != nil {
		return err
	}
	for _, r := range held {
		r.wrote = mapping.Written(all[r.key])
	}
	return nil
}

// patience with a place that others stand in line for, before the page is given up.
const mostPatience = time.Minute

// patiently does something again while a limit of ours or of the far side says to wait.
func patiently(ctx context.Context, do func() error) error {
	began := time.Now()
	for {
		err := do()
		f, known := fault.As(err)
		if !known || f.Kind != fault.Throttled || time.Since(began) > mostPatience {
			return err
		}
		beat(ctx, "waits for a place")
		timer := time.NewTimer(max(f.RetryAfter, 200*time.Millisecond))
		select {
		case <-ctx.Done():
			timer.Stop()
			return err
		case <-timer.C:
		}
	}
}
