package activities_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/testkit"
)

// settle is how long the tests' books may still be working.
const settle = 150 * time.Millisecond

const document = `
integration: shop
accountview: {base_url: "http://127.0.0.1:1/api/v3", company_id: 7d3f1c52-90ab-4c6e-8f57-2b1e6a0d4c11, client_id: koppel-sandbox, timeout: 1s}
mplus: {base_url: "http://127.0.0.1:2"}
flows: {orders: {settle_time: 150ms, default_debtor: "10000"}}
lookups: {vat_code: {rows: [{key: "2", value: "1", percent: 21}]}}
`

// desk is a desk on a database of its own, with books in memory.
type desk struct {
	*activities.Desk
	t     *testing.T
	books *books
	pool  *pgxpool.Pool

	schedules *schedules
}

// schedules are those of Temporal, in memory.
type schedules struct {
	mu     sync.Mutex
	paused map[string]string // flow/integration to the note
	off    map[string]bool   // switched off by the document
	loads  bool              // an initial load is under way
}

func (s *schedules) Pause(_ context.Context, flow, integration, note string) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.off[flow+"/"+integration] {
		return false, nil
	}
	s.paused[flow+"/"+integration] = note
	return true, nil
}

func (s *schedules) Paused(_ context.Context, flow, integration string) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, paused := s.paused[flow+"/"+integration]
	return paused, nil
}

func (s *schedules) Loads(context.Context, string, string) (bool, error) { return s.loads, nil }

func (s *schedules) unpause(flow, integration string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.paused, flow+"/"+integration)
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	pool := testkit.Database(t)
	b := &books{counter: &connectors.CustomerRecord{Number: "10000"}}
	d := &desk{t: t, books: b, pool: pool, schedules: &schedules{paused: map[string]string{}}, Desk: &activities.Desk{
		Connections: b, DB: pool, Payloads: &db.Payloads{DB: pool, Box: testkit.Box(t)},
		Documents: &activities.Documents{Store: db.Documents{DB: pool}}, Now: time.Now, Listings: db.Listings{DB: pool, Box: testkit.Box(t)},
	}}
	d.apply(document)
	return d
}

// apply puts a document in force.
func (d *desk) apply(text string) {
	d.t.Helper()
	_, err := db.Documents{DB: d.pool}.Put(context.Background(), "shop", []byte(text), "test", "")
	require.NoError(d.t, err)
}

// run runs one try of an activity, as a worker would.
func run[Out any](d *desk, activity, in any) (Out, error) {
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestActivityEnvironment()
	env.RegisterActivity(activity)
	var out Out
	value, err := env.ExecuteActivity(activity, in)
	if err == nil && value.HasValue() {
		err = value.Get(&out)
	}
	return out, err
}

func (d *desk) orders() *activities.Orders { return &activities.Orders{Desk: d.Desk} }

// arrive lets the till tell of this version of an order.
func (d *desk) arrive(order domain.Order) {
	d.t.Helper()
	d.books.mu.Lock()
	d.books.pages = append(d.books.pages, connectors.OrderPage{Orders: []connectors.SourceOrder{{Order: order}}, Marker: order.Version.Marker})
	d.books.mu.Unlock()
	out, err := run[activities.PullOrdersResult](d, d.orders().PullOrders, activities.PullOrdersInput{Integration: "shop"})
	require.NoError(d.t, err)
	require.Equal(d.t, 1, out.Stored)
}

func sale(number string, marker int64) domain.Order {
	incl, excl, vat := decimal.RequireFromString("12.10"), decimal.RequireFromString("10.00"), decimal.RequireFromString("2.10")
	return domain.Order{
		ID: domain.OrderID("id-" + number), Number: number, Version: domain.OrderVersion{Marker: marker},
		Date: domain.Date{Year: 2026, Month: 11, Day: 24}, VATMethod: domain.VATInclusive,
		Customer: domain.Customer{ID: "77", Name: "Jansen", Email: "jansen@example.nl"},
		Lines: []domain.OrderLine{{
			ID: "1", SKU: "1001", Quantity: decimal.NewFromInt(1), UnitPriceIncl: incl, UnitPriceExcl: excl,
			TotalIncl: incl, TotalExcl: excl, VATCode: "2", VATPercent: decimal.NewFromInt(21),
		}},
		VATGroups: []domain.VATGroup{{Code: "2", Percent: decimal.NewFromInt(21), Excl: excl, VAT: vat}},
		TotalIncl: incl, TotalExcl: excl,
	}
}

func attempt(number string, marker int64) activities.Attempt {
	return activities.Attempt{Integration: "shop", OrderID: "id-" + number, Number: number, Marker: marker, Document: 1}
}

func (d *desk) check(a activities.Attempt) (activities.CheckOrderExistsResult, error) {
	return run[activities.CheckOrderExistsResult](d, d.orders().CheckOrderExists, a)
}

func (d *desk) confirm(a activities.Attempt) (activities.ConfirmOrderResult, error) {
	return run[activities.ConfirmOrderResult](d, d.orders().ConfirmOrder, activities.ConfirmOrderInput{Attempt: a, CustomerNumber: "20001"})
}

// failure reads what Temporal was told.
func failure(t *testing.T, err error) (*temporal.ApplicationError, activities.Failure) {
	t.Helper()
	var app *temporal.ApplicationError
	require.ErrorAs(t, err, &app)
	var f activities.Failure
	require.NoError(t, app.Details(&f))
	require.False(t, strings.Contains(err.Error(), "Jansen"))
	return app, f
}

// write makes the next writes end so.
func (b *books) write(kind fault.Kind, effect bool) {
	b.fails = func(op string) (error, bool) {
		if op != "write" {
			return nil, true
		}
		return fault.New(kind, "told_to", "write").WithDetail("Jansen"), effect
	}
}
