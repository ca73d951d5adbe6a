package app

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/configs"
	"github.com/koppel/koppel/configs/examples"
	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/connectors/accountview"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/testkit"
	"github.com/koppel/koppel/settings"
)

// stranger is a system that a draft names. It writes down all it is sent, and
// gives a token to whoever asks for one.
type stranger struct {
	*httptest.Server
	mu   sync.Mutex
	sent strings.Builder
}

func newStranger(t *testing.T) *stranger {
	t.Helper()
	s := &stranger{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		s.mu.Lock()
		s.sent.WriteString(r.URL.String() + "\n")
		_ = r.Header.Write(&s.sent)
		s.sent.Write(body)
		s.mu.Unlock()
		w.Header().Set("Content-Type", "application/json")
		switch {
		case strings.HasSuffix(r.URL.Path, "/token"):
			_, _ = io.WriteString(w, `{"access_token": "strange-access", "refresh_token": "strange-refresh", "expires_in": 3600}`)
		case r.Header.Get("Authorization") == "":
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = io.WriteString(w, `{}`)
		default:
			_, _ = io.WriteString(w, `[]`)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *stranger) heard() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sent.String()
}

// shopWithSecrets has every secret and a consent, given before it has a document.
func shopWithSecrets(t *testing.T) *App {
	t.Helper()
	pool, box := testkit.Database(t), testkit.Box(t)
	a := &App{
		DB: pool, Secrets: db.Secrets{DB: pool, Box: box}, Tokens: db.Tokens{DB: pool, Box: box}, Documents: db.Documents{DB: pool},
		Payloads: &db.Payloads{DB: pool, Box: box}, Consents: db.Consents{DB: pool, Box: box},
		Config: configs.Config{Server: configs.Server{PublicURL: "https://koppel.example.nl"}},
	}
	for _, name := range settings.RequiredSecrets(settings.Document{}) {
		require.NoError(t, a.Secrets.Put(t.Context(), "demo", name, "planted-text"))
	}
	stored, err := accountview.Token{Access: "planted-access", Refresh: "planted-refresh", ExpiresAt: time.Now().Add(-time.Hour)}.Stored()
	require.NoError(t, err)
	require.NoError(t, a.Tokens.Put(t.Context(), "demo", systemBooks, stored))
	return a
}

func (a *App) systems() *Directory {
	return &Directory{DB: a.DB, Documents: &activities.Documents{Store: a.Documents}, Secrets: a.Secrets, Tokens: a.Tokens}
}

// putInForce puts the demo document in force with the books at this address.
func (a *App) putInForce(t *testing.T, books string) {
	t.Helper()
	_, err := a.Documents.Put(t.Context(), "demo", draftAt(t, books).Draft, "test", "")
	require.NoError(t, err)
}

func draftAt(t *testing.T, address string) connectors.Edition {
	t.Helper()
	doc, err := settings.Parse(examples.Demo)
	require.NoError(t, err)
	doc.AccountView.BaseURL, doc.Mplus.BaseURL = address+"/api/v3", address
	text, err := settings.Marshal(doc)
	require.NoError(t, err)
	return connectors.Edition{Draft: text}
}

func (a *App) probe(t *testing.T, of connectors.Edition, system string) domain.Findings {
	t.Helper()
	prober, err := a.systems().Prober(t.Context(), "demo", of, system)
	require.NoError(t, err)
	return prober.Probe(t.Context())
}

func outcomeOf(f domain.Findings, name string) domain.Check {
	for _, c := range f.Checks {
		if c.Name == name {
			return c
		}
	}
	return domain.Check{}
}

func (a *App) storedToken(t *testing.T) string {
	t.Helper()
	stored, err := a.Tokens.Current(t.Context(), "demo", systemBooks)
	require.NoError(t, err)
	return string(stored)
}

func TestProber_ADraftElsewhereNeverGetsTheConsentThatWasGivenToTheBooks(t *testing.T) {
	t.Parallel()
	for name, inForce := range map[string]func(t *testing.T, a *App){
		"another address": func(t *testing.T, a *App) { a.putInForce(t, "https://books.example.nl") },
		"a document that this build refuses": func(t *testing.T, a *App) {
			_, err := a.Documents.Put(t.Context(), "demo", []byte("integration: ["), "test", "")
			require.NoError(t, err)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, there := shopWithSecrets(t), newStranger(t)
			inForce(t, a)
			before := a.storedToken(t)
			found := a.probe(t, draftAt(t, there.URL), systemBooks)
			require.Equal(t, domain.CheckOK, outcomeOf(found, "reach").Outcome, "that somebody answers there is told")
			require.Equal(t, "consent_not_tried", outcomeOf(found, "consent").Code)
			require.Equal(t, "consent_not_tried", found.Verdict())
			require.Equal(t, domain.CheckNotRun, outcomeOf(found, "company").Outcome)
			require.NotEmpty(t, there.heard())
			for _, secret := range []string{"planted", "refresh_token", "client_secret", "Authorization"} {
				require.NotContains(t, there.heard(), secret)
			}
			require.Equal(t, before, a.storedToken(t))
		})
	}
}

func TestProber_ADraftAtTheAddressInForceUsesTheConsent(t *testing.T) {
	t.Parallel()
	a, books := shopWithSecrets(t), newStranger(t)
	a.putInForce(t, books.URL)
	found := a.probe(t, draftAt(t, strings.Replace(books.URL, "http://", "HTTP://", 1)), systemBooks)
	require.Empty(t, outcomeOf(found, "consent").Code)
	require.Contains(t, books.heard(), "planted-refresh")
	require.Contains(t, a.storedToken(t), "strange-refresh", "what rotated is kept: the one before may be dead")
}

func TestProber_BeforeADocumentIsInForceTheDraftSaysWhereTheSystemsAre(t *testing.T) {
	t.Parallel()
	a, there := shopWithSecrets(t), newStranger(t)
	found := a.probe(t, draftAt(t, there.URL), systemBooks)
	require.Empty(t, outcomeOf(found, "consent").Code)
	require.Contains(t, there.heard(), "planted-refresh")
}

// Who may bring a draft is an administrator: that is asked where drafts come in.
func TestProber_ADraftElsewhereIsGivenTheSecretsOfTheTill(t *testing.T) {
	t.Parallel()
	a, there := shopWithSecrets(t), newStranger(t)
	a.putInForce(t, "https://books.example.nl")
	a.probe(t, draftAt(t, there.URL), systemTill)
	require.Contains(t, there.heard(), "planted-text")
	require.NotContains(t, there.heard(), "planted-access")
}

func TestConsent_ADraftElsewhereTakesNothingInPlaceOfTheConsentInForce(t *testing.T) {
	t.Parallel()
	a, there := shopWithSecrets(t), newStranger(t)
	draft := draftAt(t, there.URL)
	consenter, err := a.systems().Consenter(t.Context(), "demo", draft, systemBooks)
	require.NoError(t, err, "without a document in force it may be asked")
	require.NotNil(t, consenter)
	ref, err := a.Payloads.Prepare(t.Context(), "demo", time.Now())
	require.NoError(t, err)
	require.NoError(t, a.Payloads.Put(t.Context(), a.DB, "demo", ref, draft.Draft))
	asked, err := a.AskConsent(t.Context(), "demo", ref.String())
	require.NoError(t, err)
	require.Contains(t, asked.AuthorizeURL, there.URL)

	a.putInForce(t, "https://books.example.nl") // between the asking and the browser's coming back
	before := a.storedToken(t)
	_, err = a.systems().Consenter(t.Context(), "demo", draft, systemBooks)
	f, ok := fault.As(err)
	require.True(t, ok, "%v", err)
	require.Equal(t, "consent_not_tried", f.Code)
	require.False(t, f.Kind.Retryable())
	asked, err = a.AskConsent(t.Context(), "demo", ref.String())
	require.NoError(t, err)
	require.Equal(t, "consent_not_tried", asked.Refused)
	require.Empty(t, asked.AuthorizeURL)
	require.Empty(t, there.heard())
	require.Equal(t, before, a.storedToken(t))
}

func TestNotTried_GivesAndTakesNoToken(t *testing.T) {
	t.Parallel()
	_, err := notTried{}.Current(context.Background())
	require.True(t, fault.Is(err, fault.Misconfigured))
	_, err = notTried{}.Renew(context.Background(), accountview.Token{}, nil)
	require.True(t, fault.Is(err, fault.Misconfigured))
}
