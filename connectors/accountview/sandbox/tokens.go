package sandbox

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/koppel/koppel/internal/sandboxkit"
)

// The three scopes a person can grant.
const (
	scopeRead   = "readaccountviewdata"
	scopeUpdate = "updateaccountviewdata"
	scopeDelete = "deleteaccountviewdata"
)

var allScopes = []string{scopeRead, scopeUpdate, scopeDelete}

// app is a registered client.
type app struct {
	ID           string
	Secret       string
	RedirectURIs []string
}

// grant is what a token stands for.
type grant struct {
	ClientID string
	Scopes   []string
	Expires  time.Time // zero: does not expire
}

// consentCode is one authorization code, good once.
type consentCode struct {
	grant
	redirectURI string
	challenge   string
}

const (
	appTable     = "app"
	accessTable  = "access_token"
	refreshTable = "refresh_token"
	firstTable   = "first_consent"
	codeLife     = 5 * time.Minute
)

// tokens keeps apps, codes and tokens. Codes live in memory only.
type tokens struct {
	mu      sync.Mutex
	store   *sandboxkit.Store
	apps    map[string]app
	access  map[string]grant
	refresh map[string]grant
	codes   map[string]consentCode
}

func openTokens(store *sandboxkit.Store) (*tokens, error) {
	t := &tokens{store: store, codes: map[string]consentCode{}}
	var err error
	if t.apps, err = sandboxkit.Load[app](store, appTable); err != nil {
		return nil, fmt.Errorf("read the apps: %w", err)
	}
	if t.access, err = sandboxkit.Load[grant](store, accessTable); err != nil {
		return nil, fmt.Errorf("read the access tokens: %w", err)
	}
	if t.refresh, err = sandboxkit.Load[grant](store, refreshTable); err != nil {
		return nil, fmt.Errorf("read the refresh tokens: %w", err)
	}
	return t, nil
}

// register adds an app.
func (t *tokens) register(redirectURIs []string) (app, error) {
	a := app{ID: randomText(12), Secret: randomText(24), RedirectURIs: redirectURIs}
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := sandboxkit.Put(t.store, appTable, a.ID, a); err != nil {
		return app{}, fmt.Errorf("register an app: %w", err)
	}
	t.apps[a.ID] = a
	return a, nil
}

func (t *tokens) app(id string) (app, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	a, ok := t.apps[id]
	return a, ok
}

// newCode makes an authorization code. It holds characters that must be escaped in a URL, as the real ones do.
func (t *tokens) newCode(g grant, asked consentRequest, now time.Time) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	for code, c := range t.codes {
		if now.After(c.Expires) {
			delete(t.codes, code)
		}
	}
	code := randomText(18) + "+/="
	g.Expires = now.Add(codeLife)
	t.codes[code] = consentCode{g, asked.RedirectURI, asked.Challenge}
	return code
}

// takeCode gives what a code stands for, and ends it. Under PKCE the verifier must be the one of the challenge.
func (t *tokens) takeCode(code, clientID, redirectURI, verifier string, pkce bool, now time.Time) (grant, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	c, known := t.codes[code]
	if !known || c.ClientID != clientID {
		return grant{}, false
	}
	delete(t.codes, code)
	if pkce && challengeOf(verifier) != c.challenge {
		return grant{}, false
	}
	if c.redirectURI != redirectURI || now.After(c.Expires) {
		return grant{}, false
	}
	return c.grant, true
}

// challengeOf is the S256 challenge of a verifier (RFC 7636).
func challengeOf(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// issue makes an access token and, when withRefresh, a refresh token. Tokens that have expired are forgotten on the way,
// and so is the refresh token spent.
func (t *tokens) issue(g grant, ttl time.Duration, withRefresh bool, spent string, now time.Time) (access, refresh string, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.issueLocked(g, ttl, withRefresh, spent, now)
}

func (t *tokens) issueLocked(g grant, ttl time.Duration, withRefresh bool, spent string, now time.Time) (access, refresh string, err error) {
	access = randomText(32)
	g.Expires = now.Add(ttl)
	saved := []sandboxkit.Change{{Table: accessTable, Key: access, Value: g}}
	lasting := grant{ClientID: g.ClientID, Scopes: g.Scopes}
	if withRefresh {
		refresh = randomText(32)
		saved = append(saved, sandboxkit.Change{Table: refreshTable, Key: refresh, Value: lasting})
	}
	if spent != "" {
		saved = append(saved, sandboxkit.Change{Table: refreshTable, Key: spent, Deleted: true})
	}
	for token, old := range t.access {
		if now.After(old.Expires.Add(24 * time.Hour)) {
			saved = append(saved, sandboxkit.Change{Table: accessTable, Key: token, Deleted: true})
		}
	}
	if err := sandboxkit.Write(t.store, saved...); err != nil {
		return "", "", fmt.Errorf("save tokens: %w", err)
	}
	for _, c := range saved {
		if c.Deleted && c.Table == accessTable {
			delete(t.access, c.Key)
		}
	}
	t.access[access] = g
	if withRefresh {
		t.refresh[refresh] = lasting
	}
	delete(t.refresh, spent)
	return access, refresh, nil
}

// exchange gives new tokens for a refresh token. Of two calls with one token under rotation, one wins.
func (t *tokens) exchange(refresh, clientID string, rotate bool, ttl time.Duration, now time.Time) (newAccess, newRefresh string, g grant, ok bool, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	g, known := t.refresh[refresh]
	if !known || g.ClientID != clientID {
		return "", "", grant{}, false, nil
	}
	spent := ""
	if rotate {
		spent = refresh
	}
	newAccess, newRefresh, err = t.issueLocked(g, ttl, true, spent, now)
	return newAccess, newRefresh, g, err == nil, err
}

// check tells whether an access token is good, and for what.
func (t *tokens) check(access string, now time.Time) (grant, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	g, known := t.access[access]
	return g, known && now.Before(g.Expires)
}

// expire ends an access token before its time.
func (t *tokens) expire(access string, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if g, known := t.access[access]; known && now.Before(g.Expires) {
		g.Expires = now
		if err := sandboxkit.Put(t.store, accessTable, access, g); err == nil {
			t.access[access] = g
		}
	}
}

func (g grant) may(scope string) bool { return slices.Contains(g.Scopes, scope) }

func (g grant) scopeText() string { return strings.Join(g.Scopes, " ") }

// randomText is n random bytes, written with characters that stand in a URL.
func randomText(n int) string {
	raw := make([]byte, n)
	_, _ = rand.Read(raw) // never fails
	return base64.RawURLEncoding.EncodeToString(raw)
}
