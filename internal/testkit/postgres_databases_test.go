package testkit

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

func TestPostgres_GivesEachTestAnEmptyDatabaseThatGoesWithIt(t *testing.T) {
	t.Parallel()
	var used string
	t.Run("first", func(t *testing.T) {
		used = Postgres(t)
		execute(t, used, "CREATE TABLE left_behind ()")
	})
	_, err := pgx.Connect(t.Context(), used)
	require.ErrorContains(t, err, "3D000", "dropped with its test")
	require.Equal(t, "0", query(t, Postgres(t), "SELECT count(*)::text FROM pg_tables WHERE tablename = 'left_behind'"))
}

func TestPostgresTemplate_PreparesOnceAndCopiesForEachTest(t *testing.T) {
	t.Parallel()
	var prepared atomic.Int32
	prepare := func(url string) error {
		prepared.Add(1)
		conn, err := pgx.Connect(context.Background(), url)
		if err != nil {
			return err
		}
		_, err = conn.Exec(context.Background(), "CREATE TABLE prepared (mark int)")
		return errors.Join(err, conn.Close(context.Background()))
	}
	urls := make([]string, 4)
	var all sync.WaitGroup
	for i := range urls {
		all.Go(func() { urls[i] = PostgresTemplate(t, "counted", prepare) })
	}
	all.Wait()
	for _, url := range urls {
		require.Equal(t, "0", query(t, url, "SELECT count(*)::text FROM prepared"), "no row of a sister")
		execute(t, url, "INSERT INTO prepared VALUES (1)")
	}
	require.Equal(t, int32(1), prepared.Load())
}

// complaint catches what a helper says to its test instead of ending it.
type complaint struct {
	testing.TB
	fatal, skipped string
}

func (c *complaint) Helper() {}
func (c *complaint) Fatalf(format string, args ...any) {
	c.fatal = fmt.Sprintf(format, args...)
	panic(c)
}
func (c *complaint) Fatal(args ...any) { c.fatal = fmt.Sprint(args...); panic(c) }
func (c *complaint) Skip(args ...any)  { c.skipped = fmt.Sprint(args...); panic(c) }

func catch(t *testing.T, use func(t testing.TB)) *complaint {
	t.Helper()
	caught := &complaint{TB: t}
	func() {
		defer func() { require.Same(t, caught, recover()) }()
		use(caught)
	}()
	return caught
}

func TestPostgresTemplate_FailsTheTestWhenPreparingFails(t *testing.T) {
	t.Parallel()
	broken := func(string) error { return errors.New("bad migration") }
	for range 2 {
		caught := catch(t, func(t testing.TB) { PostgresTemplate(t, "broken", broken) })
		require.Contains(t, caught.fatal, "bad migration")
	}
}

// The variables that decide are read once per program, so each case is a program of its own.
const missingVariable = "KOPPEL_TEST_POSTGRES_MISSING"

func TestPostgres_MissingProgramsFailUnlessOptional(t *testing.T) {
	if want := os.Getenv(missingVariable); want != "" {
		shared.mu.Lock()
		shared.url, shared.err = "", ErrNoPostgres // as found on a machine without PostgreSQL
		shared.mu.Unlock()
		caught := catch(t, func(t testing.TB) { Postgres(t) })
		if want == "skip" {
			require.Contains(t, caught.skipped, "make deps")
		} else {
			require.Contains(t, caught.fatal, "make deps")
		}
		return
	}
	t.Parallel()
	for want, optional := range map[string]string{"skip": "1", "fail": ""} {
		rerun(t, missingVariable+"="+want, OptionalVariable+"="+optional, DatabaseVariable+"=")
	}
}

// rerun runs the calling test in another process of this program, with more environment.
func rerun(t *testing.T, environment ...string) {
	t.Helper()
	program, err := os.Executable()
	require.NoError(t, err)
	child := exec.CommandContext(t.Context(), program, "-test.run=^"+t.Name()+"$")
	child.Env = append(os.Environ(), environment...)
	output, err := child.CombinedOutput()
	require.NoError(t, err, "%s", output)
}

func TestPostgres_UsesTheServerItIsGiven(t *testing.T) {
	const child = "KOPPEL_TEST_POSTGRES_GIVEN"
	if os.Getenv(child) != "" {
		require.Equal(t, "given", query(t, Postgres(t), "SHOW application_name"))
		template := PostgresTemplate(t, "any", func(string) error { return nil })
		require.Equal(t, "given", query(t, template, "SHOW application_name"))
		require.Nil(t, shared.cluster, "no server of its own")
		return
	}
	t.Parallel()
	cluster := startCluster(t, openDir(t), Disposable())
	rerun(t, child+"=1", DatabaseVariable+"="+cluster.URL("postgres")+"&application_name=given")
	left := query(t, cluster.URL("postgres"), "SELECT count(*)::text FROM pg_database WHERE datname LIKE 'koppel\\_%'")
	require.Equal(t, "0", left, "databases and templates are dropped")
}

func TestRemoveAbandoned_DeletesOnlyOldDirectoriesThatNobodyUses(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	make := func(name string, age time.Duration) string {
		dir := filepath.Join(root, "pg-"+name)
		require.NoError(t, os.Mkdir(dir, 0o700))
		lock, err := lockDir(dir)
		require.NoError(t, err)
		if name == "used" {
			t.Cleanup(func() { require.NoError(t, lock.release()) })
		} else {
			require.NoError(t, lock.release())
		}
		then := time.Now().Add(-age)
		require.NoError(t, os.Chtimes(dir, then, then))
		return dir
	}
	old, young, used := make("old", time.Hour), make("young", 0), make("used", time.Hour)
	removeAbandoned(filepath.Join(root, "pg-*"))
	require.NoDirExists(t, old)
	require.DirExists(t, young)
	require.DirExists(t, used)
}
