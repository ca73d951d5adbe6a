package app_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/configs"
	"github.com/koppel/koppel/configs/examples"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/app"
	"github.com/koppel/koppel/internal/testkit"
	"github.com/koppel/koppel/settings"
)

func TestMailMissing_NamesTheChannelsThatWouldTellNobody(t *testing.T) {
	t.Parallel()
	var doc settings.Document
	doc.Alerts.Channels = []settings.AlertChannel{{Name: "desk", Kind: settings.AlertEmail}, {Name: "chat", Kind: settings.AlertWebhook}}
	require.Equal(t, []string{"desk"}, (&app.App{}).MailMissing(doc))
	require.Empty(t, (&app.App{Config: configs.Config{Mail: configs.Mail{Host: "mail.example.nl"}}}).MailMissing(doc))
}

func TestTestAlert_SaysWhichChannelsThereAre(t *testing.T) {
	t.Parallel()
	pool := testkit.Database(t)
	a := &app.App{DB: pool, Documents: db.Documents{DB: pool}}
	_, err := a.Documents.Put(t.Context(), "demo", examples.Demo, "test", "")
	require.NoError(t, err)
	require.ErrorContains(t, a.TestAlert(t.Context(), "demo", "desk"), `no channel "desk"; it has none: add one under alerts.channels`)
}
