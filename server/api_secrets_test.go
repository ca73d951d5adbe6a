package server_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/settings"
)

func TestAPI_ASecretGoesInAndNeverOut(t *testing.T) {
	t.Parallel()
	p := withAPI(t)
	at := "/api/integrations/shop/secrets/" + settings.SecretMplusSecret
	for body, media := range map[string]string{`{"value": "planted-1"}`: "application/json", "planted-1\n": "text/plain; charset=utf-8", "planted-1\r\n": "text/plain"} {
		answer := p.ask(t, request{method: "PUT", path: at, body: body, headers: map[string]string{"Content-Type": media}})
		require.Equal(t, 204, answer.Code, answer.Body.String())
		value, err := p.deps.Secrets.Get(t.Context(), "shop", settings.SecretMplusSecret)
		require.NoError(t, err)
		require.Equal(t, secret.Text("planted-1"), value)
	}
	var list api.SecretList
	p.read(t, "/api/integrations/shop/secrets", &list)
	require.Len(t, list.Secrets, len(settings.RequiredSecrets(settings.Document{})))
	for _, one := range list.Secrets {
		require.Equal(t, one.Name == settings.SecretMplusSecret, one.Set, one.Name)
		require.Equal(t, one.Set, one.SetAt != nil && !one.SetAt.IsZero())
	}
	require.Contains(t, p.log.String(), `"by":"the admin"`)
	require.NotContains(t, p.log.String(), "planted")
}

func TestAPI_ASecretOfAnAlertChannelIsSetBeforeItsDocument(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withSecrets(t)
	name := settings.AlertSecret("chat")
	withChat := shopText(t, func(doc *settings.Document) {
		doc.Alerts.Channels = []settings.AlertChannel{{
			Name: "chat", Kind: settings.AlertWebhook, URL: "https://chat.example/hook", About: []settings.AlertTopic{settings.AlertParked}, MinOpen: 1,
		}}
	})
	r := requireRefused(t, p.put(t, "", withChat), 422, "document_refused")
	require.Len(t, r.Error.Problems, 1)
	require.Equal(t, name, r.Error.Problems[0].Path)

	require.Equal(t, 204, p.ask(t, request{method: "PUT", path: atShop + "/secrets/" + name, body: `{"value": "planted-1"}`}).Code)
	listed := func() api.Secret {
		var list api.SecretList
		p.read(t, atShop+"/secrets", &list)
		return list.Secrets[len(list.Secrets)-1]
	}
	require.Equal(t, name, listed().Name)
	require.False(t, listed().Required, "no document in force needs it yet")
	saved(t, p.put(t, "", withChat), 201)
	require.True(t, listed().Required)
}

func TestAPI_TheAddressOfAChannelCanBeASecret(t *testing.T) {
	t.Parallel()
	p := withAPI(t).withSecrets(t)
	at := func(name string) string { return atShop + "/secrets/" + name }
	require.Equal(t, 204, p.ask(t, request{method: "PUT", path: at(settings.AlertSecret("chat")), body: `{"value": "planted-1"}`}).Code)
	withChat := shopText(t, func(doc *settings.Document) {
		doc.Alerts.Channels = []settings.AlertChannel{{
			Name: "chat", Kind: settings.AlertWebhook, About: []settings.AlertTopic{settings.AlertParked}, MinOpen: 1,
		}}
	})
	r := requireRefused(t, p.put(t, "", withChat), 422, "document_refused")
	require.Len(t, r.Error.Problems, 1)
	require.Equal(t, "alerts.channels[0].url", r.Error.Problems[0].Path)

	address := at(settings.AlertURLSecret("chat"))
	refused := p.ask(t, request{method: "PUT", path: address, body: `{"value": "http://chat.example/planted-token"}`})
	requireRefused(t, refused, 400, "malformed_body")
	require.NotContains(t, refused.Body.String(), "planted")
	require.Equal(t, 204, p.ask(t, request{method: "PUT", path: address, body: `{"value": "https://chat.example/planted-token?sig=planted"}`}).Code)
	saved(t, p.put(t, "", withChat), 201)
	document := p.ask(t, request{method: "GET", path: atShop, scope: db.ScopeRead})
	require.Contains(t, document.Body.String(), "name: chat")
	require.NotContains(t, document.Body.String(), "planted")
	require.NotContains(t, p.log.String(), "planted")
}

func TestAPI_ARefreshTokenBeginsANewChain(t *testing.T) {
	t.Parallel()
	p := withAPI(t)
	require.Equal(t, 204, p.ask(t, request{
		method: "PUT", path: "/api/integrations/shop/secrets/" + settings.SecretAccountViewRefresh, body: `{"value": "planted-refresh"}`,
	}).Code)
	token, err := p.app.Tokens.Current(t.Context(), "shop", "accountview")
	require.NoError(t, err)
	require.Contains(t, string(token), "planted-refresh")
}

func TestAPI_RefusesWhatIsNoSecret(t *testing.T) {
	t.Parallel()
	p := withAPI(t)
	at := "/api/integrations/shop/secrets/" + settings.SecretMplusSecret
	for name, bad := range map[string]struct {
		path, body, media string
		status            int
		code              string
	}{
		"unknown name":   {"/api/integrations/shop/secrets/planted.name", `{"value": "x"}`, "application/json", 404, "unknown_secret"},
		"unusable slug":  {"/api/integrations/Shop/secrets/mplus.secret", `{"value": "x"}`, "application/json", 404, "unknown_integration"},
		"a form":         {at, "value=planted", "application/x-www-form-urlencoded", 415, "wrong_media_type"},
		"no media type":  {at, "planted", "planted", 415, "wrong_media_type"},
		"not JSON":       {at, "planted", "application/json", 400, "malformed_body"},
		"more than JSON": {at, `{"value": "planted"} {}`, "application/json", 400, "malformed_body"},
		"another key":    {at, `{"value": "x", "planted": 1}`, "application/json", 400, "malformed_body"},
		"a number":       {at, `{"value": 5}`, "application/json", 400, "malformed_body"},
		"empty":          {at, `{"value": ""}`, "application/json", 400, "malformed_body"},
		"empty text":     {at, "\n", "text/plain", 400, "malformed_body"},
		"several lines":  {at, "planted\nplanted", "text/plain", 400, "malformed_body"},
		"very long":      {at, strings.Repeat("p", 1<<16+1), "text/plain", 400, "malformed_body"},
		"over the limit": {at, strings.Repeat("p", 1<<20+1), "text/plain", 413, "body_too_large"},
	} {
		t.Run(name, func(t *testing.T) {
			answer := p.ask(t, request{method: "PUT", path: bad.path, body: bad.body, headers: map[string]string{"Content-Type": bad.media}})
			requireRefused(t, answer, bad.status, bad.code)
			require.NotContains(t, answer.Body.String(), "planted")
			require.NotContains(t, p.log.String(), "planted-")
		})
	}
	set, err := p.deps.Secrets.List(t.Context(), "shop")
	require.NoError(t, err)
	require.Empty(t, set)
}
