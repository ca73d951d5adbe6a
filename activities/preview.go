package activities

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
)

// MostPreviewed is how many records one preview shows.
const MostPreviewed = 20

// PreviewOrdersInput names the orders to look at: by number, or those that
// arrived last.
type PreviewOrdersInput struct {
	Ask
	Keys []string
	Last int
}

// PreviewOrdersResult says how many there were. The orders themselves are kept
// encrypted.
type PreviewOrdersResult struct {
	Results string // reference to a PreviewAnswer
	Tally   Tally
	Under   Versions
}

// PreviewAnswer is what a person is shown.
type PreviewAnswer struct {
	Versions
	Orders  []PreviewedOrder `json:"orders"`
	Unknown []string         `json:"unknown,omitempty"` // neither arrived nor known to the till
}

// PreviewedOrder is one order in every form it takes on its way.
type PreviewedOrder struct {
	From      string            `json:"from"`   // inbox: as it arrived; till: read just now
	Source    string            `json:"source"` // as the till sent it
	Canonical domain.Order      `json:"canonical"`
	Records   []PreviewedRecord `json:"records"` // what it becomes in the books
	VAT       *PreviewedVAT     `json:"vat,omitempty"`
	Flow      RehearsedOrder    `json:"flow"` // what the flow would do with it
}

// PreviewedVAT is whether the books would agree with the till to the cent.
type PreviewedVAT struct {
	Proved      bool     `json:"proved"`
	Differences []string `json:"differences,omitempty"`
}

// PreviewOrders shows orders in every form: as the till sent them, as we read
// them, and as the books would get them, with where each field comes from.
func (p *Previews) PreviewOrders(ctx context.Context, in PreviewOrdersInput) (PreviewOrdersResult, error) {
	var out PreviewOrdersResult
	err := p.preview(ctx, in, &out)
	return out, p.fail(ctx, in.Integration, err)
}

func (p *Previews) preview(ctx context.Context, in PreviewOrdersInput, out *PreviewOrdersResult) error {
	doc, under, err := p.asked(ctx, in.Ask)
	if err != nil {
		return err
	}
	out.Under = under
	inForce := under.InForce
	arrived, unknown, err := p.previewed(ctx, in, doc, inForce)
	if err != nil {
		return err
	}
	beat(ctx, "read the orders")
	schemas, err := p.schemas(ctx, in.Integration, inForce, doc)
	if err != nil {
		return err
	}
	lacking, err := p.unknownValues(ctx, in.Integration, doc)
	if err != nil {
		return err
	}
	answer := PreviewAnswer{Versions: under, Orders: []PreviewedOrder{}, Unknown: unknown}
	for _, one := range arrived {
		// Each order by itself: what the flow would do with it now, not after the others.
		run := p.rehearse(doc, inForce, rehearsalState{})
		flow, err := run.order(ctx, in.Integration, one.arrival)
		if err != nil {
			return err
		}
		shown := PreviewedOrder{From: one.from, Source: pretty(one.Raw), Canonical: one.Order, Flow: flow}
		if one.Fault == "" {
			if err := p.explain(ctx, in.Integration, doc, schemas, run.ledger, &shown); err != nil {
				return err
			}
			shown.warn(lacking)
		}
		answer.Orders = append(answer.Orders, shown)
		out.Tally.count(flow)
	}
	out.Results, err = p.keep(ctx, in.Integration, answer)
	return err
}

// previewedArrival is an order to preview, and where it was found.
type previewedArrival struct {
	arrival
	from string
}

// previewed finds the orders to look at: in the inbox, and what is not there (any
// more) at the till.
func (p *Previews) previewed(ctx context.Context, in PreviewOrdersInput, doc *Document, inForce int) (found []previewedArrival, unknown []string, err error) {
	rows, err := p.inboxRows(ctx, in)
	if err != nil {
		return nil, nil, err
	}
	seen := map[string]bool{}
	missing := map[string]bool{}
	for _, row := range rows {
		kept, err := p.open(ctx, row)
		if f, ok := fault.As(err); ok && f.Code == "payload_gone" {
			missing[row.Number] = true
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		seen[row.Number] = true
		found = append(found, previewedArrival{kept, "inbox"})
	}
	for _, number := range in.Keys {
		missing[number] = !seen[number]
	}
	var ask []string
	for _, number := range slices.Sorted(maps.Keys(missing)) {
		if missing[number] && !seen[number] {
			ask = append(ask, number)
		}
	}
	if len(ask) == 0 {
		return found, nil, nil
	}
	source, err := p.Connections.OrderSource(ctx, in.Integration, inForce, domain.SourceOrder)
	if err != nil {
		return nil, nil, err
	}
	read, err := source.OrdersByNumber(ctx, ask)
	if err != nil {
		return nil, nil, err
	}
	for _, one := range doc.withoutMarks(read) {
		found = append(found, previewedArrival{arrivalOf(one), "till"})
	}
	return found, unknownOf(ask, read), nil
}

func (p *Previews) inboxRows(ctx context.Context, in PreviewOrdersInput) ([]store.Inbox, error) {
	var rows []store.Inbox
	var err error
	if len(in.Keys) > 0 {
		rows, err = db.Q.InboxListNumbered(ctx, p.DB, store.InboxListNumberedParams{
			Integration: in.Integration, Entity: string(domain.EntityOrder), Numbers: in.Keys[:min(len(in.Keys), MostPreviewed)],
		})
	} else {
		rows, err = db.Q.InboxListLast(ctx, p.DB, store.InboxListLastParams{
			Integration: in.Integration, Entity: string(domain.EntityOrder), Most: int32(min(max(in.Last, 1), MostPreviewed)),
		})
	}
	if err != nil {
		return nil, fmt.Errorf("read the inbox: %w", err)
	}
	return rows, nil
}

// proveVAT compares what the books would charge with the till's own groups.
func proveVAT(order domain.Order, booked []reconcile.BookedLine) *PreviewedVAT {
	proof := &PreviewedVAT{Proved: true}
	for _, d := range reconcile.VATProof(order, booked) {
		proof.Proved = false
		proof.Differences = append(proof.Differences, wordDifferences([]reconcile.Difference{d}))
	}
	return proof
}
