package testkit

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// childVariable makes the test's own program start a cluster and wait to be killed.
const childVariable = "KOPPEL_TEST_POSTGRES_CHILD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childVariable); dir != "" {
		if err := runChild(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	Main(m, CheckLeaks())
}

func runChild(dir string) error {
	cluster, err := StartCluster(context.Background(), dir, 0, Disposable())
	if err != nil {
		return err
	}
	fmt.Println(cluster.process.process.Pid)
	_, err = io.Copy(io.Discard, os.Stdin)
	return err
}

// openDir is a directory that the user of PostgreSQL can enter, which t.TempDir is not for root.
func openDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "koppel-testkit-")
	require.NoError(t, err)
	require.NoError(t, os.Chmod(dir, 0o711))
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
	return filepath.Join(dir, "postgres")
}

func startCluster(t *testing.T, dir string, options ...ClusterOption) *Cluster {
	t.Helper()
	cluster, err := StartCluster(t.Context(), dir, 0, options...)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, cluster.Destroy()) })
	return cluster
}

func query(t *testing.T, url, statement string, args ...any) string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	defer conn.Close(context.Background()) //nolint:errcheck // read only
	var answer string
	require.NoError(t, conn.QueryRow(t.Context(), statement, args...).Scan(&answer))
	return answer
}

func execute(t *testing.T, url, statement string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	_, err = conn.Exec(t.Context(), statement)
	require.NoError(t, err)
	require.NoError(t, conn.Close(t.Context()))
}

func TestStartCluster_KeepsDataPasswordAndDatabasesForTheNextStart(t *testing.T) {
	t.Parallel()
	dir := openDir(t)
	first := startCluster(t, dir)
	url, err := first.EnsureDatabase(t.Context(), `odd "name"`)
	require.NoError(t, err)
	execute(t, url, "CREATE TABLE kept AS SELECT 'order 1' AS what")
	require.NoError(t, first.Stop())
	require.NoError(t, first.Stop(), "stopping twice is no error")

	second := startCluster(t, dir)
	url, err = second.EnsureDatabase(t.Context(), `odd "name"`)
	require.NoError(t, err)
	require.Equal(t, "order 1", query(t, url, "SELECT what FROM kept"))
	require.Equal(t, "on", query(t, url, "SHOW fsync"))
}

func TestStartCluster_LetsNobodyInWithoutThePassword(t *testing.T) {
	t.Parallel()
	cluster := startCluster(t, openDir(t), Disposable())
	config, err := pgx.ParseConfig(cluster.URL("postgres"))
	require.NoError(t, err)
	config.Password = "guess"
	_, err = pgx.ConnectConfig(t.Context(), config)
	require.ErrorContains(t, err, "28P01")

	info, err := os.Stat(filepath.Join(cluster.home.dir, passwordName))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	require.Equal(t, "127.0.0.1", query(t, cluster.URL("postgres"), "SHOW listen_addresses"))
	require.Empty(t, query(t, cluster.URL("postgres"), "SHOW unix_socket_directories"))
}

func TestStartCluster_KeepsValuesOutOfItsLog(t *testing.T) {
	t.Parallel()
	cluster := startCluster(t, openDir(t), Disposable())
	conn, err := pgx.Connect(t.Context(), cluster.URL("postgres"))
	require.NoError(t, err)
	defer conn.Close(context.Background()) //nolint:errcheck // nothing to lose
	_, err = conn.Exec(t.Context(), "CREATE TABLE person (name text PRIMARY KEY)")
	require.NoError(t, err)
	for range 2 {
		_, err = conn.Exec(t.Context(), "INSERT INTO person VALUES ($1)", "Annelies de Vries")
	}
	require.ErrorContains(t, err, "23505")
	log, err := os.ReadFile(cluster.home.logPath())
	require.NoError(t, err)
	require.Contains(t, string(log), "person_pkey", "the failure itself is logged")
	require.NotContains(t, string(log), "Annelies")
}

func TestStartCluster_MovesDataOutOfADirectoryItsUserCannotEnter(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	require.NoError(t, os.Chmod(dir, 0o700))
	cluster := startCluster(t, dir, Disposable())
	note, err := os.ReadFile(filepath.Join(dir, detourName))
	if os.Geteuid() != 0 {
		require.ErrorIs(t, err, os.ErrNotExist)
		require.Equal(t, filepath.Join(dir, "data"), cluster.DataDir())
		return
	}
	require.NoError(t, err)
	folder, _, _ := strings.Cut(string(note), "\n")
	require.Equal(t, filepath.Dir(cluster.DataDir()), folder)
	require.NoError(t, cluster.Stop())
	again := startCluster(t, dir, Disposable())
	require.Equal(t, cluster.DataDir(), again.DataDir())
	require.NoError(t, again.Destroy())
	require.NoDirExists(t, folder)
}

func TestStartCluster_NamesATakenPortAndItsSetting(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, listener.Close()) })
	port := listener.Addr().(*net.TCPAddr).Port
	_, err = StartCluster(t.Context(), openDir(t), port)
	require.ErrorContains(t, err, strconv.Itoa(port))
	require.ErrorContains(t, err, PostgresPortSetting)
	_, err = StartCluster(t.Context(), openDir(t), 70000)
	require.ErrorContains(t, err, PostgresPortSetting)
}

func TestStartCluster_RefusesADirectoryInUse(t *testing.T) {
	t.Parallel()
	cluster := startCluster(t, openDir(t), Disposable())
	_, err := StartCluster(t.Context(), cluster.home.dir, 0)
	require.ErrorContains(t, err, "another process runs the PostgreSQL in "+cluster.home.dir)
	require.Equal(t, "1", query(t, cluster.URL("postgres"), "SELECT '1'"), "the first goes on")
}

func TestStartCluster_StopsAServerThatWasLeftRunning(t *testing.T) {
	t.Parallel()
	left := startCluster(t, openDir(t), Disposable())
	require.NoError(t, left.lock.release()) // what the system does when a process dies
	left.lock = nil
	next := startCluster(t, left.home.dir, Disposable())
	requireClosed(t, left.Done())
	require.Equal(t, "1", query(t, next.URL("postgres"), "SELECT '1'"))
}

func TestStartCluster_IsNotStoppedByThePidFileOfAnother(t *testing.T) {
	t.Parallel()
	for name, pid := range map[string]string{
		"dead": "2147483646", "a stranger": strconv.Itoa(os.Getpid()), "nonsense": "x", "everybody": "-1",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cluster := startCluster(t, openDir(t), Disposable())
			require.NoError(t, cluster.Stop())
			file := filepath.Join(cluster.DataDir(), "postmaster.pid")
			require.NoError(t, os.WriteFile(file, []byte(pid+"\n"+cluster.DataDir()+"\n"), 0o600))
			require.NoError(t, cluster.home.owner.own(file))
			again := startCluster(t, cluster.home.dir, Disposable())
			require.Equal(t, "1", query(t, again.URL("postgres"), "SELECT '1'"))
		})
	}
}

func TestStartCluster_GoesOnAfterItsProcessWasKilled(t *testing.T) {
	t.Parallel()
	dir := openDir(t)
	program, err := os.Executable()
	require.NoError(t, err)
	child := exec.CommandContext(t.Context(), program)
	child.Env = append(os.Environ(), childVariable+"="+dir)
	child.Stderr = t.Output()
	_, err = child.StdinPipe()
	require.NoError(t, err)
	stdout, err := child.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, child.Start())
	line, err := bufio.NewReader(stdout).ReadString('\n')
	require.NoError(t, err)
	pid, err := strconv.Atoi(strings.TrimSpace(line))
	require.NoError(t, err)
	require.NoError(t, child.Process.Kill())
	require.Error(t, child.Wait())

	next := startCluster(t, dir, Disposable())
	require.Equal(t, "1", query(t, next.URL("postgres"), "SELECT '1'"))
	require.False(t, serves(pid, next.DataDir()), "the server of the killed process is gone")
}

func TestStartCluster_StartsOverAfterAnInterruptedFirstStart(t *testing.T) {
	t.Parallel()
	dir := openDir(t)
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "data.new", "base"), 0o700))
	require.NoError(t, os.Chmod(dir, 0o711))
	cluster := startCluster(t, dir, Disposable())
	require.Equal(t, "1", query(t, cluster.URL("postgres"), "SELECT '1'"))
}

func TestStartCluster_SaysWhenThePasswordOfItsDataIsGone(t *testing.T) {
	t.Parallel()
	cluster := startCluster(t, openDir(t), Disposable())
	require.NoError(t, cluster.Stop())
	require.NoError(t, os.Remove(filepath.Join(cluster.home.dir, passwordName)))
	_, err := StartCluster(t.Context(), cluster.home.dir, 0)
	require.ErrorContains(t, err, "put it back")
}

func TestStartCluster_QuotesTheLogOfAServerThatDoesNotStart(t *testing.T) {
	t.Parallel()
	cluster := startCluster(t, openDir(t), Disposable())
	require.NoError(t, cluster.Stop())
	file := filepath.Join(cluster.DataDir(), "postgresql.conf")
	require.NoError(t, os.WriteFile(file, []byte("no_such_setting = 1\n"), 0o600))
	require.NoError(t, cluster.home.owner.own(file))
	_, err := StartCluster(t.Context(), cluster.home.dir, 0)
	require.ErrorContains(t, err, "no_such_setting")
}

func requireClosed(t *testing.T, done <-chan struct{}) {
	t.Helper()
	select {
	case <-done:
	case <-time.After(fastStopTimeout):
		require.Fail(t, "the server still runs")
	}
}
