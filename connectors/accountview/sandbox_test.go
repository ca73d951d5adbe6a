package accountview_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/connectors/accountview"
	"github.com/koppel/koppel/connectors/accountview/sandbox"
	"github.com/koppel/koppel/connectors/conformance"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/sandboxkit"
	"github.com/koppel/koppel/internal/secret"
)

// variants are ways in which AccountView may turn out to behave: each holds its
// assumptions against another set of answers.
var variants = map[string]struct {
	options  sandbox.Options
	settings func(*accountview.Settings)
}{
	"as assumed": {},
	"the other way": {
		sandbox.Options{
			EmptyAnswer: "404", SingleRowAsObject: sandbox.On, RelatedKey: "underscore", EqualMatching: "foxpro_prefix",
			IgnoreCase: sandbox.On, EmptyDate: "null", PostAnswer: "sent", PostStatus: 201, RefreshRotation: sandbox.Off,
		},
		func(s *accountview.Settings) {
			s.Paging, s.PageSize, s.FiltersPerCall, s.RefreshRotation = accountview.PagingPageNumber, 1, 2, false
		},
	},
	"a missing key, errors in 200, lists": {
		sandbox.Options{EmptyAnswer: "missing_key", ErrorsIn200: sandbox.On, ListFilters: sandbox.On, EqualMatching: "foxpro_prefix"},
		func(s *accountview.Settings) {
			s.ListFilters, s.PageSize, s.BookDate = true, 2, accountview.BookDateEmpty
		},
	},
}

func TestConformance_OfTheSandbox(t *testing.T) {
	t.Parallel()
	for name := range variants {
		open := func(t *testing.T) conformance.Books { return openSandbox(t, name).underTest() }
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			t.Run("orders", func(t *testing.T) { t.Parallel(); conformance.RunOrderSink(t, open) })
			t.Run("journal pages", func(t *testing.T) {
				t.Parallel()
				conformance.RunOrderSink(t, func(t *testing.T) conformance.Books { return openSandbox(t, name).journalUnderTest() })
			})
			t.Run("changing orders", func(t *testing.T) { t.Parallel(); conformance.RunOrderChanger(t, changing(name)) })
			t.Run("customers", func(t *testing.T) { t.Parallel(); conformance.RunCustomerSink(t, open) })
			t.Run("addresses", func(t *testing.T) { t.Parallel(); conformance.RunAddressSink(t, open) })
			t.Run("products", func(t *testing.T) { t.Parallel(); conformance.RunProductIndex(t, open) })
			t.Run("reading products", func(t *testing.T) { t.Parallel(); conformance.RunProductReader(t, open) })
		})
	}
}

// opened is a sandbox with a client of it.
type opened struct {
	sandbox *sandbox.Server
	url     string
	books   *accountview.Books
	tokens  *keeper
}

func openSandbox(t *testing.T, variant string) opened {
	t.Helper()
	return openSandboxWith(t, variants[variant].options, variants[variant].settings)
}

func openSandboxWith(t *testing.T, options sandbox.Options, change func(*accountview.Settings)) opened {
	t.Helper()
	box, err := sandbox.New(options)
	require.NoError(t, err)
	server := httptest.NewServer(box.Handler())
	t.Cleanup(func() {
		server.Close()
		require.NoError(t, box.Close())
	})
	ready := box.Ready()
	s := accountview.Defaults()
	s.BaseURL = server.URL + "/api/v3"
	s.CompanyID, s.ClientID, s.ClientSecret = ready.CompanyID, ready.ClientID, secret.Text(ready.ClientSecret)
	s.Timeout = 5 * time.Second
	if change != nil {
		change(&s)
	}
	tokens := &keeper{token: accountview.Token{Access: secret.Text(ready.AccessToken), Refresh: secret.Text(ready.RefreshToken)}}
	books, err := accountview.New(s, tokens, nil, nil)
	require.NoError(t, err)
	return opened{box, server.URL, books, tokens}
}

func (o opened) underTest() conformance.Books {
	return conformance.Books{
		Orders: o.books, Customers: o.books, Addresses: o.books, Products: o.books, Reader: o.books,
		Kind:         domain.EntityOrder,
		Order:        order,
		TooLongOrder: func(r string) domain.Draft { return with(order(r), "EMP_NR", "TOOLONGCODE") },
		RefusedOrder: func(r string) domain.Draft { return with(order(r), "RPL_INV", "99999") },
		Customer:     customer,
		TooLongCustomer: func(n string) domain.Draft {
			return with(customer(n, ""), "ACCT_NAME", strings.Repeat("x", 41))
		},
		Rename: func(name string) domain.Draft { return draft(domain.EntityCustomer, "ACCT_NAME", name) },
		NameOf: func(c connectors.CustomerRecord) string {
			name, _ := domain.Draft{Fields: c.Fields}.Get("ACCT_NAME")
			return name.Text
		},
		Address: func(number, street string) domain.Draft {
			return draft(domain.EntityDeliveryAddress, "SUB_NR", number, "DEL_NAME", "Magazijn", "ADDRESS1", street,
				"POST_CODE", "1011 AB", "CITY", "Amsterdam", "CNT_CODE", "NL")
		},
		KnownProducts: o.articles(12),
		KnownProduct:  o.firstProduct(),
		KnownStock:    decimal.NewFromInt(sandboxkit.SeedShop().Articles[0].Stock),
		Process:       o.process,
		Writes:        o.writes,
		DisturbWrite:  func(t *testing.T, e domain.Entity, d conformance.Disturbance) { o.disturb(t, "POST ", e, d) },
		DisturbRead:   func(t *testing.T, e domain.Entity, d conformance.Disturbance) { o.disturb(t, "GET ", e, d) },
		ExpireToken:   o.expireToken("SO1"),
	}
}

func (o opened) expireToken(object string) func(*testing.T) {
	return func(t *testing.T) {
		for _, method := range []string{"POST ", "GET "} {
			require.NoError(t, o.sandbox.Faults().Add(sandboxkit.Rule{Kind: sandboxkit.ExpiredToken, Operation: method + object, Calls: 1}))
		}
	}
}

func (o opened) articles(n int) []string {
	var codes []string
	for _, a := range sandboxkit.SeedShop().Articles[:n] {
		codes = append(codes, decimal.NewFromInt(a.Number).String())
	}
	return codes
}

// firstProduct is the first article as the sandbox's shop has it.
func (o opened) firstProduct() domain.Product {
	a := sandboxkit.SeedShop().Articles[0]
	return domain.Product{
		SKU: o.articles(1)[0], Name: a.Name, Group: a.Group, VATCode: "1", Barcodes: []domain.Barcode{{Code: a.EAN}},
		PriceBasis: domain.PriceBasisIncl, PriceIncl: domain.Euros(a.PriceIncl),
	}
}

func (o opened) writes() int {
	posts := 0
	for op, n := range o.sandbox.Calls().Report().Operations {
		if strings.HasPrefix(op, "POST ") && op != "POST token" || strings.HasPrefix(op, "PUT ") {
			posts += n
		}
	}
	return posts
}

func (o opened) process(t *testing.T, number string) { o.tell(t, "history", "orders", number) }

// tell does something in the books as a person would.
func (o opened) tell(t *testing.T, what, key, number string) {
	t.Helper()
	body, err := json.Marshal(map[string][]string{key: {number}})
	require.NoError(t, err)
	answer, err := http.Post(o.url+"/_sandbox/"+what, "application/json", strings.NewReader(string(body)))
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.Equal(t, http.StatusNoContent, answer.StatusCode)
}

var objects = map[domain.Entity]string{domain.EntityOrder: "SO1", domain.EntityCustomer: "AR1", domain.EntityDeliveryAddress: "ADDR", domain.EntityProduct: "AK1", domain.EntityJournal: "DJ2"}

var kinds = map[conformance.Disturbance]sandboxkit.Kind{
	conformance.Dropped: sandboxkit.DropBefore, conformance.AnswerLost: sandboxkit.DropAfter, conformance.AnswerCut: sandboxkit.Cut,
	conformance.DoneLate: sandboxkit.Late, conformance.ServerError: sandboxkit.ServerError, conformance.RelayPage: sandboxkit.BadGateway,
	conformance.ErrorInGoodAnswer: sandboxkit.ErrorIn200, conformance.ToldToWait: sandboxkit.TooMany,
}

func (o opened) disturb(t *testing.T, method string, e domain.Entity, d conformance.Disturbance) {
	t.Helper()
	require.NoError(t, o.sandbox.Faults().Add(sandboxkit.Rule{Kind: kinds[d], Operation: method + objects[e], Calls: 1, Seconds: 1}))
}

func draft(entity domain.Entity, namesAndTexts ...string) domain.Draft {
	d := domain.Draft{Entity: entity}
	for i := 0; i+1 < len(namesAndTexts); i += 2 {
		d = with(d, namesAndTexts[i], namesAndTexts[i+1])
	}
	return d
}

func with(d domain.Draft, name, text string) domain.Draft {
	for i := range d.Fields {
		if d.Fields[i].Name == name {
			d.Fields[i].Value = domain.TextValue(text)
			return d
		}
	}
	d.Fields = append(d.Fields, domain.Field{Name: name, Value: domain.TextValue(text)})
	return d
}

func order(reference string) domain.Draft {
	d := draft(domain.EntityOrder, "RPL_INV", sandboxkit.SeedShop().Customers[0].Number, "COMMENT1", reference)
	d.Key = reference
	for i, a := range sandboxkit.SeedShop().Articles[:3] {
		line := draft(domain.EntityOrderLine, "ART_CODE", decimal.NewFromInt(a.Number).String())
		line.Fields = append(line.Fields,
			domain.Field{Name: "ORD_QTY", Value: domain.NumberValue(decimal.NewFromInt(int64(i + 1)))},
			domain.Field{Name: "ART_PX", Value: domain.NumberValue(domain.Euros(a.PriceIncl))})
		d.Lines = append(d.Lines, line)
	}
	return d
}

func customer(externalNumber, email string) domain.Draft {
	d := draft(domain.EntityCustomer, "ACCT_NAME", "Klant "+externalNumber, "SRC_CODE", "KLANT", "ACCT_NR", "1300",
		"DEB_NR", externalNumber, "MAIL_BUS", email)
	d.Key = externalNumber
	return d
}

// keeper keeps the token of the sandbox's first consent.
type keeper struct {
	mu    sync.Mutex
	token accountview.Token
}

func (k *keeper) Current(context.Context) (accountview.Token, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.token, nil
}

func (k *keeper) Renew(ctx context.Context, used accountview.Token, exchange func(context.Context, secret.Text) (accountview.Token, error)) (accountview.Token, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.token != used {
		return k.token, nil
	}
	next, err := exchange(ctx, used.Refresh)
	if err == nil {
		k.token = next
	}
	return next, err
}
