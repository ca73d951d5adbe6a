package accountview_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/accountview"
	"github.com/koppel/koppel/connectors/accountview/sandbox"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/secret"
)

// allow is the person who allows what the page asks. It gives what the browser
// is sent back with.
func allow(t *testing.T, page string) url.Values {
	t.Helper()
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	asked, err := url.Parse(page)
	require.NoError(t, err)
	form := asked.Query()
	form.Set("answer", "allow")
	answer, err := browser.PostForm(strings.Split(page, "?")[0], form)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	back, err := answer.Location()
	require.NoError(t, err)
	return back.Query()
}

// A server that asks for PKCE takes a code from nobody but who asked for it.
func TestSandbox_PKCETiesTheCodeToWhoAskedForIt(t *testing.T) {
	t.Parallel()
	o := openSandboxWith(t, sandbox.Options{PKCE: "required"}, nil)
	const redirect, verifier = "http://localhost:8080/callback", "a-verifier-of-some-length-0123456789-0123456789"
	sum := sha256.Sum256([]byte(verifier))
	challenge := base64.RawURLEncoding.EncodeToString(sum[:])
	consent := func(pkce accountview.PKCE) *accountview.Consent {
		s := accountview.Defaults()
		s.BaseURL, s.ClientID, s.ClientSecret = o.url+"/api/v3", o.sandbox.Ready().ClientID, secret.Text(o.sandbox.Ready().ClientSecret)
		s.PKCE = pkce
		c, err := accountview.NewConsent(s, nil, nil)
		require.NoError(t, err)
		return c
	}

	require.Equal(t, "invalid_request", allow(t, consent(accountview.PKCEOff).AuthorizeURL("s", redirect, challenge)).Get("error"))

	c := consent(accountview.PKCES256)
	token, err := c.Exchange(context.Background(), allow(t, c.AuthorizeURL("s", redirect, challenge)).Get("code"), redirect, verifier)
	require.NoError(t, err)
	require.NotEmpty(t, token.Refresh)

	_, err = c.Exchange(context.Background(), allow(t, c.AuthorizeURL("s", redirect, challenge)).Get("code"), redirect, "another")
	require.True(t, fault.Is(err, fault.Unauthorized), "%v", err)
}
