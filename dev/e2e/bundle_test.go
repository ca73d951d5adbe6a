package e2e

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/dev/stack"
	"github.com/koppel/koppel/internal/testkit"
	"github.com/koppel/koppel/settings"
)

// places bounds how many stacks run at the same time, whatever -parallel says:
// each is a Temporal server of its own.
var places = make(chan struct{}, 2)

// bundle is a whole stack of one test, and the hands and eyes of the people in it.
type bundle struct {
	*stack.Stack
	t     *testing.T
	till  shop
	books shop
	line  *line // between the worker and the books
}

// setup starts a stack of the test's own. Ticks come every second, and the books
// are reached over a line that the test can cut.
func setup(t *testing.T, options ...func(*stack.Options)) *bundle {
	t.Helper()
	t.Parallel()
	places <- struct{}{}
	t.Cleanup(func() { <-places })
	b := &bundle{t: t, line: newLine(t)}
	o := stack.Options{
		Home: t.TempDir(), DatabaseURL: testkit.DatabaseURL(t), Log: slog.New(slog.DiscardHandler),
		WithoutUI: true, WithoutServer: true, Disposable: true,
	}
	for _, option := range options {
		option(&o)
	}
	o.Document = b.document(o.Document)
	s, err := stack.Start(t.Context(), o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Stop()) })
	b.Stack, b.till, b.books = s, shop{t, s.Sandboxes.TillURL}, shop{t, s.Sandboxes.BooksURL}
	return b
}

// document makes the demo document impatient and puts the line before the books;
// adapt has the last word.
func (b *bundle) document(adapt func(*settings.Document)) func(*settings.Document) {
	return func(d *settings.Document) {
		d.AccountView.BaseURL = b.line.to(d.AccountView.BaseURL)
		d.AccountView.Timeout, d.Mplus.Timeout = settings.Duration(2*time.Second), settings.Duration(2*time.Second)
		d.AccountView.Limits.InFlight, d.Mplus.Limits.InFlight = 16, 8
		orders := &d.Flows.Orders
		orders.Every, orders.Sweep.Every = settings.Duration(time.Second), settings.Duration(24*time.Hour)
		orders.RetryHorizon, orders.SettleTime = settings.Duration(time.Minute), settings.Duration(time.Second)
		if adapt != nil {
			adapt(d)
		}
	}
}

// withDocument adapts the document of a stack.
func withDocument(adapt func(*settings.Document)) func(*stack.Options) {
	return func(o *stack.Options) { o.Document = adapt }
}

// withoutWorker leaves the workers to the test.
func withoutWorker(o *stack.Options) { o.WithoutWorker = true }

// patience is how long a test waits for what must happen: long, because it is
// only waited out when it does not.
const patience = 3 * time.Minute

// eventually polls until the check says nothing any more. What it says is why it
// is not satisfied yet.
func eventually(t *testing.T, check func() string) {
	t.Helper()
	deadline := time.After(patience)
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		why := check()
		if why == "" {
			return
		}
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("not in %s: %s", patience, why)
		}
	}
}

// parked lists what waits for a person.
func (b *bundle) parked() []store.Parked {
	b.t.Helper()
	rows, err := db.Q.ParkedListOpen(context.Background(), b.App.DB, store.ParkedListOpenParams{Integration: stack.Integration, Most: 1000})
	require.NoError(b.t, err)
	return rows
}

// everParked counts what ever waited for a person.
func (b *bundle) everParked() int { return b.count("select count(*) from parked") }

func (b *bundle) count(query string, args ...any) int {
	b.t.Helper()
	var n int
	require.NoError(b.t, b.App.DB.QueryRow(context.Background(), query, args...).Scan(&n))
	return n
}

// outcomes lists how the attempts of an order ended, oldest first.
func (b *bundle) outcomes(number string) []string {
	b.t.Helper()
	var all []string
	err := b.App.DB.QueryRow(context.Background(),
		"select coalesce(array_agg(outcome order by id), '{}') from outcome where entity = 'order' and number = $1", number).Scan(&all)
	require.NoError(b.t, err)
	return all
}

// codes lists why what is parked is parked.
func codes(rows []store.Parked) []string {
	all := make([]string, len(rows))
	for i, row := range rows {
		all[i] = row.Number + " " + row.Code
	}
	return all
}
