package accountview

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/httpx"
	"github.com/koppel/koppel/internal/secret"
)

// Observer is told of every call: the operation ("POST SO1"), how long it took
// and what was wrong with it, if anything.
type Observer func(op string, took time.Duration, err error)

// Consent gets tokens: the first one with a person's consent, the later ones by
// itself. It needs no company and no stored token, so it works before the
// connection is complete.
type Consent struct {
	settings Settings
	calls    *caller
	now      func() time.Time
}

// NewConsent prepares the consent of a connection. Of the settings it needs the
// address and the credentials of the app.
func NewConsent(s Settings, gate connectors.Gate, observe Observer) (*Consent, error) {
	var problems []error
	if !isAddress(s.BaseURL) {
		problems = append(problems, errors.New("base_url must be an http or https address"))
	}
	if s.ClientID == "" || s.ClientSecret == "" {
		problems = append(problems, errors.New("client_id and client_secret must be given"))
	}
	if err := errors.Join(problems...); err != nil {
		return nil, fmt.Errorf("accountview settings: %w", err)
	}
	return &Consent{settings: s, calls: newCaller(s, gate, observe), now: time.Now}, nil
}

// String names the consent and nothing it holds, as that of Books.
func (c *Consent) String() string { return system + " consent" }

// GoString is String, for %#v.
func (c *Consent) GoString() string { return c.String() }

// AuthorizeURL is the page on which a person gives consent. The redirect URI
// must be one that is registered with the app. The challenge is that of a
// verifier (PKCE); it is sent only where the settings say that it is offered.
func (c *Consent) AuthorizeURL(state, redirectURI, challenge string) string {
	page := c.settings.AuthorizeURL
	if page == "" {
		u, err := url.Parse(c.settings.BaseURL)
		if err != nil { // NewConsent saw it parse
			return ""
		}
		page = u.Scheme + "://" + u.Host + "/ams/authorize.aspx"
	}
	asked := url.Values{
		"response_type": {"code"},
		"client_id":     {c.settings.ClientID},
		"redirect_uri":  {redirectURI},
		"scope":         {c.settings.Scopes},
		"state":         {state},
	}
	if c.settings.PKCE == PKCES256 {
		asked.Set("code_challenge", challenge)
		asked.Set("code_challenge_method", "S256")
	}
	return page + "?" + asked.Encode()
}

// Exchange gives the first token for the code of a consent. The code is the one
// of the redirect, URL-decoded; the redirect URI and the verifier are those that
// were asked with. A consent to fewer rights than were asked is refused, and the
// fault names those that are missing.
func (c *Consent) Exchange(ctx context.Context, code, redirectURI string, verifier secret.Text) (Token, error) {
	form := url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {redirectURI}}
	if c.settings.PKCE == PKCES256 {
		form.Set("code_verifier", verifier.Reveal())
	}
	return c.ask(ctx, form, func(body []byte) error { return checkGranted(body, c.settings.Scopes) })
}

// Refresh gives the next token. Where refresh tokens do not rotate, a lost
// answer is asked for once more: nothing was used up.
func (c *Consent) Refresh(ctx context.Context, refresh secret.Text) (Token, error) {
	if refresh == "" {
		return Token{}, fault.New(fault.Unauthorized, codeConsentMissing, opToken)
	}
	form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {refresh.Reveal()}}
	token, err := c.ask(ctx, form)
	if fault.Is(err, fault.Unavailable) && !c.settings.RefreshRotation {
		token, err = c.ask(ctx, form)
	}
	if err == nil && token.Refresh == "" {
		token.Refresh = refresh
	}
	return token, err
}

const opToken = system + " POST token"

// ask is one call of the token endpoint. It changes nothing in the books, so a
// lost answer is Unavailable: whatever needed the token was not sent.
func (c *Consent) ask(ctx context.Context, form url.Values, checks ...func(body []byte) error) (Token, error) {
	form.Set("client_id", c.settings.ClientID)
	form.Set("client_secret", c.settings.ClientSecret.Reveal())
	asked := c.now()
	var token Token
	err := c.calls.do(ctx, httpx.Call{
		Op: "POST token", Method: http.MethodPost, URL: c.settings.BaseURL + "/token",
		Header: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "Accept": {"application/json"}},
		Body:   []byte(form.Encode()),
	}, func(a httpx.Answer) (err error) {
		token, err = readToken(a, asked, c.settings.TokenTTL)
		for _, check := range checks {
			if err == nil {
				err = check(a.Body)
			}
		}
		return err
	})
	if err != nil {
		return Token{}, err
	}
	return token, nil
}

// readToken reads the answer of the token endpoint. The shape of its errors is
// assumed to be that of RFC 6749.
func readToken(a httpx.Answer, asked time.Time, ttl time.Duration) (Token, error) {
	unavailable := fault.New(fault.Unavailable, codeTokenUnavailable, opToken)
	var members map[string]any
	if isHTML(a.Header, a.Body) || a.Status >= 500 {
		return Token{}, unavailable
	}
	readable := decode(a.Body, &members) == nil
	said := upperKeys(members)
	switch {
	case said.text("error") == "invalid_grant":
		return Token{}, fault.New(fault.Unauthorized, codeConsentExpired, opToken)
	case a.Status == http.StatusUnauthorized && said.text("ErrorMessage") != "":
		return Token{}, unavailable // the books speak here, not the token endpoint: nothing is said about the consent
	case said.text("error") != "" || a.Status >= 400:
		return Token{}, fault.New(fault.Unauthorized, codeCredentialsRefused, opToken).WithDetail(said.text("error"))
	case !readable || a.Status >= 300 || said.text("access_token") == "":
		return Token{}, unavailable
	}
	token := Token{
		Access:    secret.Text(said.text("access_token")),
		Refresh:   secret.Text(said.text("refresh_token")),
		ExpiresAt: asked.Add(ttl).UTC().Truncate(time.Second),
	}
	if seconds, err := said.number("expires_in"); err == nil && seconds.IsPositive() && seconds.LessThan(longestLife) {
		token.ExpiresAt = asked.Add(time.Duration(seconds.IntPart()) * time.Second).UTC().Truncate(time.Second)
		token.Stated = true
	}
	return token, nil
}

// checkGranted compares the rights that the answer to a code says were granted
// with those that were asked (RFC 6749, 5.1). An answer that says nothing of them,
// or says it in words of its own, is taken as it is: only use will tell.
func checkGranted(body []byte, asked string) error {
	var members map[string]any
	if decode(body, &members) != nil {
		return nil
	}
	granted := strings.Fields(strings.ToLower(strings.ReplaceAll(upperKeys(members).text("scope"), ",", " ")))
	var missing []string
	known := false
	for _, right := range strings.Fields(asked) {
		if slices.Contains(granted, strings.ToLower(right)) {
			known = true
		} else {
			missing = append(missing, right)
		}
	}
	if !known || len(missing) == 0 {
		return nil
	}
	return fault.New(fault.Unauthorized, codeConsentTooNarrow, opToken).About(strings.Join(missing, " "))
}

// Companies lists the companies that the person who gave consent may use.
func (c *Consent) Companies(ctx context.Context, token Token) ([]Company, error) {
	var companies []Company
	err := c.calls.do(ctx, httpx.Call{
		Op: "GET companies", Method: http.MethodGet, URL: c.settings.BaseURL + "/companies",
		Header: bearer(token),
	}, func(a httpx.Answer) (err error) {
		companies, err = readCompanies(a)
		return err
	})
	return companies, err
}

func bearer(token Token) http.Header {
	return http.Header{
		"Authorization": {"Bearer " + strings.TrimSpace(token.Access.Reveal())},
		"Accept":        {"application/json"},
	}
}

// longestLife bounds what an answer may say about the life of a token.
var longestLife = decimal.NewFromInt(int64(365 * 24 * time.Hour / time.Second))
