//go:build unix

package temporal

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// fileLock keeps a second server away from the same data file. The system drops it when the process dies.
type fileLock struct{ file *os.File }

func lockFile(path string) (*fileLock, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		if errors.Is(err, syscall.EWOULDBLOCK) {
			err = errors.New("another Temporal server uses it; stop that one or set KOPPEL_HOME to another directory")
		}
		return nil, errors.Join(fmt.Errorf("lock: %w", err), file.Close())
	}
	return &fileLock{file: file}, nil
}

func (l *fileLock) release() error { return l.file.Close() }
