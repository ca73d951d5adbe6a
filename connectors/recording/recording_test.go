package recording_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/connectors/recording"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// books are the real books: whoever writes to them fails the test.
type books struct {
	t         *testing.T
	versions  []int
	customers []connectors.CustomerRecord
	orders    []connectors.OrderRecord
	asked     []string // numbers that addresses and customers were asked for
	refuses   error
}

func (b *books) OrderMarker(context.Context, string, int) (connectors.OrderMarker, error) {
	return nil, errors.New("the till is not written to")
}

func (b *books) CashCounter(context.Context, string, int) (connectors.CashCounter, error) {
	return nil, errors.New("no drawer is counted here")
}

func (b *books) Calendar(context.Context, string, int) (connectors.Calendar, error) { return b, nil }

func (b *books) OpenFrom(_ context.Context, day domain.Date) (domain.Date, error) { return day, nil }

func (b *books) OrderSource(_ context.Context, _ string, version int, _ domain.SourceKind) (connectors.OrderSource, error) {
	b.versions = append(b.versions, version)
	return nil, nil
}

func (b *books) OrderSink(_ context.Context, _ string, version int, _ domain.Target) (connectors.OrderSink, error) {
	b.versions = append(b.versions, version)
	return b, nil
}

func (b *books) CustomerSink(context.Context, string, int) (connectors.CustomerSink, error) {
	return b, nil
}

func (b *books) AddressSink(context.Context, string, int) (connectors.AddressSink, error) {
	return b, nil
}

func (b *books) ProductIndex(context.Context, string, int) (connectors.ProductIndex, error) {
	return nil, nil
}

func (b *books) OrderSchema(context.Context) (domain.Schema, error) { return domain.Schema{}, nil }

func (b *books) CustomerSchema(context.Context) (domain.Schema, error) { return domain.Schema{}, nil }

func (b *books) AddressSchema(context.Context) (domain.Schema, error) { return domain.Schema{}, nil }

func (b *books) FindOrders(context.Context, string, connectors.History) ([]connectors.OrderRecord, error) {
	return b.orders, nil
}

func (b *books) FindCustomers(_ context.Context, by connectors.CustomerKey, value string) ([]connectors.CustomerRecord, error) {
	b.asked = append(b.asked, value)
	var found []connectors.CustomerRecord
	for _, c := range b.customers {
		if by == connectors.ByNumber && c.Number == value {
			found = append(found, c)
		}
	}
	return found, nil
}

func (b *books) Addresses(_ context.Context, number string) ([]connectors.AddressRecord, error) {
	b.asked = append(b.asked, number)
	return []connectors.AddressRecord{{Code: "1"}}, nil
}

func (b *books) CreateOrder(context.Context, domain.Draft) (connectors.OrderRecord, error) {
	return connectors.OrderRecord{}, b.written()
}

func (b *books) CreateCustomer(context.Context, domain.Draft) (connectors.CustomerRecord, error) {
	return connectors.CustomerRecord{}, b.written()
}

func (b *books) CreateAddress(context.Context, domain.Draft) (connectors.AddressRecord, error) {
	return connectors.AddressRecord{}, b.written()
}
func (b *books) UpdateCustomer(context.Context, string, domain.Draft) error { return b.written() }

func (b *books) written() error {
	b.t.Error("the real books were written to")
	return nil
}

func (b *books) OrdersWrittenSince(context.Context, time.Time) ([]connectors.OrderRecord, error) {
	return nil, nil
}

func (b *books) CustomersWrittenSince(context.Context, time.Time) ([]connectors.CustomerRecord, error) {
	return nil, nil
}

func (b *books) RehearseCreate(_ context.Context, d domain.Draft) (domain.Draft, error) {
	return d, b.refuses
}

func (b *books) RehearseUpdate(_ context.Context, d domain.Draft) (domain.Draft, error) {
	return d, b.refuses
}

func (b *books) CustomerField(by connectors.CustomerKey) (string, error) {
	return map[connectors.CustomerKey]string{connectors.ByEmail: "MAIL", connectors.ByExternalNumber: "EXT"}[by], nil
}

func draft(entity domain.Entity, fields ...string) domain.Draft {
	d := domain.Draft{Entity: entity}
	for i := 0; i < len(fields); i += 2 {
		d.Fields = append(d.Fields, domain.Field{Name: fields[i], Value: domain.TextValue(fields[i+1])})
	}
	return d
}

func TestCustomers_OneThatWouldBeMadeIsFoundByEveryKey(t *testing.T) {
	t.Parallel()
	real := &books{t: t}
	run := &recording.Directory{Systems: real, Version: 3}
	sink, err := run.CustomerSink(t.Context(), "shop", 0)
	require.NoError(t, err)
	made, err := sink.CreateCustomer(t.Context(), draft(domain.EntityCustomer, "MAIL", "jan@post.example", "EXT", "77"))
	require.NoError(t, err)
	require.True(t, recording.IsMadeUp(made.Number))
	require.LessOrEqual(t, len(made.Number), 10, "the fields that refer to a customer hold no more")
	require.Equal(t, "77", made.ExternalNumber)

	for by, value := range map[connectors.CustomerKey]string{
		connectors.ByNumber: made.Number, connectors.ByEmail: " JAN@post.example", connectors.ByExternalNumber: "77",
	} {
		found, err := sink.FindCustomers(t.Context(), by, value)
		require.NoError(t, err)
		require.Len(t, found, 1, by)
		require.Equal(t, made.Number, found[0].Number)
	}
	none, err := sink.FindCustomers(t.Context(), connectors.ByVATNumber, "")
	require.NoError(t, err)
	require.Empty(t, none, "a blank key finds nobody")
	require.NotContains(t, real.asked, made.Number, "the books cannot know a number that was made up")
}

func TestCustomers_AnUpdateIsRecordedWithBothValuesAndSeenAfterwards(t *testing.T) {
	t.Parallel()
	real := &books{t: t, customers: []connectors.CustomerRecord{{Number: "10001", Fields: draft("", "CITY", "Ede", "MAIL", "a@b.example").Fields}}}
	run := &recording.Directory{Systems: real}
	sink, err := run.CustomerSink(t.Context(), "shop", 0)
	require.NoError(t, err)
	require.NoError(t, sink.UpdateCustomer(t.Context(), "10001", draft(domain.EntityCustomer, "CITY", "Tiel")))
	require.NoError(t, sink.UpdateCustomer(t.Context(), "10001", draft(domain.EntityCustomer)))

	writes := run.Take()
	require.Len(t, writes, 1)
	require.Equal(t, recording.Update, writes[0].Action)
	require.Len(t, writes[0].Changes, 1)
	require.Equal(t, "Ede", writes[0].Changes[0].Before.Text)
	require.Equal(t, "Tiel", writes[0].Changes[0].After.Text)
	found, err := sink.FindCustomers(t.Context(), connectors.ByNumber, "10001")
	require.NoError(t, err)
	city, _ := domain.Draft{Fields: found[0].Fields}.Get("CITY")
	require.Equal(t, "Tiel", city.Text)
	require.Equal(t, "Ede", real.customers[0].Fields[0].Value.Text, "what the books gave is not touched")
	require.Empty(t, run.Take(), "each write is given once")
}

func TestOrders_AreFoundByTheirReferenceAndRefusedAsTheWriteWouldBe(t *testing.T) {
	t.Parallel()
	real := &books{t: t, refuses: fault.New(fault.Invalid, "field_rules", "")}
	run := &recording.Directory{Systems: real, Version: 3}
	sink, err := run.OrderSink(t.Context(), "shop", 9, domain.TargetSalesOrder)
	require.NoError(t, err)
	require.Equal(t, []int{3}, real.versions, "systems are opened under one version")
	_, err = sink.CreateOrder(t.Context(), draft(domain.EntityOrder, "REF", "MPLUS 2026.1"))
	require.ErrorIs(t, err, real.refuses)
	require.Empty(t, run.Take())

	real.refuses = nil
	made, err := sink.CreateOrder(t.Context(), draft(domain.EntityOrder, "REF", "MPLUS 2026.1"))
	require.NoError(t, err)
	found, err := sink.FindOrders(t.Context(), "mplus 2026.1", connectors.OpenOrdersOnly)
	require.NoError(t, err)
	require.Len(t, found, 1)
	require.Equal(t, made.ID, found[0].ID)
	found, err = sink.FindOrders(t.Context(), "MPLUS 2026.12", connectors.OpenOrdersOnly)
	require.NoError(t, err)
	require.Empty(t, found)
}

func TestAddresses_OfACustomerThatWouldBeMadeAreNotAskedFor(t *testing.T) {
	t.Parallel()
	real := &books{t: t}
	run := &recording.Directory{Systems: real}
	sink, err := run.AddressSink(t.Context(), "shop", 0)
	require.NoError(t, err)
	none, err := sink.Addresses(t.Context(), "NEW-1")
	require.NoError(t, err)
	require.Empty(t, none)
	some, err := sink.Addresses(t.Context(), "10001")
	require.NoError(t, err)
	require.Len(t, some, 1)
	made, err := sink.CreateAddress(t.Context(), draft(domain.EntityDeliveryAddress, "CITY", "Ede"))
	require.NoError(t, err)
	require.True(t, recording.IsMadeUp(made.Code))
	require.Len(t, run.Take(), 1)
}

func TestState_ALaterPartOfTheRunKnowsWhatWasMade(t *testing.T) {
	t.Parallel()
	first := &recording.Directory{Systems: &books{t: t}}
	customers, err := first.CustomerSink(t.Context(), "shop", 0)
	require.NoError(t, err)
	one, err := customers.CreateCustomer(t.Context(), draft(domain.EntityCustomer, "MAIL", "jan@post.example"))
	require.NoError(t, err)
	kept, err := json.Marshal(first.State())
	require.NoError(t, err)
	var state recording.State
	require.NoError(t, json.Unmarshal(kept, &state))

	later := &recording.Directory{Systems: &books{t: t}}
	later.Resume(state)
	customers, err = later.CustomerSink(t.Context(), "shop", 0)
	require.NoError(t, err)
	found, err := customers.FindCustomers(t.Context(), connectors.ByEmail, "jan@post.example")
	require.NoError(t, err)
	require.Equal(t, one.Number, found[0].Number)
	two, err := customers.CreateCustomer(t.Context(), draft(domain.EntityCustomer))
	require.NoError(t, err)
	require.NotEqual(t, one.Number, two.Number)
	require.Len(t, later.Take(), 1)
}
