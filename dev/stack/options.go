// Package stack runs everything in one process: an embedded Temporal server with
// its Web UI, a private PostgreSQL, both sandboxes, a worker and a server.
package stack

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"

	"github.com/koppel/koppel/internal/sandboxkit"
	"github.com/koppel/koppel/settings"
)

// Integration is the slug of the integration that the stack sets up.
const Integration = "demo"

// Options say what to run. Zero ports take free ones.
type Options struct {
	Home  string // folder of all data
	Ports Ports
	WSDL  string // the till's service description, served at its ?wsdl

	// DatabaseURL is a PostgreSQL that runs already; empty runs a private one.
	DatabaseURL string
	Log         *slog.Logger

	Document            func(*settings.Document) // adapts the demo document; nil leaves it
	BooksShop, TillShop sandboxkit.Shop          // what the sandboxes hold when they are new; empty: the seed shop

	WithoutUI     bool
	WithoutWorker bool // a test runs workers of its own
	WithoutServer bool
	Disposable    bool // trades the safety of the data for speed: for tests and the demo
}

// Ports are where the parts listen, all on 127.0.0.1.
type Ports struct {
	Server     int
	Temporal   int
	TemporalUI int
	Books      int
	Till       int
	Postgres   int
}

// portSettings names the environment variable and the default of each port.
func (p *Ports) portSettings() []portSetting {
	return []portSetting{
		{"KOPPEL_PORT", 8080, &p.Server},
		{"KOPPEL_TEMPORAL_PORT", 7233, &p.Temporal},
		{"KOPPEL_TEMPORAL_UI_PORT", 8233, &p.TemporalUI},
		{"KOPPEL_ACCOUNTVIEW_PORT", 8091, &p.Books},
		{"KOPPEL_MPLUS_PORT", 8092, &p.Till},
		{"KOPPEL_POSTGRES_PORT", 5491, &p.Postgres},
	}
}

type portSetting struct {
	name     string
	standard int
	port     *int
}

// PortsFrom reads the ports from the environment; what is not set is the default.
func PortsFrom(env func(string) string) (Ports, error) {
	var p Ports
	for _, s := range p.portSettings() {
		*s.port = s.standard
		text := env(s.name)
		if text == "" {
			continue
		}
		port, err := strconv.Atoi(text)
		if err != nil || port < 0 || port > 65535 {
			return p, fmt.Errorf("%s=%q is not a port: give a number from 1 to 65535, or 0 for any free one", s.name, text)
		}
		*s.port = port
	}
	return p, nil
}

// HomeFrom is the data folder: KOPPEL_HOME, or .koppel in the current folder.
func HomeFrom(env func(string) string) (string, error) {
	home := env("KOPPEL_HOME")
	if home == "" {
		home = ".koppel"
	}
	home, err := filepath.Abs(home)
	if err != nil {
		return "", fmt.Errorf("KOPPEL_HOME: %w", err)
	}
	return home, os.MkdirAll(home, 0o755)
}

func address(port int) string { return "127.0.0.1:" + strconv.Itoa(port) }
