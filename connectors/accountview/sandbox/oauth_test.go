package sandbox_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/accountview/sandbox"
)

const callback = "http://localhost:8080/callback"

// form posts a form the way a browser or an OAuth library does.
func (f *foreign) form(path string, pairs ...string) answer {
	f.t.Helper()
	req, err := http.NewRequest(http.MethodPost, f.base+path, strings.NewReader(query(pairs...)))
	require.NoError(f.t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	a, err := f.do(req)
	require.NoError(f.t, err)
	return a
}

func (f *foreign) refresh(token string) answer {
	f.t.Helper()
	ready := f.server.Ready()
	return f.form("/api/v3/token", "grant_type", "refresh_token", "refresh_token", token, "client_id", ready.ClientID, "client_secret", ready.ClientSecret)
}

// consent answers the consent page and gives the address it redirects to.
func (f *foreign) consent(pairs ...string) *url.URL {
	f.t.Helper()
	a := f.form("/ams/authorize.aspx", append([]string{"client_id", f.server.Ready().ClientID, "redirect_uri", callback, "state", "s t&1"}, pairs...)...)
	require.Equal(f.t, http.StatusFound, a.status, a.raw)
	target, err := url.Parse(a.header.Get("Location"))
	require.NoError(f.t, err)
	require.True(f.t, strings.HasPrefix(target.String(), callback))
	return target
}

func TestConsent_ShowsThePageWithTheScopesAsked(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	a, err := f.send(http.MethodGet, "/AMS/Authorize.aspx?"+query("response_type", "code", "client_id", f.server.Ready().ClientID,
		"redirect_uri", callback, "scope", "readaccountviewdata updateaccountviewdata", "state", `"><script>`), "")
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, a.status)
	require.Contains(t, a.header.Get("Content-Type"), "text/html")
	require.Contains(t, a.raw, `value="readaccountviewdata" checked`)
	require.Contains(t, a.raw, `value="updateaccountviewdata" checked`)
	require.Contains(t, a.raw, `value="deleteaccountviewdata" >`)
	require.NotContains(t, a.raw, `"><script>`)
}

func TestConsent_CodeIsExchangedOnce(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	target := f.consent("response_type", "code", "scope", "readaccountviewdata", "answer", "allow")
	require.Equal(t, "s t&1", target.Query().Get("state"))
	code := target.Query().Get("code")
	require.True(t, strings.HasSuffix(code, "+/="), "a code that must be decoded")
	require.NotContains(t, target.RawQuery, "+/=")
	ready := f.server.Ready()
	exchange := func(code, redirect, id, secret string) answer {
		return f.form("/API/V3/Token", "grant_type", "authorization_code", "code", code, "redirect_uri", redirect, "client_id", id, "client_secret", secret)
	}
	refused := func(a answer, code string) {
		t.Helper()
		require.Equal(t, 400, a.status)
		require.Equal(t, code, a.body["error"], a.raw)
	}
	refused(exchange(url.QueryEscape(code), callback, ready.ClientID, ready.ClientSecret), "invalid_grant")
	refused(exchange(code, callback, ready.ClientID, "wrong"), "invalid_client")
	refused(exchange(code, callback, "unknown", ready.ClientSecret), "invalid_client")

	a := exchange(code, callback, ready.ClientID, ready.ClientSecret)
	require.Equal(t, 200, a.status, a.raw)
	require.Equal(t, "no-store", a.header.Get("Cache-Control"))
	require.Equal(t, "bearer", a.body["token_type"])
	require.Equal(t, "3600", text(a.body["expires_in"]))
	refused(exchange(code, callback, ready.ClientID, ready.ClientSecret), "invalid_grant")

	f.token = text(a.body["access_token"])
	f.get("BusinessObject", "VA1").ok(t, "VAT")
	f.post(debtor("X")).refused(t, 403, "toestemming")

	other := f.consent("response_type", "code", "scope", "readaccountviewdata", "answer", "allow").Query().Get("code")
	refused(exchange(other, callback+"/other", ready.ClientID, ready.ClientSecret), "invalid_grant")
}

func TestConsent_CodeExpires(t *testing.T) {
	t.Parallel()
	clock := newClock()
	f := start(t, sandbox.Options{Now: clock.now})
	code := f.consent("response_type", "code", "scope", "readaccountviewdata", "answer", "allow").Query().Get("code")
	clock.advance(6 * time.Minute)
	ready := f.server.Ready()
	a := f.form("/api/v3/token", "grant_type", "authorization_code", "code", code, "redirect_uri", callback, "client_id", ready.ClientID, "client_secret", ready.ClientSecret)
	require.Equal(t, "invalid_grant", a.body["error"])
}

func TestConsent_TokenComesInTheFragment(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	target := f.consent("response_type", "token", "scope", "readaccountviewdata", "scope", "updateaccountviewdata", "answer", "allow")
	require.Empty(t, target.RawQuery)
	fragment, err := url.ParseQuery(target.Fragment)
	require.NoError(t, err)
	require.Empty(t, fragment.Get("refresh_token"))
	f.token = fragment.Get("access_token")
	f.post(debtor("X")).ok(t, "CONTACT")
}

func TestConsent_RefusalsGoBackToTheAppOnlyWhenItIsKnown(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	require.Equal(t, "access_denied", f.consent("response_type", "code", "scope", "readaccountviewdata", "answer", "deny").Query().Get("error"))
	require.Equal(t, "access_denied", f.consent("response_type", "code", "answer", "allow").Query().Get("error"))
	require.Equal(t, "invalid_scope", f.consent("response_type", "code", "scope", "everything", "answer", "allow").Query().Get("error"))
	require.Equal(t, "unsupported_response_type", f.consent("response_type", "magic", "answer", "allow").Query().Get("error"))
	for _, pairs := range [][]string{
		{"client_id", "unknown", "redirect_uri", callback},
		{"client_id", f.server.Ready().ClientID, "redirect_uri", "http://evil.example/"},
		{"client_id", f.server.Ready().ClientID},
	} {
		a := f.form("/ams/authorize.aspx", append(pairs, "response_type", "code", "answer", "allow", "scope", "readaccountviewdata")...)
		require.Equal(t, 400, a.status)
		require.Empty(t, a.header.Get("Location"))
	}
}

func TestRefresh_RotatesAndKillsTheOldToken(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	first := f.server.Ready().RefreshToken
	a := f.refresh(first)
	require.Equal(t, 200, a.status, a.raw)
	second := text(a.body["refresh_token"])
	require.NotEqual(t, first, second)
	require.Equal(t, "invalid_grant", f.refresh(first).body["error"])
	f.get("BusinessObject", "VA1").ok(t, "VAT") // the access token of before lives on
	f.token = text(a.body["access_token"])
	f.get("BusinessObject", "VA1").ok(t, "VAT")
	require.Equal(t, 200, f.refresh(second).status)
}

func TestRefresh_WithoutRotationTheOldTokenLives(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{RefreshRotation: sandbox.Off})
	first := f.server.Ready().RefreshToken
	require.Equal(t, 200, f.refresh(first).status)
	require.Equal(t, 200, f.refresh(first).status)
}

func TestRefresh_OfManyAtOnceOneWins(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	var won atomic.Int64
	var together sync.WaitGroup
	for range 8 {
		together.Go(func() {
			if f.refresh(f.server.Ready().RefreshToken).status == 200 {
				won.Add(1)
			}
		})
	}
	together.Wait()
	require.Equal(t, int64(1), won.Load())
}

func TestToken_RefusesAsTheStandardSays(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	ready := f.server.Ready()
	app := []string{"client_id", ready.ClientID, "client_secret", ready.ClientSecret}
	require.Equal(t, "invalid_request", f.form("/api/v3/token", app...).body["error"])
	require.Equal(t, "unsupported_grant_type", f.form("/api/v3/token", append(app, "grant_type", "client_credentials")...).body["error"])
	require.Equal(t, "invalid_grant", f.refresh("unknown").body["error"])
	require.Equal(t, "invalid_scope", f.form("/api/v3/token", append(app, "grant_type", "refresh_token", "refresh_token", ready.RefreshToken, "scope", "all")...).body["error"])
	require.Equal(t, "invalid_request", f.form("/api/v3/token", append(app, "grant_type", "refresh_token", "grant_type", "refresh_token")...).body["error"])

	basic, err := http.NewRequest(http.MethodPost, f.base+"/api/v3/token", strings.NewReader("grant_type=refresh_token&refresh_token="+ready.RefreshToken))
	require.NoError(t, err)
	basic.SetBasicAuth(ready.ClientID, ready.ClientSecret)
	basic.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	a, err := f.do(basic)
	require.NoError(t, err)
	require.Equal(t, "invalid_client", a.body["error"], "credentials belong in the body")

	a, err = f.send(http.MethodPost, "/api/v3/token", `{"grant_type":"refresh_token"}`)
	require.NoError(t, err)
	require.Equal(t, "invalid_request", a.body["error"])
	a, err = f.send(http.MethodGet, "/api/v3/token", "")
	require.NoError(t, err)
	require.Equal(t, 405, a.status)
	require.Equal(t, 200, f.form("/api/v3/token", append(app, "grant_type", "refresh_token", "refresh_token", ready.RefreshToken, "scope", "*")...).status)
}

func TestBearer_IsNeededGoodAndInTime(t *testing.T) {
	t.Parallel()
	clock := newClock()
	f := start(t, sandbox.Options{Now: clock.now, TokenTTL: sandbox.Duration(10 * time.Minute)})
	good := f.token
	for _, token := range []string{"", "wrong", good + "x"} {
		f.token = token
		a := f.get("BusinessObject", "VA1")
		a.refused(t, 401, "toegangstoken")
		require.Contains(t, a.header.Get("WWW-Authenticate"), "Bearer")
		f.post(debtor("X")).refused(t, 401, "toegangstoken")
	}
	f.token = good
	f.get("BusinessObject", "VA1").ok(t, "VAT")
	clock.advance(11 * time.Minute)
	f.get("BusinessObject", "VA1").refused(t, 401, "toegangstoken")
	a := f.refresh(f.server.Ready().RefreshToken)
	require.Equal(t, "600", text(a.body["expires_in"]))
	f.token = text(a.body["access_token"])
	f.get("BusinessObject", "VA1").ok(t, "VAT")
}

func TestCompany_MustBeTheUsers(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	for _, company := range []string{"", "DEMO", "0"} {
		f.company = company
		f.get("BusinessObject", "VA1").refused(t, 403, "x-company")
		f.post(debtor("X")).refused(t, 403, "x-company")
		f.system("BusinessObject", "fld").refused(t, 403, "x-company")
	}
}

func TestClients_RegistersAnApp(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	a, err := f.send(http.MethodPost, "/_sandbox/clients", `{"redirect_uris":["http://127.0.0.1:9/cb"]}`)
	require.NoError(t, err)
	require.Equal(t, 201, a.status, a.raw)
	id, secret := text(a.body["client_id"]), text(a.body["client_secret"])
	page, err := f.send(http.MethodGet, "/ams/authorize.aspx?"+query("client_id", id, "redirect_uri", "http://127.0.0.1:9/cb", "response_type", "code"), "")
	require.NoError(t, err)
	require.Equal(t, 200, page.status)
	other := f.form("/api/v3/token", "grant_type", "refresh_token", "refresh_token", f.server.Ready().RefreshToken, "client_id", id, "client_secret", secret)
	require.Equal(t, "invalid_grant", other.body["error"], "a token of another app")
	for _, bad := range []string{`{}`, `{"redirect_uris":["nonsense"]}`, `{"redirect_uris":["http://a.example/#x"]}`, `x`} {
		a, err = f.send(http.MethodPost, "/_sandbox/clients", bad)
		require.NoError(t, err)
		require.Equal(t, 400, a.status, bad)
	}
}

// clock is a clock that a test moves.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Date(2026, 5, 17, 10, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}
