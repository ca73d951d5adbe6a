package activities

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
)

// OutcomeWoke is what the timeline says of a parked order that goes on by itself.
const OutcomeWoke = "woke"

// WakeOrdersInput names the integration.
type WakeOrdersInput struct {
	Integration string
}

// WakeOrdersResult counts the orders that wait for something other than a person.
type WakeOrdersResult struct {
	Waiting  int // before
	Woken    int // told to go on
	Document int // version in force; 0: nothing waited, so nobody asked
}

// waitingOrder is a parked order and what it waits for.
type waitingOrder = store.ParkedListWaitingRow

// WakeOrders looks once for everything that the parked orders of an integration
// wait for, and tells those to go on for which all of it is there. Telling one
// twice does no harm. Where nothing waits it costs one query.
func (o *Orders) WakeOrders(ctx context.Context, in WakeOrdersInput) (WakeOrdersResult, error) {
	var out WakeOrdersResult
	err := o.wake(ctx, in.Integration, &out)
	return out, o.fail(ctx, in.Integration, err)
}

func (o *Orders) wake(ctx context.Context, integration string, out *WakeOrdersResult) error {
	waiting, err := db.Q.ParkedListWaiting(ctx, o.DB, store.ParkedListWaitingParams{Integration: integration, Entity: string(domain.EntityOrder)})
	if err != nil {
		return fmt.Errorf("list what waits: %w", err)
	}
	if out.Waiting = len(waiting); out.Waiting == 0 {
		return nil
	}
	doc, err := o.Documents.Current(ctx, integration)
	if err != nil {
		return err
	}
	out.Document = doc.Version
	came, err := o.cameOf(ctx, integration, doc, waiting)
	if err != nil {
		return err
	}
	for _, order := range waiting {
		if !came.all(order) {
			continue
		}
		if err := o.wakeOne(ctx, integration, doc.Version, order); err != nil {
			return err
		}
		out.Woken++
		beat(ctx, "woke an order")
	}
	return nil
}

// wakeOne tells an order to go on. It is told before that is noted: what is told
// twice does no harm, what is noted and not told would wait for ever.
func (o *Orders) wakeOne(ctx context.Context, integration string, document int, order waitingOrder) error {
	cause := wokenBy(order.WaitsFor)
	told := OrderToStart{Integration: integration, OrderID: order.SourceID, Number: order.Number, Marker: order.Marker}
	if err := o.Starter.WakeOrder(ctx, told, cause); err != nil {
		return fmt.Errorf("wake order %s: %w", order.Number, err)
	}
	a := Attempt{Integration: integration, OrderID: order.SourceID, Number: order.Number, Marker: order.Marker, Document: document}
	if err := db.Q.OutcomePut(ctx, o.DB, outcomeOf(ctx, a, OutcomeWoke, cause, "")); err != nil {
		return fmt.Errorf("note that an order woke: %w", err)
	}
	if err := db.Q.ParkedWoken(ctx, o.DB, store.ParkedWokenParams{ID: order.ID, ParkedAt: order.ParkedAt}); err != nil {
		return fmt.Errorf("note that an order was woken: %w", err)
	}
	return nil
}

// came is what there is by now of all that is waited for.
type came struct {
	doc     *Document
	missing []string // articles that the books still do not have
	booked  []string // ids of sales that stand in the books
}

// cameOf asks once for each thing, however many orders wait for it.
func (o *Orders) cameOf(ctx context.Context, integration string, doc *Document, waiting []waitingOrder) (came, error) {
	c := came{doc: doc}
	if skus := keysOf(domain.WaitProduct, waiting); len(skus) > 0 {
		index, err := o.Connections.ProductIndex(ctx, integration, doc.Version)
		if err != nil {
			return c, err
		}
		for some := range slices.Chunk(skus, askedAtOnce) {
			unknown, err := index.MissingProducts(ctx, some)
			if err != nil {
				return c, err
			}
			beat(ctx, "looked for products")
			c.missing = append(c.missing, unknown...)
		}
	}
	if ids := keysOf(domain.WaitCredited, waiting); len(ids) > 0 {
		var err error
		c.booked, err = db.Q.LinkListLinked(ctx, o.DB, store.LinkListLinkedParams{
			Integration: integration, Entity: string(domain.EntityOrder), SourceIds: ids,
		})
		if err != nil {
			return c, fmt.Errorf("look for the originals of credits: %w", err)
		}
	}
	return c, nil
}

// all reports whether everything is there that an order waits for. What depends
// on the document is looked at once for each version of it: an order that came
// back under this one is not tried under it again.
func (c came) all(order waitingOrder) bool {
	newer := c.doc.Version > int(order.Document)
	for _, text := range order.WaitsFor {
		key := domain.WaitKey(text)
		there := false
		switch key.Kind() {
		case domain.WaitProduct:
			there = !slices.ContainsFunc(c.missing, func(sku string) bool { return strings.EqualFold(sku, key.About()) })
		case domain.WaitCredited:
			there = slices.Contains(c.booked, key.About())
		case domain.WaitDocument:
			there = newer
		case domain.WaitRow:
			table, row, ok := key.Row()
			there = newer && (!ok || hasRow(c.doc.Lookups, table, row))
		}
		if !there {
			return false
		}
	}
	return true
}
