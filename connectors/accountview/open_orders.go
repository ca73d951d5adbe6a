package accountview

import (
	"context"
	"slices"

	"github.com/koppel/koppel/internal/fault"
)

// listedOrders is of how many orders it is quicker to read the list of all open
// ones than to ask for each, in calls.
const listedOrders = 5

// OpenOrders gives those of the sales orders that stand among the open ones: what
// the books have delivered and invoiced has left them.
func (b *Books) OpenOrders(ctx context.Context, numbers []string) ([]string, error) {
	field := b.settings.OrderNumberField
	q := Query{Object: b.settings.OrdersObject, Table: b.settings.OrdersTable, Fields: distinct(b.settings.pageKey(b.settings.OrdersTable), field)}
	if len(numbers) == 0 {
		return nil, nil
	}
	queries := []Query{q}
	if len(numbers) <= listedOrders*b.settings.FiltersPerCall {
		queries = b.anyOf(q, field, numbers)
	}
	standing := map[string]bool{}
	for _, asked := range queries {
		rows, err := b.rows(ctx, asked)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(rows, func(r row) bool { return !r.has(field) }) {
			return nil, fault.New(fault.Misconfigured, codeColumnMissing, system+" "+q.op()+": "+field)
		}
		for _, r := range rows {
			standing[r.text(field)] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(numbers), func(number string) bool { return !standing[number] }), nil
}
