package telemetry

import (
	"io"
	"log/slog"
)

// NewLogger writes log lines as JSON, or as text for people, scrubbed of what
// must not stand in a log.
func NewLogger(w io.Writer, level slog.Leveler, json bool) *slog.Logger {
	options := &slog.HandlerOptions{Level: level}
	if json {
		return slog.New(Scrub(slog.NewJSONHandler(w, options)))
	}
	return slog.New(Scrub(slog.NewTextHandler(w, options)))
}
