package activities

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
)

// DryRunPage is how many orders one DryRunOrders takes: few enough that a page is
// soon done again when its worker dies, which costs reads only.
const DryRunPage = 10

// DryRunOrdersInput asks for the next page of a dry run.
type DryRunOrdersInput struct {
	Ask
	Keys    []string                    // numbers of this page; none: what changed at the till
	Markers map[domain.SourceKind]int64 // where to read on; a kind that is not there: the flow's cursor
	Most    int                         // orders that may still be taken
	State   string                      // what the earlier pages made up
}

// DryRunOrdersResult says what the page would have done. The orders themselves
// are kept encrypted.
type DryRunOrdersResult struct {
	Results string // reference to a DryRunAnswer
	State   string
	Markers map[domain.SourceKind]int64
	More    bool
	Tally   Tally
	Under   Versions
}

// DryRunAnswer is what a person is shown of one page.
type DryRunAnswer struct {
	Versions
	Orders  []RehearsedOrder `json:"orders"`
	Unknown []string         `json:"unknown,omitempty"` // asked for, but the till does not know them
}

// DryRunOrders reads orders from the till, without moving the flow's cursor, and
// takes each through the steps of the flow with nothing written anywhere.
func (p *Previews) DryRunOrders(ctx context.Context, in DryRunOrdersInput) (DryRunOrdersResult, error) {
	var out DryRunOrdersResult
	err := p.dryRun(ctx, in, &out)
	return out, p.fail(ctx, in.Integration, err)
}

func (p *Previews) dryRun(ctx context.Context, in DryRunOrdersInput, out *DryRunOrdersResult) error {
	doc, under, err := p.asked(ctx, in.Ask)
	if err != nil {
		return err
	}
	out.Under = under
	inForce := under.InForce
	earlier, err := resume[rehearsalState](ctx, p.Desk, in.Integration, in.State)
	if err != nil {
		return err
	}
	arrived, err := p.read(ctx, in, doc, inForce, out)
	if err != nil {
		return err
	}
	beat(ctx, "read the till")
	run := p.rehearse(doc, inForce, earlier)
	against, err := p.lists(ctx, in.Integration, doc, inForce)
	if err != nil {
		return err
	}
	answer := DryRunAnswer{Versions: under, Orders: []RehearsedOrder{}, Unknown: unknownOf(in.Keys, arrived)}
	for _, one := range doc.withoutMarks(arrived) {
		o, err := run.order(ctx, in.Integration, arrivalOf(one))
		if err != nil {
			return err
		}
		if one.Fault == nil {
			if o, err = p.warned(ctx, in.Integration, doc, against, run.ledger, one.Order, o); err != nil {
				return err
			}
		}
		answer.Orders = append(answer.Orders, o)
		out.Tally.count(o)
	}
	for range answer.Unknown {
		out.Tally = out.Tally.Plus(Tally{{Entity: string(domain.EntityOrder), Outcome: "unknown", Records: 1}})
	}
	if out.Results, err = p.keep(ctx, in.Integration, answer); err != nil {
		return err
	}
	out.State, err = p.keep(ctx, in.Integration, run.state())
	return err
}

// read reads the page's sales from the till: of the first kind that has any.
func (p *Previews) read(ctx context.Context, in DryRunOrdersInput, doc *Document, inForce int, out *DryRunOrdersResult) ([]connectors.SourceOrder, error) {
	out.Markers = maps.Clone(in.Markers)
	if out.Markers == nil {
		out.Markers = map[domain.SourceKind]int64{}
	}
	for _, kind := range doc.sources() {
		source, err := p.Connections.OrderSource(ctx, in.Integration, inForce, kind)
		if err != nil {
			return nil, err
		}
		if len(in.Keys) > 0 {
			return source.OrdersByNumber(ctx, in.Keys)
		}
		marker, begun := in.Markers[kind]
		if !begun {
			if marker, err = p.cursor(ctx, sourcePages{integration: in.Integration, kind: kind, source: source}, doc); err != nil {
				return nil, err
			}
		}
		page, err := source.OrdersAfter(ctx, marker, min(DryRunPage, in.Most))
		if err != nil {
			return nil, err
		}
		out.Markers[kind] = max(page.Marker, marker)
		if out.More = len(page.Orders) > 0; out.More {
			return page.Orders, nil
		}
	}
	return nil, nil
}

// cursor is where the flow would go on reading. It is only looked at.
func (p *Previews) cursor(ctx context.Context, of sourcePages, doc *Document) (int64, error) {
	cursors, err := db.Q.CursorList(ctx, p.DB, of.integration)
	if err != nil {
		return 0, fmt.Errorf("read the cursor: %w", err)
	}
	if i := slices.IndexFunc(cursors, func(c store.CursorListRow) bool { return c.Flow == domain.OrdersCursor(of.kind) }); i >= 0 {
		return cursors[i].Marker, nil
	}
	return (&Orders{Desk: p.Desk}).firstMarker(ctx, of, doc)
}

// unknownOf lists the keys that the till did not answer for.
func unknownOf(keys []string, arrived []connectors.SourceOrder) []string {
	var unknown []string
	for _, key := range keys {
		if !slices.ContainsFunc(arrived, func(o connectors.SourceOrder) bool { return o.Order.Number == key || string(o.Order.ID) == key }) {
			unknown = append(unknown, key)
		}
	}
	return unknown
}
