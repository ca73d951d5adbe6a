//go:build unix

package testkit

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// stopLeftover ends a server that outlived the process that started it. Its pid file can also name a process that has
// nothing to do with us, because numbers are used again; PostgreSQL would then refuse to start, so the file goes. The
// caller holds the directory's lock, so nobody else is starting a server here.
func stopLeftover(ctx context.Context, data string) error {
	path := filepath.Join(data, "postmaster.pid")
	content, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look for a PostgreSQL that was left running: %w", err)
	}
	line, _, _ := strings.Cut(string(content), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil || pid <= 1 || !serves(pid, data) {
		return removeIfThere(path)
	}
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGQUIT} {
		if err := syscall.Kill(pid, signal); err != nil && !errors.Is(err, syscall.ESRCH) {
			return fmt.Errorf("stop the PostgreSQL that was left running as process %d: %w", pid, err)
		}
		if gone(ctx, pid, data) {
			return removeIfThere(path)
		}
	}
	return fmt.Errorf("the PostgreSQL that was left running as process %d does not stop", pid)
}

func gone(ctx context.Context, pid int, data string) bool {
	ctx, cancel := context.WithTimeout(ctx, fastStopTimeout)
	defer cancel()
	ticker := time.NewTicker(readyPoll)
	defer ticker.Stop()
	for serves(pid, data) {
		select {
		case <-ctx.Done():
			return false
		case <-ticker.C:
		}
	}
	return true
}

// serves says whether the process is a PostgreSQL server on this data. A server stands in its data directory; where the
// system does not show that (macOS), its command line, which we wrote, names it.
func serves(pid int, data string) bool {
	process := "/proc/" + strconv.Itoa(pid)
	if _, err := os.Stat("/proc/self/cwd"); err == nil {
		standsIn, err := os.Readlink(process + "/cwd")
		if err != nil {
			return false
		}
		resolved, err := filepath.EvalSymlinks(data)
		return err == nil && standsIn == resolved
	}
	output, err := exec.Command("ps", "-ww", "-o", "command=", "-p", strconv.Itoa(pid)).Output()
	return err == nil && strings.Contains(string(output), "postgres") && strings.Contains(string(output), data)
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
