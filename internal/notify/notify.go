// Package notify brings messages to people: by e-mail and by webhook. A message
// is sent at least once, under an ID that stays the same, so that a repeat can be
// told from news.
package notify

import (
	"context"
	"crypto/tls"
	"net/http"
	"time"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/httpx"
	"github.com/koppel/koppel/internal/secret"
)

// Sender sends messages.
type Sender struct {
	Mail    Mail
	Timeout time.Duration     // of one message; 0 means 20 s
	HTTP    http.RoundTripper // nil: the one that all calls share
}

// Mail is the mail server that messages go through.
type Mail struct {
	Host     string // empty: no e-mail can be sent
	Port     int
	User     string // empty: nobody logs in
	Password secret.Text
	Security Security
	From     string
	TLS      *tls.Config // nil: the system's authorities are trusted
}

// Security is how the connection to the mail server is kept private.
type Security string

const (
	// StartTLS begins in the clear and switches to TLS, or gives up.
	StartTLS Security = "starttls"
	// TLS speaks TLS from the first byte.
	TLS Security = "tls"
	// Plain speaks in the clear.
	Plain Security = "none"
)

// Webhook posts a message, signed with the key. The address may be secret itself:
// it is in no error.
func (s *Sender) Webhook(ctx context.Context, address, key secret.Text, notice domain.Notice) error {
	client := httpx.New(httpx.Settings{System: "alert", Timeout: s.timeout(), MaxBody: mostAnswer, Transport: s.HTTP})
	return post(ctx, client, address, key, notice)
}

func (s *Sender) timeout() time.Duration {
	if s.Timeout == 0 {
		return 20 * time.Second
	}
	return s.Timeout
}
