// Package secret keeps secrets unprintable in memory and unreadable at rest.
package secret

import "log/slog"

const mask = "[secret]"

// Text is a secret held in memory. No way of printing, logging or encoding it
// shows what it holds; only Reveal does, at the one place that sends it.
type Text string

// Reveal gives the secret itself.
func (t Text) Reveal() string { return string(t) }

// String masks the secret in fmt.
func (Text) String() string { return mask }

// GoString masks the secret in %#v.
func (Text) GoString() string { return mask }

// LogValue masks the secret in slog.
func (Text) LogValue() slog.Value { return slog.StringValue(mask) }

// MarshalText masks the secret in JSON, YAML and XML.
func (Text) MarshalText() ([]byte, error) { return []byte(mask), nil }
