package activities

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"
	"go.temporal.io/sdk/activity"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

// ended says how each record came out that was not written.
func (w *writing[T]) ended(r *record[T]) {
	switch {
	case r.outcome != "":
	case r.skipped():
		r.outcome, r.code = OutcomeSkipped, r.known.Code
	case r.fault != nil:
		r.outcome, r.code = outcomeParked, r.fault.Code
	case r.leftOut != "":
		r.outcome, r.code = OutcomeLeftOut, r.leftOut
	case r.step == reconcile.CatalogNotMade:
		r.outcome, r.code = OutcomeLeftOut, CodeNotMade
	case r.step == reconcile.CatalogNotChanged:
		r.outcome, r.code = OutcomeLeftOut, CodeNotChanged
	case r.writes(): // a dry run
		r.outcome = map[reconcile.CatalogStep]string{reconcile.CatalogCreate: OutcomeCreated, reconcile.CatalogUpdate: OutcomeUpdated}[r.step]
	default:
		r.outcome = OutcomeInPlace
		if len(r.kept) > 0 {
			r.code = CodeChangedThere
		}
	}
}

// skipped reports whether a person ended this very version of the record.
func (r *record[T]) skipped() bool {
	return r.known.Outcome == OutcomeSkipped && r.known.DraftHash == r.print()
}

// writes reports whether something of the record is to be written.
func (r *record[T]) writes() bool {
	return r.fault == nil && r.leftOut == "" && (r.step == reconcile.CatalogCreate || r.step == reconcile.CatalogUpdate)
}

// note counts records and writes down how those ended that were not settled by
// their write. What stands as it stood costs one statement for the whole page.
func (w *writing[T]) note(ctx context.Context, rs []*record[T]) error {
	var same, other []*record[T]
	for _, r := range rs {
		settled := r.outcome != ""
		w.ended(r)
		w.counts(r)
		switch {
		case settled:
		case r.outcome == r.known.Outcome && r.code == r.known.Code && r.print() == r.known.DraftHash && int32(w.doc.Version) == r.known.Document && !r.known.LookAgain:
			same = append(same, r)
		default:
			other = append(other, r)
		}
	}
	if w.DryRun {
		return nil
	}
	return w.inTx(ctx, func(tx pgx.Tx) error {
		if len(same) > 0 {
			err := db.Q.CatalogSeen(ctx, tx, store.CatalogSeenParams{
				Integration: w.Integration, Entity: string(w.entity), Crawl: w.Place.Crawl, SourceIds: keysIn(same),
			})
			if err != nil {
				return fmt.Errorf("note what was met: %w", err)
			}
		}
		if len(other) == 0 {
			return nil
		}
		met := store.CatalogMetParams{
			Integration: w.Integration, Entity: string(w.entity), Document: int32(w.doc.Version), ReadAt: w.readAt, Crawl: w.Place.Crawl,
			SourceIds: keysIn(other),
		}
		for _, r := range other {
			met.TargetIds, met.DraftHashes = append(met.TargetIds, r.target), append(met.DraftHashes, r.print())
			met.Outcomes, met.Codes = append(met.Outcomes, r.outcome), append(met.Codes, r.code)
		}
		if err := db.Q.CatalogMet(ctx, tx, met); err != nil {
			return fmt.Errorf("note how records stand: %w", err)
		}
		for _, r := range other {
			if err := w.tell(ctx, tx, r); err != nil {
				return err
			}
		}
		return nil
	})
}

// tell puts a record where a person sees it, or takes it away from there, and
// writes its outcome down when it is news.
func (w *writing[T]) tell(ctx context.Context, tx pgx.Tx, r *record[T]) error {
	switch {
	case r.outcome == outcomeParked:
		if err := w.park(ctx, tx, r); err != nil {
			return err
		}
	case r.known.Outcome == outcomeParked || r.known.Outcome == "":
		closed := store.ParkedCloseParams{Integration: w.Integration, Entity: string(w.entity), SourceID: r.key, ClosedBy: r.outcome}
		if _, err := db.Q.ParkedClose(ctx, tx, closed); err != nil {
			return fmt.Errorf("close what was parked: %w", err)
		}
	}
	if !r.isNews() {
		return nil
	}
	return w.outcome(ctx, tx, r)
}

// isNews reports whether an outcome belongs in the timeline. That a record stands as
// it was written does not.
func (r *record[T]) isNews() bool {
	switch r.outcome {
	case OutcomeCreated, OutcomeUpdated:
		return true
	case OutcomeInPlace:
		wrote := r.known.Outcome == OutcomeCreated || r.known.Outcome == OutcomeUpdated
		if wrote && r.code == r.known.Code && len(r.told) == 0 && len(r.kept) == 0 {
			return false
		}
	}
	return r.outcome != r.known.Outcome || r.code != r.known.Code
}

func (w *writing[T]) outcome(ctx context.Context, tx pgx.Tx, r *record[T]) error {
	decisions := r.told
	for _, kept := range r.kept {
		decisions = append(decisions, domain.Decision{Code: string(kept.Reason), About: kept.Field})
	}
	return w.outcomeOf(ctx, tx, r.key, r.outcome, r.code, r.target, decisions)
}

func (p *carriage) outcomeOf(ctx context.Context, tx pgx.Tx, key, outcome, code, target string, decisions []domain.Decision) error {
	told, err := json.Marshal(decisions)
	if err != nil || decisions == nil { // texts only: it cannot fail
		told = []byte("[]")
	}
	err = db.Q.OutcomePut(ctx, tx, store.OutcomePutParams{
		Integration: p.Integration, Flow: p.flow, Entity: string(p.entity), SourceID: key, Number: key, Marker: p.readAt.UnixMilli(),
		Document: int32(p.doc.Version), Outcome: outcome, Code: code, TargetID: target,
		Run: activity.GetInfo(ctx).WorkflowExecution.RunID, Decisions: told,
	})
	if err != nil {
		return fmt.Errorf("store the outcome: %w", err)
	}
	return nil
}

func (w *writing[T]) park(ctx context.Context, tx pgx.Tx, r *record[T]) error {
	parked := w.parkedRow(r.key, r.fault.Code, r.fault.Key)
	if words := r.fault.Detail(); words != "" {
		if ref, err := db.ParsePayloadRef(w.keepWords(ctx, w.Integration, words)); err == nil {
			parked.PayloadMonth, parked.PayloadID = &ref.Month, &ref.ID
		}
	}
	if _, err := db.Q.ParkedPut(ctx, tx, parked); err != nil {
		return fmt.Errorf("park the record: %w", err)
	}
	return nil
}

func (w *writing[T]) counts(r *record[T]) {
	c := &w.count
	switch r.outcome {
	case OutcomeCreated:
		c.Created++
	case OutcomeUpdated:
		c.Updated++
	case OutcomeLeftOut, OutcomeSkipped:
		c.LeftOut++
	case outcomeParked:
		c.Parked++
	case OutcomeDeferred:
		c.Deferred++
	default:
		c.Unchanged++
	}
	c.KeptBack += len(r.kept)
	if r.code != "" {
		c.Why = added(c.Why, map[string]int{r.code: 1})
		if r.outcome == outcomeParked {
			c.ParkedWhy = added(c.ParkedWhy, map[string]int{r.code: 1})
		}
	}
	if !w.DryRun {
		w.Metrics.Record(w.Integration, w.flow, r.outcome)
	}
}
