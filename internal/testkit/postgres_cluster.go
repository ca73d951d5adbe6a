// Package testkit gives tests, and the development command, what they stand on: a private PostgreSQL made with the
// programs of the system, a fresh database for each test, and a log that lands in the test's own output.
package testkit

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	// PostgresPortSetting is the setting that moves the private PostgreSQL to another port; errors name it.
	PostgresPortSetting = "KOPPEL_POSTGRES_PORT"

	superuser        = "koppel"
	startAttempts    = 3
	startTimeout     = 30 * time.Second
	fastStopTimeout  = 10 * time.Second
	crashStopTimeout = 5 * time.Second
	readyPoll        = 20 * time.Millisecond
)

// Cluster is a private PostgreSQL server on loopback, reachable only with the password in its directory.
type Cluster struct {
	home     clusterHome
	programs programs
	options  clusterOptions
	port     int
	password string
	process  *serverProcess
	lock     *dirLock

	stopOnce sync.Once
	stopErr  error
}

type clusterOptions struct{ disposable bool }

// ClusterOption changes how StartCluster runs the server.
type ClusterOption func(*clusterOptions)

// Disposable trades safety at a crash for speed: for data that only a test will miss.
func Disposable() ClusterOption {
	return func(o *clusterOptions) { o.disposable = true }
}

// StartCluster runs PostgreSQL on the data in dir, which is made at the first start, and returns when it answers. Port 0
// takes a free port. The context bounds the start only.
//
// PostgreSQL refuses to run as root; started by root it runs as user postgres, or else nobody. Where that user cannot
// enter dir, the data lives in another place that a file in dir names. A server that an earlier process left behind is
// stopped first; a directory that a living process uses is an error.
func StartCluster(ctx context.Context, dir string, port int, options ...ClusterOption) (*Cluster, error) {
	c := &Cluster{port: port}
	for _, option := range options {
		option(&c.options)
	}
	if err := c.start(ctx, dir); err != nil {
		return nil, errors.Join(fmt.Errorf("start PostgreSQL: %w", err), c.Stop())
	}
	return c, nil
}

func (c *Cluster) start(ctx context.Context, dir string) (err error) {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	if err := checkPort(c.port); err != nil {
		return err
	}
	if c.home, err = openHome(dir); err != nil {
		return err
	}
	if c.lock, err = lockDir(c.home.dir); err != nil {
		return err
	}
	if c.programs, err = programsFor(c.home.data); err != nil {
		return err
	}
	if c.password, err = c.home.keptPassword(); err != nil {
		return err
	}
	if err := c.initialise(ctx); err != nil {
		return err
	}
	if err := stopLeftover(ctx, c.home.data); err != nil {
		return err
	}
	return c.launch(ctx)
}

// initialise makes the data directory once, beside its final name, so that one cut short is never taken for a whole one.
func (c *Cluster) initialise(ctx context.Context) (err error) {
	if c.home.initialised() {
		return nil
	}
	unfinished := c.home.data + ".new"
	if err := os.RemoveAll(unfinished); err != nil {
		return err
	}
	if err := c.home.owner.makeDir(unfinished); err != nil {
		return err
	}
	passwordFile, err := c.home.lendPassword(c.password)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(passwordFile)) }()

	args := []string{
		"--pgdata=" + unfinished, "--username=" + superuser, "--pwfile=" + passwordFile, "--auth=scram-sha-256",
		"--encoding=UTF8", "--locale=C", "--no-instructions",
	}
	if c.options.disposable {
		args = append(args, "--no-sync")
	}
	initdb := exec.CommandContext(ctx, c.programs.initdb(), args...)
	initdb.Dir = c.home.workDir()
	initdb.SysProcAttr = c.home.owner.attributes()
	if output, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("make the data directory %s: %w: %s", c.home.data, err, output)
	}
	return os.Rename(unfinished, c.home.data)
}

// launch starts the server; a free port may be gone by then, and the workers of a server that was killed need a moment
// to notice, so it tries more than once.
func (c *Cluster) launch(ctx context.Context) error {
	fixed := c.port
	var failed error
	for range startAttempts {
		if fixed == 0 {
			var err error
			if c.port, err = freePort(); err != nil {
				return err
			}
		}
		if failed = c.launchOnce(ctx); failed == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return failed
		case <-time.After(500 * time.Millisecond):
		}
	}
	return failed
}

func (c *Cluster) launchOnce(ctx context.Context) error {
	process, err := startServer(c.home, c.programs.postgres(), c.settings())
	if err != nil {
		return err
	}
	if err := c.awaitReady(ctx, process); err != nil {
		return errors.Join(err, process.stop())
	}
	c.process = process
	return nil
}

// settings are the server's arguments. Statements, their values and the detail of errors stay out of its log: they hold
// personal data.
func (c *Cluster) settings() []string {
	settings := []string{
		"listen_addresses=127.0.0.1",
		"port=" + strconv.Itoa(c.port),
		"unix_socket_directories=",
		"max_connections=200",
		"timezone=UTC",
		"jit=off",
		"log_min_error_statement=panic",
		"log_parameter_max_length_on_error=0",
		"log_error_verbosity=terse",
	}
	if c.options.disposable {
		settings = append(settings, "fsync=off", "synchronous_commit=off", "full_page_writes=off")
	}
	args := []string{"-D", c.home.data}
	for _, setting := range settings {
		args = append(args, "-c", setting)
	}
	return args
}

func (c *Cluster) awaitReady(ctx context.Context, process *serverProcess) error {
	ticker := time.NewTicker(readyPoll)
	defer ticker.Stop()
	for {
		conn, err := pgx.Connect(ctx, c.URL("postgres"))
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-process.done:
			return fmt.Errorf("it ended at once, its log says: %s", c.home.logTail())
		case <-ctx.Done():
			return fmt.Errorf("it does not answer (%w), its log says: %s", err, c.home.logTail())
		case <-ticker.C:
		}
	}
}

// URL is the address of a database in the cluster, with the password in it: keep it out of logs.
func (c *Cluster) URL(database string) string {
	return (&url.URL{
		Scheme:   "postgres",
		User:     url.UserPassword(superuser, c.password),
		Host:     net.JoinHostPort("127.0.0.1", strconv.Itoa(c.port)),
		Path:     "/" + database,
		RawQuery: "sslmode=disable",
	}).String()
}

// EnsureDatabase creates the database unless it is there and gives its URL.
func (c *Cluster) EnsureDatabase(ctx context.Context, name string) (string, error) {
	conn, err := pgx.Connect(ctx, c.URL("postgres"))
	if err != nil {
		return "", fmt.Errorf("connect to PostgreSQL: %w", err)
	}
	defer conn.Close(ctx) //nolint:errcheck // nothing is lost with this connection
	var found bool
	if err := conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name).Scan(&found); err != nil {
		return "", fmt.Errorf("look for database %s: %w", name, err)
	}
	if !found {
		if _, err := conn.Exec(ctx, "CREATE DATABASE "+pgx.Identifier{name}.Sanitize()); err != nil {
			return "", fmt.Errorf("create database %s: %w", name, err)
		}
	}
	return c.URL(name), nil
}

// DataDir is where PostgreSQL keeps the data.
func (c *Cluster) DataDir() string { return c.home.data }

// Done is closed when the server has ended, asked or not.
func (c *Cluster) Done() <-chan struct{} { return c.process.done }

// Stop ends the server, breaking off open connections, and returns when it is gone. It may be called again.
func (c *Cluster) Stop() error {
	c.stopOnce.Do(func() {
		if c.process != nil {
			c.stopErr = c.process.stop()
		}
		if c.lock != nil {
			c.stopErr = errors.Join(c.stopErr, c.lock.release())
		}
	})
	return c.stopErr
}

// Destroy stops the server and deletes its directory, with all data.
func (c *Cluster) Destroy() error {
	return errors.Join(c.Stop(), os.RemoveAll(c.home.data), os.RemoveAll(c.home.dir), c.home.removeDetour())
}

func checkPort(port int) error {
	if port == 0 {
		return nil
	}
	if port < 0 || port > 65535 {
		return fmt.Errorf("port %d is not a port number: set %s to one from 1 to 65535", port, PostgresPortSetting)
	}
	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return fmt.Errorf("port %d is taken by another program: set %s to a free port: %w", port, PostgresPortSetting, err)
	}
	return listener.Close()
}

func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	return listener.Addr().(*net.TCPAddr).Port, listener.Close()
}
