package activities

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"go.temporal.io/sdk/activity"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
)

// FindDoublesInput asks for one sweep.
type FindDoublesInput struct {
	Integration string
}

// FindDoublesResult counts what stands more than once in the books.
type FindDoublesResult struct {
	Orders   int
	Debtors  int
	Document int // version of the document that the sweep went by
}

// FindDoubles reads what was written to the books lately and parks each of our
// references, and each customer of the till, that stands there more than once.
// What a person has cleaned up since is closed by itself.
func (h *Housekeeping) FindDoubles(ctx context.Context, in FindDoublesInput) (FindDoublesResult, error) {
	var out FindDoublesResult
	err := h.findDoubles(ctx, in.Integration, &out)
	return out, h.fail(ctx, in.Integration, err)
}

func (h *Housekeeping) findDoubles(ctx context.Context, integration string, out *FindDoublesResult) error {
	doc, err := h.Documents.Current(ctx, integration)
	if err != nil {
		return err
	}
	out.Document = doc.Version
	since := h.Now().Add(-time.Duration(doc.Flows.Orders.Sweep.Window))
	orders, err := h.ordersByReference(ctx, integration, doc, since)
	if err != nil {
		return err
	}
	if out.Orders, err = h.parkDoubles(ctx, integration, doc.Version, "order_double", orders); err != nil {
		return err
	}
	debtors, err := h.debtorsByCustomer(ctx, integration, doc, since)
	if err != nil {
		return err
	}
	out.Debtors, err = h.parkDoubles(ctx, integration, doc.Version, "customer_double", debtors)
	return err
}

// ordersByReference lists what carries our references: orders, and invoices where
// the document books any. One that stands in both is double too.
func (h *Housekeeping) ordersByReference(ctx context.Context, integration string, doc *Document, since time.Time) (map[string][]string, error) {
	ours := map[string][]string{}
	for _, target := range doc.sweptTargets() {
		sink, err := h.Connections.OrderSink(ctx, integration, doc.Version, target)
		if err != nil {
			return nil, err
		}
		written, err := sink.OrdersWrittenSince(ctx, since)
		if err != nil {
			return nil, err
		}
		beat(ctx, "read the orders")
		for _, order := range written {
			if order.Reference != "" && strings.HasPrefix(order.Reference, strings.TrimSpace(doc.Flows.Orders.ReferencePrefix)) {
				ours[order.Reference] = append(ours[order.Reference], order.ID)
			}
		}
	}
	return ours, nil
}

// sweptTargets are where the sales of this document stand. Orders are among them
// always: an earlier document may have made them.
func (d *Document) sweptTargets() []domain.Target {
	targets := []domain.Target{domain.TargetSalesOrder}
	for _, target := range d.Mapper.Targets() {
		if target == domain.TargetJournal || target == domain.TargetDayTotal {
			return append(targets, domain.TargetJournal)
		}
	}
	return targets
}

func (h *Housekeeping) debtorsByCustomer(ctx context.Context, integration string, doc *Document, since time.Time) (map[string][]string, error) {
	sink, err := h.Connections.CustomerSink(ctx, integration, doc.Version)
	if err != nil {
		return nil, err
	}
	written, err := sink.CustomersWrittenSince(ctx, since)
	if err != nil {
		return nil, err
	}
	beat(ctx, "read the debtors")
	ours := map[string][]string{}
	for _, customer := range written {
		if customer.ExternalNumber != "" {
			ours[customer.ExternalNumber] = append(ours[customer.ExternalNumber], customer.Number)
		}
	}
	return ours, nil
}

// parkDoubles parks what has more than one record, and closes what no longer has.
func (h *Housekeeping) parkDoubles(ctx context.Context, integration string, document int, code string, records map[string][]string) (int, error) {
	found := 0
	err := h.inTx(ctx, func(tx pgx.Tx) error {
		for reference, ids := range records {
			slices.Sort(ids)
			ids = slices.Compact(ids)
			record := store.ParkedCloseParams{Integration: integration, Entity: code, SourceID: reference, ClosedBy: "no longer double"}
			if len(ids) < 2 {
				if _, err := db.Q.ParkedClose(ctx, tx, record); err != nil {
					return fmt.Errorf("close a double: %w", err)
				}
				continue
			}
			found++
			_, err := db.Q.ParkedPut(ctx, tx, store.ParkedPutParams{
				Integration: integration, Flow: domain.FlowDoubles, Entity: code, SourceID: reference, Number: reference, Code: code,
				About: strings.Join(ids, ", "), Document: int32(document), WorkflowID: activity.GetInfo(ctx).WorkflowExecution.ID,
				WaitsFor: []string{},
			})
			if err != nil {
				return fmt.Errorf("park a double: %w", err)
			}
		}
		return nil
	})
	return found, err
}
