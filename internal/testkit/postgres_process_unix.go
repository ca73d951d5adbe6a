//go:build unix

package testkit

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"time"
)

// serverProcess is the PostgreSQL server as our child.
type serverProcess struct {
	process *os.Process
	done    chan struct{}
}

// startServer starts the server with its output in the home's log. The goroutine keeps its thread for as long as the
// server runs: the server is tied to the life of the thread that started it.
func startServer(home clusterHome, program string, args []string) (*serverProcess, error) {
	output, err := os.OpenFile(home.logPath(), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the log of PostgreSQL: %w", err)
	}
	command := exec.Command(program, args...)
	command.Dir = home.workDir()
	command.Stdout, command.Stderr = output, output
	command.SysProcAttr = home.owner.attributes()

	started := make(chan error)
	server := &serverProcess{done: make(chan struct{})}
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := command.Start()
		started <- errors.Join(err, output.Close())
		if err == nil {
			_ = command.Wait() // how it ended is in its log
			close(server.done)
		}
	}()
	if err := <-started; err != nil {
		return nil, err
	}
	server.process = command.Process
	return server, nil
}

// stop asks for a fast shutdown, then for an immediate one, and then kills.
func (s *serverProcess) stop() error {
	steps := []struct {
		signal  os.Signal
		timeout time.Duration
	}{{syscall.SIGINT, fastStopTimeout}, {syscall.SIGQUIT, crashStopTimeout}, {syscall.SIGKILL, crashStopTimeout}}
	for _, step := range steps {
		if err := s.process.Signal(step.signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
			return fmt.Errorf("stop PostgreSQL: %w", err)
		}
		select {
		case <-s.done:
			return nil
		case <-time.After(step.timeout):
		}
	}
	return fmt.Errorf("stop PostgreSQL: process %d does not end", s.process.Pid)
}

// dirLock keeps a second process away from a cluster's directory. The system drops it when this process dies.
type dirLock struct{ file *os.File }

func lockDir(dir string) (*dirLock, error) {
	file, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		if errors.Is(err, syscall.EWOULDBLOCK) {
			err = fmt.Errorf("another process runs the PostgreSQL in %s: stop that one, or set KOPPEL_HOME to another directory", dir)
		}
		return nil, errors.Join(err, file.Close())
	}
	return &dirLock{file: file}, nil
}

func (l *dirLock) release() error { return l.file.Close() }
