package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"time"

	books "github.com/koppel/koppel/connectors/accountview/sandbox"
	till "github.com/koppel/koppel/connectors/mplus/sandbox"
	"github.com/koppel/koppel/internal/sandboxkit"
)

// SandboxOptions say where the two sandboxes listen and what they keep.
type SandboxOptions struct {
	BooksAddr string // host:port; port 0 takes a free one
	TillAddr  string
	DataDir   string // empty keeps everything in memory
	WSDLPath  string // the till's service description, served at ?wsdl
	Log       *slog.Logger

	BooksShop, TillShop sandboxkit.Shop // what new ones hold; empty: the seed shop

	Now func() time.Time // the clock of both; nil: that of this machine

	RedirectURIs []string // registered for the first app of the books; none: the sandbox's own
}

// Sandboxes are the two outside systems, played on this machine.
type Sandboxes struct {
	Books    *books.Server
	Till     *till.Server
	BooksURL string // of the host; the API is under /api/v3
	TillURL  string

	servers []*http.Server
	failed  chan error
}

// StartSandboxes starts both. A taken address gives an error that names it and
// the setting to change.
func StartSandboxes(o SandboxOptions) (*Sandboxes, error) {
	booksListener, err := listen(o.BooksAddr, "AccountView sandbox")
	if err != nil {
		return nil, err
	}
	tillListener, err := listen(o.TillAddr, "MplusKASSA sandbox")
	if err != nil {
		return nil, errors.Join(err, booksListener.Close())
	}
	s := &Sandboxes{
		BooksURL: "http://" + booksListener.Addr().String(), TillURL: "http://" + tillListener.Addr().String(),
		failed: make(chan error, 2),
	}
	if err := s.openSystems(o); err != nil {
		return nil, errors.Join(err, booksListener.Close(), tillListener.Close())
	}
	s.serve(booksListener, s.Books.Handler())
	s.serve(tillListener, s.Till.Handler())
	return s, nil
}

func (s *Sandboxes) openSystems(o SandboxOptions) error {
	booksDir, tillDir := "", ""
	if o.DataDir != "" {
		booksDir, tillDir = filepath.Join(o.DataDir, "accountview"), filepath.Join(o.DataDir, "mplus")
	}
	var err error
	if s.Books, err = books.New(books.Options{DataDir: booksDir, Shop: o.BooksShop, Now: o.Now, RedirectURIs: o.RedirectURIs}); err != nil {
		return err
	}
	s.Till, err = till.New(till.Options{DataDir: tillDir, Shop: o.TillShop, Now: o.Now, WSDLPath: o.WSDLPath, Log: o.Log})
	if err != nil {
		return errors.Join(err, s.Books.Close())
	}
	return nil
}

func (s *Sandboxes) serve(l net.Listener, h http.Handler) {
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	s.servers = append(s.servers, server)
	go func() {
		if err := server.Serve(l); err != nil && !errors.Is(err, http.ErrServerClosed) {
			s.failed <- err
		}
	}()
}

// Failed tells when a sandbox stopped by itself.
func (s *Sandboxes) Failed() <-chan error { return s.failed }

// Stop ends what is under way, lets late writes arrive, and saves.
func (s *Sandboxes) Stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	var errs []error
	for _, server := range s.servers {
		if server.Shutdown(ctx) != nil { // a call that hangs on purpose
			errs = append(errs, server.Close())
		}
	}
	return errors.Join(append(errs, s.Books.Close(), s.Till.Close())...)
}

// Ready is the line that tells a script how to reach both.
func (s *Sandboxes) Ready() ([]byte, error) {
	b, t := s.Books.Ready(), s.Till.Ready()
	return json.Marshal(map[string]map[string]string{
		"accountview": {
			"base_url": s.BooksURL + "/api/v3", "client_id": b.ClientID, "client_secret": b.ClientSecret,
			"company_id": b.CompanyID, "access_token": b.AccessToken, "refresh_token": b.RefreshToken,
		},
		"mplus": {"base_url": s.TillURL + "/", "ident": t.Ident, "secret": t.Secret},
	})
}

func listen(addr, what string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("the %s cannot listen on %s: is another program using that port? Choose another address: %w", what, addr, errors.Unwrap(err))
	}
	return l, nil
}
