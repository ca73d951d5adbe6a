package app

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/configs/examples"
	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/connectors/accountview"
	bookbox "github.com/koppel/koppel/connectors/accountview/sandbox"
	"github.com/koppel/koppel/connectors/mplus"
	tillbox "github.com/koppel/koppel/connectors/mplus/sandbox"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/internal/testkit"
	"github.com/koppel/koppel/settings"
)

// bothSandboxes are the books and the till of a flow of the catalogue.
type bothSandboxes struct {
	bookx    *bookbox.Server
	tillx    *tillbox.Server
	booksURL string
	tillURL  string
	books    *accountview.Books
	till     *mplus.Client
}

func openBothSandboxes(t *testing.T, ofBooks bookbox.Options, ofTill tillbox.Options) bothSandboxes {
	t.Helper()
	bookx, err := bookbox.New(ofBooks)
	require.NoError(t, err)
	booksAt := httptest.NewServer(bookx.Handler())
	tillx, err := tillbox.New(ofTill)
	require.NoError(t, err)
	tillAt := httptest.NewServer(tillx.Handler())
	t.Cleanup(func() {
		booksAt.Close()
		tillAt.Close()
		require.NoError(t, bookx.Close())
		require.NoError(t, tillx.Close())
	})
	return bothSandboxes{bookx: bookx, tillx: tillx, booksURL: booksAt.URL, tillURL: tillAt.URL}
}

// connect opens both connections, by the settings of the document as the test has them.
func (b *bothSandboxes) connect(t *testing.T, doc settings.Document, change ...func(*accountview.Settings, *mplus.Settings)) {
	t.Helper()
	ready := b.bookx.Ready()
	set := booksSettings(doc.AccountView, connectionSecrets{clientSecret: secret.Text(ready.ClientSecret)})
	set.BaseURL, set.CompanyID, set.ClientID = b.booksURL+"/api/v3", ready.CompanyID, ready.ClientID
	tillSet := mplus.Settings{BaseURL: b.tillURL, Ident: secret.Text(b.tillx.Ready().Ident), Secret: secret.Text(b.tillx.Ready().Secret)}
	for _, c := range change {
		c(&set, &tillSet)
	}
	var err error
	token := oneToken{accountview.Token{Access: secret.Text(ready.AccessToken), Refresh: secret.Text(ready.RefreshToken)}}
	b.books, err = accountview.New(set, token, nil, nil)
	require.NoError(t, err)
	b.till, err = mplus.New(tillSet, mplus.Wiring{})
	require.NoError(t, err)
}

// catalogueDesk is where the activities of such a flow work.
func catalogueDesk(t *testing.T, pool *pgxpool.Pool, systems connectors.CatalogDirectory) *activities.Desk {
	t.Helper()
	return &activities.Desk{
		Catalogue: systems, DB: pool, Payloads: &db.Payloads{DB: pool, Box: testkit.Box(t)},
		Documents: &activities.Documents{Store: db.Documents{DB: pool}}, Now: time.Now,
	}
}

// aroundFlows is the demo document before and after its flows.
func aroundFlows() (before, after string) {
	text := string(examples.Demo)
	at := strings.Index(text, "\nflows:")
	end := at + strings.Index(text[at+1:], "\nlookups:") + 1
	return text[:at], text[end:]
}
