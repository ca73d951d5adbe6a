package accountview

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/internal/fault"
)

const (
	refusalBody = `{"ErrorType":"AccountViewError","ErrorNumbers":[203],"ErrorMessage":"Debiteur Jansen bestaat niet"}`
	troubleBody = `{"ErrorType":"AccountViewError","ErrorNumbers":null,"ErrorMessage":"Administratie van Jansen is bezet"}`
	htmlBody    = `<html><body>502 Bad Gateway</body></html>`
)

func html(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(htmlBody))
	}
}

func cutShort(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "500")
	_, _ = w.Write([]byte(`{"SO_HDR":[{"ORD_NR":"1"`))
}

func waitABit(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Retry-After", "3")
	w.WriteHeader(http.StatusTooManyRequests)
}

// Every form of error, for a read, a new record and a change.
func TestFaults_EveryAnswerHasOneKind(t *testing.T) {
	t.Parallel()
	type result struct {
		kind fault.Kind
		code string
	}
	none := result{}
	for name, c := range map[string]struct {
		answer             http.HandlerFunc
		read, post, change result
	}{
		"403":             {always(403, refusalBody), result{fault.Misconfigured, "wrong_company"}, result{fault.Misconfigured, "wrong_company"}, result{fault.Misconfigured, "wrong_company"}},
		"404":             {always(404, refusalBody), none, result{fault.Rejected, "books_refused"}, result{fault.NotFound, "record_not_found"}},
		"404 of a relay":  {html(404), result{fault.Unavailable, "html_answer"}, result{fault.Uncertain, "html_answer"}, result{fault.Uncertain, "html_answer"}},
		"400":             {always(400, refusalBody), result{fault.Rejected, "query_refused"}, result{fault.Rejected, "books_refused"}, result{fault.Rejected, "books_refused"}},
		"409":             {always(409, refusalBody), result{fault.Rejected, "query_refused"}, result{fault.Conflict, "record_conflict"}, result{fault.Conflict, "record_conflict"}},
		"408":             {always(408, ``), result{fault.Unavailable, "books_unavailable"}, result{fault.Uncertain, "books_unavailable"}, result{fault.Uncertain, "books_unavailable"}},
		"429":             {waitABit, result{fault.Throttled, "told_to_wait"}, result{fault.Throttled, "told_to_wait"}, result{fault.Throttled, "told_to_wait"}},
		"500":             {always(500, troubleBody), result{fault.Unavailable, "books_unavailable"}, result{fault.Uncertain, "books_unavailable"}, result{fault.Uncertain, "books_unavailable"}},
		"502 with a page": {html(502), result{fault.Unavailable, "html_answer"}, result{fault.Uncertain, "html_answer"}, result{fault.Uncertain, "html_answer"}},
		"503":             {always(503, ``), result{fault.Unavailable, "service_unavailable"}, result{fault.Uncertain, "service_unavailable"}, result{fault.Uncertain, "service_unavailable"}},
		"page with 200":   {html(200), result{fault.Unavailable, "html_answer"}, result{fault.Uncertain, "html_answer"}, result{fault.Uncertain, "html_answer"}},
		"redirect":        {always(302, ``), result{fault.Unavailable, "redirected"}, result{fault.Uncertain, "redirected"}, result{fault.Uncertain, "redirected"}},
		"malformed":       {always(200, `{"SO_HDR":[{"ORD_NR"`), result{fault.Unavailable, "unreadable_answer"}, result{fault.Uncertain, "unreadable_answer"}, result{fault.Uncertain, "unreadable_answer"}},
		"cut":             {cutShort, result{fault.Unavailable, "connection_lost"}, result{fault.Uncertain, "connection_lost"}, result{fault.Uncertain, "connection_lost"}},
		"refusal in 200":  {always(200, refusalBody), result{fault.Unavailable, "books_error"}, result{fault.Rejected, "books_refused"}, result{fault.Rejected, "books_refused"}},
		"trouble in 200":  {always(200, troubleBody), result{fault.Unavailable, "books_error"}, result{fault.Uncertain, "books_error"}, result{fault.Uncertain, "books_error"}},
		"no key":          {always(201, `{"SO_HDR":[{"COMMENT1":"2026.123"}]}`), none, result{fault.Uncertain, "answer_without_number"}, none},
		"nothing":         {always(200, ``), result{fault.Unavailable, "unreadable_answer"}, result{fault.Uncertain, "unreadable_answer"}, none},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newFake(t, c.answer).books(t)
			check := func(err error, want result, op string) {
				t.Helper()
				if want == none {
					require.NoError(t, err)
					return
				}
				f := requireFault(t, err, want.kind, want.code)
				require.Contains(t, f.Op, "accountview "+op)
				require.NotContains(t, err.Error(), "Jansen")
			}
			_, err := b.OrdersWrittenSince(context.Background(), time.Now())
			check(err, c.read, "GET SO1")
			_, err = b.CreateOrder(context.Background(), smallOrder())
			check(err, c.post, "POST SO1")
			check(b.UpdateCustomer(context.Background(), "10001", phoneOnly()), c.change, "PUT AR1")
		})
	}
}

func TestFaults_KeepTheBooksOwnWordsAsDetailAndNameTheRecord(t *testing.T) {
	t.Parallel()
	b := newFake(t, always(400, refusalBody)).books(t)
	_, err := b.CreateOrder(context.Background(), smallOrder())
	f := requireFault(t, err, fault.Rejected, "books_refused")
	require.Equal(t, "Debiteur Jansen bestaat niet", f.Detail())
	require.Equal(t, "2026.123", f.Key)
}

func TestFaults_ASettingTakesEveryErrorInAGoodAnswerForARefusal(t *testing.T) {
	t.Parallel()
	b := newFake(t, always(200, troubleBody)).books(t, func(s *Settings) { s.ErrorIn200 = ErrorRefusal })
	_, err := b.CreateOrder(context.Background(), smallOrder())
	requireFault(t, err, fault.Rejected, "books_refused")
}

func TestFaults_AnEmailLookedUpIsNeverInTheText(t *testing.T) {
	t.Parallel()
	b := newFake(t, always(400, refusalBody)).books(t)
	_, err := b.FindCustomers(context.Background(), connectors.ByEmail, "planted@example.nl")
	require.Error(t, err)
	require.NotContains(t, err.Error(), "planted")
}

func TestObserver_IsToldHowACallReallyEnded(t *testing.T) {
	t.Parallel()
	f := newFake(t, always(200, refusalBody))
	seen := map[string]error{}
	b, err := New(f.settings(), &memoryTokens{token: goodToken()}, nil, func(op string, took time.Duration, err error) {
		seen[op] = err
	})
	require.NoError(t, err)
	_, err = b.CreateOrder(context.Background(), smallOrder())
	require.Error(t, err)
	require.NoError(t, seen["GET system fld"])
	requireFault(t, seen["POST SO1"], fault.Rejected, "books_refused")
}
