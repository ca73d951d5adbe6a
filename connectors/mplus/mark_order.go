package mplus

import (
	"context"
	"slices"
	"strings"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

var _ connectors.OrderMarker = (*Client)(nil)

// MarkOrder reads the order and sends it back whole, with nothing changed but what
// the mark says: updateOrder takes an order, and nobody says what becomes of elements
// that are left out. The counters go along as they were read, so an order that changed
// meanwhile is refused and not overwritten. An order keeps its employee; the mark's
// signs where it has none.
func (c *Client) MarkOrder(ctx context.Context, id domain.OrderID, mark connectors.Mark) error {
	sent, err := c.sentOrder(ctx, opGetOrder, getOrder{OrderID: string(id)})
	if err != nil {
		return err
	}
	if isMarked(sent.wire, mark) {
		return nil
	}
	order, err := elementFrom(sent.raw)
	if err != nil {
		return unclear(opGetOrder, "answer_not_understood").Because(err)
	}
	order.inside = slices.DeleteFunc(order.inside, func(e elementOut) bool { return slices.Contains(notSentBack, e.name) })
	if mark.Category != "" {
		order.set("orderCategoryNumber", mark.Category)
	}
	if text := markedReference(sent.wire.Reference, mark); text != trimmed(sent.wire.Reference) {
		order.set("reference", text)
	}
	if (&reading{}).number("employeeNumber", sent.wire.EmployeeNumber) == "" && mark.Employee != "" {
		order.set("employeeNumber", mark.Employee)
	}
	var answer updateOrderResponse
	if err := c.ask(ctx, opUpdateOrder, updateOrder{order}, &answer); err != nil {
		return err
	}
	return c.saved(answer)
}

func (c *Client) saved(answer updateOrderResponse) error {
	err := faultFromResult(opUpdateOrder, string(answer.Result), answer.ErrorMessage)
	if f, ok := fault.As(err); ok {
		return c.withoutCredentials(f)
	}
	return err
}

// isMarked reports whether the order bears the whole mark already.
func isMarked(w wireSale, mark connectors.Mark) bool {
	category := (&reading{}).number("orderCategoryNumber", w.OrderCategoryNumber)
	return (mark.Category == "" || category == mark.Category) && markedReference(w.Reference, mark) == trimmed(w.Reference)
}

// markedReference adds the mark to the reference of the seller, once.
func markedReference(reference string, mark connectors.Mark) string {
	reference = trimmed(reference)
	if mark.Reference == "" || strings.HasSuffix(reference, trimmed(mark.Reference)) {
		return reference
	}
	return trimmed(reference + mark.Reference)
}

// set gives an element of the order this text, in its place by the schema.
func (e *elementOut) set(name, text string) {
	for i := range e.inside {
		if e.inside[i].name == name {
			e.inside[i] = elementOut{name: name, text: text}
			return
		}
	}
	at := slices.IndexFunc(e.inside, func(other elementOut) bool {
		return slices.Index(orderElements, other.name) > slices.Index(orderElements, name)
	})
	if at < 0 {
		at = len(e.inside)
	}
	e.inside = slices.Insert(e.inside, at, elementOut{name: name, text: text})
}
