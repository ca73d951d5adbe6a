package activities

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
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
	if len(in.Keys) > 0 {
		return o.pullNamed(ctx, in, doc, out)
	}
	if err := o.pullPages(ctx, in.Integration, doc, out); err != nil {
		return err
	}
	waiting, err := db.Q.InboxCountUnstarted(ctx, o.DB, store.InboxCountUnstartedParams{Integration: in.Integration, Entity: string(domain.EntityOrder)})
	out.Waiting = int(waiting)
	return err
}

// pullNamed reads named sales, of any kind. A receipt that arrived before is asked for
// by its id: the till does not look receipts up by number.
func (o *Orders) pullNamed(ctx context.Context, in PullOrdersInput, doc *Document, out *PullOrdersResult) error {
	source, err := o.Connections.OrderSource(ctx, in.Integration, doc.Version, domain.SourceOrder)
	if err != nil {
		return err
	}
	rows, err := db.Q.InboxListNumbered(ctx, o.DB, store.InboxListNumberedParams{
		Integration: in.Integration, Entity: string(domain.EntityOrder), Numbers: in.Keys,
	})
	if err != nil {
		return fmt.Errorf("read the inbox: %w", err)
	}
	ids := map[string]string{}
	for _, row := range rows {
		if domain.OrderID(row.SourceID).Kind() == domain.SourceReceipt {
			ids[row.Number] = row.SourceID
		}
	}
	asked := make([]string, len(in.Keys))
	for i, key := range in.Keys {
		asked[i] = cmp.Or(ids[key], key)
	}
	orders, err := source.OrdersByNumber(ctx, asked)
	if err != nil {
		return err
	}
	for _, arrived := range orders {
		out.OrderIDs = append(out.OrderIDs, string(arrived.Order.ID))
	}
	out.Unknown = unknownOf(in.Keys, orders)
	out.Waiting = len(out.OrderIDs)
	return o.store(ctx, in.Integration, doc.withoutMarks(orders), out, func(pgx.Tx) error { return nil })
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
	stored := 0
	err := pgx.BeginFunc(ctx, o.DB, func(tx pgx.Tx) error {
		for i, arrived := range orders {
			rows, err := o.storeOne(ctx, tx, integration, arrived, refs[i])
			if err != nil {
				return err
			}
			stored += rows
		}
		return also(tx)
	})
	if err == nil {
		out.Stored += stored
	}
	return err
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
