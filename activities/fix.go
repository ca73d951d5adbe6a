package activities

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// OutcomeFixed is what the timeline says when a fix took effect.
const OutcomeFixed = "fixed"

// CheckFixInput names a parked order and a fix that a person stored for it.
type CheckFixInput struct {
	Attempt
	FixID string
}

// CheckFixResult says what took effect.
type CheckFixResult struct {
	Kind     string // payload or lookup
	Document int    // version of the document that a row became
}

// CheckFix checks a fix as the flow would, and lets it take effect if the order
// passes with it. Nothing changes otherwise. One that took effect already does
// nothing twice.
func (o *Orders) CheckFix(ctx context.Context, in CheckFixInput) (CheckFixResult, error) {
	var out CheckFixResult
	err := o.checkFix(ctx, in, &out)
	return out, o.fail(ctx, in.Integration, err)
}

func (o *Orders) checkFix(ctx context.Context, in CheckFixInput, out *CheckFixResult) error {
	fix, err := o.fixes().Get(ctx, in.Integration, in.FixID)
	if errors.Is(err, db.ErrNoFix) || err == nil && (fix.SourceID != in.OrderID || fix.Entity != string(domain.EntityOrder)) {
		return fault.New(fault.NotFound, "fix_unknown", "read fix").About(in.Number)
	}
	if err != nil {
		return err
	}
	*out = CheckFixResult{Kind: fix.Kind, Document: int(fix.Document)}
	if fix.State == db.FixAccepted {
		return nil
	}
	kept, row, err := o.ledger().arrived(ctx, in.Integration, in.OrderID)
	if err != nil {
		return err
	}
	beat(ctx, "read the order")
	if row.Marker != fix.Marker {
		err = fault.New(fault.Conflict, "fix_outdated", "check fix").About(row.Number)
	} else if fix.Kind == db.FixPayload {
		err = o.fixSale(ctx, in.Attempt, fix, kept, row)
	} else {
		out.Document, err = o.fixRow(ctx, in.Attempt, fix, kept)
	}
	if f, ok := fault.As(err); ok && !f.Kind.Retryable() {
		refused := db.Q.FixRefuse(ctx, o.DB, store.FixRefuseParams{ID: fix.ID, Integration: in.Integration, Code: f.Code})
		if refused != nil {
			return fmt.Errorf("note that a fix was refused: %w", refused)
		}
	}
	return err
}

// passes takes the order through the steps of the flow under a document, with
// nothing written. What would park it is the error; a reason that is allowed is
// another step on its way.
func (o *Orders) passes(ctx context.Context, integration string, doc *Document, inForce int, edited arrival, allowed func(ShownReason) bool) error {
	end, err := o.rehearse(doc, inForce, rehearsalState{}).order(ctx, integration, edited)
	if err != nil {
		return err
	}
	switch {
	case end.Outcome == OutcomeWaits:
		return fault.New(fault.Throttled, "record_busy", "check fix").About(end.Number)
	case end.Outcome != OutcomeParked || allowed(*end.Reason):
		return nil
	default:
		return fault.New(fault.Invalid, end.Reason.Code, "check fix").About(end.Reason.About).WithDetail(end.Reason.Details)
	}
}

// accept notes that a fix took effect, and what else took effect with it, in one
// transaction. A fix that took effect meanwhile is left as it is.
func (o *Orders) accept(ctx context.Context, a Attempt, fix db.Fix, document int, code string, also func(store.DBTX) error) error {
	err := o.inTx(ctx, func(tx pgx.Tx) error {
		rows, err := db.Q.FixAccept(ctx, tx, store.FixAcceptParams{ID: fix.ID, Integration: a.Integration, Document: int32(document)})
		if err != nil {
			return fmt.Errorf("accept a fix: %w", err)
		}
		if rows == 0 {
			return nil
		}
		if err := also(tx); err != nil {
			return err
		}
		return db.Q.OutcomePut(ctx, tx, outcomeOf(ctx, a, OutcomeFixed, code, ""))
	})
	return err
}

func (d *Desk) fixes() db.Fixes { return db.Fixes{DB: d.DB, Box: d.Payloads.Box} }
