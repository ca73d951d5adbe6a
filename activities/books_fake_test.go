package activities_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// books are books in memory that can be told to fail. They plug into every role
// of the far side, the till's too.
type books struct {
	mu        sync.Mutex
	calls     int // of any kind
	writes    int // orders and debtors asked for
	orders    []connectors.OrderRecord
	invoices  []connectors.OrderRecord
	targets   []domain.Target           // that were asked for
	drafts    []domain.Draft            // of orders and invoices
	held      map[string]domain.Draft   // what an order holds, by its number
	allows    connectors.AllowedChanges // of an order that stands there
	half      bool                      // a write that gives no answer leaves a part of the order
	moved     map[string]bool           // orders that are history: nothing of them can be changed
	customers []connectors.CustomerRecord
	addresses []connectors.AddressRecord
	missing   []string
	counter   *connectors.CustomerRecord // the default debtor; nil: there is none
	looks     []string                   // "key=value" of each look-up of a customer
	pages     []connectors.OrderPage
	marker    int64
	versions  []int // of the document, for each time a system was opened
	counts    []domain.CashCount
	limits    []int                // asked for, of each page
	histories []connectors.History // where orders were looked for

	fails func(op string) (err error, effect bool) // effect: the work is done all the same
}

func (b *books) call(op string) (error, bool) { //nolint:revive // the error says how the call ends, the bool what it did
	b.calls++
	if b.fails == nil {
		return nil, true
	}
	return b.fails(op)
}

// open notes under which version of the document a system was opened.
func (b *books) open(version int) *books {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.versions = append(b.versions, version)
	return b
}

func (b *books) OrderSource(_ context.Context, _ string, version int, _ domain.SourceKind) (connectors.OrderSource, error) {
	return b.open(version), nil
}

func (b *books) OrderSink(_ context.Context, _ string, version int, as domain.Target) (connectors.OrderSink, error) {
	b.mu.Lock()
	b.targets = append(b.targets, as)
	b.mu.Unlock()
	if as == domain.TargetJournal {
		return invoices{b.open(version)}, nil
	}
	return b.open(version), nil
}

func (b *books) OrderMarker(_ context.Context, _ string, version int) (connectors.OrderMarker, error) {
	return b.open(version), nil
}

func (b *books) MarkOrder(context.Context, domain.OrderID, connectors.Mark) error { return nil }

func (b *books) CashCounter(_ context.Context, _ string, version int) (connectors.CashCounter, error) {
	return b.open(version), nil
}

func (b *books) CashCounts(context.Context, domain.Date) ([]domain.CashCount, error) {
	return b.counts, nil
}

func (b *books) Calendar(_ context.Context, _ string, version int) (connectors.Calendar, error) {
	return b.open(version), nil
}

func (b *books) OpenFrom(_ context.Context, day domain.Date) (domain.Date, error) { return day, nil }

func (b *books) CustomerSink(_ context.Context, _ string, version int) (connectors.CustomerSink, error) {
	return b.open(version), nil
}

func (b *books) AddressSink(_ context.Context, _ string, version int) (connectors.AddressSink, error) {
	return b.open(version), nil
}

func (b *books) AddressSchema(context.Context) (domain.Schema, error) {
	return domain.Schema{Entity: domain.EntityDeliveryAddress}, nil
}

func (b *books) Addresses(context.Context, string) ([]connectors.AddressRecord, error) {
	return b.addresses, nil
}

func (b *books) CreateAddress(context.Context, domain.Draft) (connectors.AddressRecord, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.writes++
	err, _ := b.call("write")
	return connectors.AddressRecord{Code: "A1"}, err
}

func (b *books) ProductIndex(_ context.Context, _ string, version int) (connectors.ProductIndex, error) {
	return b.open(version), nil
}

func (b *books) OrdersAfter(_ context.Context, marker int64, limit int) (connectors.OrderPage, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.limits = append(b.limits, limit)
	if err, _ := b.call("read"); err != nil {
		return connectors.OrderPage{}, err
	}
	for _, page := range b.pages {
		if page.Marker > marker {
			return page, nil
		}
	}
	return connectors.OrderPage{Marker: marker}, nil
}

func (b *books) TakesOrder(context.Context, domain.OrderID) (bool, error) { return false, nil }

func (b *books) OrdersByNumber(_ context.Context, numbers []string) ([]connectors.SourceOrder, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err, _ := b.call("read"); err != nil {
		return nil, err
	}
	var found []connectors.SourceOrder
	for _, page := range b.pages {
		for _, order := range page.Orders {
			if slices.Contains(numbers, order.Order.Number) {
				found = append(found, order)
			}
		}
	}
	return found, nil
}

func (b *books) CurrentMarker(context.Context) (int64, error) { return b.marker, nil }

func (b *books) OrderSchema(context.Context) (domain.Schema, error) {
	fields := []domain.FieldSpec{{Name: "RPL_INV", Kind: domain.KindText}}
	for _, name := range []string{"COMMENT1", "DEL_CODE", "SHIP_MTH", "EMP_NR"} {
		fields = append(fields, domain.FieldSpec{Name: name, Kind: domain.KindText, Updatable: true})
	}
	for _, name := range []string{"ORD_DATE", "DEL_DATE"} {
		fields = append(fields, domain.FieldSpec{Name: name, Kind: domain.KindDate, Updatable: true})
	}
	return domain.Schema{Entity: domain.EntityOrder, Fields: fields}, nil
}

func (b *books) FindOrders(_ context.Context, reference string, history connectors.History) ([]connectors.OrderRecord, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.histories = append(b.histories, history)
	if err, _ := b.call("find"); err != nil {
		return nil, err
	}
	var found []connectors.OrderRecord
	for _, order := range b.orders {
		if order.Reference == reference {
			found = append(found, order)
		}
	}
	return found, nil
}

func (b *books) CreateOrder(_ context.Context, draft domain.Draft) (connectors.OrderRecord, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.writes++
	b.drafts = append(b.drafts, draft)
	reference, _ := draft.Get("COMMENT1")
	record := connectors.OrderRecord{ID: fmt.Sprint(50000 + b.writes), Reference: reference.Text}
	err, effect := b.call("write")
	part := slices.IndexFunc(b.orders, func(o connectors.OrderRecord) bool { return o.Unfinished && o.Reference == record.Reference })
	switch {
	case effect && part >= 0: // what stands there in part is completed
		record.ID = b.orders[part].ID
		b.orders[part].Unfinished = err != nil && b.half
		b.put(record.ID, draft)
	case effect:
		stands := record
		stands.Unfinished = err != nil && b.half
		b.orders = append(b.orders, stands)
		b.put(record.ID, draft)
	}
	return record, err
}

func (b *books) put(id string, draft domain.Draft) {
	if b.held == nil {
		b.held = map[string]domain.Draft{}
	}
	b.held[id] = draft
}

func (b *books) ChangesAllowed(context.Context) (connectors.AllowedChanges, error) {
	return b.allows, nil
}

func (b *books) UpdateOrder(_ context.Context, id string, draft domain.Draft) error {
	return b.change(id, func(held *domain.Draft) {
		for _, f := range draft.Fields {
			held.Fields = slices.DeleteFunc(slices.Clone(held.Fields), func(h domain.Field) bool { return h.Name == f.Name })
			held.Fields = append(held.Fields, f)
		}
	})
}

func (b *books) ReplaceLines(_ context.Context, id string, draft domain.Draft) error {
	return b.change(id, func(held *domain.Draft) { held.Lines = draft.Lines })
}

func (b *books) change(id string, do func(*domain.Draft)) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.writes++
	if b.moved[id] {
		return fault.New(fault.NotFound, "books_refused", "write")
	}
	err, effect := b.call("write")
	if effect {
		held := b.held[id]
		do(&held)
		b.held[id] = held
	}
	return err
}

func (b *books) OrdersWrittenSince(context.Context, time.Time) ([]connectors.OrderRecord, error) {
	return b.orders, nil
}

func (b *books) CustomerSchema(context.Context) (domain.Schema, error) {
	return domain.Schema{Entity: domain.EntityCustomer, Fields: []domain.FieldSpec{
		{Name: "MAIL_BUS", Kind: domain.KindText, Updatable: true}, {Name: "CITY", Kind: domain.KindText, Updatable: true},
	}}, nil
}

func (b *books) FindCustomers(_ context.Context, by connectors.CustomerKey, value string) ([]connectors.CustomerRecord, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err, _ := b.call("find"); err != nil {
		return nil, err
	}
	b.looks = append(b.looks, string(by)+"="+value)
	var found []connectors.CustomerRecord
	if b.counter != nil && by == connectors.ByNumber && value == b.counter.Number {
		found = append(found, *b.counter)
	}
	for _, c := range b.customers {
		held := map[connectors.CustomerKey]string{connectors.ByNumber: c.Number, connectors.ByExternalNumber: c.ExternalNumber}[by]
		if by == connectors.ByEmail {
			email, _ := domain.Draft{Fields: c.Fields}.Get("MAIL_BUS")
			held = email.Text
		}
		if held != "" && strings.EqualFold(held, value) {
			found = append(found, c)
		}
	}
	return found, nil
}

func (b *books) CreateCustomer(_ context.Context, draft domain.Draft) (connectors.CustomerRecord, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.writes++
	external, _ := draft.Get("DEB_NR")
	record := connectors.CustomerRecord{Number: fmt.Sprint(20000 + b.writes), ExternalNumber: external.Text, Fields: draft.Fields}
	err, effect := b.call("write")
	if effect {
		b.customers = append(b.customers, record)
	}
	return record, err
}

func (b *books) UpdateCustomer(_ context.Context, number string, draft domain.Draft) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.writes++
	err, effect := b.call("write")
	for i := range b.customers {
		if effect && b.customers[i].Number == number {
			for _, f := range draft.Fields {
				setField(&b.customers[i], f.Name, f.Value.Text)
			}
		}
	}
	return err
}

func (b *books) CustomersWrittenSince(context.Context, time.Time) ([]connectors.CustomerRecord, error) {
	return b.customers, nil
}

func (b *books) MissingProducts(context.Context, []string) ([]string, error) { return b.missing, nil }

// types changes a record at the books' own screen.
func (b *books) types(number, field, text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := range b.customers {
		if b.customers[i].Number == number {
			setField(&b.customers[i], field, text)
		}
	}
}

func (b *books) holds(number, field string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.customers {
		for _, f := range c.Fields {
			if c.Number == number && f.Name == field {
				return f.Value.Text
			}
		}
	}
	return ""
}

func setField(c *connectors.CustomerRecord, field, text string) {
	c.Fields = slices.Clone(c.Fields)
	for i := range c.Fields {
		if c.Fields[i].Name == field {
			c.Fields[i].Value = domain.TextValue(text)
			return
		}
	}
	c.Fields = append(c.Fields, domain.Field{Name: field, Value: domain.TextValue(text)})
}
