package accountview

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/secret"
)

// guarded serves companies to whoever holds the newest access token, and rotates
// refresh tokens: each works once.
type guarded struct {
	mu        sync.Mutex
	access    string
	refresh   string
	refreshes int
	expiresIn string
}

func (g *guarded) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if r.URL.Path != "/api/v3/token" {
		if r.Header.Get("Authorization") != "Bearer "+g.access {
			reply(w, http.StatusUnauthorized, `{"ErrorMessage":"Niet aangemeld"}`)
			return
		}
		reply(w, http.StatusOK, `[{"Id":"c0ffee","Description":"De Kookwinkel","Code":"DEMO"}]`)
		return
	}
	g.refreshes++
	if r.URL.Query().Has("client_secret") {
		reply(w, http.StatusBadRequest, `{"error":"invalid_request"}`)
		return
	}
	g.access, g.refresh = fmt.Sprintf("access-%d", g.refreshes+1), fmt.Sprintf("refresh-%d", g.refreshes+1)
	reply(w, http.StatusOK, fmt.Sprintf(`{"access_token":%q,"refresh_token":%q,"token_type":"bearer"%s}`, g.access, g.refresh, g.expiresIn))
}

// checkingGrant answers the token endpoint by the form it gets.
func checkingGrant(t *testing.T, g *guarded) http.HandlerFunc {
	t.Helper()
	return func(w http.ResponseWriter, r *http.Request) { g.ServeHTTP(w, r) }
}

func openGuarded(t *testing.T, g *guarded, kept Token) (*Books, *memoryTokens, *fake) {
	t.Helper()
	f := newFake(t, checkingGrant(t, g))
	tokens := &memoryTokens{token: kept}
	b, err := New(f.settings(), tokens, nil, nil)
	require.NoError(t, err)
	return b, tokens, f
}

func TestTokens_FiftyCallersMakeOneRefresh(t *testing.T) {
	t.Parallel()
	for name, kept := range map[string]Token{
		"the token is refused":   {Access: "dead", Refresh: "refresh-1", ExpiresAt: time.Now().Add(time.Hour).UTC().Truncate(time.Second)},
		"the token is over":      {Access: "access-1", Refresh: "refresh-1", ExpiresAt: time.Now().Add(-time.Minute).UTC().Truncate(time.Second)},
		"the token ends soon":    {Access: "access-1", Refresh: "refresh-1", ExpiresAt: time.Now().Add(20 * time.Second).UTC().Truncate(time.Second)},
		"its end is not known":   {Access: "dead", Refresh: "refresh-1"},
		"only a refresh is kept": {Refresh: "refresh-1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := &guarded{access: "access-1", refresh: "refresh-1"}
			first, tokens, _ := openGuarded(t, g, kept)
			second := *first // another worker: a session of its own, the same keeper
			second.session = &session{tokens: tokens, exchange: first.session.exchange, skew: time.Minute, patience: time.Minute, now: time.Now, renewing: newLock()}

			var group errgroup.Group
			for i := range 50 {
				b := first
				if i%2 == 1 {
					b = &second
				}
				group.Go(func() error {
					_, err := b.Companies(context.Background())
					return err
				})
			}
			require.NoError(t, group.Wait())
			require.Equal(t, 1, g.refreshes)
			require.Equal(t, 1, tokens.exchanges)
			require.Equal(t, "refresh-2", tokens.token.Refresh.Reveal())
		})
	}
}

func TestTokens_RotateAtEachRefreshAndUseTheNewOneNext(t *testing.T) {
	t.Parallel()
	g := &guarded{access: "access-1", refresh: "refresh-1", expiresIn: `,"expires_in":"30"`} // shorter than the skew
	b, _, f := openGuarded(t, g, goodToken())
	for range 3 {
		_, err := b.Companies(context.Background())
		require.NoError(t, err)
		b.session.remember(Token{})
		b.session.tokens.(*memoryTokens).token.ExpiresAt = time.Now().Add(-time.Second).UTC().Truncate(time.Second)
	}
	var used []string
	for _, call := range f.calls("token") {
		form, err := url.ParseQuery(call.body)
		require.NoError(t, err)
		require.Equal(t, "refresh_token", form.Get("grant_type"))
		require.Equal(t, "planted-client-secret", form.Get("client_secret"))
		require.Empty(t, call.query)
		require.Empty(t, call.header.Get("Authorization"))
		used = append(used, form.Get("refresh_token"))
	}
	require.Equal(t, []string{"refresh-1", "refresh-2"}, used)
}

func TestTokens_TheLifeComesFromTheAnswerOrTheSetting(t *testing.T) {
	t.Parallel()
	for expires, want := range map[string]time.Duration{``: time.Hour, `,"expires_in":600`: 10 * time.Minute, `,"expires_in":"1800"`: 30 * time.Minute, `,"expires_in":-1`: time.Hour, `,"expires_in":1e99`: time.Hour} {
		g := &guarded{expiresIn: expires}
		b, _, _ := openGuarded(t, g, goodToken())
		token, err := b.consent.Refresh(context.Background(), "refresh-1")
		require.NoError(t, err)
		require.WithinDuration(t, time.Now().Add(want), token.ExpiresAt, 5*time.Second, expires)
	}
}

func TestTokens_AFreshTokenThatIsRefusedTooEndsUnauthorized(t *testing.T) {
	t.Parallel()
	var refreshes atomic.Int32
	f := newFake(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/api/v3/token" {
			reply(w, http.StatusOK, fmt.Sprintf(`{"access_token":"a%d","refresh_token":"r"}`, refreshes.Add(1)))
			return
		}
		reply(w, http.StatusUnauthorized, ``)
	})
	_, err := f.books(t).OrdersWrittenSince(context.Background(), time.Now())
	requireFault(t, err, fault.Unauthorized, "credentials_refused")
	require.EqualValues(t, renewals, refreshes.Load())
}

func TestTokens_WhatTheTokenEndpointSaysHasOneKind(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		kind   fault.Kind
		code   string
	}{
		"a dead refresh token": {always(400, `{"error":"invalid_grant","error_description":"planted"}`), fault.Unauthorized, "consent_expired"},
		"a wrong client":       {always(401, `{"error":"invalid_client"}`), fault.Unauthorized, "credentials_refused"},
		"another refusal":      {always(400, `oops`), fault.Unauthorized, "credentials_refused"},
		"the books instead":    {always(401, troubleBody), fault.Unavailable, "token_unavailable"},
		"a page":               {html(200), fault.Unavailable, "token_unavailable"},
		"a server error":       {always(500, `{"error":"server_error"}`), fault.Unavailable, "token_unavailable"},
		"an error in 200":      {always(200, troubleBody), fault.Unavailable, "token_unavailable"},
		"half an answer":       {always(200, `{"access_token":"planted`), fault.Unavailable, "token_unavailable"},
		"a cut answer":         {cutShort, fault.Unavailable, "connection_lost"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t, c.answer)
			b, err := New(f.settings(), &memoryTokens{token: Token{Refresh: "refresh-1", Access: "old", ExpiresAt: time.Now().Add(-time.Hour)}}, nil, nil)
			require.NoError(t, err)
			// A write that never left for want of a token is not uncertain.
			_, err = b.CreateOrder(context.Background(), smallOrder())
			got := requireFault(t, err, c.kind, c.code)
			require.Equal(t, "accountview POST token", got.Op)
			require.NotContains(t, err.Error(), "planted")
		})
	}
}

func TestTokens_AnOldTokenServesWhileTheTokenEndpointIsDown(t *testing.T) {
	t.Parallel()
	f := newFake(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/api/v3/token" {
			reply(w, http.StatusInternalServerError, ``)
			return
		}
		reply(w, http.StatusOK, `{"SO_HDR":[]}`)
	})
	nearlyOver := Token{Access: "access-1", Refresh: "refresh-1", ExpiresAt: time.Now().Add(30 * time.Second)}
	b, err := New(f.settings(), &memoryTokens{token: nearlyOver}, nil, nil)
	require.NoError(t, err)
	_, err = b.FindOrders(context.Background(), "2026.1", "open")
	require.NoError(t, err)
}

func TestTokens_WithoutConsentNothingIsSent(t *testing.T) {
	t.Parallel()
	f := newFake(t, always(200, `{}`))
	b, err := New(f.settings(), &memoryTokens{}, nil, nil)
	require.NoError(t, err)
	_, err = b.FindOrders(context.Background(), "2026.1", "open")
	requireFault(t, err, fault.Unauthorized, "consent_missing")
	require.Empty(t, f.asked)
}

func TestTokens_ALostRefreshIsAskedAgainOnlyWhereNothingWasUsedUp(t *testing.T) {
	t.Parallel()
	for _, rotates := range []bool{true, false} {
		var calls atomic.Int32
		f := newFake(t, func(w http.ResponseWriter, r *http.Request) {
			if calls.Add(1) == 1 {
				cutShort(w, r)
				return
			}
			reply(w, http.StatusOK, `{"access_token":"a"}`)
		})
		b := f.books(t, func(s *Settings) { s.RefreshRotation = rotates })
		token, err := b.consent.Refresh(context.Background(), "refresh-1")
		if rotates {
			requireFault(t, err, fault.Unavailable, "connection_lost")
			continue
		}
		require.NoError(t, err)
		require.Equal(t, "refresh-1", token.Refresh.Reveal())
	}
}

func TestTokens_ARenewalIsFinishedWhenItsCallerHasGone(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	f := newFake(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/api/v3/token" {
			cancel()
			reply(w, http.StatusOK, `{"access_token":"access-2","refresh_token":"refresh-2"}`)
			return
		}
		reply(w, http.StatusOK, `[]`)
	})
	tokens := &memoryTokens{token: Token{Access: "old", Refresh: "refresh-1", ExpiresAt: time.Now().Add(-time.Hour)}}
	b, err := New(f.settings(), tokens, nil, nil)
	require.NoError(t, err)
	_, err = b.Companies(ctx)
	require.Error(t, err)
	require.Equal(t, "refresh-2", tokens.token.Refresh.Reveal())
}

func TestToken_IsStoredWholeAndTheSameEachTime(t *testing.T) {
	t.Parallel()
	for _, token := range []Token{{Access: "a", Refresh: "r", ExpiresAt: time.Now()}, {Access: "a", Refresh: "r"}, {Refresh: "r"}} {
		stored, err := token.Stored()
		require.NoError(t, err)
		read, err := TokenFromStored(stored)
		require.NoError(t, err)
		require.Equal(t, token.Access, read.Access)
		require.Equal(t, secret.Text("r"), read.Refresh)
		require.WithinDuration(t, token.ExpiresAt, read.ExpiresAt, time.Second)
		again, err := read.Stored()
		require.NoError(t, err)
		require.Equal(t, stored, again)
	}

	_, err := TokenFromStored([]byte(`{"access":"planted`))
	require.Error(t, err)
	require.NotContains(t, err.Error(), "planted")
}

func TestConsent_AsksAsThePublicClientsDo(t *testing.T) {
	t.Parallel()
	g := &guarded{}
	f := newFake(t, g.ServeHTTP)
	s := f.settings()
	s.CompanyID = "" // not known before the first consent
	c, err := NewConsent(s, nil, nil)
	require.NoError(t, err)

	page, err := url.Parse(c.AuthorizeURL("state-1", "https://koppel.example/callback", "challenge-1"))
	require.NoError(t, err)
	require.Equal(t, "/ams/authorize.aspx", page.Path)
	require.Equal(t, url.Values{
		"response_type": {"code"}, "client_id": {"app"}, "redirect_uri": {"https://koppel.example/callback"},
		"scope": {"readaccountviewdata updateaccountviewdata"}, "state": {"state-1"},
	}, page.Query())

	token, err := c.Exchange(context.Background(), "code/1+", "https://koppel.example/callback", "verifier-1")
	require.NoError(t, err)
	form, err := url.ParseQuery(f.calls("token")[0].body)
	require.NoError(t, err)
	require.Equal(t, url.Values{
		"grant_type": {"authorization_code"}, "code": {"code/1+"}, "redirect_uri": {"https://koppel.example/callback"},
		"client_id": {"app"}, "client_secret": {"planted-client-secret"},
	}, form)

	companies, err := c.Companies(context.Background(), token)
	require.NoError(t, err)
	require.Equal(t, []Company{{ID: "c0ffee", Description: "De Kookwinkel", Code: "DEMO"}}, companies)
	require.Empty(t, f.calls("companies")[0].header.Get("X-Company"))
}

func TestNewConsent_NeedsAddressAndCredentials(t *testing.T) {
	t.Parallel()
	_, err := NewConsent(Settings{}, nil, nil)
	require.ErrorContains(t, err, "base_url")
	require.ErrorContains(t, err, "client_secret")
}
