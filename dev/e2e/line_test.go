package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// line is what lies between the worker and the books. A test can cut it, so that
// nobody listens at the books' address, and hold answers back on it.
type line struct {
	t       *testing.T
	address string

	mu     sync.Mutex
	target *url.URL
	server *httptest.Server
	held   map[string]*held
	tokens []string // every token that the books gave
}

// held is an answer that is held back after the books did their work.
type held struct {
	arrived chan struct{} // closed when the books have answered
	once    sync.Once
}

func newLine(t *testing.T) *line {
	t.Helper()
	l := &line{t: t, held: map[string]*held{}}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	l.address = listener.Addr().String()
	l.serve(listener)
	t.Cleanup(l.cut)
	return l
}

// to gives the address by which the books are reached over the line.
func (l *line) to(address string) string {
	target, err := url.Parse(address)
	require.NoError(l.t, err)
	if target.Host == l.address {
		return address
	}
	l.mu.Lock()
	l.target = &url.URL{Scheme: target.Scheme, Host: target.Host}
	l.mu.Unlock()
	target.Host = l.address
	return target.String()
}

func (l *line) serve(listener net.Listener) {
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			l.mu.Lock()
			defer l.mu.Unlock()
			r.SetURL(l.target)
		},
		ModifyResponse: func(answer *http.Response) error {
			if strings.HasSuffix(answer.Request.URL.Path, "/token") {
				return l.overhear(answer)
			}
			return l.hold(answer)
		},
		ErrorLog: log.New(io.Discard, "", 0), // answers that break off are what these tests are about
		// A caller that left, or a sandbox that hung up: hang up as well.
		ErrorHandler: func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) },
	}
	server := httptest.NewUnstartedServer(namingWrites(proxy))
	_ = server.Listener.Close()
	server.Listener = listener
	server.Start()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.server = server
}

// cut closes the line: connections break, and nobody listens any more.
func (l *line) cut() {
	l.mu.Lock()
	server := l.server
	l.server = nil
	l.mu.Unlock()
	if server != nil {
		server.CloseClientConnections()
		server.Close()
	}
}

// mend opens the line again at the same address.
func (l *line) mend() {
	l.t.Helper()
	listener, err := net.Listen("tcp", l.address)
	require.NoError(l.t, err)
	l.serve(listener)
}

// holdNext holds back the answer to the next write of a business object, until
// the caller is gone. The channel is closed when the books have done the work.
func (l *line) holdNext(object string) <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	h := &held{arrived: make(chan struct{})}
	l.held[object] = h
	return h.arrived
}

func (l *line) hold(answer *http.Response) error {
	object, _ := answer.Request.Context().Value(written{}).(string)
	l.mu.Lock()
	h := l.held[object]
	l.mu.Unlock()
	if h == nil {
		return nil
	}
	h.once.Do(func() {
		close(h.arrived)
		<-answer.Request.Context().Done()
	})
	return nil
}

// overhear notes the tokens that the books give.
func (l *line) overhear(answer *http.Response) error {
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	answer.Body = io.NopCloser(bytes.NewReader(body))
	var given struct {
		Access  string `json:"access_token"`
		Refresh string `json:"refresh_token"`
	}
	if json.Unmarshal(body, &given) == nil && given.Access != "" {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.tokens = append(l.tokens, given.Access, given.Refresh)
	}
	return nil
}

func (l *line) overheard() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.tokens)
}

// written is the key under which the business object of a write goes along.
type written struct{}

func namingWrites(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				panic(http.ErrAbortHandler)
			}
			var named struct{ BusinessObject string }
			_ = json.Unmarshal(body, &named) // a form of the token endpoint names none
			r = r.WithContext(context.WithValue(r.Context(), written{}, named.BusinessObject))
			r.Body = io.NopCloser(bytes.NewReader(body))
		}
		next.ServeHTTP(w, r)
	})
}
