package testkit

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	// DatabaseVariable names a PostgreSQL server for tests, as a URL whose user may create databases. Unset, each test
	// program runs a private server.
	DatabaseVariable = "KOPPEL_TEST_DATABASE_URL"
	// OptionalVariable set to 1 turns a missing PostgreSQL from a failure into a skip, for a run by hand.
	OptionalVariable = "KOPPEL_TEST_OPTIONAL"

	databaseTimeout  = time.Minute
	sharedPrefix     = "koppel-test-postgres-"
	abandonedAfter   = 10 * time.Minute
	databasePrefix   = "koppel_test_"
	templatePrefix   = "koppel_template_"
	missingMainError = "this package's tests need \"func TestMain(m *testing.M) { testkit.Main(m) }\", which stops the PostgreSQL they start"
)

// server is the PostgreSQL that all tests of this program share, with the templates made in it.
type server struct {
	mu        sync.Mutex
	running   bool // Main is there to stop it
	cluster   *Cluster
	url       string
	err       error
	templates map[string]*template
}

type template struct {
	once     sync.Once
	database string
	err      error
}

var shared server

// Postgres gives the test a fresh, empty database, dropped when the test ends, and returns its URL. A PostgreSQL that
// cannot be had fails the test.
func Postgres(t testing.TB) string {
	t.Helper()
	return createDatabase(t, serverURL(t), "")
}

// PostgresTemplate gives the test a fresh copy of a database that prepare filled, once for the whole program: migrations
// run once, and each test costs a copy. The name tells templates apart; prepare must close its connections.
func PostgresTemplate(t testing.TB, name string, prepare func(url string) error) string {
	t.Helper()
	admin := serverURL(t)
	made := shared.template(name)
	made.once.Do(func() { made.database, made.err = makeTemplate(admin, prepare) })
	if made.err != nil {
		t.Fatalf("prepare the template database %s: %v", name, made.err)
	}
	return createDatabase(t, admin, made.database)
}

func serverURL(t testing.TB) string {
	t.Helper()
	admin, err := shared.start()
	if errors.Is(err, ErrNoPostgres) && os.Getenv(OptionalVariable) == "1" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return admin
}

// start gives the URL of a server, starting a private one at the first call.
func (s *server) start() (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.running {
		return "", errors.New(missingMainError)
	}
	if s.url != "" || s.err != nil {
		return s.url, s.err
	}
	if s.url = os.Getenv(DatabaseVariable); s.url != "" {
		return s.url, nil
	}
	s.cluster, s.err = startShared()
	if s.err == nil {
		s.url = s.cluster.URL("postgres")
	}
	return s.url, s.err
}

func startShared() (*Cluster, error) {
	removeAbandoned(filepath.Join(os.TempDir(), sharedPrefix+"*"))
	dir, err := os.MkdirTemp("", sharedPrefix)
	if err != nil {
		return nil, err
	}
	who, err := serverOwner(os.Geteuid())
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	if err := os.Chmod(dir, who.parentMode()); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	cluster, err := StartCluster(context.Background(), dir, 0, Disposable())
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return cluster, nil
}

// removeAbandoned deletes the directories of test programs that were killed before they could.
func removeAbandoned(pattern string) {
	dirs, _ := filepath.Glob(pattern) // fails only on a malformed pattern
	for _, dir := range dirs {
		info, err := os.Stat(dir)
		if err != nil || time.Since(info.ModTime()) < abandonedAfter {
			continue
		}
		lock, err := lockDir(dir)
		if err != nil {
			continue // in use, or not ours to delete
		}
		_ = os.RemoveAll(dir) // what stays behind is tried again next time
		_ = lock.release()
	}
}

// stop ends what start began, after the last test.
func (s *server) stop() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running = false
	if s.cluster != nil {
		return s.cluster.Destroy()
	}
	var err error
	for _, made := range s.templates {
		if made.database != "" {
			err = errors.Join(err, administer(s.url, "DROP DATABASE IF EXISTS %s WITH (FORCE)", made.database))
		}
	}
	return err
}

func (s *server) template(name string) *template {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.templates == nil {
		s.templates = map[string]*template{}
	}
	if s.templates[name] == nil {
		s.templates[name] = &template{}
	}
	return s.templates[name]
}

func makeTemplate(admin string, prepare func(url string) error) (string, error) {
	name := templatePrefix + strings.ToLower(rand.Text())
	if err := administer(admin, "CREATE DATABASE %s", name); err != nil {
		return "", err
	}
	target, err := databaseURL(admin, name)
	if err == nil {
		err = prepare(target)
	}
	if err != nil {
		return "", errors.Join(err, administer(admin, "DROP DATABASE IF EXISTS %s WITH (FORCE)", name))
	}
	return name, nil
}

func createDatabase(t testing.TB, admin, from string) string {
	t.Helper()
	name := databasePrefix + strings.ToLower(rand.Text())
	statement, names := "CREATE DATABASE %s", []string{name}
	if from != "" {
		statement, names = "CREATE DATABASE %s TEMPLATE %s", []string{name, from}
	}
	if err := administer(admin, statement, names...); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := administer(admin, "DROP DATABASE IF EXISTS %s WITH (FORCE)", name); err != nil {
			t.Error(err)
		}
	})
	target, err := databaseURL(admin, name)
	if err != nil {
		t.Fatal(err)
	}
	return target
}

// administer runs one statement about databases, their names quoted, on a connection of its own.
func administer(admin, statement string, names ...string) error {
	ctx, cancel := context.WithTimeout(context.Background(), databaseTimeout)
	defer cancel()
	conn, err := pgx.Connect(ctx, admin)
	if err != nil {
		return fmt.Errorf("connect to the PostgreSQL for tests: %w", err)
	}
	quoted := make([]any, len(names))
	for i, name := range names {
		quoted[i] = pgx.Identifier{name}.Sanitize()
	}
	statement = fmt.Sprintf(statement, quoted...)
	if _, err := conn.Exec(ctx, statement); err != nil {
		return errors.Join(fmt.Errorf("%s: %w", statement, err), conn.Close(ctx))
	}
	return conn.Close(ctx)
}

func databaseURL(admin, name string) (string, error) {
	target, err := url.Parse(admin)
	if err != nil || target.Host == "" {
		return "", fmt.Errorf("%s is not a URL such as postgres://user:password@host:5432/postgres", DatabaseVariable)
	}
	target.Path = "/" + name
	return target.String(), nil
}
