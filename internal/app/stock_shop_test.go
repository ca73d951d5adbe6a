package app

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/testsuite"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/connectors/accountview"
	bookbox "github.com/koppel/koppel/connectors/accountview/sandbox"
	"github.com/koppel/koppel/connectors/mplus"
	tillbox "github.com/koppel/koppel/connectors/mplus/sandbox"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/testkit"
)

// stockShop is both sandboxes with the flow of stock between them.
type stockShop struct {
	connectors.CatalogDirectory
	bothSandboxes
	t    *testing.T
	pool *pgxpool.Pool
	desk *activities.Desk
	now  time.Time

	before     func(branch string)                                 // called just before stock is set
	looked     func()                                              // called just after the till was looked at
	read       func()                                              // called just after the books were read
	mapped     string                                              // a mapping section, in place of the default
	placed     string                                              // rows of the table of locations
	lies       func(connectors.StockRecord) connectors.StockRecord // what the books say instead
	referenced string                                              // the reference of the last time
	quiet      bool                                                // of a delta the books say that nothing changed
	gone       string                                              // an article that the books have no more
	fails      func() error                                        // how setting stock ends, though it is done
}

func (s *stockShop) StockSource(context.Context, string, int) (connectors.StockSource, error) {
	return watchedBooks{s.books, s}, nil
}

func (s *stockShop) ProductSource(context.Context, string, int) (connectors.ProductSource, error) {
	return s.books, nil
}

func (s *stockShop) StockSink(context.Context, string, int) (connectors.StockSink, error) {
	return watched{s.till, s}, nil
}

// watched lets a test do something at the moments that matter.
type watched struct {
	*mplus.Client
	shop *stockShop
}

type watchedBooks struct {
	*accountview.Books
	shop *stockShop
}

func (w watchedBooks) StockLevels(ctx context.Context, part connectors.Part) (connectors.Page[connectors.StockRecord], error) {
	if w.shop.quiet && !part.Since.IsZero() {
		return connectors.Page[connectors.StockRecord]{}, nil
	}
	page, err := w.Books.StockLevels(ctx, part)
	page.Records = slices.DeleteFunc(page.Records, func(r connectors.StockRecord) bool { return w.shop.gone != "" && r.SKU == w.shop.gone })
	for i := range page.Records {
		if w.shop.lies != nil {
			page.Records[i] = w.shop.lies(page.Records[i])
		}
	}
	if w.shop.read != nil {
		w.shop.read()
	}
	return page, err
}

func (w watched) SaveStock(ctx context.Context, branch, reference string, rows []connectors.StockRow) (connectors.StockSaved, error) {
	w.shop.referenced = reference
	if w.shop.before != nil {
		w.shop.before(branch)
	}
	saved, err := w.Client.SaveStock(ctx, branch, reference, rows)
	if w.shop.fails != nil {
		return connectors.StockSaved{}, w.shop.fails()
	}
	return saved, err
}

func (w watched) HeldStock(ctx context.Context, branch string, articles []string) ([]connectors.HeldStock, error) {
	held, err := w.Client.HeldStock(ctx, branch, articles)
	if w.shop.looked != nil {
		w.shop.looked()
	}
	return held, err
}

const stockFlow = "\nflows: {orders: {settle_time: 150ms, sources: [order, receipt]}, stock: {full_at: '', overlap: 0s, %s}}\n"

func openStockShop(t *testing.T, options tillbox.Options, flow string, change ...func(*accountview.Settings, *mplus.Settings)) *stockShop {
	t.Helper()
	s := &stockShop{t: t, pool: testkit.Database(t), now: time.Now()}
	options.Now = func() time.Time { return s.now }
	s.bothSandboxes = openBothSandboxes(t, bookbox.Options{TokenTTL: bookbox.Duration(24 * 365 * time.Hour)}, options)
	s.settle(flow)
	s.connect(t, demoDocument(t, ""), append([]func(*accountview.Settings, *mplus.Settings){func(books *accountview.Settings, till *mplus.Settings) {
		books.Articles.StockColumns, till.Employee = []string{"QTY_AVAIL", "QTY_RESERV"}, "999999"
	}}, change...)...)
	s.desk = catalogueDesk(t, s.pool, s)
	return s
}

func (s *stockShop) settle(flow string) {
	s.t.Helper()
	before, rest := aroundFlows()
	if !strings.Contains(flow, "branches:") {
		flow = "branches: [1], " + flow
	}
	if s.placed != "" {
		rest = strings.Replace(rest, "lookups:\n", "lookups:\n  stock_location: {keys: [key], unmapped: default, default: '', rows: ["+s.placed+"]}\n", 1)
	}
	_, err := db.Documents{DB: s.pool}.Put(s.t.Context(), "demo", []byte(before+fmt.Sprintf(stockFlow, flow)+s.mapped+rest), "test", "")
	require.NoError(s.t, err)
}

// carry runs the flow, and gives what it counted and how many pages it took.
func (s *stockShop) carry(in activities.CarryInput) (activities.CatalogCount, activities.CarryResult) {
	s.t.Helper()
	count, out, err := s.tryToCarry(in)
	require.NoError(s.t, err)
	return count, out
}

func (s *stockShop) tryToCarry(in activities.CarryInput) (count activities.CatalogCount, out activities.CarryResult, err error) {
	in.Integration = "demo"
	for {
		var suite testsuite.WorkflowTestSuite
		env := suite.NewTestActivityEnvironment()
		c := &activities.Catalog{Desk: s.desk}
		env.RegisterActivity(c.CarryStock)
		value, err := env.ExecuteActivity(c.CarryStock, in)
		if err != nil {
			return count, out, err
		}
		require.NoError(s.t, value.Get(&out))
		count = count.Plus(out.Count)
		if in.Place = out.Place; !out.More {
			return count, out, nil
		}
	}
}

// sell rings something up at the till, and gives the id of the document.
func (s *stockShop) sell(kind, lines string) string {
	s.t.Helper()
	var made struct {
		ID      string `json:"id"`
		OrderID string `json:"order_id"`
	}
	body := `{"lines":[` + lines + `]`
	if kind == "receipts" {
		body += `,"payments":[{"method":"PIN"}]`
	}
	call(s.t, s.tillURL+"/_sandbox/"+kind, http.MethodPost, body+"}", &made)
	return made.ID + made.OrderID
}

func (s *stockShop) deliver(order string) {
	call(s.t, s.tillURL+"/_sandbox/orders/"+order+"/states", http.MethodPut, `{"delivery":"complete"}`, nil)
}

func pieces(article string, n int) string {
	return fmt.Sprintf(`{"article":%s,"quantity":"%d"}`, article, n)
}

// held is what is free and reserved in branch 1.
func (s *stockShop) held(article string) [2]string {
	s.t.Helper()
	held, err := s.till.HeldStock(s.t.Context(), "1", []string{article})
	require.NoError(s.t, err)
	return [2]string{held[0].Free.String(), held[0].Reserved.String()}
}

// level is what the books have of an article.
func (s *stockShop) level(article string) domain.StockLevel {
	s.t.Helper()
	found, err := s.books.StockLevelsOf(s.t.Context(), []string{article})
	require.NoError(s.t, err)
	return found[0].Levels[0]
}

// book enters a sale in the books as the flow of orders does, and gives its number there.
func (s *stockShop) book(document, article string, n int) string {
	s.t.Helper()
	number := s.enter(article, n)
	s.linked(document, number, domain.TargetSalesOrder)
	return number
}

func (s *stockShop) enter(article string, n int) string {
	s.t.Helper()
	draft := domain.Draft{
		Entity: domain.EntityOrder, Key: "K" + article,
		Fields: []domain.Field{{Name: "RPL_INV", Value: domain.TextValue("10001")}, {Name: "COMMENT1", Value: domain.TextValue("test")}},
		Lines: []domain.Draft{{Entity: domain.EntityOrderLine, Key: "1", Fields: []domain.Field{
			{Name: "ART_CODE", Value: domain.TextValue(article)}, {Name: "ORD_QTY", Value: domain.NumberValue(decimal.NewFromInt(int64(n)))},
		}}},
	}
	ref, err := s.books.CreateOrder(s.t.Context(), draft)
	require.NoError(s.t, err)
	return ref.ID
}

// arrived puts a document in the inbox: open, until it is linked.
func (s *stockShop) arrived(document string, finished bool) {
	s.t.Helper()
	done := -1
	if finished {
		done = 7
	}
	_, err := s.pool.Exec(s.t.Context(), `insert into inbox (integration, entity, source_id, number, marker, content_hash, payload_month, payload_id, finished_marker)
		values ('demo', 'order', $1, '2026.1', 7, '', '2026-01-01', gen_random_uuid(), $2)
		on conflict (integration, entity, source_id) do update set finished_marker = excluded.finished_marker`, document, done)
	require.NoError(s.t, err)
}

func (s *stockShop) linked(document, number string, as domain.Target) {
	s.t.Helper()
	s.arrived(document, true)
	require.NoError(s.t, db.Q.LinkMade(s.t.Context(), s.pool, store.LinkMadeParams{
		Integration: "demo", Entity: "order", SourceID: document, TargetID: number, Marker: 7, Document: 1, Target: string(as),
	}))
}

// process delivers an order of the books.
func (s *stockShop) process(number string) {
	call(s.t, s.booksURL+"/_sandbox/history", http.MethodPost, `{"orders":["`+number+`"]}`, nil)
}

func (s *stockShop) row(article string) store.Catalog {
	s.t.Helper()
	rows, err := db.Q.CatalogGet(s.t.Context(), s.pool, store.CatalogGetParams{Integration: "demo", Entity: "stock", SourceIds: []string{article}})
	require.NoError(s.t, err)
	require.Len(s.t, rows, 1)
	return rows[0]
}

// calls counts what each side was asked since the last time.
func (s *stockShop) calls() (books, reads, writes int) {
	b, t := s.bookx.Calls().Report(), s.tillx.Calls().Report()
	s.bookx.Calls().Reset()
	s.tillx.Calls().Reset()
	return b.Reads, t.Reads, t.Writes
}

func call(t *testing.T, url, method, body string, out any) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	require.NoError(t, err)
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	require.Less(t, response.StatusCode, 300)
	if out != nil {
		require.NoError(t, json.NewDecoder(response.Body).Decode(out))
	}
}

// keep puts an order in the inbox with what it says, not yet booked.
func (s *stockShop) keep(order, article string, n int) {
	s.t.Helper()
	kept, err := json.Marshal(map[string]any{"Order": domain.Order{
		ID: domain.OrderID(order), Number: "2026.1", Branch: "1",
		Lines: []domain.OrderLine{{ID: "1", SKU: article, Quantity: decimal.NewFromInt(int64(n))}},
	}})
	require.NoError(s.t, err)
	to, err := s.desk.Payloads.Prepare(s.t.Context(), "demo", time.Now())
	require.NoError(s.t, err)
	require.NoError(s.t, pgx.BeginFunc(s.t.Context(), s.pool, func(tx pgx.Tx) error {
		if err := s.desk.Payloads.Put(s.t.Context(), tx, "demo", to, kept); err != nil {
			return err
		}
		_, err := db.Q.InboxPut(s.t.Context(), tx, store.InboxPutParams{
			Integration: "demo", Entity: "order", SourceID: order, Number: "2026.1", Marker: 7, PayloadMonth: to.Month, PayloadID: to.ID,
		})
		return err
	}))
}

const (
	waitLong  = 10 * time.Second
	waitShort = 50 * time.Millisecond
)
