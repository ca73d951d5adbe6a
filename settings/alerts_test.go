package settings_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/settings"
)

func TestParse_AlertChannels(t *testing.T) {
	t.Parallel()
	doc, err := settings.Parse([]byte(minimal + `
alerts:
  channels:
    - {name: bookkeeper, kind: email, to: [bookkeeper@example.nl]}
    - {name: chat, kind: webhook, url: https://chat.example.nl/hook, about: [paused], min_open: 5}
`))
	require.NoError(t, err)
	require.Equal(t, "15m", doc.Alerts.Every.String())
	require.Equal(t, []settings.AlertChannel{
		{
			Name: "bookkeeper", Kind: settings.AlertEmail, To: []string{"bookkeeper@example.nl"}, MinOpen: 1,
			About: []settings.AlertTopic{settings.AlertParked, settings.AlertPaused, settings.AlertDoubles},
		},
		{Name: "chat", Kind: settings.AlertWebhook, To: []string{}, URL: "https://chat.example.nl/hook", About: []settings.AlertTopic{settings.AlertPaused}, MinOpen: 5},
	}, doc.Alerts.Channels)
}

func TestParse_RefusesAlertChannelsThatReachNobody(t *testing.T) {
	t.Parallel()
	for channel, want := range map[string]string{
		"{kind: email, to: [a@example.nl]}":                                      "alerts.channels[0].name (line 10): is required",
		"{name: a b, kind: email, to: [a@example.nl]}":                           "alerts.channels[0].name (line 10): must be 1 to 40 lower-case",
		"{name: a, to: [a@example.nl]}":                                          "alerts.channels[0].kind (line 10): is required",
		"{name: a, kind: fax}":                                                   "alerts.channels[0].kind (line 10): must be one of: email, webhook",
		"{name: a, kind: email}":                                                 "alerts.channels[0].to (line 10): must name at least one recipient",
		"{name: a, kind: email, to: [Anna]}":                                     "alerts.channels[0].to[0] (line 10): must be a bare e-mail address",
		`{name: a, kind: email, to: ["Anna <a@example.nl>"]}`:                    "alerts.channels[0].to[0] (line 10): must be a bare e-mail address",
		"{name: a, kind: email, to: [a@example.nl, a@example.nl]}":               "alerts.channels[0].to[1] (line 10): stands here twice",
		"{name: a, kind: email, to: [a@example.nl], url: 'https://x.nl'}":        "alerts.channels[0].url (line 10): is only used by a webhook",
		"{name: a, kind: webhook, url: 'http://x.nl'}":                           "alerts.channels[0].url (line 10): must begin with https://",
		"{name: a, kind: webhook, url: 'https://x.nl', to: [a@example.nl]}":      "alerts.channels[0].to (line 10): is only used for e-mail",
		"{name: a, kind: webhook, url: 'https://x.nl', about: []}":               "alerts.channels[0].about (line 10): must name at least one topic",
		"{name: a, kind: webhook, url: 'https://x.nl', about: [paused, paused]}": "alerts.channels[0].about (line 10): names paused twice",
		"{name: a, kind: webhook, url: 'https://x.nl', min_open: 0}":             "alerts.channels[0].min_open (line 10): must be from 1 to 100000",
		"{name: a, kind: webhook, url: 'https://x.nl'}\n    - {name: a}":         "alerts.channels[1].name (line 11): stands here twice",
	} {
		t.Run(channel, func(t *testing.T) {
			t.Parallel()
			_, err := settings.Parse([]byte(minimal + "alerts:\n  channels:\n    - " + channel + "\n"))
			require.ErrorContains(t, err, want)
		})
	}
}

func TestParse_RefusesContentsThatOutliveTheirRecords(t *testing.T) {
	t.Parallel()
	_, err := settings.Parse([]byte(minimal + "retention:\n  payloads: 400\n  records: 90\n"))
	require.ErrorContains(t, err, "retention.records (line 10): must not be less than payloads")
	_, err = settings.Parse([]byte(minimal + "retention:\n  payloads: 0\n"))
	require.ErrorContains(t, err, "retention.payloads (line 9): must be from 1 to 3650")
}

func TestRequiredSecrets_FollowTheAlertChannels(t *testing.T) {
	t.Parallel()
	var doc settings.Document
	require.Len(t, settings.RequiredSecrets(doc), 5)
	doc.Alerts.Channels = []settings.AlertChannel{{Name: "desk", Kind: settings.AlertEmail}, {Name: "chat", Kind: settings.AlertWebhook}}
	require.Equal(t, []string{"alert.chat.secret", "alert.chat.url"}, settings.RequiredSecrets(doc)[5:])
	doc.Alerts.Channels[1].URL = "https://chat.example.nl/hook"
	require.Equal(t, []string{"alert.chat.secret"}, settings.RequiredSecrets(doc)[5:])

	for name, known := range map[string]bool{
		"mplus.secret": true, "alert.chat.secret": true, "alert.chat.url": true, "alert..url": false, "alert.chat.address": false, "alert..secret": false, "alert.-.secret": false, "alert.Chat.secret": false, "other": false,
	} {
		require.Equal(t, known, settings.KnownSecret(name), name)
	}

	names := settings.SecretNames([]string{"alert.chat.secret", "mplus.secret", "left.over"})
	require.Equal(t, append(settings.RequiredSecrets(settings.Document{}), "alert.chat.secret"), names)
}

func TestMissingSecrets_AWebhookNeedsAnAddressInTheDocumentOrAsASecret(t *testing.T) {
	t.Parallel()
	const channel = "alerts:\n  channels:\n    - {name: chat, kind: webhook}\n"
	set := map[string]bool{"alert.chat.secret": true}
	for _, name := range settings.RequiredSecrets(settings.Document{}) {
		set[name] = true
	}
	check := func(doc settings.Document) error {
		if problems := settings.MissingSecrets(doc, func(name string) bool { return set[name] }); len(problems) > 0 {
			return problems
		}
		return nil
	}
	_, err := settings.Parse([]byte(minimal+channel), check)
	require.ErrorContains(t, err, "alerts.channels[0].url (line 10): is required for a webhook, unless the secret alert.chat.url is set")
	var problems settings.Problems
	require.ErrorAs(t, err, &problems)
	require.Len(t, problems, 1)

	set["alert.chat.url"] = true
	doc, err := settings.Parse([]byte(minimal+channel), check)
	require.NoError(t, err)
	text, err := settings.Marshal(doc)
	require.NoError(t, err)
	_, err = settings.Parse(text, check)
	require.NoError(t, err)

	delete(set, "alert.chat.secret")
	_, err = settings.Parse([]byte(minimal+channel), check)
	require.ErrorContains(t, err, "alert.chat.secret (line 10): secret is not set")
}

func TestSecretProblem_AnAddressMustBeOneAndIsNotShown(t *testing.T) {
	t.Parallel()
	for value, fine := range map[string]bool{
		"https://chat.example.nl/planted?sig=planted": true,
		"http://127.0.0.1:8080/planted":               true,
		"http://chat.example.nl/planted":              false,
		"https://planted@chat.example.nl/":            false,
		"https://chat.example.nl/#planted":            false,
		"chat.example.nl/planted":                     false,
		"https:///planted":                            false,
		" https://chat.example.nl/planted":            false,
		"ftp://chat.example.nl/planted":               false,
	} {
		problem := settings.SecretProblem(settings.AlertURLSecret("chat"), value)
		require.Equal(t, fine, problem == "", "%s: %s", value, problem)
		require.NotContains(t, problem, "planted")
		require.Empty(t, settings.SecretProblem(settings.AlertSecret("chat"), value), "any text can sign")
	}
}
