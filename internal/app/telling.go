package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/notify"
	"github.com/koppel/koppel/settings"
)

// Telling is what reaching people takes, in this process.
func (a *App) Telling() activities.Telling {
	m := a.Config.Mail
	return activities.Telling{
		Notifier: &notify.Sender{Mail: notify.Mail{
			Host: m.Host, Port: m.Port, User: m.User, Password: m.Password, Security: notify.Security(m.Security), From: m.From,
		}},
		Secrets: a.Secrets, PublicURL: a.Config.Server.PublicURL,
	}
}

// TestAlert sends a test message through a channel of the document in force.
func (a *App) TestAlert(ctx context.Context, integration, name string) error {
	version, err := a.Documents.Current(ctx, integration)
	if err != nil {
		return err
	}
	text, err := a.Documents.Get(ctx, integration, version)
	if err != nil {
		return err
	}
	doc, err := settings.Parse(text)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(doc.Alerts.Channels, func(c settings.AlertChannel) bool { return c.Name == name })
	if at < 0 {
		return fmt.Errorf("the document of %s has no channel %q; %s", integration, name, channelsOf(doc))
	}
	return a.Telling().Test(ctx, integration, doc.Alerts.Channels[at], domain.Notice{ID: uuid.NewString(), At: time.Now()})
}

func channelsOf(doc settings.Document) string {
	names := []string{}
	for _, channel := range doc.Alerts.Channels {
		names = append(names, channel.Name)
	}
	if len(names) == 0 {
		return "it has none: add one under alerts.channels"
	}
	return "it has " + strings.Join(names, ", ")
}

// MailMissing names the channels of a document that send e-mail, where this
// process knows no mail server. The worker may know one: so this is a warning only.
func (a *App) MailMissing(doc settings.Document) []string {
	var names []string
	for _, channel := range doc.Alerts.Channels {
		if channel.Kind == settings.AlertEmail && a.Config.Mail.Host == "" {
			names = append(names, channel.Name)
		}
	}
	return names
}
