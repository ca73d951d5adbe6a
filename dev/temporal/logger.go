package temporal

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"sync/atomic"

	"go.temporal.io/server/common/log"
	"go.temporal.io/server/common/log/tag"
)

// serverLogger passes the server's log on to slog. The server logs Fatal where it expects its process to end; inside our
// process only the goroutine that said so ends, and Start reports the reason.
type serverLogger struct {
	logger  *slog.Logger
	level   slog.Leveler
	stopped *atomic.Bool
	fatal   chan error
}

var (
	_ log.Logger     = (*serverLogger)(nil)
	_ log.WithLogger = (*serverLogger)(nil)
)

func newServerLogger(logger *slog.Logger, level slog.Leveler) *serverLogger {
	return &serverLogger{logger: logger, level: level, stopped: new(atomic.Bool), fatal: make(chan error, 1)}
}

// silence drops what follows: a server that stops complains about each of its parts that has already gone.
func (l *serverLogger) silence() { l.stopped.Store(true) }

// quiet is a logger for clients of the server with the same floor.
func (l *serverLogger) quiet() *slog.Logger { return slog.New(floor{l.logger.Handler(), l.level}) }

func (l *serverLogger) write(level slog.Level, message string, tags []tag.Tag) {
	if level < l.level.Level() || l.stopped.Load() || !l.logger.Enabled(context.Background(), level) {
		return
	}
	l.logger.LogAttrs(context.Background(), level, message, attributes(tags)...)
}

func attributes(tags []tag.Tag) []slog.Attr {
	attrs := make([]slog.Attr, 0, len(tags)+1)
	attrs = append(attrs, slog.String("system", "temporal"))
	for _, t := range tags {
		attrs = append(attrs, slog.Any(t.Key(), t.Value()))
	}
	return attrs
}

func (l *serverLogger) Debug(message string, tags ...tag.Tag) {
	l.write(slog.LevelDebug, message, tags)
}

func (l *serverLogger) Info(message string, tags ...tag.Tag) { l.write(slog.LevelInfo, message, tags) }

func (l *serverLogger) Warn(message string, tags ...tag.Tag) { l.write(slog.LevelWarn, message, tags) }

func (l *serverLogger) Error(message string, tags ...tag.Tag) {
	l.write(slog.LevelError, message, tags)
}

// DPanic marks what the server's own developers would want to see panic; here it is an error.
func (l *serverLogger) DPanic(message string, tags ...tag.Tag) {
	l.write(slog.LevelError, message, tags)
}

// Panic panics, as its callers rely on.
func (l *serverLogger) Panic(message string, tags ...tag.Tag) {
	l.write(slog.LevelError, message, tags)
	panic(message)
}

// Fatal ends the goroutine that called it and hands the reason to Start.
func (l *serverLogger) Fatal(message string, tags ...tag.Tag) {
	l.write(slog.LevelError, message, tags)
	err := errors.New(message)
	for _, t := range tags {
		err = fmt.Errorf("%w; %s: %v", err, t.Key(), t.Value())
	}
	select {
	case l.fatal <- err:
	default: // the first reason is the one that counts
	}
	runtime.Goexit()
}

// With returns a logger that adds the tags to each entry.
func (l *serverLogger) With(tags ...tag.Tag) log.Logger {
	with := *l
	args := make([]any, 0, len(tags))
	for _, t := range tags {
		args = append(args, slog.Any(t.Key(), t.Value()))
	}
	with.logger = l.logger.With(args...)
	return &with
}

// floor drops what lies below a level before the handler sees it.
type floor struct {
	slog.Handler
	level slog.Leveler
}

func (f floor) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= f.level.Level() && f.Handler.Enabled(ctx, level)
}

func (f floor) WithAttrs(attrs []slog.Attr) slog.Handler {
	return floor{f.Handler.WithAttrs(attrs), f.level}
}

func (f floor) WithGroup(name string) slog.Handler {
	return floor{f.Handler.WithGroup(name), f.level}
}
