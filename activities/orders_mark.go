package activities

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/settings"
)

// OutcomeMarked notes that the till shows of an order that it stands in the books.
// It is no end of an attempt: it stands beside the one that brought the order there.
const OutcomeMarked = "marked"

const (
	// codeMarkRefused: the order is in the books, and the till does not let it be marked.
	codeMarkRefused = "mark_refused"
	// mostMarkTries is how often an order that somebody changes at the till is read anew at once.
	mostMarkTries = 3
)

// MarkOrderInput names an order that stands in the books, and its number there.
type MarkOrderInput struct {
	Attempt
	TargetID string
}

// MarkOrder lets the till show that an order stands in the books. Marked once it is
// not marked again, whatever becomes of the mark. A till that is away is waited for;
// one that refuses parks the order, which stays in the books.
func (o *Orders) MarkOrder(ctx context.Context, in MarkOrderInput) error {
	err := o.mark(ctx, in)
	return o.fail(ctx, in.Integration, err)
}

func (o *Orders) mark(ctx context.Context, in MarkOrderInput) error {
	doc, err := o.Documents.Get(ctx, in.Integration, in.Document)
	if err != nil {
		return err
	}
	marked, err := o.ledger().marked(ctx, in.Attempt)
	if err != nil || marked {
		return err
	}
	marker, err := o.Connections.OrderMarker(ctx, in.Integration, in.Document)
	if err != nil {
		return err
	}
	asked := doc.Flows.Orders.Mark
	mark := connectors.Mark{Reference: asked.Text(in.TargetID), Employee: doc.Flows.Orders.Fill.Employee}
	if asked.With == settings.MarkCategory {
		mark.Category = asked.Category
	}
	for range mostMarkTries {
		err = marker.MarkOrder(ctx, domain.OrderID(in.OrderID), mark)
		beat(ctx, "marked the order at the till")
		if !fault.Is(err, fault.Conflict) {
			break
		}
	}
	if err != nil {
		return markRefused(err, in.Number)
	}
	return o.ledger().mark(ctx, in)
}

// markRefused says of a refusal that the order is in the books all the same. Somebody
// who works on the order right now is waited for.
func markRefused(err error, number string) error {
	f, ok := fault.As(err)
	switch {
	case !ok:
		return err
	case f.Kind == fault.Conflict:
		return fault.New(fault.Unavailable, f.Code, f.Op).About(number).After(time.Minute)
	case f.Kind == fault.Rejected || f.Kind == fault.NotFound || f.Kind == fault.Invalid:
		return fault.New(fault.Rejected, codeMarkRefused, f.Op).About(number).WithDetail(f.Detail()).Because(err)
	default:
		return err
	}
}

// needsMark reports whether a sale that ended so is an order that the document has
// marked and that was never marked. Receipts and invoices cannot be.
func (o *Orders) needsMark(ctx context.Context, a Attempt, outcome string) (bool, error) {
	stands := []string{OutcomeDelivered, OutcomeAdopted, OutcomeUnchanged, OutcomeUpdated}
	if !slices.Contains(stands, outcome) || domain.OrderID(a.OrderID).Kind() != domain.SourceOrder {
		return false, nil
	}
	doc, err := o.Documents.Get(ctx, a.Integration, a.Document)
	if err != nil {
		return false, err
	}
	mark := doc.Flows.Orders.Mark
	if mark.With == settings.MarkNothing {
		return false, nil
	}
	order, _, err := o.order(ctx, a.Integration, a.OrderID)
	if err != nil || order.Cancelled || mark.With == settings.MarkCategory && order.Category == mark.Category {
		return false, err
	}
	marked, err := o.ledger().marked(ctx, a)
	return !marked, err
}

// withoutMarks takes our own marks off what sellers wrote, before anything is made of
// it: a mark is no change of the sale. As the till sent it, it stays.
func (d *Document) withoutMarks(came []connectors.SourceOrder) []connectors.SourceOrder {
	came = slices.Clone(came)
	for i := range came {
		came[i].Order.Reference = d.Flows.Orders.Mark.Unmarked(came[i].Order.Reference)
	}
	return came
}

func (k keptLedger) marked(ctx context.Context, a Attempt) (bool, error) {
	rows, err := db.Q.OutcomeListOf(ctx, k.DB, store.OutcomeListOfParams{
		Integration: a.Integration, Entity: string(domain.EntityOrder), SourceID: a.OrderID,
	})
	if err != nil {
		return false, fmt.Errorf("read how an order ended: %w", err)
	}
	return slices.ContainsFunc(rows, func(r store.OutcomeListOfRow) bool { return r.Outcome == OutcomeMarked }), nil
}

func (k keptLedger) mark(ctx context.Context, in MarkOrderInput) error {
	if err := db.Q.OutcomePut(context.WithoutCancel(ctx), k.DB, outcomeOf(ctx, in.Attempt, OutcomeMarked, "", in.TargetID)); err != nil {
		return fmt.Errorf("note that an order is marked: %w", err)
	}
	return nil
}

// marked is what the flow knows; what this run would mark it forgets.
func (m *memoryLedger) marked(ctx context.Context, a Attempt) (bool, error) {
	return m.kept.marked(ctx, a)
}

func (m *memoryLedger) mark(context.Context, MarkOrderInput) error { return nil }
