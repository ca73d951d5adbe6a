package activities

import (
	"context"
	"fmt"
	"strings"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/settings"
)

// Alerts tells people what waits for them.
type Alerts struct {
	*Desk
	Schedules Schedules
	Telling   Telling // a field: its methods are no activities
}

// Telling is what reaching people takes.
type Telling struct {
	Notifier  Notifier
	Secrets   db.Secrets
	PublicURL string // how people reach the status page; empty: messages do not link to it
}

// Notifier brings a message to people. A message may come twice; its ID stays.
type Notifier interface {
	// Email gives how many recipients were reached; with an error that is not all of them.
	Email(ctx context.Context, to []string, notice domain.Notice) (taken int, err error)
	// Webhook posts a message, signed with the key. The address may be a secret too.
	Webhook(ctx context.Context, address, key secret.Text, notice domain.Notice) error
}

// send sends a message through a channel. With an error and somebody reached, not
// all were.
func (t Telling) send(ctx context.Context, integration string, channel settings.AlertChannel, notice domain.Notice) (reached int, err error) {
	notice.Integration, notice.Channel = integration, channel.Name
	if t.PublicURL != "" {
		notice.Page = strings.TrimRight(t.PublicURL, "/") + "/#" + integration
	}
	if channel.Kind == settings.AlertEmail {
		return t.Notifier.Email(ctx, channel.To, notice)
	}
	key, err := t.Secrets.Get(ctx, integration, settings.AlertSecret(channel.Name))
	if err != nil && !isNoSecret(err) {
		return 0, err
	}
	address, err := t.address(ctx, integration, channel)
	if err != nil {
		return 0, err
	}
	if err := t.Notifier.Webhook(ctx, address, key, notice); err != nil {
		return 0, err
	}
	return 1, nil
}

// address is where a webhook channel is posted to: what the document says or,
// where it says nothing, the secret.
func (t Telling) address(ctx context.Context, integration string, channel settings.AlertChannel) (secret.Text, error) {
	if channel.URL != "" {
		return secret.Text(channel.URL), nil
	}
	address, err := t.Secrets.Get(ctx, integration, settings.AlertURLSecret(channel.Name))
	if isNoSecret(err) {
		return "", fault.New(fault.Misconfigured, "channel_no_address", "alert POST webhook").About(channel.Name)
	}
	return address, err
}

// Test sends a message that says nothing is the matter.
func (t Telling) Test(ctx context.Context, integration string, channel settings.AlertChannel, notice domain.Notice) error {
	notice.Test = true
	_, err := t.send(ctx, integration, channel, notice)
	return err
}

// paused opens the incident of a flow that was stopped.
func (d *Desk) paused(ctx context.Context, integration, flow, code string) error {
	err := db.Q.IncidentOpen(ctx, d.DB, store.IncidentOpenParams{Integration: integration, Flow: flow, Code: code, Topic: domain.TopicPaused})
	if err != nil {
		return fmt.Errorf("note that a flow is paused: %w", err)
	}
	return nil
}
