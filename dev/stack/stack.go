package stack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"sync"
	"time"

	"github.com/koppel/koppel/configs"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/dev/temporal"
	"github.com/koppel/koppel/internal/app"
	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/internal/testkit"
)

// Stack is everything, running.
type Stack struct {
	App       *app.App
	Sandboxes *app.Sandboxes
	Config    configs.Config // with which another process can join
	ServerURL string
	UIURL     string

	options  Options
	listener net.Listener // of the server, kept from the first moment
	postgres *testkit.Cluster
	temporal *temporal.Server
	cancel   context.CancelFunc
	running  sync.WaitGroup
	failed   chan error

	mu     sync.Mutex
	joined []Shop
}

// Start starts everything and waits until it works. What was started before a
// failure is stopped again.
func Start(ctx context.Context, o Options) (*Stack, error) {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	s := &Stack{options: o, failed: make(chan error, 8)}
	for _, start := range []func(context.Context) error{
		s.startStores, s.startSandboxes, s.openApp, s.setUp, s.startProcesses,
	} {
		if err := start(ctx); err != nil {
			return nil, errors.Join(err, s.Stop())
		}
	}
	return s, nil
}

// startStores starts PostgreSQL and Temporal side by side: they are the slow ones.
func (s *Stack) startStores(ctx context.Context) error {
	var wg sync.WaitGroup
	var postgresErr, temporalErr error
	wg.Go(func() {
		if s.options.DatabaseURL != "" {
			return
		}
		var options []testkit.ClusterOption
		if s.options.Disposable {
			options = append(options, testkit.Disposable())
		}
		s.postgres, postgresErr = testkit.StartCluster(ctx, filepath.Join(s.options.Home, "postgres"), s.options.Ports.Postgres, options...)
	})
	wg.Go(func() {
		file := filepath.Join(s.options.Home, "temporal.sqlite")
		if s.options.Disposable {
			file = ""
		}
		s.temporal, temporalErr = temporal.Start(ctx, temporal.Options{
			DataFile: file, FrontendPort: s.options.Ports.Temporal, UIPort: s.options.Ports.TemporalUI,
			WithoutUI: s.options.WithoutUI, Logger: s.options.Log,
		})
	})
	wg.Wait()
	return errors.Join(postgresErr, temporalErr)
}

func (s *Stack) startSandboxes(context.Context) error {
	dir := filepath.Join(s.options.Home, "sandboxes")
	if s.options.Disposable {
		dir = ""
	}
	var err error
	if s.listener, err = listen(s.options.Ports.Server); err != nil {
		return err
	}
	s.ServerURL = "http://" + s.listener.Addr().String()
	s.Sandboxes, err = app.StartSandboxes(app.SandboxOptions{
		BooksShop: s.options.BooksShop, TillShop: s.options.TillShop,
		BooksAddr: address(s.options.Ports.Books), TillAddr: address(s.options.Ports.Till),
		DataDir: dir, WSDLPath: s.options.WSDL, Log: s.options.Log,
		RedirectURIs: []string{s.ServerURL + "/connect/accountview"},
	})
	if err != nil {
		return fmt.Errorf("%w (KOPPEL_ACCOUNTVIEW_PORT and KOPPEL_MPLUS_PORT move them)", err)
	}
	return nil
}

func (s *Stack) openApp(ctx context.Context) error {
	url, err := s.databaseURL(ctx)
	if err != nil {
		return err
	}
	key, err := masterKey(s.options.Home)
	if err != nil {
		return err
	}
	s.UIURL = s.temporal.UIURL()
	s.Config = configs.Config{
		DatabaseURL: secret.Text(url), Key: key,
		Temporal: configs.Temporal{Address: s.temporal.Address(), Namespace: s.temporal.Namespace(), UIURL: s.UIURL},
		Server:   configs.Server{Listen: s.listener.Addr().String(), PublicURL: s.ServerURL},
		Worker:   configs.Worker{Concurrency: 50, StopTimeout: 5 * time.Second},
		Log:      configs.Log{Level: slog.LevelInfo, JSON: true},
	}
	if s.App, err = app.Open(ctx, s.Config, s.options.Log); err != nil {
		return err
	}
	if err := db.Migrate(ctx, s.App.DB); err != nil {
		return err
	}
	return s.App.DialTemporal(ctx)
}

func (s *Stack) databaseURL(ctx context.Context) (string, error) {
	if s.postgres == nil {
		return s.options.DatabaseURL, nil
	}
	return s.postgres.EnsureDatabase(ctx, "koppel")
}

func (s *Stack) startProcesses(ctx context.Context) error {
	running, cancel := context.WithCancel(context.WithoutCancel(ctx))
	s.cancel = cancel
	if !s.options.WithoutWorker {
		s.run(func() error { return s.App.RunWorker(running) })
	}
	if s.options.WithoutServer {
		return s.listener.Close()
	}
	s.run(func() error { return s.App.RunServer(running, s.listener) })
	return s.awaitServer(ctx)
}

func (s *Stack) run(process func() error) {
	s.running.Go(func() {
		if err := process(); err != nil {
			s.failed <- err
		}
	})
}

// awaitServer waits until the server says that everything it needs answers.
func (s *Stack) awaitServer(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.ServerURL+"/readyz", nil)
		if err != nil {
			return err
		}
		if resp, err := http.DefaultClient.Do(req); err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case err := <-s.failed:
			return err
		case <-ctx.Done():
			return fmt.Errorf("the server was not ready in 30 s at %s", s.ServerURL)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// Failed tells when a part stopped by itself.
func (s *Stack) Failed() <-chan error { return s.failed }

// PostgresDone tells when the private PostgreSQL stopped.
func (s *Stack) PostgresDone() <-chan struct{} {
	if s.postgres == nil {
		return nil
	}
	return s.postgres.Done()
}

// Stop stops everything in the order in which it depends on each other.
func (s *Stack) Stop() error {
	if s.cancel != nil {
		s.cancel()
		s.running.Wait()
	} else if s.listener != nil {
		_ = s.listener.Close() // nothing came over it yet
	}
	if s.App != nil {
		s.App.Close()
	}
	var errs []error
	if s.Sandboxes != nil {
		errs = append(errs, s.Sandboxes.Stop())
	}
	for _, shop := range s.joined {
		errs = append(errs, shop.Sandboxes.Stop())
	}
	if s.temporal != nil {
		errs = append(errs, s.temporal.Stop())
	}
	if s.postgres != nil && s.options.Disposable {
		errs = append(errs, s.postgres.Destroy())
	} else if s.postgres != nil {
		errs = append(errs, s.postgres.Stop())
	}
	return errors.Join(errs...)
}
