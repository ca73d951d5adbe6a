// Package temporal runs a whole Temporal server and its Web UI inside the calling process, on loopback only, so that
// development, the demo and the tests against a real server need nothing installed. Production uses a Temporal of its
// own and never imports this.
package temporal

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"time"

	uiserver "github.com/temporalio/ui-server/v2/server"
	"go.temporal.io/server/common/authorization"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/schema/sqlite"
	"go.temporal.io/server/temporal"
)

const (
	// FrontendPortSetting is the setting that moves the server to another port; errors name it.
	FrontendPortSetting = "KOPPEL_TEMPORAL_PORT"
	// UIPortSetting is the setting that moves the Web UI to another port; errors name it.
	UIPortSetting = "KOPPEL_TEMPORAL_UI_PORT"

	startTimeout = 30 * time.Second
	stopTimeout  = 5 * time.Second
)

// DefaultSearchAttributes are the Keyword search attributes that every Koppel workflow may carry.
func DefaultSearchAttributes() []string {
	return []string{"Integration", "Flow", "EntityRef", "Outcome"}
}

// Options say what to run. The zero value is an in-memory server on free ports with its Web UI.
type Options struct {
	// DataFile is the SQLite file that keeps runs and schedules; its folder is made when missing. Empty: in memory.
	DataFile string
	// FrontendPort is where clients connect; 0 takes a free port.
	FrontendPort int
	// UIPort is where the Web UI listens; 0 takes a free port.
	UIPort int
	// WithoutUI leaves the Web UI out, which saves tests its start.
	WithoutUI bool
	// Namespace is registered at start; empty means "default".
	Namespace string
	// SearchAttributes are registered as Keywords; nil means DefaultSearchAttributes.
	SearchAttributes []string
	// Logger receives what the server logs; nil means slog.Default().
	Logger *slog.Logger
	// LogLevel is the least level passed on to Logger; nil means slog.LevelError, because the server warns a lot
	// about things that need nobody.
	LogLevel slog.Leveler
	// SuggestContinueAsNewAfter is the number of events after which the server advises a run to continue as new; 0
	// keeps the server's default of 4,096.
	SuggestContinueAsNewAfter int
}

func (o Options) withDefaults() Options {
	if o.Namespace == "" {
		o.Namespace = "default"
	}
	if o.SearchAttributes == nil {
		o.SearchAttributes = DefaultSearchAttributes()
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.LogLevel == nil {
		o.LogLevel = slog.LevelError
	}
	return o
}

// Server is a running Temporal server with, unless left out, its Web UI.
type Server struct {
	options  Options
	internal temporal.Server
	ui       *uiserver.Server
	uiDone   chan struct{}
	logger   *serverLogger
	lock     *fileLock
}

// Start runs a server and returns when it answers, its namespace and search attributes registered. The context bounds
// the start only; Stop ends the server. A port in use is a *PortTakenError.
func Start(ctx context.Context, options Options) (*Server, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("start the Temporal server: %w", err)
	}
	options = options.withDefaults()
	ports, err := choosePorts(&options)
	if err != nil {
		return nil, err
	}
	s := &Server{options: options, logger: newServerLogger(options.Logger, options.LogLevel)}
	if options.DataFile != "" {
		if err := os.MkdirAll(filepath.Dir(options.DataFile), 0o700); err != nil {
			return nil, fmt.Errorf("make the folder of Temporal's data file: %w", err)
		}
		if s.lock, err = lockFile(options.DataFile + ".lock"); err != nil {
			return nil, fmt.Errorf("open Temporal's data file %s: %w", options.DataFile, err)
		}
	}
	if err := s.start(ctx, ports); err != nil {
		return nil, errors.Join(err, s.Stop())
	}
	return s, nil
}

func (s *Server) start(ctx context.Context, ports servicePorts) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()

	store := storeConfig(s.options.DataFile)
	if err := prepareStore(s.options, store); err != nil {
		return err
	}
	internal, err := temporal.NewServer(
		temporal.ForServices(temporal.DefaultServices),
		temporal.WithConfig(serverConfig(s.options, store, ports)),
		temporal.WithStaticHosts(ports.hosts()),
		temporal.WithDynamicConfigClient(tuning(s.options)),
		temporal.WithLogger(s.logger),
		temporal.WithAuthorizer(authorization.NewNoopAuthorizer()),
		temporal.WithClaimMapper(func(*config.Config) authorization.ClaimMapper { return authorization.NewNoopClaimMapper() }),
	)
	if err != nil {
		return fmt.Errorf("build the Temporal server: %w", err)
	}
	s.internal = internal
	if err := s.await(ctx, internal.Start); err != nil {
		return fmt.Errorf("start the Temporal server: %w", err)
	}
	if err := s.register(ctx); err != nil {
		return err
	}
	if s.options.WithoutUI {
		return nil
	}
	return s.startUI(ctx)
}

// await runs the server's start and gives up when it fails fatally (see serverLogger) or the context ends.
func (s *Server) await(ctx context.Context, start func() error) error {
	started := make(chan error, 1)
	go func() { started <- start() }()
	select {
	case err := <-started:
		return err
	case err := <-s.logger.fatal:
		return err
	case <-ctx.Done():
		select { // a server is stopped only after it has started
		case <-started:
		case <-s.logger.fatal:
		case <-time.After(stopTimeout):
		}
		return fmt.Errorf("gave up: %w", ctx.Err())
	}
}

// prepareStore creates the schema of a new file and the namespace with its search attributes. A file from an earlier
// run is taken as it is.
func prepareStore(options Options, store *config.SQL) error {
	if options.DataFile != "" {
		if _, err := os.Stat(options.DataFile); errors.Is(err, os.ErrNotExist) {
			if err := sqlite.SetupSchema(store); err != nil {
				return fmt.Errorf("create Temporal's data file %s: %w", options.DataFile, err)
			}
		} else if err != nil {
			return fmt.Errorf("look at Temporal's data file: %w", err)
		}
	}
	namespace, err := namespaceConfig(options)
	if err != nil {
		return err
	}
	if err := sqlite.CreateNamespaces(store, namespace); err != nil {
		return fmt.Errorf("create Temporal's namespace %s (is %s from another version? It may be deleted): %w",
			options.Namespace, options.DataFile, err)
	}
	return nil
}

// Address is host:port for clients.
func (s *Server) Address() string {
	return loopback(s.options.FrontendPort)
}

// Namespace is the namespace that was registered.
func (s *Server) Namespace() string {
	return s.options.Namespace
}

// UIURL is the address of the Web UI for a browser, empty when it was left out.
func (s *Server) UIURL() string {
	if s.options.WithoutUI {
		return ""
	}
	return "http://" + loopback(s.options.UIPort)
}

// Stop ends UI and server within five seconds, or says that the server did not end in time. Stop clients and workers
// before it, or they log its absence.
func (s *Server) Stop() error {
	s.logger.silence()
	if s.ui != nil {
		s.ui.Stop()
		<-s.uiDone
		s.ui = nil
	}
	err := s.stopInternal()
	if s.lock != nil {
		err = errors.Join(err, s.lock.release())
		s.lock = nil
	}
	return err
}

func (s *Server) stopInternal() error {
	if s.internal == nil {
		return nil
	}
	stopped := make(chan error, 1)
	go func(internal temporal.Server) { stopped <- internal.Stop() }(s.internal)
	s.internal = nil
	select {
	case err := <-stopped:
		if err != nil {
			return fmt.Errorf("stop the Temporal server: %w", err)
		}
		return nil
	case <-time.After(stopTimeout):
		return fmt.Errorf("the Temporal server did not stop within %s", stopTimeout)
	}
}

func loopback(port int) string {
	return net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
}
