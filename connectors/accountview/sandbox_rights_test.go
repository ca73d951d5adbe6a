package accountview_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/accountview"
	"github.com/koppel/koppel/connectors/accountview/sandbox"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/secret"
)

const callback = "http://localhost:8080/callback"

// consentTo is a consent that asks for these rights.
func (o opened) consentTo(t *testing.T, rights string) *accountview.Consent {
	t.Helper()
	s := accountview.Defaults()
	s.BaseURL, s.ClientID, s.ClientSecret = o.url+"/api/v3", o.sandbox.Ready().ClientID, secret.Text(o.sandbox.Ready().ClientSecret)
	s.Scopes = rights
	c, err := accountview.NewConsent(s, nil, nil)
	require.NoError(t, err)
	return c
}

func requireTooNarrow(t *testing.T, err error) *fault.Error {
	t.Helper()
	f, ok := fault.As(err)
	require.True(t, ok, "%v", err)
	require.Equal(t, fault.Unauthorized, f.Kind)
	require.Equal(t, "consent_too_narrow", f.Code)
	return f
}

// The person unticked a right on the page: the answer says so, and so do we at once.
func TestSandbox_AConsentToFewerRightsIsRefusedAtOnce(t *testing.T) {
	t.Parallel()
	o := openSandbox(t, "as assumed")
	reading := allow(t, o.consentTo(t, "readaccountviewdata").AuthorizeURL("s", callback, "")).Get("code")
	_, err := o.consentTo(t, "readaccountviewdata updateaccountviewdata").Exchange(context.Background(), reading, callback, "")
	require.Equal(t, "updateaccountviewdata", requireTooNarrow(t, err).Key)
}

// A server that never says which rights it gave: only a write tells that one is missing.
func TestSandbox_AWriteWithoutTheRightIsNoWrongCompany(t *testing.T) {
	t.Parallel()
	o := openSandbox(t, "as assumed")
	consent := o.consentTo(t, "readaccountviewdata")
	token, err := consent.Exchange(context.Background(), allow(t, consent.AuthorizeURL("s", callback, "")).Get("code"), callback, "")
	require.NoError(t, err)
	o.tokens.token = token
	_, err = o.books.CreateOrder(context.Background(), order("2026.1"))
	f := requireTooNarrow(t, err)
	require.Equal(t, "accountview POST SO1", f.Op)
	require.Contains(t, f.Detail(), "geen toestemming")
	require.Equal(t, "2026.1", f.Key)
}

func TestSandbox_AWriteWithoutTheRightToAnObject(t *testing.T) {
	t.Parallel()
	o := openSandboxWith(t, sandbox.Options{ReadOnlyObjects: []string{"SO1"}}, nil)
	_, err := o.books.CreateOrder(context.Background(), order("2026.1"))
	requireTooNarrow(t, err)
}

func TestConsent_RightsThatAreNotStatedAreNotMissing(t *testing.T) {
	t.Parallel()
	for name, stated := range map[string]string{
		"nothing": ``, "empty": `,"scope":""`, "other words": `,"scope":"*"`, "commas and capitals": `,"scope":"ReadAccountviewData,UpdateAccountviewData"`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				_, _ = w.Write([]byte(`{"access_token":"a","refresh_token":"r"` + stated + `}`))
			}))
			t.Cleanup(server.Close)
			s := accountview.Defaults()
			s.BaseURL, s.ClientID, s.ClientSecret = server.URL, "app", "secret"
			c, err := accountview.NewConsent(s, nil, nil)
			require.NoError(t, err)
			_, err = c.Exchange(context.Background(), "code", callback, "")
			require.NoError(t, err)
		})
	}
}
