package sandbox

import (
	"bytes"
	"errors"
	"io"
	"net/http"

	"github.com/koppel/koppel/internal/sandboxkit"
	"github.com/koppel/koppel/internal/soap"
)

// Server is a till that is not there. Serve its Handler, and Close it when done.
type Server struct {
	opts   Options
	till   *till
	faults *sandboxkit.Faults
	calls  sandboxkit.Calls
}

// New opens the saved state, or fills a new till with the shop.
func New(opts Options) (*Server, error) {
	opts, err := opts.withDefaults()
	if err != nil {
		return nil, err
	}
	t, err := openTill(opts)
	if err != nil {
		return nil, err
	}
	return &Server{opts: opts, till: t, faults: sandboxkit.NewFaults()}, nil
}

// Ready tells what a client needs besides the address.
func (s *Server) Ready() Credentials { return Credentials{s.opts.Ident, s.opts.Secret} }

// Faults are the faults on demand, for tests in the same process.
func (s *Server) Faults() *sandboxkit.Faults { return s.faults }

// Calls counts the calls, for tests in the same process.
func (s *Server) Calls() *sandboxkit.Calls { return &s.calls }

// Close waits for work that a fault made late, then lets go of the saved state.
func (s *Server) Close() error {
	s.faults.Close()
	s.till.mu.Lock()
	defer s.till.mu.Unlock()
	return s.till.store.Close()
}

// Handler serves the API on / and the sandbox's own pages beside it.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("POST /{$}", s.disturbed(http.HandlerFunc(s.serveSOAP)))
	mux.HandleFunc("/{$}", s.serveRoot)
	mux.HandleFunc("GET /till", s.showTill)
	mux.HandleFunc("POST /till/orders", s.ringUp)
	mux.HandleFunc("POST /till/orders/{id}/more", s.ringUpMore)
	mux.Handle("/_sandbox/faults", s.faults.Handler())
	mux.Handle("/_sandbox/calls", s.calls.Handler())
	mux.HandleFunc("GET /_sandbox/orders", s.listOrders)
	mux.HandleFunc("POST /_sandbox/orders", s.postOrder)
	mux.HandleFunc("PUT /_sandbox/orders/{id}", s.putOrder)
	mux.HandleFunc("POST /_sandbox/orders/{id}/save", s.resaveOrder)
	mux.HandleFunc("POST /_sandbox/relations", s.postRelation)
	return mux
}

// peek names the operation of a request without using up its body.
func peek(r *http.Request) (*http.Request, string) {
	document, err := io.ReadAll(io.LimitReader(r.Body, maxRequest+1))
	again := r.Clone(r.Context())
	again.Body = io.NopCloser(io.MultiReader(bytes.NewReader(document), failing{err}))
	body, err := soap.ReadEnvelope(bytes.NewReader(document), maxRequest)
	if err != nil {
		return again, ""
	}
	return again, body.Root()
}

// failing ends a replayed body the way the original ended.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) {
	if f.err != nil && !errors.Is(f.err, io.EOF) {
		return 0, f.err
	}
	return 0, io.EOF
}
