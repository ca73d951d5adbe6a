package testkit

import (
	"io"
	"log/slog"
	"sync"
	"testing"
)

// Logger writes to the test's own log, from Debug up. What arrives after the test has ended is dropped.
func Logger(t testing.TB) *slog.Logger {
	t.Helper()
	output := &testOutput{writer: t.Output()}
	t.Cleanup(output.close)
	return slog.New(slog.NewTextHandler(output, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

type testOutput struct {
	mu     sync.Mutex
	writer io.Writer
}

func (o *testOutput) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.writer == nil {
		return len(p), nil
	}
	return o.writer.Write(p)
}

func (o *testOutput) close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.writer = nil
}
