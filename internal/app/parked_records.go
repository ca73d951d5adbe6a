package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"go.temporal.io/sdk/client"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
	"github.com/koppel/koppel/workflows"
)

// mostInRun is how many records one run is asked to try again.
const mostInRun = 5000

// retryRecords starts runs that try parked records of the books again, one for each
// flow of each integration, and gives why one is not, in their order.
func (a *App) retryRecords(ctx context.Context, rows []store.Parked, approve bool) []error {
	failed := make([]error, len(rows))
	runs := map[[2]string][]int{}
	for i, row := range rows {
		switch {
		case !fromBooks(row):
		case asksGone(row) && !approve:
			failed[i] = errors.New("this is a question, not a record. " + domain.ReasonFor(row.Code).Fix + " Or answer it here: retry it with --approve, over the API with approve_gone")
		case asksGone(row):
			failed[i] = a.startRun(ctx, row.Integration, row.Flow, workflows.Wanted{ApproveGone: true})
		default:
			of := [2]string{row.Integration, row.Flow}
			runs[of] = append(runs[of], i)
		}
	}
	for of, mine := range runs {
		for len(mine) > 0 {
			part := mine[:min(len(mine), mostInRun)]
			mine = mine[len(part):]
			keys := make([]string, len(part))
			for n, i := range part {
				keys[n] = rows[i].SourceID
			}
			err := a.startRun(ctx, of[0], of[1], workflows.Wanted{Keys: keys})
			for _, i := range part {
				failed[i] = err
			}
		}
	}
	return failed
}

// asksGone reports whether a row asks whether what is gone from the books may go at the till.
func asksGone(row store.Parked) bool { return row.Code == activities.CodeTooManyGone }

// startRun starts a run of a flow that a decision about parked records asks for.
func (a *App) startRun(ctx context.Context, integration, flow string, want workflows.Wanted) error {
	of, known := workflows.FlowNamed(flow)
	if !known {
		return fmt.Errorf("this build has no flow %s", flow)
	}
	_, err := a.Temporal.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: workflows.DeliveryWorkflowID(flow, integration, "retry-"+uuid.NewString()), TaskQueue: workflows.QueueSync,
		TypedSearchAttributes: workflows.SearchAttributes(integration, flow, ""),
	}, of.Run, of.Input(integration, want))
	if err != nil {
		return fmt.Errorf("start %s: %w", flow, err)
	}
	return nil
}

// skipRecord ends the waiting of a record of the books. Its flow leaves this very
// version of it alone from now on.
func (a *App) skipRecord(ctx context.Context, row store.Parked, reason, who string) error {
	if asksGone(row) {
		return errors.New("this is a question, not a record. " + domain.ReasonFor(row.Code).Fix)
	}
	return pgx.BeginFunc(ctx, a.DB, func(tx pgx.Tx) error {
		closed, err := db.Q.ParkedClose(ctx, tx, store.ParkedCloseParams{
			Integration: row.Integration, Entity: row.Entity, SourceID: row.SourceID, ClosedBy: activities.OutcomeSkipped,
		})
		if err != nil {
			return fmt.Errorf("close what was parked: %w", err)
		}
		if closed == 0 {
			return errors.New("it is no longer parked")
		}
		if _, err := db.Q.CatalogSkip(ctx, tx, store.CatalogSkipParams{
			Integration: row.Integration, Entity: row.Entity, SourceID: row.SourceID, Outcome: activities.OutcomeSkipped, Code: reason,
		}); err != nil {
			return fmt.Errorf("note that a person ended it: %w", err)
		}
		err = db.Q.OutcomePut(ctx, tx, store.OutcomePutParams{
			Integration: row.Integration, Flow: row.Flow, Entity: row.Entity, SourceID: row.SourceID, Number: row.Number,
			Marker: time.Now().UnixMilli(), Document: row.Document, Outcome: activities.OutcomeSkipped, Code: reason, Decisions: []byte("[]"),
		})
		if err != nil {
			return fmt.Errorf("store the outcome: %w", err)
		}
		return a.intervened(ctx, tx, row, store.InterventionPutParams{Action: interveneSkip, Reason: reason, Who: who})
	})
}

// RecordFixRefused says why a fix of a record of the books took no effect.
type RecordFixRefused struct{ Words string }

// Error is the words.
func (r *RecordFixRefused) Error() string { return r.Words }

// fixRecord adds a row to a lookup table and tries the record again. There is
// nothing to edit: the books hold the record, and it is corrected there.
func (a *App) fixRecord(ctx context.Context, row store.Parked, kind string, content []byte, who string) (Fixed, error) {
	if kind != db.FixLookup {
		return Fixed{}, &RecordFixRefused{"a record of the books is corrected in AccountView, and not here: do that, then koppel parked retry. A row of a lookup table can be added: --lookup"}
	}
	var fix activities.RowFix
	if err := json.Unmarshal(content, &fix); err != nil {
		return Fixed{}, fmt.Errorf("read the row: %w", err)
	}
	if fix.Note == "" {
		fix.Note = "a row of lookup table " + fix.Table + " for a parked record"
	}
	_, inForce, err := a.WithRow(ctx, row.Integration, fix)
	if err == nil {
		inForce, err = a.AddRow(ctx, row.Integration, fix, inForce, who)
	}
	if problems, ok := errors.AsType[settings.Problems](err); ok {
		return Fixed{}, &RecordFixRefused{"the document refuses the row: " + problems.Error()}
	}
	if err != nil {
		return Fixed{}, err
	}
	fixed := Fixed{Kind: kind, Document: inForce}
	if err := a.startRun(ctx, row.Integration, row.Flow, workflows.Wanted{Keys: []string{row.SourceID}}); err != nil {
		return fixed, err
	}
	return fixed, a.intervened(ctx, a.DB, row, store.InterventionPutParams{Action: interveneFix, Who: who})
}
