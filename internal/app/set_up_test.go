package app

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/configs/examples"
	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/connectors/accountview"
	"github.com/koppel/koppel/connectors/mplus"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/testkit"
	"github.com/koppel/koppel/settings"
)

// A finding that names a setting must name one that a document has: a person is
// going to write it there.
func TestProbes_NameSettingsThatADocumentHas(t *testing.T) {
	t.Parallel()
	paths := map[string]bool{}
	for _, field := range settings.Fields() {
		paths[field.Path] = true
	}
	books, err := accountview.New(accountview.Settings(booksSettings(nowhere(t).AccountView, connectionSecrets{clientSecret: "s"})), bookTokens{}, nil, nil)
	require.NoError(t, err)
	till, err := mplus.New(mplus.Settings{BaseURL: "http://127.0.0.1:1", Ident: "i", Secret: "s", Timeout: time.Second}, mplus.Wiring{})
	require.NoError(t, err)
	named := 0
	for _, prober := range []connectors.Prober{accountview.NewProber(books, accountview.Uses{}), till} {
		found := prober.Probe(t.Context())
		require.Equal(t, "connection_refused", found.Verdict())
		for _, a := range found.Assumptions {
			if a.Path != "" {
				require.True(t, paths[a.Path], "%s names %s", a.Row, a.Path)
				named++
			}
		}
	}
	require.Greater(t, named, 25)
}

func nowhere(t *testing.T) settings.Document {
	t.Helper()
	doc, err := settings.Parse(examples.Demo)
	require.NoError(t, err)
	doc.AccountView.BaseURL, doc.AccountView.CompanyID, doc.AccountView.ClientID = "http://127.0.0.1:1", "c", "i"
	return doc
}

func TestUses_AreWhatTheMappingFills(t *testing.T) {
	t.Parallel()
	doc := nowhere(t)
	uses := usesOf(doc)
	require.Contains(t, uses.Mapped[domain.EntityCustomer], "ACCT_NAME")
	require.Contains(t, uses.Mapped[domain.EntityDeliveryAddress], "DEL_NAME")
	doc.Flows.Orders.DeliveryAddress = settings.DeliveryAddressNone
	require.Empty(t, usesOf(doc).Mapped[domain.EntityDeliveryAddress], "what is never written need not exist")
}

func TestProber_NeedsTheSecretsOfItsSystemOnly(t *testing.T) {
	t.Parallel()
	pool := testkit.Database(t)
	d := &Directory{DB: pool, Secrets: db.Secrets{DB: pool, Box: testkit.Box(t)}, Tokens: db.Tokens{DB: pool, Box: testkit.Box(t)}}
	draft := connectors.Edition{Draft: examples.Demo}
	_, err := d.Prober(t.Context(), "demo", draft, "mplus")
	f, ok := fault.As(err)
	require.True(t, ok, "%v", err)
	require.Equal(t, "secret_missing", f.Code)

	require.NoError(t, d.Secrets.Put(t.Context(), "demo", settings.SecretMplusIdent, "i"))
	require.NoError(t, d.Secrets.Put(t.Context(), "demo", settings.SecretMplusSecret, "s"))
	_, err = d.Prober(t.Context(), "demo", draft, "mplus")
	require.NoError(t, err, "of the other system nothing is set")

	for name, c := range map[string]struct {
		of     connectors.Edition
		system string
		code   string
	}{
		"another integration's": {draft, "mplus", "document_refused"},
		"not a document":        {connectors.Edition{Draft: []byte("x: [")}, "mplus", "document_refused"},
	} {
		_, err := d.Prober(t.Context(), "other", c.of, c.system)
		f, ok := fault.As(err)
		require.True(t, ok, "%s: %v", name, err)
		require.Equal(t, c.code, f.Code, name)
	}
	_, err = d.Prober(t.Context(), "demo", draft, "lightspeed")
	f, ok = fault.As(err)
	require.True(t, ok)
	require.Equal(t, "system_unknown", f.Code)
	_, err = d.Consenter(t.Context(), "demo", draft, "mplus")
	require.Error(t, err, "the till asks for no consent")
}
