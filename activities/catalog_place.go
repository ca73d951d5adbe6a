package activities

import (
	"context"
	"fmt"
	"time"

	"go.temporal.io/sdk/activity"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
)

// begin opens the document, takes the right to read on, and decides at the first
// page what the run carries.
func (p *carriage) begin(ctx context.Context) (err error) {
	if err := p.beside(ctx); err != nil {
		return err
	}
	p.Place.Document, p.Place.Pace = p.doc.Version, p.doc.pace()
	if len(p.Keys) > 0 {
		p.Place.Mode = ModeKeys
		return nil
	}
	if !p.DryRun {
		if err := db.Analyze(ctx, p.DB, "catalog", "written", "article_number"); err != nil {
			return err
		}
	}
	marker, err := p.lease(ctx)
	if err != nil || p.Place.Mode != "" {
		return err
	}
	return p.choose(ctx, marker)
}

// beside opens the document and reads the clock, which is all that a look beside a
// run needs.
func (p *carriage) beside(ctx context.Context) (err error) {
	if p.doc, err = p.Documents.ofRun(ctx, p.Integration, p.Place.Document); err != nil {
		return err
	}
	p.set = p.doc.Flows.Catalogues()[p.flow]
	if p.readAt, err = db.Q.DatabaseNow(ctx, p.DB); err != nil {
		return fmt.Errorf("read the database's clock: %w", err)
	}
	p.today = domain.DateIn(p.readAt, domain.Amsterdam())
	return nil
}

// cursor is what the run holds the lease of. An initial load has one of its own.
func (p *carriage) cursor() string {
	if p.Load {
		return p.flow + "/load"
	}
	return p.flow
}

// fullCursor tells when everything was compared last.
func (p *carriage) fullCursor() string { return p.flow + "/full" }

// lease takes or renews the right to read; a dry run reads beside the others.
func (p *carriage) lease(ctx context.Context) (marker int64, err error) {
	if p.DryRun {
		return p.marker(ctx, p.cursor())
	}
	marker, err = db.Q.CursorLease(ctx, p.DB, store.CursorLeaseParams{
		Integration: p.Integration, Flow: p.cursor(), Holder: activity.GetInfo(ctx).WorkflowExecution.ID, Lease: db.Interval(cursorLease),
	})
	if db.IsNotFound(err) {
		return 0, fault.New(fault.Throttled, CodeAnotherRunReads, "lease cursor").After(500 * time.Millisecond)
	}
	if err != nil {
		return 0, fmt.Errorf("lease the cursor: %w", err)
	}
	return marker, nil
}

func (p *carriage) marker(ctx context.Context, flow string) (int64, error) {
	marker, err := db.Q.CursorGet(ctx, p.DB, store.CursorGetParams{Integration: p.Integration, Flow: flow})
	if db.IsNotFound(err) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read the cursor: %w", err)
	}
	return marker, nil
}

// choose decides between what changed and everything. Markers are milliseconds.
func (p *carriage) choose(ctx context.Context, marker int64) error {
	last, err := p.marker(ctx, p.fullCursor())
	if err != nil {
		return err
	}
	var lastFull time.Time
	if last > 0 {
		lastFull = time.UnixMilli(last)
	}
	at, daily := p.set.FullTime()
	p.Place.Crawl = p.readAt.UnixMilli()
	if p.Full || p.Load || reconcile.FullIsDue(p.readAt.In(domain.Amsterdam()), lastFull, at, daily) {
		p.Place.Mode = ModeFull
		return nil
	}
	p.Place.Mode = ModeDelta
	if marker > 0 {
		p.Place.Since = time.UnixMilli(marker).Add(-p.set.Overlap.Std())
	}
	return nil
}

func (p *carriage) release(ctx context.Context) error {
	if p.DryRun || p.Place.Mode == ModeKeys {
		return nil
	}
	err := db.Q.CursorRelease(context.WithoutCancel(ctx), p.DB, store.CursorReleaseParams{
		Integration: p.Integration, Flow: p.cursor(), Holder: activity.GetInfo(ctx).WorkflowExecution.ID,
	})
	if err != nil {
		return fmt.Errorf("release the cursor: %w", err)
	}
	return nil
}

// end notes how far the run came, and counts what a complete reading did not meet.
func (p *carriage) end(ctx context.Context, out *CarryResult) error {
	if p.Place.Mode == ModeKeys {
		return nil
	}
	newest := int64(0) // nothing changed, or the books do not tell: the marker stays, and it is seen that the flow read
	if !out.Place.Newest.IsZero() {
		newest = out.Place.Newest.UnixMilli()
	}
	if err := p.setCursor(ctx, p.flow, newest); err != nil { // the live flow reads on from there too: an initial load carried it
		return err
	}
	if p.Place.Mode != ModeFull {
		return nil
	}
	if err := p.setCursor(ctx, p.fullCursor(), p.Place.Crawl); err != nil {
		return err
	}
	if err := p.forgetUnmade(ctx, nil); err != nil {
		return err
	}
	row, err := db.Q.CatalogCountGone(ctx, p.DB, store.CatalogCountGoneParams{Integration: p.Integration, Entity: string(p.entity), Crawl: p.Place.Crawl})
	if err != nil {
		return fmt.Errorf("count what is gone: %w", err)
	}
	out.Gone, out.Known = int(row.Gone), int(row.Known)
	asked := store.ParkedGetOpenParams{Integration: p.Integration, Entity: string(p.entity), SourceID: allGone}
	switch _, err := db.Q.ParkedGetOpen(ctx, p.DB, asked); {
	case err == nil:
		out.Asked = true
	case !db.IsNotFound(err):
		return fmt.Errorf("read the question about what is gone: %w", err)
	}
	return nil
}

func (p *carriage) setCursor(ctx context.Context, flow string, marker int64) error {
	if err := db.Q.CursorSet(ctx, p.DB, store.CursorSetParams{Integration: p.Integration, Flow: flow, Marker: marker}); err != nil {
		return fmt.Errorf("move the cursor: %w", err)
	}
	return nil
}
