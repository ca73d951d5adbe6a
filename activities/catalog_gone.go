package activities

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"go.temporal.io/sdk/activity"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
)

// SweepGoneInput asks to deal with what a complete reading did not meet.
type SweepGoneInput struct {
	Integration string
	Flow        string
	Place       CatalogPlace
	Gone, Known int
	Approved    bool // a person said so: however many there are
}

// SweepGoneResult says what became of it.
type SweepGoneResult struct {
	Swept  int  // dealt with as the document says
	Parked int  // that cannot be
	Asks   bool // there are too many: a person is asked
}

// leaver takes records away at the till that the books no longer have.
type leaver interface {
	// leave does it for one record, and says whether it did anything: where the
	// document only wants it told, nothing is done.
	leave(ctx context.Context, row store.Catalog) (did bool, err error)
}

// allGone is the key under which a person is asked about too many.
const allGone = "*"

// goneAtOnce bounds one list of what is gone.
const goneAtOnce = 500

// SweepGone deals with records that the till has and the books no more, after a
// reading that met everything. More than the document's share of all is no clean-up:
// then nothing is done, and a person is asked.
func (c *Catalog) SweepGone(ctx context.Context, in SweepGoneInput) (SweepGoneResult, error) {
	var out SweepGoneResult
	return out, c.fail(ctx, in.Integration, c.sweep(ctx, in, &out))
}

func (c *Catalog) sweep(ctx context.Context, in SweepGoneInput, out *SweepGoneResult) error {
	p := &carriage{Desk: c.Desk, flow: in.Flow, CarryInput: CarryInput{Integration: in.Integration, Place: in.Place}}
	l, err := p.openLeaver(ctx)
	if err != nil {
		return err
	}
	ask := reconcile.TooManyGone(in.Gone, in.Known, p.set.GoneMost) && !in.Approved
	if err := p.askAboutGone(ctx, in, ask); err != nil || ask {
		out.Asks = ask
		return err
	}
	for after := ""; ; {
		rows, err := db.Q.CatalogListGone(ctx, c.DB, store.CatalogListGoneParams{
			Integration: in.Integration, Entity: string(p.entity), Crawl: in.Place.Crawl, After: after, Most: goneAtOnce,
		})
		if err != nil {
			return fmt.Errorf("list what is gone: %w", err)
		}
		for _, row := range rows {
			after = row.SourceID
			if err := p.goes(ctx, l, row, out); err != nil {
				return err
			}
			activity.RecordHeartbeat(ctx, out.Swept)
		}
		if len(rows) < goneAtOnce {
			return nil
		}
	}
}

// goes takes one record away, or parks it when the till refuses.
func (p *carriage) goes(ctx context.Context, l leaver, row store.Catalog, out *SweepGoneResult) error {
	did := false
	err := patiently(ctx, func() (err error) {
		did, err = l.leave(ctx, row)
		return err
	})
	told := CodeGoneInBooks
	f, known := fault.As(err)
	switch {
	case err == nil && did:
		told, out.Swept = "", out.Swept+1
	case err == nil:
		out.Swept++
	case known && !f.Kind.Retryable() && !f.Kind.StopsEverything():
		out.Parked++
	default:
		return err
	}
	return p.inTx(ctx, func(tx pgx.Tx) error {
		closed := store.ParkedCloseParams{Integration: p.Integration, Entity: row.Entity, SourceID: row.SourceID, ClosedBy: OutcomeGone}
		if _, err := db.Q.ParkedClose(ctx, tx, closed); err != nil {
			return fmt.Errorf("close what was parked: %w", err)
		}
		if f != nil {
			told = f.Code
			if _, err := db.Q.ParkedPut(ctx, tx, p.parkedRow(row.SourceID, told, row.TargetID)); err != nil {
				return fmt.Errorf("park what is gone: %w", err)
			}
		}
		in := store.CatalogGoneParams{Integration: p.Integration, Entity: row.Entity, Outcome: OutcomeGone, Code: told, SourceIds: []string{row.SourceID}}
		if err := db.Q.CatalogGone(ctx, tx, in); err != nil {
			return fmt.Errorf("note what is gone: %w", err)
		}
		return p.outcomeOf(ctx, tx, row.SourceID, OutcomeGone, told, row.TargetID, nil)
	})
}

// askAboutGone puts the question where a person sees it, or takes it away.
func (p *carriage) askAboutGone(ctx context.Context, in SweepGoneInput, ask bool) error {
	if ask {
		about := fmt.Sprintf("%d of %d", in.Gone, in.Known)
		if _, err := db.Q.ParkedPut(ctx, p.DB, p.parkedRow(allGone, CodeTooManyGone, about)); err != nil {
			return fmt.Errorf("ask about what is gone: %w", err)
		}
		return nil
	}
	_, err := db.Q.ParkedClose(ctx, p.DB, store.ParkedCloseParams{
		Integration: p.Integration, Entity: string(p.entity), SourceID: allGone, ClosedBy: OutcomeGone,
	})
	if err != nil {
		return fmt.Errorf("close the question about what is gone: %w", err)
	}
	return nil
}

func (p *carriage) parkedRow(key, code, about string) store.ParkedPutParams {
	return store.ParkedPutParams{
		Integration: p.Integration, Flow: p.flow, Entity: string(p.entity), SourceID: key, Number: key, Code: code, About: about,
		Document: int32(p.doc.Version), WaitsFor: []string{},
	}
}

// openLeaver opens the till for the flow's own kind of record.
func (p *carriage) openLeaver(ctx context.Context) (leaver, error) {
	p.entity = domain.CarriedBy(p.flow)
	if err := p.beside(ctx); err != nil {
		return nil, err
	}
	open, known := leavers[p.flow]
	if !known {
		return nil, fmt.Errorf("flow %s takes nothing away", p.flow)
	}
	return open(ctx, p)
}

// leavers open each flow's way of taking records away.
var leavers = map[string]func(context.Context, *carriage) (leaver, error){
	domain.FlowCategories: leaveCategories, domain.FlowProducts: leaveProducts,
	domain.FlowCustomers: leaveCustomers, domain.FlowStock: leaveStock, domain.FlowPrices: leavePrices,
}
