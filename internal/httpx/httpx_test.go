package httpx_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/httpx"
)

func do(t *testing.T, s httpx.Settings, call httpx.Call) (httpx.Answer, error) {
	t.Helper()
	s.System, s.Transport = "till", &http.Transport{DisableKeepAlives: true}
	call.Op, call.Method = "op", http.MethodPost
	return httpx.New(s).Do(context.Background(), call)
}

func serve(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL + "/?ident=planted-ident&secret=planted-secret"
}

func TestDo_GivesTheWholeAnswerAndSendsARequestID(t *testing.T) {
	t.Parallel()
	var got string
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got = r.Header.Get("X-Request-Id")
		w.WriteHeader(http.StatusTeapot)
		fmt.Fprint(w, "hello")
	})

	answer, err := do(t, httpx.Settings{}, httpx.Call{URL: url})

	require.NoError(t, err)
	require.Equal(t, http.StatusTeapot, answer.Status)
	require.Equal(t, "hello", string(answer.Body))
	require.Equal(t, got, answer.RequestID)
	require.NotEmpty(t, got)
}

func TestDo_ALostAnswerIsUncertainForAWriteOnly(t *testing.T) {
	t.Parallel()
	drop := func(w http.ResponseWriter, _ *http.Request) {
		conn, _, _ := http.NewResponseController(w).Hijack()
		conn.Close()
	}
	cut := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		fmt.Fprint(w, "half")
	}
	hang := func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // only then does the server notice that the client left
		<-r.Context().Done()
	}

	for name, handler := range map[string]http.HandlerFunc{"drop": drop, "cut": cut, "hang": hang} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := serve(t, handler)
			_, err := do(t, httpx.Settings{Timeout: 200 * time.Millisecond}, httpx.Call{URL: url, Write: true, Body: []byte("x")})
			require.True(t, fault.Is(err, fault.Uncertain), "%v", err)
			require.NotContains(t, err.Error(), "planted")

			_, err = do(t, httpx.Settings{Timeout: 200 * time.Millisecond}, httpx.Call{URL: url})
			require.True(t, fault.Is(err, fault.Unavailable), "%v", err)
		})
	}
}

func TestDo_ACallThatNeverLeftIsUnavailable(t *testing.T) {
	t.Parallel()
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, closed.Close())

	_, err = do(t, httpx.Settings{}, httpx.Call{URL: "http://" + closed.Addr().String() + "/?secret=planted", Write: true})

	f, ok := fault.As(err)
	require.True(t, ok)
	require.Equal(t, fault.Unavailable, f.Kind)
	require.Equal(t, "connection_refused", f.Code)
	require.NotContains(t, errors.Unwrap(err).Error(), "planted")
}

func TestDo_AnAddressThatIsNoAddressIsMisconfiguredAndNotShown(t *testing.T) {
	t.Parallel()
	_, err := do(t, httpx.Settings{}, httpx.Call{URL: "http://host:port-planted/"})
	require.True(t, fault.Is(err, fault.Misconfigured))
	require.NotContains(t, err.Error(), "planted")
}

func TestDo_ToldToWait(t *testing.T) {
	t.Parallel()
	answer := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(status)
		}
	}
	for _, c := range []struct {
		status int
		write  bool
		kind   fault.Kind
	}{
		{429, true, fault.Throttled},
		{429, false, fault.Throttled},
		{503, true, fault.Uncertain},
		{503, false, fault.Unavailable},
	} {
		_, err := do(t, httpx.Settings{}, httpx.Call{URL: serve(t, answer(c.status)), Write: c.write})
		f, ok := fault.As(err)
		require.True(t, ok)
		require.Equal(t, c.kind, f.Kind)
		require.Equal(t, 7*time.Second, f.RetryAfter)
	}
}

func TestDo_AnEndlessAnswerIsNotRead(t *testing.T) {
	t.Parallel()
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		for range 100 {
			if _, err := w.Write(make([]byte, 1024)); err != nil {
				return
			}
		}
	})
	_, err := do(t, httpx.Settings{MaxBody: 2048}, httpx.Call{URL: url})
	require.True(t, fault.Is(err, fault.Unavailable))
}

func TestDo_ARedirectIsAnAnswerNotAnOrder(t *testing.T) {
	t.Parallel()
	url := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/elsewhere", http.StatusFound) })
	answer, err := do(t, httpx.Settings{}, httpx.Call{URL: url})
	require.NoError(t, err)
	require.Equal(t, http.StatusFound, answer.Status)
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Duration{
		"": time.Second, "soon": time.Second, "5": 5 * time.Second, "-5": 0, "99999999": time.Hour,
		"99999999999999999999999": time.Hour, "-9223372036854775808": 0,
		now.Add(3 * time.Second).Format(http.TimeFormat): 3 * time.Second,
	} {
		require.Equal(t, want, httpx.RetryAfter(http.Header{"Retry-After": {text}}, now), text)
	}
}
