package sandbox

import (
	"net/http"

	"github.com/koppel/koppel/internal/sandboxkit"
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
	mux.HandleFunc("/_sandbox/options", s.serveOptions)
	mux.HandleFunc("GET /_sandbox/orders", s.listOrders)
	mux.HandleFunc("POST /_sandbox/orders", s.postOrder)
	mux.HandleFunc("PUT /_sandbox/orders/{id}", s.putOrder)
	mux.HandleFunc("POST /_sandbox/orders/{id}/save", s.resaveOrder)
	mux.HandleFunc("PUT /_sandbox/orders/{id}/states", s.putOrderStates)
	mux.HandleFunc("GET /_sandbox/receipts", s.listReceipts)
	mux.HandleFunc("POST /_sandbox/receipts", s.serveDocument(http.StatusCreated, s.till.ringReceipt))
	mux.HandleFunc("PUT /_sandbox/receipts/{id}", s.serveDocument(http.StatusOK, s.till.alterReceipt))
	mux.HandleFunc("GET /_sandbox/invoices", s.listInvoices)
	mux.HandleFunc("POST /_sandbox/invoices", s.serveDocument(http.StatusCreated, s.till.ringInvoice))
	mux.HandleFunc("PUT /_sandbox/invoices/{id}", s.serveDocument(http.StatusOK, s.till.alterInvoice))
	mux.HandleFunc("POST /_sandbox/relations", s.postRelation)
	mux.HandleFunc("POST /_sandbox/cash_counts", s.postCashCount)
	return mux
}
