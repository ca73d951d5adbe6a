package e2e

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/dev/stack"
)

// binary builds the product once for all tests, into the folder of what make
// builds. It is put in place in one step: another run may be using the old one.
var binary = sync.OnceValues(func() (string, error) {
	folder, err := filepath.Abs(filepath.Join("..", "..", ".koppel", "bin"))
	if err != nil {
		return "", err
	}
	path := filepath.Join(folder, "koppel-e2e")
	fresh := fmt.Sprintf("%s.%d", path, os.Getpid())
	build := exec.Command("go", "build", "-o", fresh, "./cmd/koppel")
	build.Dir = filepath.Join("..", "..")
	if output, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build koppel: %w: %s", err, output)
	}
	return path, os.Rename(fresh, path)
})

// command prepares the product to run against this stack.
func (b *bundle) command(args ...string) *exec.Cmd {
	b.t.Helper()
	path, err := binary()
	require.NoError(b.t, err)
	cmd := exec.Command(path, args...)
	cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"),
		"KOPPEL_DATABASE_URL=" + b.Config.DatabaseURL.Reveal(),
		"KOPPEL_KEY=" + b.Config.Key.Reveal(),
		"KOPPEL_TEMPORAL_ADDRESS=" + b.Config.Temporal.Address,
		"KOPPEL_TEMPORAL_NAMESPACE=" + b.Config.Temporal.Namespace,
		"KOPPEL_WORKER_LISTEN=",
		"KOPPEL_LOG_LEVEL=debug",
	}
	return cmd
}

// koppel runs a command of the product and gives what it printed.
func (b *bundle) koppel(input string, args ...string) string {
	b.t.Helper()
	cmd := b.command(args...)
	cmd.Stdin = strings.NewReader(input)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	require.NoError(b.t, cmd.Run(), "koppel %s: %s", strings.Join(args, " "), errs.String())
	return out.String()
}

// process is a worker in a process of its own.
type process struct {
	t    *testing.T
	cmd  *exec.Cmd
	done chan error
}

// startWorker starts a worker process. It ends with the test at the latest.
func (b *bundle) startWorker() *process {
	b.t.Helper()
	p := &process{t: b.t, cmd: b.command("worker"), done: make(chan error, 1)}
	p.cmd.Stderr = b.t.Output()
	require.NoError(b.t, p.cmd.Start())
	go func() {
		p.done <- p.cmd.Wait()
		close(p.done)
	}()
	b.t.Cleanup(p.kill)
	return p
}

// kill ends the process as a power cut does, and waits until it is gone.
func (p *process) kill() {
	_ = p.cmd.Process.Signal(syscall.SIGKILL) // it may be gone already
	<-p.done
}

// stop asks the process to end, as an operator does.
func (p *process) stop() {
	p.t.Helper()
	require.NoError(p.t, p.cmd.Process.Signal(syscall.SIGTERM))
	require.NoError(p.t, <-p.done)
}

// sync runs a flow from the command line and waits for the run.
func (b *bundle) sync(flow string, keys ...string) string {
	b.t.Helper()
	args := []string{"sync", flow, "-i", stack.Integration}
	for _, key := range keys {
		args = append(args, "--key", key)
	}
	return b.koppel("", args...)
}
