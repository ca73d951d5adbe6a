package e2e

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"github.com/koppel/koppel/connectors/accountview"
	"github.com/koppel/koppel/dev/stack"
	"github.com/koppel/koppel/internal/sandboxkit"
	"github.com/koppel/koppel/internal/telemetry"
	"github.com/koppel/koppel/settings"
	"github.com/koppel/koppel/workflows"
)

// journal keeps what is logged.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) haystacks() []haystack {
	j.mu.Lock()
	defer j.mu.Unlock()
	return []haystack{{"log", bytes.Clone(j.text.Bytes())}}
}

// strangers are customers whose data could stand nowhere by chance.
func strangers() []*customer {
	var all []*customer
	for i, name := range []string{"Quirijn Zwaluwstaart", "Ysolde van Wroetervelde", "Xanthippe Kruimeldijk"} {
		all = append(all, &customer{
			Name: name, Address: fmt.Sprintf("Kwakkelfluitsteeg %d", 7711+i), Zipcode: fmt.Sprintf("983%d XQ", i), City: "Wittewierummerhorn",
			Country: "Nederland", Email: fmt.Sprintf("zeldzaam%d@verborgenpost.example", i), Phone: fmt.Sprintf("06-9187364%d", i),
		})
	}
	all[1].Company, all[1].Contact, all[1].VATNumber = "Pluimstaartfabriek Vlinderzaad BV", "Jorrit Nachtegaalsma", "NL853746291B01"
	all[2].Country = "Zwetslandistan" // no such country: this one parks
	return all
}

// personal is all that is known of them.
func personal(all []*customer) []string {
	planted := []string{"Ganzerikpad 4483", "Achterkamer Roodborstjes"}
	for _, c := range all {
		for _, text := range []string{c.Name, c.Company, c.Contact, c.Address, c.Zipcode, c.City, c.Email, c.Phone, c.VATNumber} {
			if text != "" && !slices.Contains(planted, text) {
				planted = append(planted, text)
			}
		}
	}
	return append(planted, "Zwetslandistan")
}

// secrets are all credentials that are in use, or were.
func (b *bundle) secrets() []string {
	b.t.Helper()
	till, books := b.Sandboxes.Till.Ready(), b.Sandboxes.Books.Ready()
	all := append(b.line.overheard(), till.Secret, books.ClientSecret, books.AccessToken, books.RefreshToken, b.Config.Key.Reveal())
	webhook, err := b.App.Secrets.Get(context.Background(), stack.Integration, settings.SecretWebhook)
	require.NoError(b.t, err)
	stored, err := b.App.Tokens.Current(context.Background(), stack.Integration, "accountview")
	require.NoError(b.t, err)
	token, err := accountview.TokenFromStored(stored)
	require.NoError(b.t, err)
	return append(all, webhook.Reveal(), token.Access.Reveal(), token.Refresh.Reveal())
}

// sellToStrangers rings up sales under faults, some of which cannot pass.
func (b *bundle) sellToStrangers(all []*customer) {
	b.t.Helper()
	const unknown = 700001
	b.newTillArticle(unknown)
	var good, bad []saved
	for i := range 24 {
		who := b.enrol(all[i%2])
		s := sale{RelationNumber: who, Lines: []saleLine{of(ladle, "1"), of(pan, "2")}}
		if i%3 == 0 {
			s.DeliveryAddress = &place{Name: "Achterkamer Roodborstjes", Address: "Ganzerikpad 4483", Zipcode: "9831 XQ", City: "Wittewierummerhorn", Country: "NL"}
		}
		if i%8 == 5 {
			s.Lines = append(s.Lines, of(unknown, "1"))
			bad = append(bad, b.ringUp(s))
			continue
		}
		good = append(good, b.ringUp(s))
	}
	bad = append(bad, b.ringUp(sale{RelationNumber: b.enrol(all[2]), Lines: []saleLine{of(ladle, "1")}}))
	b.unpause()
	eventually(b.t, func() string {
		over := b.count("select count(distinct number) from outcome where entity = 'order'")
		if over < len(good)+len(bad) {
			return fmt.Sprintf("%d orders are over, parked: %v", over, codes(b.parked()))
		}
		return ""
	})
}

func TestDemoWithFaults_LeavesNoPersonalDataAndNoSecretInHistoriesLogsOrRows(t *testing.T) {
	logged := &journal{}
	b := setup(t, withServer, func(o *stack.Options) { o.Log = telemetry.NewLogger(logged, slog.LevelDebug, true) }, withDocument(func(d *settings.Document) {
		d.AccountView.Timeout, d.Mplus.Timeout = settings.Duration(time.Second), settings.Duration(time.Second)
		d.Flows.Orders.SettleTime = settings.Duration(2 * time.Second)
		d.Flows.Orders.CustomerMatch = []settings.CustomerMatch{settings.MatchExternalNumber} // strangers share their keys
	}))
	b.pause()
	all := strangers()
	kinds := sandboxkit.Kinds()
	b.books.breaks(sandboxkit.Rule{Kinds: kinds, Share: 0.1, Seed: 3, Seconds: 1})
	kinds = slices.DeleteFunc(kinds, func(k sandboxkit.Kind) bool { return k == sandboxkit.ExpiredToken })
	b.till.breaks(sandboxkit.Rule{Kinds: kinds, Share: 0.1, Seed: 4, Seconds: 1})
	b.sellToStrangers(all)
	require.NotEmpty(t, b.parked())
	require.NotEmpty(t, b.books.hits())
	b.sync("doubles")
	page := b.pages()

	scan := newScanner(append(personal(all), b.secrets()...)...)
	places := slices.Concat(b.temporal(), b.database(), logged.haystacks(), page,
		[]haystack{{"koppel parked list", []byte(b.koppel("", "parked", "list"))}})
	require.Greater(t, len(places), 500, "there was something to search")
	_, debtors := b.books.send(http.MethodGet, "/_sandbox/debtors", nil, nil)
	require.Subset(t, scan.find(debtors), []string{all[0].Name, all[0].Address, all[0].City, all[0].Email, all[1].VATNumber}, "the data did travel")
	for _, place := range places {
		require.Empty(t, scan.find(place.text), place.place)
	}
	b.controlScan(scan, all[0].Name, logged)
}

// pages are what the server shows to people and to Prometheus.
func (b *bundle) pages() []haystack {
	b.t.Helper()
	var all []haystack
	for _, path := range []string{"/", "/metrics"} {
		status, text := shop{b.t, b.ServerURL}.send(http.MethodGet, path, nil, nil)
		require.Equal(b.t, http.StatusOK, status)
		all = append(all, haystack{"page " + path, text})
	}
	return all
}

// controlScan leaks on purpose, in each kind of place, and demands that it is found.
func (b *bundle) controlScan(scan scanner, planted string, logged *journal) {
	b.t.Helper()
	ctx := context.Background()
	finds := func(places []haystack) bool {
		return slices.ContainsFunc(places, func(h haystack) bool { return slices.Contains(scan.find(h.text), planted) })
	}
	run, err := b.App.Temporal.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: "leak", TaskQueue: "nobody-works-here"},
		workflows.SyncOrders, workflows.SyncOrdersInput{Integration: stack.Integration, Keys: []string{planted}})
	require.NoError(b.t, err)
	eventually(b.t, func() string {
		if !finds(b.temporal()) {
			return "the leak into history " + run.GetID() + " is not found"
		}
		return ""
	})
	_, err = b.App.DB.Exec(ctx, "update secret set sealed = convert_to($1, 'UTF8') where name = $2", "x"+planted, settings.SecretWebhook)
	require.NoError(b.t, err)
	require.True(b.t, finds(b.database()), "the leak into a binary column is not found")
	b.App.Log.Debug("leak", "about", planted)
	require.True(b.t, finds(logged.haystacks()), "the leak into the log is not found")
}
