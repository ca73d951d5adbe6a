package sandbox

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/koppel/koppel/internal/sandboxkit"
)

// The one company of the sandbox.
const (
	companyID   = "7d3f1c52-90ab-4c6e-8f57-2b1e6a0d4c11"
	companyCode = "DEMO"
	companyName = "De Kookwinkel"
)

// Server is the sandbox.
type Server struct {
	opts   atomic.Pointer[Options]
	zone   *time.Location
	store  *sandboxkit.Store
	books  *books
	tokens *tokens
	faults *sandboxkit.Faults
	calls  *sandboxkit.Calls
	ready  Credentials

	closeOnce sync.Once
	closeErr  error
}

// Credentials are what a client needs to start at once: an app and the tokens of a first consent to all scopes.
type Credentials struct {
	ClientID     string
	ClientSecret string
	CompanyID    string
	AccessToken  string // expires like any other
	RefreshToken string
}

// New opens the books in DataDir, or seeds new ones, registers a first app, and gives it consent.
func New(options Options) (*Server, error) {
	o, err := options.withDefaults()
	if err != nil {
		return nil, fmt.Errorf("accountview sandbox: %w", err)
	}
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		return nil, fmt.Errorf("accountview sandbox: the time zone of the books: %w", err)
	}
	path := ""
	if o.DataDir != "" {
		path = filepath.Join(o.DataDir, "accountview.jsonl")
	}
	store, err := sandboxkit.OpenStore(path)
	if err != nil {
		return nil, fmt.Errorf("accountview sandbox: %w", err)
	}
	s := &Server{zone: zone, store: store, faults: sandboxkit.NewFaults(), calls: &sandboxkit.Calls{}}
	s.opts.Store(&o)
	if err := s.open(&o); err != nil {
		return nil, fmt.Errorf("accountview sandbox: %w", errors.Join(err, store.Close()))
	}
	return s, nil
}

func (s *Server) open(o *Options) error {
	var err error
	if s.books, err = openBooks(s.store); err != nil {
		return err
	}
	s.books.describe(o)
	if s.tokens, err = openTokens(s.store); err != nil {
		return err
	}
	if err = s.seed(o); err != nil {
		return err
	}
	return s.firstConsent(o)
}

// firstConsent finds or registers the first app and gives it new tokens. Tokens of earlier starts stay good.
func (s *Server) firstConsent(o *Options) error {
	known, err := sandboxkit.Load[string](s.store, firstTable)
	if err != nil {
		return err
	}
	first, found := s.tokens.apps[known["app"]]
	if !found {
		if first, err = s.tokens.register(o.RedirectURIs); err != nil {
			return err
		}
		if err = sandboxkit.Put(s.store, firstTable, "app", first.ID); err != nil {
			return err
		}
	}
	first.RedirectURIs = o.RedirectURIs
	s.tokens.apps[first.ID] = first
	access, refresh, err := s.tokens.issue(grant{ClientID: first.ID, Scopes: allScopes}, time.Duration(o.TokenTTL), true, "", s.now())
	s.ready = Credentials{first.ID, first.Secret, companyID, access, refresh}
	return err
}

// Ready gives the first app and its tokens, made when the sandbox started.
func (s *Server) Ready() Credentials { return s.ready }

// Faults gives the faults on demand, for tests in the same process.
func (s *Server) Faults() *sandboxkit.Faults { return s.faults }

// Calls gives the call counts, for tests in the same process.
func (s *Server) Calls() *sandboxkit.Calls { return s.calls }

// Close lets late writes arrive and closes the books. Stop serving first.
func (s *Server) Close() error {
	s.closeOnce.Do(func() { s.closeErr = errors.Join(s.faults.Close(), s.store.Close()) })
	return s.closeErr
}

func (s *Server) options() *Options { return s.opts.Load() }

// now is the clock on the wall of the company.
func (s *Server) now() time.Time { return s.options().Now().In(s.zone) }
