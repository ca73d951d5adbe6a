package activities

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"go.temporal.io/sdk/activity"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/settings"
)

// sources are the kinds of sale that a document takes, in the order in which a sale
// counts: an order is in the inbox before what belongs to it is read.
func (d *Document) sources() []domain.SourceKind {
	return slices.DeleteFunc(domain.SourceKinds(), func(k domain.SourceKind) bool {
		return !slices.Contains(d.Flows.Orders.Sources, k)
	})
}

// sourcePages reads on from where one run stands with one kind of sale.
type sourcePages struct {
	integration string
	who         string // the run, as the holder of leases
	kind        domain.SourceKind
	source      connectors.OrderSource
	heads       map[domain.SourceKind]int64 // latest markers, where the till told them all at once
}

// pullPages reads one page of each kind of sale. The leases of the cursors end with
// the run: when nothing more is there, or nothing can be said.
func (o *Orders) pullPages(ctx context.Context, integration string, doc *Document, out *PullOrdersResult) (err error) {
	p := sourcePages{integration: integration, who: activity.GetInfo(ctx).WorkflowExecution.ID}
	defer func() {
		if err != nil || !out.More {
			if releaseErr := o.release(ctx, p, doc.sources()); err == nil {
				err = releaseErr
			}
		}
	}()
	for _, kind := range doc.sources() {
		p.kind = kind
		if p.source, err = o.Connections.OrderSource(ctx, integration, doc.Version, kind); err != nil {
			return err
		}
		if board, all := p.source.(connectors.MarkerBoard); all && p.heads == nil && len(doc.sources()) > 1 {
			if p.heads, err = board.Markers(ctx); err != nil {
				return err
			}
		}
		if err = o.pullPage(ctx, p, doc, out); err != nil {
			return err
		}
	}
	return nil
}

func (o *Orders) release(ctx context.Context, p sourcePages, kinds []domain.SourceKind) error {
	for _, kind := range kinds {
		release := store.CursorReleaseParams{Integration: p.integration, Flow: domain.OrdersCursor(kind), Holder: p.who}
		if err := db.Q.CursorRelease(context.WithoutCancel(ctx), o.DB, release); err != nil {
			return fmt.Errorf("release the cursor: %w", err)
		}
	}
	return nil
}

func (o *Orders) pullPage(ctx context.Context, p sourcePages, doc *Document, out *PullOrdersResult) error {
	first, err := o.firstMarker(ctx, p, doc)
	if err != nil {
		return err
	}
	marker, err := db.Q.CursorLease(ctx, o.DB, store.CursorLeaseParams{
		Integration: p.integration, Flow: domain.OrdersCursor(p.kind), FirstMarker: first, Holder: p.who, Lease: db.Interval(cursorLease),
	})
	if db.IsNotFound(err) {
		return fault.New(fault.Throttled, CodeAnotherRunReads, "lease cursor").After(500 * time.Millisecond)
	}
	if err != nil {
		return fmt.Errorf("lease the cursor: %w", err)
	}
	page := connectors.OrderPage{Marker: marker}
	if head, told := p.heads[p.kind]; !told || head > marker {
		if page, err = p.source.OrdersAfter(ctx, marker, doc.Flows.Orders.PageSize); err != nil {
			return err
		}
	}
	out.More = out.More || len(page.Orders) > 0
	return o.store(ctx, p.integration, doc.withoutMarks(page.Orders), out, func(tx pgx.Tx) error { return o.advance(ctx, tx, p, page.Marker) })
}

// firstMarker is where a flow that never read this kind of sale begins, by setting.
// Each kind has a sequence of its own. A flow that did read costs nothing here.
func (o *Orders) firstMarker(ctx context.Context, p sourcePages, doc *Document) (int64, error) {
	from := doc.Flows.Orders.StartFrom
	if marker, named := from.Marker(); named {
		return marker, nil
	}
	if from != settings.StartNow {
		return 0, nil
	}
	cursors, err := db.Q.CursorList(ctx, o.DB, p.integration)
	if err != nil {
		return 0, fmt.Errorf("read the cursor: %w", err)
	}
	if slices.ContainsFunc(cursors, func(c store.CursorListRow) bool { return c.Flow == domain.OrdersCursor(p.kind) }) {
		return 0, nil
	}
	if head, told := p.heads[p.kind]; told {
		return head, nil
	}
	return p.source.CurrentMarker(ctx)
}

func (o *Orders) advance(ctx context.Context, tx pgx.Tx, p sourcePages, marker int64) error {
	rows, err := db.Q.CursorAdvance(ctx, tx, store.CursorAdvanceParams{
		Integration: p.integration, Flow: domain.OrdersCursor(p.kind), Holder: p.who, Marker: marker,
	})
	if err != nil {
		return fmt.Errorf("move the cursor: %w", err)
	}
	if rows == 0 { // somebody else reads now: what we read, they read
		return fault.New(fault.Throttled, CodeAnotherRunReads, "move cursor")
	}
	return nil
}
