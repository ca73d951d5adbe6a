package accountview

import (
	"context"
	"strings"
	"time"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

func (b *Books) orderTarget() target {
	s := b.settings
	return target{
		object: s.OrdersObject, table: s.OrdersTable, lineTable: s.OrderLinesTable, lineEntity: domain.EntityOrderLine, key: s.OrderNumberField,
	}
}

// OrderSchema describes what a sales order and its lines may hold.
func (b *Books) OrderSchema(ctx context.Context) (domain.Schema, error) {
	return b.documentSchema(ctx, domain.EntityOrder, b.orderTarget())
}

// documentSchema describes a record that has lines.
func (b *Books) documentSchema(ctx context.Context, entity domain.Entity, t target) (domain.Schema, error) {
	header, err := b.dictionary.of(ctx, t.table)
	if err != nil {
		return domain.Schema{}, err
	}
	lines, err := b.dictionary.of(ctx, t.lineTable)
	if err != nil {
		return domain.Schema{}, err
	}
	schema := header.schema(entity, t.key)
	lineSchema := lines.schema(t.lineEntity, "")
	schema.Lines = &lineSchema
	return b.settings.storing(schema), nil
}

// FindOrders looks orders up by our reference. An order in the history comes
// once, however many lines it has there.
func (b *Books) FindOrders(ctx context.Context, reference string, history connectors.History) ([]connectors.OrderRecord, error) {
	if strings.TrimSpace(reference) == "" {
		return nil, fault.New(fault.Invalid, codeReferenceRequired, system+" GET "+b.settings.OrdersObject)
	}
	found := orderList{}
	rows, err := b.find(ctx, b.openOrders(), b.settings.OrderRefField, reference)
	if err != nil {
		return nil, about(err, reference)
	}
	for _, r := range rows {
		found.add(b.settings.orderFromSalesOrder(r))
	}
	if b.settings.OrderLineBatch > 0 {
		parts, err := b.unfinished(ctx, reference)
		if err != nil {
			return nil, about(err, reference)
		}
		for _, part := range parts {
			found.add(part)
		}
	}
	if history != connectors.WithHistory {
		return found.orders, nil
	}
	rows, err = b.find(ctx, b.processedOrders(), b.settings.HistoryRefField, reference)
	if err != nil {
		return nil, about(err, reference)
	}
	for _, r := range rows {
		found.add(b.settings.orderFromHistory(r))
	}
	return found.orders, nil
}

func (b *Books) openOrders() Query {
	s := b.settings
	return Query{Object: s.OrdersObject, Table: s.OrdersTable, Fields: distinct(s.pageKey(s.OrdersTable), s.OrderNumberField, s.OrderRefField)}
}

func (b *Books) processedOrders() Query {
	s := b.settings
	return Query{Object: s.HistoryObject, Table: s.HistoryTable, Fields: distinct(s.pageKey(s.HistoryTable), s.HistoryNumberField, s.HistoryRefField)}
}

// CreateOrder writes a sales order with all its lines, in one call unless the
// settings say how many one may hold.
func (b *Books) CreateOrder(ctx context.Context, draft domain.Draft) (connectors.OrderRecord, error) {
	ready, reference, err := b.readyOrder(ctx, draft)
	if err != nil {
		return connectors.OrderRecord{}, err
	}
	write := b.createWhole
	if b.settings.OrderLineBatch > 0 {
		write = b.createInParts
	}
	made, err := write(ctx, ready, reference)
	return made, about(err, draft.Key)
}

func (b *Books) createWhole(ctx context.Context, ready fitted, reference string) (connectors.OrderRecord, error) {
	stored, err := b.create(ctx, ready.target.newRecord(ready.draft, b.bookDate()), ready.target.key)
	if err != nil {
		return connectors.OrderRecord{}, err
	}
	return connectors.OrderRecord{ID: stored.text(ready.target.key), Reference: reference}, nil
}

// readyOrder makes an order ready to be sent, or says why it would not be.
func (b *Books) readyOrder(ctx context.Context, draft domain.Draft) (ready fitted, reference string, err error) {
	t := b.orderTarget()
	op := system + " POST " + t.object
	if ready, err = b.fitNew(ctx, t, draft); err != nil {
		return fitted{}, "", err
	}
	if reference = textOf(ready.draft, b.settings.OrderRefField); reference == "" {
		return fitted{}, "", fault.New(fault.Invalid, codeReferenceRequired, op).About(draft.Key)
	}
	return ready, reference, nil
}

// OrdersWrittenSince lists open orders changed since then.
func (b *Books) OrdersWrittenSince(ctx context.Context, since time.Time) ([]connectors.OrderRecord, error) {
	q := b.openOrders()
	q.Filters = []Filter{b.changedSince(since)}
	rows, err := b.rows(ctx, q)
	if err != nil {
		return nil, err
	}
	found := orderList{}
	for _, r := range rows {
		found.add(b.settings.orderFromSalesOrder(r))
	}
	return found.orders, nil
}

func (b *Books) changedSince(since time.Time) Filter {
	return Filter{Field: fieldChangedAt, Operator: b.settings.OnOrAfterOperator, Type: FilterMoment, Value: sinceLiteral(since, b.zone)}
}

// orderList collects orders, each number once.
type orderList struct {
	orders []connectors.OrderRecord
	seen   map[string]bool
}

func (l *orderList) add(o connectors.OrderRecord) {
	if l.seen == nil {
		l.seen = map[string]bool{}
	}
	if !l.seen[o.ID] {
		l.seen[o.ID] = true
		l.orders = append(l.orders, o)
	}
}

// distinct drops repeated column names.
func distinct(names ...string) []string {
	var once []string
	seen := map[string]bool{}
	for _, n := range names {
		if !seen[strings.ToUpper(n)] {
			seen[strings.ToUpper(n)] = true
			once = append(once, n)
		}
	}
	return once
}
