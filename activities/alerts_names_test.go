package activities_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/internal/notify"
	"github.com/koppel/koppel/internal/secret"
)

// What is planted: a customer as a name, an address and the numbers that are his.
var planted = []string{"Jansen", "jansen", "06-12345678", "0612345678", "01-02-1980", "1980/02/01", "NL91ABNA0417164300", "planted"}

// From the till to the wire: a customer stands in a lookup key, in references that
// people typed, in what the far side said and in the payload. What the receivers
// are sent, and what enters the history, holds nothing of it.
func TestTellPeople_WhereverACustomerStandsNoMessageHoldsAnythingOfIt(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	var mu sync.Mutex
	var sent bytes.Buffer
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		_ = r.Header.Write(&sent)
		_, _ = io.Copy(&sent, r.Body)
	}))
	t.Cleanup(receiver.Close)
	n.apply(document + "\nalerts: {channels: [{name: chat, kind: webhook}]}\n")
	secrets := n.alerts.Telling.Secrets
	require.NoError(t, secrets.Put(t.Context(), "shop", "alert.chat.secret", "planted-key"))
	require.NoError(t, secrets.Put(t.Context(), "shop", "alert.chat.url", secret.Text(receiver.URL+"/planted-token?sig=planted")))
	n.alerts.Telling.Notifier = &notify.Sender{Timeout: 5 * time.Second}

	// In a lookup key, and all over the payload.
	order := sale("2026.1", 1)
	order.Lines[0].VATCode, order.VATGroups[0].Code = "Jansen", "Jansen"
	order.Reference, order.Customer.Phone = "for Jansen, call 06-12345678", "0612345678"
	n.arrive(order)
	_, err := n.confirm(attempt("2026.1", 1))
	var refused *temporal.ApplicationError
	require.ErrorAs(t, err, &refused)
	var f activities.Failure
	require.NoError(t, refused.Details(&f))
	require.Equal(t, "unmapped_vat_code", f.Code)
	require.Contains(t, f.About, "Jansen", "the person who adds the row is told at the record itself")
	park := func(number string, failure activities.Failure) {
		t.Helper()
		_, err := run[struct{}](n.desk, n.orders().ParkOrder, activities.ParkOrderInput{Attempt: attempt(number, 1), Failure: failure})
		require.NoError(t, err)
	}
	park("2026.1", f)

	// In what the far side said.
	n.arrive(sale("2026.2", 2))
	park("2026.2", activities.Failure{Code: "books_refused", About: "Jansen", Words: n.words(0, "Jansen of NL91ABNA0417164300 is blocked")})

	// In references that people typed at the books' own screen.
	for _, reference := range []string{"Jansen", "06-12345678", "0612345678", "01-02-1980", "1980/02/01", "2026.7"} {
		for _, id := range []string{"1", "2"} {
			n.books.orders = append(n.books.orders, connectors.OrderRecord{ID: id + reference, Reference: "MPLUS " + reference})
			n.books.customers = append(n.books.customers, connectors.CustomerRecord{Number: id + reference, ExternalNumber: reference})
		}
	}
	_, err = run[activities.FindDoublesResult](n.desk, n.housekeeping().FindDoubles, activities.FindDoublesInput{Integration: "shop"})
	require.NoError(t, err)

	var history bytes.Buffer
	remember := func(what any) {
		t.Helper()
		text, err := json.Marshal(what)
		require.NoError(t, err)
		history.Write(text)
	}
	deliveries := n.look()
	require.Len(t, deliveries, 1)
	var suite testsuite.WorkflowTestSuite
	var logged bytes.Buffer
	suite.SetLogger(log.NewStructuredLogger(slog.New(slog.NewJSONHandler(&logged, nil))))
	env := suite.NewTestActivityEnvironment()
	env.RegisterActivity(n.alerts.SendAlert)
	for _, delivery := range deliveries {
		in := activities.SendAlertInput{Integration: "shop", Delivery: delivery}
		out, err := env.ExecuteActivity(n.alerts.SendAlert, in)
		require.NoError(t, err)
		var result activities.SendAlertResult
		require.NoError(t, out.Get(&result))
		remember(in)
		remember(result)
	}

	// The receiver goes away: what is said of that names nothing either.
	receiver.Close()
	n.parkMany(3, "product_missing")
	for _, delivery := range n.look() {
		in := activities.SendAlertInput{Integration: "shop", Delivery: delivery}
		_, err := env.ExecuteActivity(n.alerts.SendAlert, in)
		require.Error(t, err)
		_, f := failure(t, err)
		require.Equal(t, "hook_unavailable", f.Code)
		note := activities.NoteChannelInput{Integration: "shop", Channel: delivery.Channel, Failure: f}
		env.RegisterActivity(n.alerts.NoteChannel)
		_, noteErr := env.ExecuteActivity(n.alerts.NoteChannel, note)
		require.NoError(t, noteErr)
		remember(in)
		remember(note)
		history.WriteString(err.Error())
	}

	mu.Lock()
	told := sent.String()
	mu.Unlock()
	for _, code := range []string{"unmapped_vat_code", "books_refused", "order_double", "customer_double"} {
		require.Contains(t, told, `"code":"`+code+`"`)
	}
	require.Contains(t, told, `"2026.1"`, "a number is told, or nobody would find the record")
	require.Contains(t, told, `"MPLUS 2026.7"`)
	for name, text := range map[string]string{"message": told, "history": history.String(), "log": logged.String(), "incident": n.incidents()} {
		for _, one := range planted {
			require.NotContains(t, text, one, name)
		}
	}
}
