package activities

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"
	"go.temporal.io/sdk/activity"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/settings"
)

// CodeAnotherRunReads says that another run of the same flow holds the cursor.
const CodeAnotherRunReads = "another_run_reads"

const cursorLease = 5 * time.Minute

// PullOrdersInput asks for the next page of changed orders, or for named ones.
type PullOrdersInput struct {
	Integration string
	Keys        []string
	Document    int // version that the run works under; 0: the one in force
}

// PullOrdersResult says what arrived. The orders themselves are in the inbox.
type PullOrdersResult struct {
	Stored   int      // new, or newer than what we had
	Waiting  int      // orders that no workflow was started for yet
	OrderIDs []string // the named orders that the till knows
	Unknown  []string // named numbers that the till does not know
	More     bool     // whether there may be another page
	Document int      // version of the document that the page was read under
}

// PullOrders reads one page of changed orders from the till. It stores each in
// the inbox and moves the cursor in the same transaction, so a crash neither
// loses an order nor skips one.
func (o *Orders) PullOrders(ctx context.Context, in PullOrdersInput) (PullOrdersResult, error) {
	var out PullOrdersResult
	err := o.pull(ctx, in, &out)
	return out, o.fail(ctx, in.Integration, err)
}

func (o *Orders) pull(ctx context.Context, in PullOrdersInput, out *PullOrdersResult) error {
	doc, err := o.Documents.ofRun(ctx, in.Integration, in.Document)
	if err != nil {
		return err
	}
	out.Document = doc.Version
	source, err := o.Connections.OrderSource(ctx, in.Integration, doc.Version, domain.SourceOrder)
	if err != nil {
		return err
	}
	if len(in.Keys) > 0 {
		return o.pullNamed(ctx, in, source, out)
	}
	return o.pullPage(ctx, in.Integration, doc, source, out)
}

func (o *Orders) pullPage(ctx context.Context, integration string, doc *Document, source connectors.OrderSource, out *PullOrdersResult) error {
	who := activity.GetInfo(ctx).WorkflowExecution.ID
	first, err := o.firstMarker(ctx, integration, doc, source)
	if err != nil {
		return err
	}
	marker, err := db.Q.CursorLease(ctx, o.DB, store.CursorLeaseParams{
		Integration: integration, Flow: domain.FlowOrders, FirstMarker: first, Holder: who, Lease: db.Interval(cursorLease),
	})
	if db.IsNotFound(err) {
		return fault.New(fault.Throttled, CodeAnotherRunReads, "lease cursor").After(500 * time.Millisecond)
	}
	if err != nil {
		return fmt.Errorf("lease the cursor: %w", err)
	}
	page, err := source.OrdersAfter(ctx, marker, doc.Flows.Orders.PageSize)
	if err == nil {
		out.More = len(page.Orders) > 0
		err = o.store(ctx, integration, page.Orders, out, func(tx pgx.Tx) error { return o.advance(ctx, tx, integration, who, page.Marker) })
	}
	if err != nil || !out.More {
		release := store.CursorReleaseParams{Integration: integration, Flow: domain.FlowOrders, Holder: who}
		if releaseErr := db.Q.CursorRelease(context.WithoutCancel(ctx), o.DB, release); err == nil && releaseErr != nil {
			err = fmt.Errorf("release the cursor: %w", releaseErr)
		}
	}
	if err != nil {
		return err
	}
	waiting, err := db.Q.InboxCountUnstarted(ctx, o.DB, store.InboxCountUnstartedParams{Integration: integration, Entity: string(domain.EntityOrder)})
	out.Waiting = int(waiting)
	return err
}

// firstMarker is where a flow that never ran begins, by setting. A flow that ran
// costs nothing here.
func (o *Orders) firstMarker(ctx context.Context, integration string, doc *Document, source connectors.OrderSource) (int64, error) {
	from := doc.Flows.Orders.StartFrom
	if marker, named := from.Marker(); named {
		return marker, nil
	}
	if from != settings.StartNow {
		return 0, nil
	}
	cursors, err := db.Q.CursorList(ctx, o.DB, integration)
	if err != nil {
		return 0, fmt.Errorf("read the cursor: %w", err)
	}
	if slices.ContainsFunc(cursors, func(c store.CursorListRow) bool { return c.Flow == domain.FlowOrders }) {
		return 0, nil
	}
	return source.CurrentMarker(ctx)
}

func (o *Orders) advance(ctx context.Context, tx pgx.Tx, integration, who string, marker int64) error {
	rows, err := db.Q.CursorAdvance(ctx, tx, store.CursorAdvanceParams{Integration: integration, Flow: domain.FlowOrders, Holder: who, Marker: marker})
	if err != nil {
		return fmt.Errorf("move the cursor: %w", err)
	}
	if rows == 0 { // somebody else reads now: what we read, they read
		return fault.New(fault.Throttled, CodeAnotherRunReads, "move cursor")
	}
	return nil
}

func (o *Orders) pullNamed(ctx context.Context, in PullOrdersInput, source connectors.OrderSource, out *PullOrdersResult) error {
	orders, err := source.OrdersByNumber(ctx, in.Keys)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, arrived := range orders {
		known[arrived.Order.Number] = true
		out.OrderIDs = append(out.OrderIDs, string(arrived.Order.ID))
	}
	for _, number := range in.Keys {
		if !known[number] {
			out.Unknown = append(out.Unknown, number)
		}
	}
	out.Waiting = len(out.OrderIDs)
	return o.store(ctx, in.Integration, orders, out, func(pgx.Tx) error { return nil })
}

// store puts what arrived into the inbox, and does what goes with it, together.
func (o *Orders) store(ctx context.Context, integration string, orders []connectors.SourceOrder, out *PullOrdersResult, also func(pgx.Tx) error) error {
	refs := make([]db.PayloadRef, len(orders))
	for i := range orders {
		ref, err := o.Payloads.Prepare(ctx, integration, o.Now())
		if err != nil {
			return err
		}
		refs[i] = ref
	}
	return pgx.BeginFunc(ctx, o.DB, func(tx pgx.Tx) error {
		out.Stored = 0
		for i, arrived := range orders {
			rows, err := o.storeOne(ctx, tx, integration, arrived, refs[i])
			if err != nil {
				return err
			}
			out.Stored += rows
		}
		return also(tx)
	})
}

func (d *Desk) storeOne(ctx context.Context, tx pgx.Tx, integration string, arrived connectors.SourceOrder, ref db.PayloadRef) (int, error) {
	kept, order := arrivalOf(arrived), arrived.Order
	rows, err := db.Q.InboxPut(ctx, tx, store.InboxPutParams{
		Integration: integration, Entity: string(domain.EntityOrder), SourceID: string(order.ID), Number: order.Number,
		Marker: order.Version.Marker, ContentHash: order.ContentHash(), PayloadMonth: ref.Month, PayloadID: ref.ID,
		TotalCents: order.TotalIncl.Mul(decimal.New(100, 0)).IntPart(),
	})
	if err != nil {
		return 0, fmt.Errorf("store in the inbox: %w", err)
	}
	if rows == 0 { // we had this version: a repeat at the page's edge
		return 0, nil
	}
	plain, err := json.Marshal(kept)
	if err != nil {
		return 0, fmt.Errorf("encode an order: %w", err)
	}
	return int(rows), d.Payloads.Put(ctx, tx, integration, ref, plain)
}
