package accountview

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/secret"
)

// fake is a server that answers as the test says, and notes what it was asked.
type fake struct {
	*httptest.Server
	mu    sync.Mutex
	asked []asked
}

type asked struct {
	op     string // "GET AR1", "POST", "PUT", "POST token"
	url    string
	query  map[string][]string
	header http.Header
	body   string
}

// newFake serves everything but the dictionary and the tokens with answer.
func newFake(t *testing.T, answer http.HandlerFunc) *fake {
	t.Helper()
	return newDescribedFake(t, `{"DCT_FLD":[]}`, answer)
}

// newDescribedFake does so for books that describe themselves.
func newDescribedFake(t *testing.T, dictionary string, answer http.HandlerFunc) *fake {
	t.Helper()
	f := &fake{}
	f.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		f.mu.Lock()
		f.asked = append(f.asked, asked{r.Method + " " + r.URL.Query().Get("BusinessObject"), r.URL.Path, r.URL.Query(), r.Header.Clone(), string(body)})
		f.mu.Unlock()
		if r.URL.Path == "/api/v3/accountviewsystemdata" {
			reply(w, http.StatusOK, dictionary)
			return
		}
		answer(w, r)
	}))
	t.Cleanup(f.Close)
	return f
}

func (f *fake) calls(path string) []asked {
	f.mu.Lock()
	defer f.mu.Unlock()
	var calls []asked
	for _, a := range f.asked {
		if a.url == "/api/v3/"+path {
			calls = append(calls, a)
		}
	}
	return calls
}

func (f *fake) settings() Settings {
	s := Defaults()
	s.BaseURL = f.URL + "/api/v3"
	s.CompanyID, s.ClientID, s.ClientSecret = "c0ffee", "app", "planted-client-secret"
	s.Timeout = 5 * time.Second
	return s
}

// books opens a connection to the fake with a token that is good for an hour.
func (f *fake) books(t *testing.T, change ...func(*Settings)) *Books {
	t.Helper()
	s := f.settings()
	for _, c := range change {
		c(&s)
	}
	b, err := New(s, &memoryTokens{token: goodToken()}, nil, nil)
	require.NoError(t, err)
	return b
}

func goodToken() Token {
	return Token{Access: "access-1", Refresh: "refresh-1", ExpiresAt: time.Now().Add(time.Hour).UTC().Truncate(time.Second)}
}

func reply(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	fmt.Fprint(w, body)
}

// always answers the same.
func always(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { reply(w, status, body) }
}

// canned answers with a file of testdata.
func canned(t *testing.T, name string) http.HandlerFunc {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", name))
	require.NoError(t, err)
	return always(http.StatusOK, string(body))
}

// memoryTokens keeps a token as the database does: one exchange at a time, and
// only for the token that is kept.
type memoryTokens struct {
	mu        sync.Mutex
	token     Token
	exchanges int
}

func (m *memoryTokens) Current(context.Context) (Token, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.token == (Token{}) {
		return Token{}, NoConsent()
	}
	return m.token, nil
}

func (m *memoryTokens) Renew(ctx context.Context, used Token, exchange func(context.Context, secret.Text) (Token, error)) (Token, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.token != used {
		return m.token, nil
	}
	m.exchanges++
	next, err := exchange(ctx, m.token.Refresh)
	if err != nil {
		return Token{}, err
	}
	m.token = next
	return next, nil
}

func requireFault(t *testing.T, err error, kind fault.Kind, code string) *fault.Error {
	t.Helper()
	require.Error(t, err)
	f, ok := fault.As(err)
	require.True(t, ok, "%v", err)
	require.Equal(t, kind, f.Kind, "%v", err)
	require.Equal(t, code, f.Code, "%v", err)
	return f
}
